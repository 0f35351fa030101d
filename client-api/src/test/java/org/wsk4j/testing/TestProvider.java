package org.wsk4j.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * A provider that does nothing but complete requests: inside the call, later, on another thread, or
 * when they are cancelled. Its functions treat IRPs as the functions of a real provider do.
 *
 * <p>Threads: any. Requests that wait are completed in the order in which they came.
 */
public final class TestProvider {
  private final Object lock = new Object();
  private final Deque<Irp> waiting = new ArrayDeque<>();

  /** Makes a provider without requests. */
  public TestProvider() {}

  /**
   * Completes the request inside the call, and returns its status, or why it could not be taken.
   */
  public NtStatus inline(@Nullable Irp irp, NtStatus status, long information) {
    return inline(irp, status, information, null);
  }

  /** The same with an object for the result. */
  public NtStatus inline(
      @Nullable Irp irp, NtStatus status, long information, @Nullable Object object) {
    if (irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus begun = irp.begin(null);
    if (begun == NtStatus.SUCCESS) {
      irp.complete(status, information, object);
      return status;
    }
    return refuse(irp, begun);
  }

  /** Keeps the request until {@link #completeNext}; it cannot be cancelled. */
  public NtStatus later(@Nullable Irp irp) {
    return pend(irp, false);
  }

  /** Keeps the request until {@link #completeNext}, or until it is cancelled. */
  public NtStatus cancellable(@Nullable Irp irp) {
    return pend(irp, true);
  }

  /** Completes the request by a task of another thread. */
  public NtStatus elsewhere(@Nullable Irp irp, Executor thread, NtStatus status, long information) {
    if (irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus begun = irp.begin(null);
    if (begun != NtStatus.SUCCESS) {
      return refuse(irp, begun);
    }
    irp.markPending();
    thread.execute(() -> irp.complete(status, information, null));
    return NtStatus.PENDING;
  }

  /** Completes the request inside the call although the call answers PENDING. */
  public NtStatus pendingButDone(@Nullable Irp irp, NtStatus status) {
    return elsewhere(irp, Runnable::run, status, 0);
  }

  /** Completes the oldest request that waits; returns whether there was one. */
  public boolean completeNext(NtStatus status, long information, @Nullable Object object) {
    Irp irp;
    synchronized (lock) {
      irp = waiting.poll();
      if (irp == null) {
        return false;
      }
      if (!irp.withdrawCancelRoutine()) {
        return true; // a cancellation has taken the handler, which completes the request
      }
    }
    return irp.complete(status, information, object);
  }

  /** Completes the oldest request that waits with a status alone. */
  public boolean completeNext(NtStatus status) {
    return completeNext(status, 0, null);
  }

  /** How many requests wait. */
  public int waiting() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  private NtStatus pend(@Nullable Irp irp, boolean cancellable) {
    if (irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus begun = irp.begin(null);
    if (begun != NtStatus.SUCCESS) {
      return refuse(irp, begun);
    }
    irp.markPending();
    synchronized (lock) {
      waiting.add(irp);
      if (!cancellable || irp.setCancelRoutine(this::cancel)) {
        return NtStatus.PENDING;
      }
      waiting.remove(irp);
    }
    irp.complete(NtStatus.CANCELLED);
    return NtStatus.PENDING;
  }

  private void cancel(Irp irp) {
    synchronized (lock) {
      waiting.remove(irp);
    }
    irp.complete(NtStatus.CANCELLED);
  }

  private static NtStatus refuse(Irp irp, NtStatus begun) {
    if (begun == NtStatus.CANCELLED) {
      irp.complete(begun);
    }
    return begun;
  }
}
