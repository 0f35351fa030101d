package org.wsk4j.provider.completion;

import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;

/**
 * A first-in, first-out queue of requests, linked through the requests themselves.
 *
 * <p>Threads: owned by one event loop. Completing a request may come back to the queue, so a
 * request is taken out before it is completed.
 */
public final class IrpQueue {
  private @Nullable Irp head;
  private @Nullable Irp tail;

  /** Makes an empty queue. */
  public IrpQueue() {}

  /** {@return whether no request waits} */
  public boolean isEmpty() {
    return head == null;
  }

  /** {@return the oldest request, or {@code null} if none waits} */
  public @Nullable Irp peek() {
    return head;
  }

  /**
   * Puts a request at the end.
   *
   * @param irp a request that is in no queue
   */
  public void add(Irp irp) {
    irp.context().next = null;
    Irp last = tail;
    if (last == null) {
      head = irp;
    } else {
      last.context().next = irp;
    }
    tail = irp;
  }

  /** {@return the oldest request, taken out, or {@code null} if none waits} */
  public @Nullable Irp poll() {
    Irp first = head;
    if (first != null) {
      head = first.context().next;
      first.context().next = null;
      if (head == null) {
        tail = null;
      }
    }
    return first;
  }

  /**
   * Takes a request out, wherever it stands.
   *
   * @param irp the request
   * @return whether it was here
   */
  public boolean remove(Irp irp) {
    Irp before = null;
    for (Irp at = head; at != null; at = at.context().next) {
      if (at == irp) {
        unlink(before, at);
        return true;
      }
      before = at;
    }
    return false;
  }

  /**
   * Takes a request out, wherever it stands, and puts another one there.
   *
   * @param irp the request
   * @param other a request that is in no queue
   * @return whether the first one was here
   */
  public boolean replace(Irp irp, Irp other) {
    Irp before = null;
    for (Irp at = head; at != null; at = at.context().next) {
      if (at == irp) {
        link(before, other, irp.context().next);
        irp.context().next = null;
        return true;
      }
      before = at;
    }
    return false;
  }

  private void link(@Nullable Irp before, Irp irp, @Nullable Irp after) {
    if (before == null) {
      head = irp;
    } else {
      before.context().next = irp;
    }
    irp.context().next = after;
    if (after == null) {
      tail = irp;
    }
  }

  private void unlink(@Nullable Irp before, Irp irp) {
    Irp after = irp.context().next;
    if (before == null) {
      head = after;
    } else {
      before.context().next = after;
    }
    if (after == null) {
      tail = before;
    }
    irp.context().next = null;
  }
}
