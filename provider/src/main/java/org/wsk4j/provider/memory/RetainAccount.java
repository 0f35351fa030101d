package org.wsk4j.provider.memory;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes that a client keeps of one socket, and says when there are too many.
 *
 * <p>Above the soft limit indications ask to be released soon; above the hard limit reading stops
 * until something is released, so the peer's window closes and nothing is dropped (OPB-28).
 *
 * <p>Threads: any; releases come from wherever the client pleases.
 */
public final class RetainAccount {
  private final AtomicLong bytes = new AtomicLong();
  private final long softLimit;
  private final long hardLimit;
  private volatile @Nullable Runnable resume;

  /**
   * Makes an empty account.
   *
   * @param softLimit above this many bytes indications carry RELEASE_ASAP
   * @param hardLimit at this many bytes reading stops
   */
  public RetainAccount(long softLimit, long hardLimit) {
    this.softLimit = softLimit;
    this.hardLimit = hardLimit;
  }

  /** {@return how many bytes the client keeps} */
  public long bytes() {
    return bytes.get();
  }

  /** {@return whether the client should release soon} */
  public boolean isHigh() {
    return bytes.get() > softLimit;
  }

  /**
   * Tells whether reading has to stop, and if so, has somebody told when it may go on.
   *
   * @param whenLower runs once, on the releasing thread, when enough was released
   * @return whether reading has to stop
   */
  public boolean isFull(Runnable whenLower) {
    if (bytes.get() < hardLimit) {
      return false;
    }
    resume = whenLower;
    return bytes.get() >= hardLimit || resume == null;
  }

  void add(long count) {
    bytes.addAndGet(count);
  }

  void subtract(long count) {
    long left = bytes.addAndGet(-count);
    Runnable waiting = resume;
    if (waiting != null && left < hardLimit) {
      resume = null;
      waiting.run();
    }
  }
}
