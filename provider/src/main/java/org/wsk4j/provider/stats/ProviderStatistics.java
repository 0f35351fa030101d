package org.wsk4j.provider.stats;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.wsk4j.socket.WskSocketCategory;

/**
 * What a provider counts. What happens on event loops is counted by each loop for itself ({@link
 * #newLoop}); what any thread may do is counted here.
 *
 * <p>Threads: all methods may be called from any thread, and none waits.
 */
public final class ProviderStatistics {
  private final List<LoopCounters> loops = new CopyOnWriteArrayList<>();
  private final Map<WskSocketCategory, LongAdder> openSockets =
      new EnumMap<>(WskSocketCategory.class);
  private final LongAdder requestsInFlight = new LongAdder();
  private final LongAdder retainedBytes = new LongAdder();
  private final LongAdder clientFaults = new LongAdder();

  /** Makes statistics that start at zero. */
  public ProviderStatistics() {
    for (WskSocketCategory category : WskSocketCategory.values()) {
      openSockets.put(category, new LongAdder());
    }
  }

  /** {@return counters for one more event loop, which are part of every snapshot from now on} */
  public LoopCounters newLoop() {
    LoopCounters counters = new LoopCounters();
    loops.add(counters);
    return counters;
  }

  /**
   * Counts a socket that was made.
   *
   * @param category its category
   */
  public void socketOpened(WskSocketCategory category) {
    open(category).increment();
  }

  /**
   * Counts a socket whose close has completed.
   *
   * @param category the category it was counted with
   */
  public void socketClosed(WskSocketCategory category) {
    open(category).decrement();
  }

  /** Counts a request of a client that is in flight now. */
  public void requestBegun() {
    requestsInFlight.increment();
  }

  /** Counts the completion of a request that was counted as begun. */
  public void requestCompleted() {
    requestsInFlight.decrement();
  }

  /**
   * Counts data that a client keeps.
   *
   * @param bytes how many bytes
   */
  public void retained(long bytes) {
    retainedBytes.add(bytes);
  }

  /**
   * Counts data that a client has given back.
   *
   * @param bytes how many bytes
   */
  public void released(long bytes) {
    retainedBytes.add(-bytes);
  }

  /** Counts an exception that a client let escape. */
  public void clientFault() {
    clientFaults.increment();
  }

  /** {@return the numbers now} */
  public StatisticsSnapshot snapshot() {
    Map<WskSocketCategory, Long> sockets = new EnumMap<>(WskSocketCategory.class);
    openSockets.forEach((category, count) -> sockets.put(category, count.sum()));
    return new StatisticsSnapshot(
        Map.copyOf(sockets),
        loops.stream().map(LoopCounters::read).reduce(Traffic.NONE, Traffic::plus),
        requestsInFlight.sum(),
        retainedBytes.sum(),
        clientFaults.sum());
  }

  private LongAdder open(WskSocketCategory category) {
    LongAdder count = openSockets.get(category);
    if (count == null) {
      throw new AssertionError("no counter for " + category);
    }
    return count;
  }
}
