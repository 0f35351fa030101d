package org.wsk4j.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/** Requests that wait for something; whoever takes one out of the queue completes it. */
final class PendingIrps {
  private final Deque<Irp> queue = new ArrayDeque<>();
  private final Runnable completed;

  /**
   * Makes an empty queue.
   *
   * @param completed called after the completion of each has returned
   */
  PendingIrps(Runnable completed) {
    this.completed = completed;
  }

  /** Queues a request that was begun; cancelling it completes it. */
  NtStatus add(Irp irp) {
    irp.markPending();
    boolean cancellable;
    synchronized (queue) { // within, since nobody may complete it before
      queue.add(irp);
      cancellable = irp.setCancelRoutine(this::cancel);
    }
    if (!cancellable) {
      cancel(irp);
    }
    return NtStatus.PENDING;
  }

  /** Completes the oldest; {@return whether there was one} */
  boolean completeNext(NtStatus status, @Nullable Object object) {
    Irp irp;
    synchronized (queue) {
      irp = queue.poll();
    }
    if (irp == null) {
      return false;
    }
    complete(irp, status, object);
    return true;
  }

  /** Completes all. */
  void completeAll(NtStatus status) {
    while (completeNext(status, null)) {
      continue;
    }
  }

  int size() {
    synchronized (queue) {
      return queue.size();
    }
  }

  private void cancel(Irp irp) {
    boolean mine;
    synchronized (queue) {
      mine = queue.remove(irp);
    }
    if (mine) {
      complete(irp, NtStatus.CANCELLED, null);
    }
  }

  private void complete(Irp irp, NtStatus status, @Nullable Object object) {
    irp.complete(status, 0, object);
    completed.run();
  }
}
