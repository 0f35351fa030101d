package org.wsk4j.examples;

import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * One IRP with what is to be done when it completes, used again and again: the completion routine
 * is set once, and an IRP that has completed may be submitted again as it is.
 *
 * <p>{@code socket.send(data, 0, request.submit())} is all that it takes. Whatever the call
 * returns, the action runs exactly once, perhaps before the call has returned; so nobody here looks
 * at what calls return.
 *
 * <p>Threads: as for {@link Irp}; the action often runs on an event loop and must not wait.
 */
final class Request {
  private final Irp irp = Irp.allocate();
  private final Outstanding outstanding;

  /**
   * Makes a request that has not been submitted.
   *
   * @param outstanding counts it while it is in flight
   * @param completed what to do with the result
   */
  Request(Outstanding outstanding, Completed completed) {
    this.outstanding = outstanding;
    irp.setCompletionRoutine(
        (done, context) -> {
          outstanding.requestEnded();
          completed.completed(done);
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
  }

  /** What is done when a request has completed. */
  @FunctionalInterface
  interface Completed {
    /** Takes the result; the IRP may be submitted again from in here. */
    void completed(Irp irp);
  }

  /** {@return the IRP, to be given to the next call; from now on it counts as in flight} */
  Irp submit() {
    outstanding.requestBegins();
    return irp;
  }

  /** Asks the request in flight to end early; it cannot be submitted again after that. */
  void cancel() {
    irp.cancel();
  }
}
