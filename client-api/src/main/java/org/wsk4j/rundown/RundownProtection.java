package org.wsk4j.rundown;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.DispatchLevel;

/**
 * Protects an object from vanishing while it is in use: the only shutdown primitive of the house.
 *
 * <p>Users {@link #acquire} a reference before they touch the object and {@link #release} it
 * afterwards. The owner calls {@link #beginRundown} once: from then on no reference is given out,
 * and when the last one has come back the action given with it runs, exactly once, on the thread
 * that released last (or inside {@code beginRundown} if nobody holds one). Nothing blocks, except
 * {@link #awaitDrained}, which is for deregistration and the registrar alone.
 *
 * <p>All of the state is one number: twice the count of references, plus one when the rundown has
 * begun. The object is drained when the number is exactly one.
 *
 * <p>All methods may be called from any thread.
 */
public final class RundownProtection {
  private static final long RUNNING_DOWN = 1;
  private static final long ONE_REFERENCE = 2;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(RundownProtection.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through STATE
  private volatile long state;

  /** Written before the rundown begins, read by whoever makes the state drained. */
  private @Nullable Runnable onDrained;

  private volatile boolean actionDone;

  /** Guarded by this object's monitor, which nobody holds while waiting or while calling out. */
  private @Nullable Waiter waiters;

  /** Makes a protection without references, not running down. */
  public RundownProtection() {}

  /**
   * Takes a reference.
   *
   * @return whether it was given; {@code false} once the rundown has begun
   */
  public boolean acquire() {
    while (true) {
      long current = state;
      if ((current & RUNNING_DOWN) != 0) {
        return false;
      }
      if (STATE.compareAndSet(this, current, current + ONE_REFERENCE)) {
        return true;
      }
    }
  }

  /**
   * Takes a further reference on behalf of one already held, which is therefore always given, also
   * while running down.
   *
   * @throws IllegalStateException if nobody holds a reference
   */
  public void acquireNested() {
    while (true) {
      long current = state;
      if (current < ONE_REFERENCE) {
        throw new IllegalStateException("no reference is held that could be shared");
      }
      if (STATE.compareAndSet(this, current, current + ONE_REFERENCE)) {
        return;
      }
    }
  }

  /**
   * Gives a reference back. The last one, once the rundown has begun, runs the owner's action on
   * this thread.
   *
   * @throws IllegalStateException if none is held
   */
  public void release() {
    while (true) {
      long current = state;
      if (current < ONE_REFERENCE) {
        throw new IllegalStateException("a reference was released that nobody held");
      }
      long next = current - ONE_REFERENCE;
      if (STATE.compareAndSet(this, current, next)) {
        if (next == RUNNING_DOWN) {
          drained();
        }
        return;
      }
    }
  }

  /**
   * Begins the rundown: no more references from now on.
   *
   * @param action what to do when the last reference is back; runs once, on the releasing thread,
   *     or here if nobody holds one
   * @return whether this call began it; {@code false} if an earlier one did, whose action stands
   */
  public boolean beginRundown(Runnable action) {
    long before;
    synchronized (this) {
      if (onDrained != null) {
        return false;
      }
      onDrained = action;
      // Inside, so that whoever is told that another call began it gets no reference any more.
      before = (long) STATE.getAndAdd(this, RUNNING_DOWN);
    }
    if (before == 0) {
      drained();
    }
    return true;
  }

  /** {@return whether the rundown has begun} */
  public boolean isRunningDown() {
    return (state & RUNNING_DOWN) != 0;
  }

  /** {@return whether the rundown is over and its action has run} */
  public boolean isDrained() {
    return actionDone;
  }

  /** {@return how many references are out} */
  public long references() {
    return state >>> 1;
  }

  /**
   * Waits until the rundown is over and its action has run. An interrupt does not end the wait; it
   * is set again before the return.
   *
   * @throws IllegalStateException if this thread must not wait
   */
  public void awaitDrained() {
    DispatchLevel.requirePassive("Waiting for a rundown");
    Waiter self = new Waiter(Thread.currentThread());
    synchronized (this) {
      if (actionDone) {
        return;
      }
      self.next = waiters;
      waiters = self;
    }
    boolean interrupted = false;
    while (!actionDone) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void drained() {
    Runnable action = onDrained;
    try {
      if (action != null) {
        action.run();
      }
    } finally {
      Waiter waiter;
      synchronized (this) {
        actionDone = true;
        waiter = waiters;
        waiters = null;
      }
      for (; waiter != null; waiter = waiter.next) {
        LockSupport.unpark(waiter.thread);
      }
    }
  }

  @Override
  public String toString() {
    long current = state;
    return "RundownProtection[references="
        + (current >>> 1)
        + ((current & RUNNING_DOWN) != 0 ? ", running down]" : "]");
  }

  private static final class Waiter {
    final Thread thread;
    @Nullable Waiter next;

    Waiter(Thread thread) {
      this.thread = thread;
    }
  }
}
