package org.wsk4j.provider.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.wsk4j.provider.stats.StatisticsSnapshot;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/**
 * Runs episodes, many at a time, until there were enough operations: {@code
 * -Dwsk4j.model.operations=} says how many on each transport. Each episode has a seed of its own;
 * {@code -Dwsk4j.model.seed=} begins with the episode of that number.
 *
 * <p>The seed decides which operations there are, at which end, with which sizes and flags, and
 * what the n-th callback of a socket answers. It does not decide what the system and the scheduler
 * do: how data is cut into indications, which request a cancellation finds pending, which of two
 * threads is first. An episode replayed by its seed makes the same attempts, and may need several
 * of them to fail again.
 */
final class ModelRun {
  private static final long OPERATIONS = Long.getLong("wsk4j.model.operations", 34_000);
  private static final int AT_ONCE = 24;

  /** After so many episodes nothing must be left. */
  private static final int BATCH = 160;

  private final Transport transport;
  private final AtomicLong operations = new AtomicLong();
  private final Episode.Setting setting;
  private final StatisticsSnapshot before;
  private long seed = Long.getLong("wsk4j.model.seed", System.nanoTime());
  private int episodes;

  ModelRun(Transport transport, TestScope scope) {
    this.transport = transport;
    ExecutorService elsewhere = scope.thread("elsewhere");
    setting = new Episode.Setting(TestClient.on(transport, scope), elsewhere, operations);
    before = statistics();
  }

  /** Runs all of them. */
  void run() {
    System.out.printf("Model of whole sockets on %s: episodes from seed %d%n", transport, seed);
    long begin = System.nanoTime();
    while (operations.get() < OPERATIONS) {
      batch();
    }
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    System.out.printf(
        "Model of whole sockets on %s: %d operations in %d episodes, %.1f s, %s%n",
        transport, operations.get(), episodes, time.toMillis() / 1000.0, statistics().traffic());
  }

  private void batch() {
    List<Episode> open = new ArrayList<>();
    int left = BATCH;
    while (left > 0 || !open.isEmpty()) {
      left = operations.get() < OPERATIONS ? left : 0;
      for (; left > 0 && open.size() < AT_ONCE; left--) {
        episodes++;
        open.add(episode(seed++, Integer.MAX_VALUE));
      }
      if (!step(open)) {
        Patience.pause();
      }
    }
    assertNothingOutstanding();
  }

  private boolean step(List<Episode> open) {
    boolean more = false;
    for (Episode each : open) {
      more |= each.step();
      if (each.journal().violation() != null) {
        throw fail(each, open);
      }
    }
    open.removeIf(Episode::isOver);
    return more;
  }

  private Episode episode(long number, int most) {
    return new ConnectionEpisode(setting, number, most);
  }

  private AssertionError fail(Episode failed, List<Episode> open) {
    Failure failure = new Failure(failed, statistics().toString());
    open.forEach(Episode::abandon);
    return failure.shortened(most -> episode(failed.seed(), most));
  }

  private StatisticsSnapshot statistics() {
    return setting.client().provider().statistics();
  }

  /** Nothing of the batch is left: no socket, no request, no byte that is kept. */
  private void assertNothingOutstanding() {
    StatisticsSnapshot now = statistics();
    assertThat(now.openSockets()).isEqualTo(before.openSockets());
    assertThat(now.requestsInFlight()).isEqualTo(before.requestsInFlight());
    assertThat(now.retainedBytes()).isEqualTo(before.retainedBytes());
    assertThat(now.clientFaults()).isEqualTo(before.clientFaults());
  }
}
