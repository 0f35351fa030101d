package org.wsk4j.provider.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.provider.stats.ProviderStatistics;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.Race;

@Timeout(120)
class RetainAccountTest {
  private final ProviderStatistics statistics = new ProviderStatistics();
  private final RetainAccount account = new RetainAccount(100, 200, statistics);
  private final AtomicInteger resumed = new AtomicInteger();
  private final Runnable resume = resumed::incrementAndGet;

  @Test
  void shouldCountWhatIsKept() {
    account.add(70);
    account.add(50);
    assertThat(account.bytes()).isEqualTo(120);
    assertThat(statistics.snapshot().retainedBytes()).isEqualTo(120);
    account.subtract(70);
    assertThat(account.bytes()).isEqualTo(50);
    assertThat(statistics.snapshot().retainedBytes()).isEqualTo(50);
  }

  @Test
  void shouldBeHighAboveTheSoftLimit() {
    account.add(100);
    assertThat(account.isHigh()).isFalse();
    account.add(1);
    assertThat(account.isHigh()).isTrue();
    account.subtract(1);
    assertThat(account.isHigh()).isFalse();
  }

  @Test
  void shouldNotStopReadingBelowTheHardLimit() {
    account.add(199);
    assertThat(account.isFull(resume)).isFalse();
    account.subtract(199);
    assertThat(resumed).hasValue(0);
  }

  @Test
  void shouldStopReadingAtTheHardLimitAndResumeOnceBelowIt() {
    account.add(250);
    assertThat(account.isFull(resume)).isTrue();
    assertThat(account.isFull(resume)).isTrue();
    account.subtract(50);
    assertThat(resumed).hasValue(0);
    account.subtract(1);
    assertThat(resumed).hasValue(1);
    account.subtract(199);
    assertThat(resumed).hasValue(1);
  }

  @Test
  void shouldResumeAgainForEachStop() {
    for (int i = 1; i <= 3; i++) {
      account.add(200);
      assertThat(account.isFull(resume)).isTrue();
      account.subtract(200);
      assertThat(resumed).hasValue(i);
    }
  }

  @Test
  void shouldTellNobodyOnceClosed() {
    account.add(250);
    assertThat(account.isFull(resume)).isTrue();
    account.close();
    account.subtract(250);
    assertThat(resumed).hasValue(0);
    assertThat(account.bytes()).isZero();
  }

  /** Three threads release while the loop asks whether it has to stop. */
  private static final class Kept {
    final RetainAccount account = new RetainAccount(1, 20, new ProviderStatistics());
    final AtomicInteger resumed = new AtomicInteger();
    volatile boolean stopped;

    Kept() {
      account.add(30);
    }
  }

  @Test
  void shouldResumeOnceIfAndOnlyIfReadingStopped() throws InterruptedException {
    Race.on(Kept::new)
        .actor(one -> one.stopped = one.account.isFull(one.resumed::incrementAndGet))
        .actor(one -> one.account.subtract(11))
        .actor(one -> one.account.subtract(12))
        .actor(one -> one.account.subtract(7))
        .run(
            Duration.ofMillis(500),
            one -> {
              assertThat(one.account.bytes()).isZero();
              assertThat(one.resumed).hasValue(one.stopped ? 1 : 0);
            });
  }

  /**
   * A loop that keeps and stops when it is full, and a client that releases: if a resumption were
   * lost, both would wait for ever.
   */
  @Test
  void shouldNeverLoseAResumption() {
    int rounds = 100_000;
    AtomicInteger wakes = new AtomicInteger();
    AtomicInteger kept = new AtomicInteger();
    RetainAccount narrow = new RetainAccount(1, 3, new ProviderStatistics());
    Runnable wake = wakes::incrementAndGet;
    Background<Void> loop =
        Background.run(
            "loop",
            () -> {
              int seen = 0;
              for (int i = 0; i < rounds; i++) {
                while (narrow.isFull(wake)) {
                  while (wakes.get() == seen) {
                    Thread.yield();
                  }
                  seen++;
                }
                narrow.add(1);
                kept.incrementAndGet();
              }
            });
    Background<Void> client =
        Background.run(
            "client",
            () -> {
              for (int i = 0; i < rounds; i++) {
                while (kept.get() <= i) {
                  Thread.yield();
                }
                narrow.subtract(1);
              }
            });
    client.result();
    loop.result();
    assertThat(narrow.bytes()).isZero();
  }
}
