package org.wsk4j.nt;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Whether the current thread is forbidden to wait: our counterpart of {@code DISPATCH_LEVEL}.
 *
 * <p>A thread is at dispatch level for its whole life if it is an event loop ({@link Bound}), and
 * for the duration of a completion routine or an event callback on any other thread. What may wait
 * (capture with a timeout, deregister, the waits of the registrar, {@code await}) calls {@link
 * #requirePassive} first, so that a wait that could never end fails at once with a clear message.
 *
 * <p>It also keeps completions from nesting without end: a provider that finds {@link #depth} too
 * large leaves the completion to {@link #defer}, and it runs when the outermost routine has
 * returned, on an empty stack.
 *
 * <p>Each thread has one object of this class; it is used by its own thread only.
 */
public final class DispatchLevel {
  private static final ThreadLocal<DispatchLevel> CURRENT =
      ThreadLocal.withInitial(() -> new DispatchLevel(false));

  private final boolean permanent;
  private int depth;
  private boolean running;
  private @Nullable ArrayDeque<Runnable> deferred;

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
    Thread thread = Thread.currentThread();
    // To find that an object does not have an interface takes long; most threads show it at once.
    return thread.getClass() != Thread.class && thread instanceof Bound bound
        ? bound.dispatchLevel()
        : CURRENT.get();
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

  /**
   * Notes that a completion routine or callback has returned; the outermost runs what was deferred.
   */
  public void lower() {
    depth--;
    if (depth == 0 && deferred != null && !running) {
      runDeferred(deferred);
    }
  }

  /**
   * Leaves work until the outermost completion routine or callback of this thread has returned.
   *
   * @param work the work; it must not throw
   * @throws IllegalStateException if none is running, so that nobody would come to run it
   */
  public void defer(Runnable work) {
    if (depth == 0) {
      throw new IllegalStateException("no completion routine or callback is running to defer to");
    }
    ArrayDeque<Runnable> queue = deferred;
    if (queue == null) {
      queue = new ArrayDeque<>();
      deferred = queue;
    }
    queue.add(work);
  }

  private void runDeferred(ArrayDeque<Runnable> queue) {
    running = true;
    try {
      for (Runnable work = queue.poll(); work != null; work = queue.poll()) {
        work.run();
      }
    } finally {
      running = false;
    }
  }
}
