package org.wsk4j.nmr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.wsk4j.contract.Rule;

/** Many threads let clients and providers come and go against each other. */
class StressTest {
  private static final long DURATION_NS = TimeUnit.SECONDS.toNanos(2);

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  @Rule({"NMR-04", "NMR-06", "NMR-58", "NMR-64", "NMR-65"})
  void shouldPairEveryAttachmentWithItsDetachmentAndCleanups(TestReporter reporter)
      throws Exception {
    long seed = Long.getLong("wsk4j.test.seed", System.nanoTime());
    reporter.publishEntry("seed", Long.toString(seed));
    System.out.println("StressTest: -Dwsk4j.test.seed=" + seed);
    long begin = System.nanoTime();
    int attachments = 0;
    for (int round = 0; System.nanoTime() - begin < DURATION_NS; round++) {
      Stress stress = new Stress(seed + 1_000L * round);
      stress.run();
      assertThat(stress.check()).as("seed %d, round %d", seed, round).isEmpty();
      attachments += (int) stress.pairs.stream().filter(pair -> pair.attached).count();
    }
    assertThat(attachments).as("attachments, seed %d", seed).isPositive();
  }
}
