package org.wsk4j.benchmarks.jcstress;

import java.util.concurrent.atomic.AtomicInteger;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpCancelRoutine;
import org.wsk4j.nt.NtStatus;

/** An IRP that counts what is called for it: the ground on which the cases meet. */
class CountedIrp {
  final Irp irp = Irp.allocate();
  private final AtomicInteger routineCalls = new AtomicInteger();
  private final AtomicInteger handlerCalls = new AtomicInteger();

  CountedIrp() {
    prepare();
  }

  /** Sets the routine, also after a reuse. */
  final void prepare() {
    irp.setCompletionRoutine(
        (completed, context) -> {
          routineCalls.incrementAndGet();
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
  }

  /** A handler that leaves it to the owner to complete the request. */
  final IrpCancelRoutine leaving() {
    return cancelled -> handlerCalls.incrementAndGet();
  }

  /** A handler that completes the request, with a number by which to tell. */
  final IrpCancelRoutine completing(int information) {
    return cancelled -> {
      handlerCalls.incrementAndGet();
      cancelled.complete(NtStatus.CANCELLED, information, null);
    };
  }

  final int routineCalls() {
    return routineCalls.get();
  }

  final int handlerCalls() {
    return handlerCalls.get();
  }
}
