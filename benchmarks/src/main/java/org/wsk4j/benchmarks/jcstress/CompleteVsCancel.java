package org.wsk4j.benchmarks.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/** A request that completes is cancelled, in the two ways that a provider may arrange it. */
public final class CompleteVsCancel {
  private CompleteVsCancel() {}

  /**
   * The handler leaves the request to its owner, who completes it in any case. Results: whether
   * cancel says that it called the handler, how often it was called, the number of the result, and
   * how often the routine was called.
   */
  @JCStressTest
  @State
  @Outcome(id = "0, 0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The cancellation came too late.")
  @Outcome(id = "1, 1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The handler was called first.")
  @Outcome(
      expect = Expect.FORBIDDEN,
      desc = "A handler called twice or secretly, or a lost result.")
  public static class ByTheOwner extends CountedIrp {

    public ByTheOwner() {
      irp.begin(leaving());
    }

    @Actor
    public void owner() {
      irp.complete(NtStatus.SUCCESS, 1, null);
    }

    @Actor
    public void canceller(IIII_Result r) {
      r.r1 = irp.cancel() ? 1 : 0;
    }

    @Arbiter
    public void result(IIII_Result r) {
      look(this, r);
    }
  }

  /**
   * The handler completes the request with 2, unless its owner has withdrawn it before. Results as
   * above.
   */
  @JCStressTest
  @State
  @Outcome(id = "0, 0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The owner completed it.")
  @Outcome(id = "1, 1, 2, 1", expect = Expect.ACCEPTABLE, desc = "The handler completed it.")
  @Outcome(id = ".*, 0", expect = Expect.FORBIDDEN, desc = "Each left it to the other.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Both completed it, or a handler called secretly.")
  public static class ByTheHandler extends CountedIrp {

    public ByTheHandler() {
      irp.begin(null);
      irp.markPending();
      irp.setCancelRoutine(completing(2));
    }

    @Actor
    public void owner() {
      if (irp.withdrawCancelRoutine()) {
        irp.complete(NtStatus.SUCCESS, 1, null);
      }
    }

    @Actor
    public void canceller(IIII_Result r) {
      r.r1 = irp.cancel() ? 1 : 0;
    }

    @Arbiter
    public void result(IIII_Result r) {
      look(this, r);
    }
  }

  /** Two threads cancel. Results: what they are told added up, then as above. */
  @JCStressTest
  @State
  @Outcome(id = "1, 1, 2, 1", expect = Expect.ACCEPTABLE, desc = "One of them called the handler.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Both called the handler, or none.")
  public static class ByTwo extends CountedIrp {
    private int first;
    private int second;

    public ByTwo() {
      irp.begin(completing(2));
    }

    @Actor
    public void first() {
      first = irp.cancel() ? 1 : 0;
    }

    @Actor
    public void second() {
      second = irp.cancel() ? 1 : 0;
    }

    @Arbiter
    public void result(IIII_Result r) {
      r.r1 = first + second;
      look(this, r);
    }
  }

  private static void look(CountedIrp counted, IIII_Result r) {
    Irp irp = counted.irp;
    r.r2 = counted.handlerCalls();
    r.r3 = irp.isCompleted() && irp.isCancelRequested() ? (int) irp.information() : -1;
    r.r4 = counted.routineCalls();
  }
}
