package org.wsk4j.provider.core;

/**
 * How many bytes a client should have outstanding so that its connection never runs dry: twice what
 * the path holds, since one half is on its way while the other half waits to follow (SND-45 to
 * SND-55).
 *
 * <p>What the path holds is the system's own estimate: its congestion window, which follows the
 * product of bandwidth and delay. The send buffer is the upper bound, for the system takes no more.
 * Where the system does not show its window, the buffer is all that is known, and is the ideal.
 *
 * <p>The estimate is renewed when so much has been sent that it can have changed, a few round trips
 * worth of data; an idle connection costs nothing. It moves only when the new value differs by a
 * quarter at least, so that clients are not told of every breath that the network takes.
 *
 * <p>Threads: owned by the event loop of the socket, except {@link #ideal}.
 */
public final class SendBacklog {
  /** The least that is ever recommended, in bytes. */
  public static final long LEAST = 64 * 1024;

  private volatile long ideal;
  private long sentSinceLook;

  /**
   * Makes an estimate for a connection of which nothing is known yet.
   *
   * @param buffer the send buffer in bytes
   */
  public SendBacklog(long buffer) {
    ideal = Math.max(LEAST, buffer);
  }

  /** {@return how many bytes should be outstanding; from any thread} */
  public long ideal() {
    return ideal;
  }

  /**
   * Counts what was sent.
   *
   * @param bytes how much
   * @return whether the path should be looked at again now; once for each time it is due
   */
  public boolean sent(long bytes) {
    sentSinceLook += bytes;
    if (sentSinceLook < 2 * ideal) {
      return false;
    }
    sentSinceLook = 0;
    return true;
  }

  /**
   * Takes a look at the path, and moves the ideal if it has changed noticeably.
   *
   * @param window how many bytes the system lets be on their way; 0 if it does not say
   * @param buffer the send buffer in bytes
   * @return whether the ideal has changed
   */
  public boolean look(long window, long buffer) {
    long next = estimate(window, buffer);
    return Math.abs(next - ideal) >= Math.max(1, ideal / 4) && become(next);
  }

  /**
   * Takes note that the client has set the send buffer: the ideal follows, however little it moves.
   *
   * @param window how many bytes the system lets be on their way; 0 if it does not say
   * @param buffer the send buffer in bytes
   * @return whether the ideal has changed
   */
  public boolean bufferSet(long window, long buffer) {
    return become(estimate(window, buffer));
  }

  private boolean become(long next) {
    boolean changed = next != ideal;
    ideal = next;
    return changed;
  }

  private static long estimate(long window, long buffer) {
    long most = Math.max(LEAST, buffer);
    return window > 0 ? Math.max(LEAST, Math.min(2 * window, most)) : most;
  }
}
