package org.wsk4j.provider.completion;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * The call of a request that may complete before the call returns: it then answers what the request
 * is completed with, and else PENDING.
 *
 * <p>The request is marked pending only when the work has been begun and nobody has completed it.
 * That is soon enough, because all that can complete it runs on the thread of the call.
 *
 * <p>Threads: owned by one event loop, on which calls are made and requests are completed.
 */
public final class InlineCall {
  /** The request whose call is on the stack and that nobody has completed. */
  private @Nullable Irp inside;

  private @Nullable NtStatus answer;

  /** Makes the place for the calls of one kind of request, of which one is under way at a time. */
  public InlineCall() {}

  /**
   * Runs the work of a request inside its call.
   *
   * @param irp the request, begun and not marked pending
   * @param work begins the work; the request is completed through {@link #complete}
   * @return what the call has to return
   */
  public NtStatus run(Irp irp, Consumer<Irp> work) {
    inside = irp;
    answer = null;
    work.accept(irp);
    NtStatus given = answer;
    answer = null;
    if (given != null) {
      return given;
    }
    inside = null;
    irp.markPending();
    return NtStatus.PENDING;
  }

  /**
   * Completes a request. Its routine may make the next call here.
   *
   * @param irp the request
   * @param status its final status
   * @param information the number of the result
   * @param object the object of the result, or {@code null}
   */
  public void complete(Irp irp, NtStatus status, long information, @Nullable Object object) {
    boolean inCall = irp == inside;
    inside = null;
    irp.complete(status, information, object);
    if (inCall) {
      answer = status;
    }
  }

  /**
   * Lets a request go that others will complete: its call answers PENDING.
   *
   * @param irp the request
   */
  public void pend(Irp irp) {
    if (irp == inside) {
      inside = null;
      irp.markPending();
      answer = NtStatus.PENDING;
    }
  }
}
