package org.wsk4j.nt;

/**
 * Whether the current thread is forbidden to wait: our counterpart of {@code DISPATCH_LEVEL}.
 *
 * <p>A thread is at dispatch level for its whole life if it is an event loop ({@link Bound}), and
 * for the duration of a completion routine or an event callback on any other thread. What may wait
 * (capture with a timeout, deregister, the waits of the registrar, {@code await}) calls {@link
 * #requirePassive} first, so that a wait that could never end fails at once with a clear message.
 *
 * <p>Each thread has one object of this class; it is used by its own thread only.
 */
public final class DispatchLevel {
  private static final ThreadLocal<DispatchLevel> CURRENT =
      ThreadLocal.withInitial(() -> new DispatchLevel(false));

  private final boolean permanent;
  private int depth;

  /**
   * Makes the state of one thread.
   *
   * @param permanent whether the thread may never wait, as an event loop
   */
  public DispatchLevel(boolean permanent) {
    this.permanent = permanent;
  }

  /** A thread that carries its own state, which spares the look-up: event loops are such. */
  public interface Bound {
    /** {@return the state of this thread, always the same object} */
    DispatchLevel dispatchLevel();
  }

  /** {@return the state of the current thread} */
  public static DispatchLevel current() {
    return Thread.currentThread() instanceof Bound bound ? bound.dispatchLevel() : CURRENT.get();
  }

  /** {@return whether the current thread must not wait} */
  public static boolean isRaised() {
    return current().raised();
  }

  /**
   * Refuses to go on where the thread must not wait.
   *
   * @param what the call that would wait, for the message
   * @throws IllegalStateException if the current thread is at dispatch level
   */
  public static void requirePassive(String what) {
    if (isRaised()) {
      throw new IllegalStateException(
          what
              + " may wait, but "
              + Thread.currentThread().getName()
              + " is an event loop or runs a completion routine or event callback: a wait there"
              + " could never end. Call it from another thread.");
    }
  }

  /** {@return whether this thread must not wait now} */
  public boolean raised() {
    return permanent || depth > 0;
  }

  /** {@return how many completion routines and callbacks are nested on this thread now} */
  public int depth() {
    return depth;
  }

  /** Notes that a completion routine or callback begins; {@link #lower} must follow. */
  public void raise() {
    depth++;
  }

  /** Notes that a completion routine or callback has returned. */
  public void lower() {
    depth--;
  }
}
