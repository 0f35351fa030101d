package org.wsk4j.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.provider.memory.DataIndication;
import org.wsk4j.provider.memory.RetainAccount;
import org.wsk4j.provider.stats.ProviderStatistics;
import org.wsk4j.testing.TestScope;

/** A release on another thread while the callback that keeps the data returns. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReleaseRaceTest {
  private static final int ROUNDS = 300_000;

  private final RetainAccount account = new RetainAccount(1000, 2000, new ProviderStatistics());
  private final AtomicReference<DataIndication> shown = new AtomicReference<>();

  @Test
  @Rule({"REL-02", "REL-09"})
  void shouldFindWhatIsBeingKept(TestScope scope) throws Exception {
    ExecutorService other = scope.thread("other");
    Future<Integer> released = other.submit(this::releaseAll);
    for (int i = 0; i < ROUNDS; i++) {
      DataIndication data = new DataIndication(account, Unpooled.wrappedBuffer(new byte[1]));
      data.indicate();
      shown.set(data);
      data.keep();
      while (shown.get() != null) {
        Thread.onSpinWait();
      }
    }
    assertThat(released.get()).isEqualTo(ROUNDS);
    assertThat(account.bytes()).isZero();
  }

  private int releaseAll() {
    int released = 0;
    for (int i = 0; i < ROUNDS; i++) {
      DataIndication data = shown.get();
      while (data == null) {
        Thread.onSpinWait();
        data = shown.get();
      }
      if (data.claim(account)) {
        data.freeClaimed();
        released++;
      }
      shown.set(null);
    }
    return released;
  }
}
