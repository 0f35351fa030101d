package org.wsk4j.provider.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.irp.Irp;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.Race;

@Timeout(120)
class SubmissionQueueTest {
  private final SubmissionQueue queue = new SubmissionQueue();

  private static List<Irp> list(@Nullable Irp oldest) {
    List<Irp> all = new ArrayList<>();
    for (Irp irp = oldest; irp != null; irp = irp.context().next) {
      all.add(irp);
    }
    return all;
  }

  @Test
  void shouldTakeAllInTheOrderSubmitted() {
    Irp first = Irp.allocate();
    Irp second = Irp.allocate();
    Irp third = Irp.allocate();

    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.takeAll()).isNull();
    queue.submit(first);
    queue.submit(second);
    assertThat(queue.isEmpty()).isFalse();
    queue.submit(third);
    assertThat(list(queue.takeAll())).containsExactly(first, second, third);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.takeAll()).isNull();
  }

  @Test
  void shouldWakeTheLoopOnceForABurst() {
    assertThat(queue.submit(Irp.allocate())).isTrue();
    assertThat(queue.submit(Irp.allocate())).isFalse();
    assertThat(queue.submit(Irp.allocate())).isFalse();
    queue.takeAll();
    assertThat(queue.submit(Irp.allocate())).isTrue();
    assertThat(queue.submit(Irp.allocate())).isFalse();
  }

  /** A queue, and who took something out of it. */
  private static final class Burst {
    final SubmissionQueue queue = new SubmissionQueue();
    final List<Irp> taken = new ArrayList<>();
    final AtomicInteger wakes = new AtomicInteger();

    void submit() {
      if (queue.submit(Irp.allocate())) {
        wakes.incrementAndGet();
      }
    }
  }

  @Test
  void shouldLoseNothingThatIsSubmittedWhileAllIsTaken() throws InterruptedException {
    Race.on(Burst::new)
        .actor(Burst::submit)
        .actor(Burst::submit)
        .actor(one -> one.taken.addAll(list(one.queue.takeAll())))
        .run(
            Duration.ofMillis(500),
            one -> {
              int burst = one.taken.size();
              int rest = list(one.queue.takeAll()).size();
              assertThat(burst + rest).isEqualTo(2);
              assertThat(one.wakes).hasValue(burst == 1 ? 2 : 1);
            });
  }

  /**
   * The one that takes sleeps whenever it has taken all, until it is woken: if a wake-up were
   * missing, it would sleep for ever.
   */
  @Test
  void shouldLoseNothingKeepTheOrderOfEachThreadAndWakeForEachBurst() {
    int threads = 4;
    int each = 100_000;
    AtomicInteger wakes = new AtomicInteger();
    Thread taker = Thread.currentThread();
    List<Background<Void>> producers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Integer name = i;
      producers.add(Background.run("producer-" + i, () -> produce(name, each, wakes, taker)));
    }

    int[] next = new int[threads];
    int taken = 0;
    int bursts = 0;
    while (taken < threads * each) {
      while (wakes.get() == bursts) {
        LockSupport.park(this);
      }
      bursts++;
      for (Irp irp : list(queue.takeAll())) {
        int producer = (Integer) irp.context().target;
        assertThat(irp.context().operation).isEqualTo(next[producer]);
        next[producer]++;
        taken++;
      }
    }
    producers.forEach(Background::result);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(wakes).hasValue(bursts);
    assertThat(next).containsOnly(each);
  }

  private void produce(Integer name, int count, AtomicInteger wakes, Thread taker) {
    for (int i = 0; i < count; i++) {
      Irp irp = Irp.allocate();
      irp.context().target = name;
      irp.context().operation = i;
      if (queue.submit(irp)) {
        wakes.incrementAndGet();
        LockSupport.unpark(taker);
      }
    }
  }
}
