package org.wsk4j.registration;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Monotonic time, and waiting in it: tests bring a clock whose hands they move themselves. */
interface WaitClock {
  /** The system's monotonic time. */
  WaitClock SYSTEM =
      new WaitClock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the caller loops
        public void await(ReentrantLock lock, Condition changed, long nanos)
            throws InterruptedException {
          changed.await(nanos, TimeUnit.NANOSECONDS);
        }
      };

  /** {@return the time in nanoseconds since some point; only differences mean something} */
  long nanoTime();

  /**
   * Waits for a signal. May return early for no reason.
   *
   * @param lock held by the caller, free during the wait
   * @param changed a condition of the lock
   * @param nanos how long at most; {@link Long#MAX_VALUE} is as good as for ever
   * @throws InterruptedException if the thread is interrupted; the lock is held again
   */
  void await(ReentrantLock lock, Condition changed, long nanos) throws InterruptedException;
}
