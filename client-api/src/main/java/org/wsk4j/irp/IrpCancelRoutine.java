package org.wsk4j.irp;

/**
 * A provider's part in cancelling: called when a request that may be cancelled is asked to end.
 *
 * <p>It runs on the thread that called {@link Irp#cancel}, at most once per request, without any
 * lock held. It must not block. It need not complete the request itself: commonly it hands the IRP
 * to the thread that owns the queue. By the time that thread looks, the request may have completed
 * and the IRP may be in use for another one, so the owner acts only on an IRP that it still holds
 * and whose {@link Irp#isCancelRequested} is true.
 *
 * <p>A routine that does complete the request must be the only one to: whoever else would complete
 * it first calls {@link Irp#withdrawCancelRoutine}, and leaves the request to this routine if the
 * answer is false. That call comes under the lock of the queue in which the request waits, and the
 * routine takes the request out of the queue under the same lock before it completes it. Otherwise
 * one of the two might come late, and complete the next request of the same IRP.
 */
@FunctionalInterface
public interface IrpCancelRoutine {
  /**
   * Starts to cancel a request.
   *
   * @param irp the request
   */
  void cancel(Irp irp);
}
