package org.wsk4j.benchmarks.jcstress;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpCancelRoutine;
import org.wsk4j.nt.NtStatus;

/** A request is cancelled while it becomes cancellable: no cancellation is lost. */
public final class BeginVsCancel {
  private BeginVsCancel() {}

  /**
   * It begins with a handler that completes it, with the number 2. Results: whether begin found it
   * cancelled before, whether cancel says that it called the handler, the number of the result, and
   * how often the routine was called.
   */
  @JCStressTest
  @State
  @Outcome(id = "1, 0, 1, 1", expect = Expect.ACCEPTABLE, desc = "It never started.")
  @Outcome(id = "0, 1, 2, 1", expect = Expect.ACCEPTABLE, desc = "The handler completed it.")
  @Outcome(id = "0, 0, .*", expect = Expect.FORBIDDEN, desc = "The cancellation was lost.")
  @Outcome(id = "1, 1, .*", expect = Expect.FORBIDDEN, desc = "It was cancelled twice.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It completed while it was half begun.")
  public static class WithItsSubmission extends CountedIrp {

    @Actor
    public void submitter(IIII_Result r) {
      boolean cancelled = irp.begin(completing(2)) == NtStatus.CANCELLED;
      if (cancelled) {
        irp.complete(NtStatus.CANCELLED, 1, null);
      }
      r.r1 = cancelled ? 1 : 0;
    }

    @Actor
    public void canceller(IIII_Result r) {
      r.r2 = irp.cancel() ? 1 : 0;
    }

    @Arbiter
    public void result(IIII_Result r) {
      r.r3 = irp.isCompleted() ? (int) irp.information() : -1;
      r.r4 = routineCalls();
    }
  }

  /**
   * It is in flight and gets its handler now. Results: whether the owner was told that it had been
   * cancelled before, and then as above.
   */
  @JCStressTest
  @State
  @Outcome(id = "1, 0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The owner had to complete it.")
  @Outcome(id = "0, 1, 2, 1", expect = Expect.ACCEPTABLE, desc = "The handler completed it.")
  @Outcome(id = "0, 0, .*", expect = Expect.FORBIDDEN, desc = "The cancellation was lost.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It was cancelled twice.")
  public static class Later extends CountedIrp {

    public Later() {
      irp.begin(null);
      irp.markPending();
    }

    @Actor
    public void owner(IIII_Result r) {
      boolean cancelled = !irp.setCancelRoutine(completing(2));
      if (cancelled) {
        irp.complete(NtStatus.CANCELLED, 1, null);
      }
      r.r1 = cancelled ? 1 : 0;
    }

    @Actor
    public void canceller(IIII_Result r) {
      r.r2 = irp.cancel() ? 1 : 0;
    }

    @Arbiter
    public void result(IIII_Result r) {
      r.r3 = irp.isCompleted() ? (int) irp.information() : -1;
      r.r4 = routineCalls();
    }
  }

  /**
   * As before, but its routine reuses the IRP for a second request, which can be cancelled too.
   * Results: as before, then how often a handler was called, and whether the second request can be
   * cancelled afterwards.
   */
  @JCStressTest
  @State
  @Outcome(id = "1, 0, 0, 1", expect = Expect.ACCEPTABLE, desc = "The owner had to complete it.")
  @Outcome(id = "0, 1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The handler completed it.")
  @Outcome(id = "0, 0, .*", expect = Expect.FORBIDDEN, desc = "The cancellation was lost.")
  @Outcome(id = ".*, 0", expect = Expect.FORBIDDEN, desc = "The second request was disturbed.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It was cancelled twice.")
  public static class LaterAndReused {
    private final Irp irp = Irp.allocate();
    private final AtomicInteger called = new AtomicInteger();
    private final IrpCancelRoutine handler =
        cancelled -> {
          called.incrementAndGet();
          cancelled.complete(NtStatus.CANCELLED);
        };

    public LaterAndReused() {
      irp.setCompletionRoutine(
          (completed, context) -> {
            completed.reuse(NtStatus.SUCCESS).begin(handler);
            return NtStatus.MORE_PROCESSING_REQUIRED;
          },
          null);
      irp.begin(null);
    }

    @Actor
    public void owner(IIII_Result r) {
      boolean cancelled = !irp.setCancelRoutine(handler);
      if (cancelled) {
        irp.complete(NtStatus.CANCELLED);
      }
      r.r1 = cancelled ? 1 : 0;
    }

    @Actor
    public void canceller(IIII_Result r) {
      r.r2 = irp.cancel() ? 1 : 0;
    }

    @Arbiter
    public void result(IIII_Result r) {
      r.r3 = called.get();
      r.r4 = irp.cancel() ? 1 : 0;
    }
  }

  /**
   * It has a handler and gets another. Results: whether the owner was told that it had been
   * cancelled before, whether cancel says that it called a handler, the number of the handler, and
   * 0.
   */
  @JCStressTest
  @State
  @Outcome(id = "0, 1, 2, 0", expect = Expect.ACCEPTABLE, desc = "The new handler was called.")
  @Outcome(
      id = "1, 1, 1, 0",
      expect = Expect.ACCEPTABLE,
      desc = "The old handler was called first.")
  @Outcome(
      id = "1, 0, 0, 0",
      expect = Expect.ACCEPTABLE,
      desc = "It came between; the owner knows.")
  @Outcome(
      id = "0, 1, 1, 0",
      expect = Expect.FORBIDDEN,
      desc = "The old handler after the new one.")
  @Outcome(id = "0, 0, .*", expect = Expect.FORBIDDEN, desc = "The cancellation was lost.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Nobody can make sense of this.")
  public static class WithAnotherHandler extends CountedIrp {
    private int called;

    public WithAnotherHandler() {
      irp.begin(cancelled -> called += 1);
    }

    @Actor
    public void owner(IIII_Result r) {
      r.r1 = irp.setCancelRoutine(cancelled -> called += 2) ? 0 : 1;
    }

    @Actor
    public void canceller(IIII_Result r) {
      r.r2 = irp.cancel() ? 1 : 0;
    }

    @Arbiter
    public void result(IIII_Result r) {
      r.r3 = called;
    }
  }
}
