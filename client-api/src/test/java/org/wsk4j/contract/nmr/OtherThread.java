package org.wsk4j.contract.nmr;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.wsk4j.nt.DispatchLevel;

/** A call that runs on a thread of its own. */
final class OtherThread<T> {
  private static final long PATIENCE_SECONDS = 10;

  private final FutureTask<T> task;
  private final Thread thread;

  private OtherThread(Callable<T> call, boolean eventLoop) {
    task = new FutureTask<>(call);
    thread = eventLoop ? new Loop(task) : new Thread(task, "other");
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts a call on an ordinary thread. */
  static <T> OtherThread<T> start(Callable<T> call) {
    return new OtherThread<>(call, false);
  }

  /** Makes a call on an ordinary thread and gives its result or throws what it threw. */
  static <T> T call(Callable<T> call) {
    return start(call).result();
  }

  /** As {@link #call}, on a thread that must never block. */
  static <T> T callOnLoop(Callable<T> call) {
    return new OtherThread<>(call, true).result();
  }

  static void run(Runnable action) {
    call(
        () -> {
          action.run();
          return null;
        });
  }

  static void runOnLoop(Runnable action) {
    callOnLoop(
        () -> {
          action.run();
          return null;
        });
  }

  Thread thread() {
    return thread;
  }

  boolean isDone() {
    return task.isDone();
  }

  /** Gives the result as soon as it is there; fails if the call takes too long. */
  T result() {
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw rethrow(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("still running: " + Arrays.toString(thread.getStackTrace()));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns when the thread is parked inside the method; fails if the call ends instead. */
  OtherThread<T> awaitBlockedIn(String method) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!isParkedIn(method)) {
      if (task.isDone()) {
        throw new AssertionError("didn't block in " + method + ", but gave " + result());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "not in " + method + ": " + Arrays.toString(thread.getStackTrace()));
      }
      Thread.onSpinWait();
    }
    return this;
  }

  private boolean isParkedIn(String method) {
    return thread.getState() == Thread.State.WAITING
        && Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getMethodName().equals(method));
  }

  private static RuntimeException rethrow(Throwable cause) {
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
    throw new AssertionError(cause);
  }

  private static final class Loop extends Thread implements DispatchLevel.Bound {
    private final DispatchLevel level = new DispatchLevel(true);

    Loop(Runnable task) {
      super(task, "loop");
    }

    @Override
    public DispatchLevel dispatchLevel() {
      return level;
    }
  }
}
