package org.wsk4j.registration;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.wsk4j.nmr.NetworkModuleRegistrar;

/**
 * Time that stands still until a test moves it. Before moving it a test makes sure, with {@link
 * #awaitWaiting}, that those who should notice are waiting.
 */
public final class HandMovedClock implements WaitClock {
  // Guarded by this.
  private long now = System.nanoTime();
  private int waiting;
  private long waits;
  private final Map<Condition, ReentrantLock> conditions = new HashMap<>();

  /** {@return a block whose waits obey this clock} */
  public WskRegistration registration(NetworkModuleRegistrar registrar) {
    return new WskRegistration(registrar, () -> {}, this);
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // the caller loops
  public void await(ReentrantLock lock, Condition changed, long nanos) throws InterruptedException {
    entered(lock, changed);
    try {
      changed.await();
    } finally {
      left();
    }
  }

  private synchronized void entered(ReentrantLock lock, Condition changed) {
    conditions.put(changed, lock);
    waiting++;
    waits++;
    notifyAll();
  }

  private synchronized void left() {
    waiting--;
    notifyAll();
  }

  /** Waits until so many threads wait. */
  public synchronized void awaitWaiting(int threads) {
    awaitThat(() -> waiting == threads);
  }

  /** Waits until somebody has begun to wait so often, counted from the start of the clock. */
  public synchronized void awaitWaits(long count) {
    awaitThat(() -> waits == count);
  }

  private synchronized void awaitThat(BooleanSupplier holds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    try {
      while (!holds.getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(waiting + " threads wait, after " + waits + " waits");
        }
        wait(100);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** {@return how often anybody began to wait} */
  public synchronized long waits() {
    return waits;
  }

  /** Moves the hands, and makes all who wait look at them. */
  public void advance(Duration time) {
    Map<Condition, ReentrantLock> toSignal;
    synchronized (this) {
      now += time.toNanos();
      toSignal = Map.copyOf(conditions);
    }
    toSignal.forEach(HandMovedClock::signal);
  }

  private static void signal(Condition changed, ReentrantLock lock) {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
