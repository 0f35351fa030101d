package org.wsk4j.irp;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * Told when a request completes (IO_COMPLETION_ROUTINE).
 *
 * <p>The result stands in the IRP before the routine is called (IRP-09). The routine may run before
 * the call that started the request has returned, on the caller's thread, or on any other; often it
 * is an event loop, so it must not wait. From inside it the IRP may be reused and submitted again,
 * and every WSK function may be called.
 */
@FunctionalInterface
public interface IoCompletionRoutine {
  /**
   * Takes note of a completed request.
   *
   * @param irp the request with its result; the routine's owner may reuse it at once
   * @param context the object given with the routine
   * @return MORE_PROCESSING_REQUIRED if the owner keeps the IRP, so that completion stops here
   *     (IRP-22); anything else lets it go on to the next higher layer, if there is one (IRP-23)
   */
  NtStatus complete(Irp irp, @Nullable Object context);
}
