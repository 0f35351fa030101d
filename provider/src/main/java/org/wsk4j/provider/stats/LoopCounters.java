package org.wsk4j.provider.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one event loop counts. The loop is the only writer, so counting is a plain addition and a
 * store that others see soon; the sums over all loops are in {@link ProviderStatistics#snapshot}.
 *
 * <p>Threads: only the loop that owns the counters may count.
 */
public final class LoopCounters {
  /** Unused places on both sides keep the counters of two loops out of one cache line. */
  private static final int PADDING = 16;

  private static final int ACCEPTED = PADDING;
  private static final int CONNECTED = PADDING + 1;
  private static final int SENDS = PADDING + 2;
  private static final int BYTES_SENT = PADDING + 3;
  private static final int RECEIVES = PADDING + 4;
  private static final int BYTES_RECEIVED = PADDING + 5;
  private static final int DROPS = PADDING + 6;
  private static final int END = DROPS + 1 + PADDING;

  private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] values = new long[END];

  LoopCounters() {}

  /** Counts a connection that a peer made and that was accepted. */
  public void accepted() {
    add(ACCEPTED, 1);
  }

  /** Counts a connection that was made to a peer. */
  public void connected() {
    add(CONNECTED, 1);
  }

  /**
   * Counts a send that the system has taken.
   *
   * @param bytes how many bytes
   */
  public void sent(long bytes) {
    add(SENDS, 1);
    add(BYTES_SENT, bytes);
  }

  /**
   * Counts data or a datagram that has come in.
   *
   * @param bytes how many bytes
   */
  public void received(long bytes) {
    add(RECEIVES, 1);
    add(BYTES_RECEIVED, bytes);
  }

  /** Counts a datagram or connection that found no room and was thrown away. */
  public void dropped() {
    add(DROPS, 1);
  }

  private void add(int counter, long amount) {
    VALUE.setOpaque(values, counter, values[counter] + amount);
  }

  /** {@return the numbers so far; from any thread} */
  Traffic read() {
    return new Traffic(
        value(ACCEPTED),
        value(CONNECTED),
        new Flow(value(SENDS), value(BYTES_SENT)),
        new Flow(value(RECEIVES), value(BYTES_RECEIVED)),
        value(DROPS));
  }

  private long value(int counter) {
    return (long) VALUE.getOpaque(values, counter);
  }
}
