package org.wsk4j.registration;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The lock of a registration, and waiting until what it protects has changed. Nobody is called
 * while it is held, but the registrar's question whether a provider is registered, which takes no
 * lock.
 */
final class ChangeMonitor {
  /** Waits without an end. */
  static final long FOR_EVER = Long.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final WaitClock clock;

  ChangeMonitor(WaitClock clock) {
    this.clock = clock;
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** Makes all who wait look again; with the lock held. */
  void signal() {
    changed.signalAll();
  }

  /** {@return how many threads wait; with the lock held} */
  int waiting() {
    return lock.getWaitQueueLength(changed);
  }

  /**
   * Waits until something holds, or the time is over; with the lock held. An interrupt doesn't end
   * the wait; it is set again before the return (OP-12).
   *
   * @param holds looked at with the lock held
   * @param millis how long at most, or {@link #FOR_EVER}
   */
  void await(BooleanSupplier holds, long millis) {
    long nanos = millis == FOR_EVER ? FOR_EVER : TimeUnit.MILLISECONDS.toNanos(millis);
    long start = clock.nanoTime();
    boolean interrupted = false;
    while (!holds.getAsBoolean()) {
      long left = nanos == FOR_EVER ? FOR_EVER : nanos - (clock.nanoTime() - start);
      if (left <= 0) {
        break;
      }
      try {
        clock.await(lock, changed, left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
