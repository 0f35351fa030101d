package org.wsk4j.contract.request;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.IoCompletionRoutine;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/** A completion routine that writes down its calls, and then does what the test wants. */
final class Routine implements IoCompletionRoutine {
  private static final long PATIENCE_SECONDS = 10;

  /** One call, with what the IRP showed inside. */
  record Call(
      NtStatus status,
      long information,
      @Nullable Object object,
      boolean pendingReturned,
      @Nullable Object context) {}

  private final BlockingQueue<Call> unseen = new LinkedBlockingQueue<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final IoCompletionRoutine then;

  /** Makes one that ends the processing of its IRP, as clients do. */
  Routine() {
    this((irp, context) -> NtStatus.MORE_PROCESSING_REQUIRED);
  }

  Routine(IoCompletionRoutine then) {
    this.then = then;
  }

  @Override
  public NtStatus complete(Irp irp, @Nullable Object context) {
    Call call =
        new Call(irp.status(), irp.information(), irp.object(), irp.pendingReturned(), context);
    calls.add(call);
    try {
      return then.complete(irp, context);
    } finally {
      unseen.add(call);
    }
  }

  /** {@return an IRP with this routine} */
  Irp on(Irp irp) {
    return irp.setCompletionRoutine(this, null);
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Waits until one more call has returned; {@return it} */
  Call next() throws InterruptedException {
    Call call = unseen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("the completion routine was not called");
    }
    return call;
  }
}
