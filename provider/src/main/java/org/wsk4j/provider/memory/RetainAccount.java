package org.wsk4j.provider.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.wsk4j.provider.stats.ProviderStatistics;

/**
 * Counts the bytes that a client keeps of one socket, and says when there are too many.
 *
 * <p>Above the soft limit indications ask to be released soon; above the hard limit reading stops
 * until something is released, so the peer's window closes and nothing is dropped (OPB-28).
 *
 * <p>Threads: any; releases come from wherever the client pleases.
 */
public final class RetainAccount {
  private static final VarHandle RESUME;

  static {
    try {
      RESUME = MethodHandles.lookup().findVarHandle(RetainAccount.class, "resume", Runnable.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final AtomicLong bytes = new AtomicLong();
  private final @Nullable LeakReport leaks;
  private final long softLimit;
  private final long hardLimit;
  private final ProviderStatistics statistics;

  /** Who waits for the account to be lower. Taken out, through RESUME, by the one that runs it. */
  private volatile @Nullable Runnable resume;

  /**
   * Makes an empty account.
   *
   * @param softLimit above this many bytes indications carry RELEASE_ASAP
   * @param hardLimit at this many bytes reading stops
   * @param statistics counts what all sockets keep
   */
  public RetainAccount(long softLimit, long hardLimit, ProviderStatistics statistics) {
    this(softLimit, hardLimit, statistics, null);
  }

  private RetainAccount(
      long softLimit, long hardLimit, ProviderStatistics statistics, @Nullable LeakReport leaks) {
    this.leaks = leaks;
    this.statistics = statistics;
    this.softLimit = softLimit;
    this.hardLimit = hardLimit;
  }

  /**
   * Makes an empty account without limits: of datagrams that a client keeps nothing is held back
   * (DGX-17, DGX-18). What is never released is reported in the log (DGX-21).
   *
   * @param statistics counts what all sockets keep
   */
  public RetainAccount(ProviderStatistics statistics) {
    this(Long.MAX_VALUE, Long.MAX_VALUE, statistics, new LeakReport());
    if (leaks != null) {
      leaks.watch(this);
    }
  }

  /**
   * Takes note of whose account it is.
   *
   * @param name a name for the log
   */
  public void belongsTo(String name) {
    if (leaks != null) {
      leaks.setSocket(name);
    }
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
   * Tells whether reading has to stop, and if so, has somebody told when it may go on. Asked by one
   * thread at a time.
   *
   * @param whenLower runs once, on the releasing thread, when enough was released; what was
   *     released may have been followed by something kept, so it has to ask again
   * @return whether reading has to stop; then, and only then, {@code whenLower} will run
   */
  public boolean isFull(Runnable whenLower) {
    if (bytes.get() < hardLimit) {
      return false;
    }
    resume = whenLower;
    // A release that came before it was set has not seen it, so look again; a release that came
    // behind may have taken it out, and then runs it.
    return bytes.get() >= hardLimit || !RESUME.compareAndSet(this, whenLower, null);
  }

  /** Nobody will read any more: who waits is forgotten. What is kept stays counted. */
  public void close() {
    resume = null;
  }

  void add(long count) {
    statistics.retained(count);
    if (leaks != null) {
      leaks.kept(count);
    }
    bytes.addAndGet(count);
  }

  void subtract(long count) {
    statistics.released(count);
    if (leaks != null) {
      leaks.released(count);
    }
    long left = bytes.addAndGet(-count);
    if (left < hardLimit && resume != null) {
      Runnable waiting = (Runnable) RESUME.getAndSet(this, null);
      if (waiting != null) {
        waiting.run();
      }
    }
  }
}
