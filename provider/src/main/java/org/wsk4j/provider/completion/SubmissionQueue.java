package org.wsk4j.provider.completion;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;

/**
 * Hands requests from any thread to the event loop of a socket, without locks and without
 * allocating: the requests are linked through themselves.
 *
 * <p>Submitting pushes onto a stack, so the order is turned round when the loop takes everything at
 * once. Who pushes onto an empty stack has to wake the loop, so a burst wakes it once.
 *
 * <p>Threads: {@link #submit} from any thread; {@link #takeAll} on the loop.
 */
public final class SubmissionQueue {
  private static final VarHandle NEWEST;

  static {
    try {
      NEWEST = MethodHandles.lookup().findVarHandle(SubmissionQueue.class, "newest", Irp.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Changed through NEWEST. */
  private volatile @Nullable Irp newest;

  /** Makes an empty queue. */
  public SubmissionQueue() {}

  /**
   * Hands a request over.
   *
   * @param irp a request that is in no queue, marked pending
   * @return whether the loop has to be woken
   */
  public boolean submit(Irp irp) {
    while (true) {
      Irp before = newest;
      irp.context().next = before;
      if (NEWEST.compareAndSet(this, before, irp)) {
        return before == null;
      }
    }
  }

  /** {@return whether nothing waits} */
  public boolean isEmpty() {
    return newest == null;
  }

  /** {@return the oldest request, linked to the newer ones, all taken out; {@code null} if none} */
  public @Nullable Irp takeAll() {
    Irp from = (Irp) NEWEST.getAndSet(this, null);
    Irp oldest = null;
    while (from != null) {
      Irp older = from.context().next;
      from.context().next = oldest;
      oldest = from;
      from = older;
    }
    return oldest;
  }
}
