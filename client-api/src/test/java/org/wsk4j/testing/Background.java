package org.wsk4j.testing;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Something that runs on a thread of its own while a test goes on, and that may block.
 *
 * @param <T> its result
 */
public final class Background<T> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FutureTask<T> task;
  private final Thread thread;

  private Background(String name, Callable<T> work) {
    task = new FutureTask<>(work);
    thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts something with a result; {@return it} */
  public static <T> Background<T> call(String name, Callable<T> work) {
    return new Background<>(name, work);
  }

  /** Starts something without a result; {@return it} */
  public static Background<Void> run(String name, Runnable work) {
    return new Background<>(
        name,
        () -> {
          work.run();
          return null;
        });
  }

  /**
   * Waits until it is parked inside a waiting method of this library, one whose name begins with
   * {@code await}, and fails if it ends instead.
   *
   * @return this
   */
  public Background<T> awaitBlocked() {
    return awaitBlockedIn("await");
  }

  /**
   * Waits until it is parked inside a certain method of this library, and fails if it ends instead.
   *
   * @param method how the name of the method begins
   * @return this
   */
  public Background<T> awaitBlockedIn(String method) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isParkedIn(method)) {
      if (task.isDone()) {
        throw new AssertionError(thread.getName() + " returned instead of blocking");
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(thread.getName() + " neither blocked nor returned");
      }
      Thread.yield();
    }
    return this;
  }

  private boolean isParkedIn(String method) {
    return thread.getState() == Thread.State.WAITING
        && Arrays.stream(thread.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("org.wsk4j."))
            .anyMatch(frame -> frame.getMethodName().startsWith(method));
  }

  /** {@return whether it has ended} */
  public boolean isDone() {
    return task.isDone();
  }

  /** Interrupts its thread. */
  public void interrupt() {
    thread.interrupt();
  }

  /** Waits for its end; {@return its result} */
  public T result() {
    try {
      return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      AssertionError stuck = new AssertionError(thread.getName() + " does not end");
      stuck.setStackTrace(thread.getStackTrace());
      throw stuck;
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(thread.getName() + " failed", e);
    }
  }
}
