package org.wsk4j.benchmarks.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpCancelRoutine;
import org.wsk4j.nt.NtStatus;

/**
 * Two threads submit one IRP. Results: whether the first did (1, or 0 if refused), whether the
 * second did, and whose handler a later cancellation calls.
 */
@JCStressTest
@State
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The first submitted it.")
@Outcome(id = "0, 1, 2", expect = Expect.ACCEPTABLE, desc = "The second submitted it.")
@Outcome(id = "1, 1, .*", expect = Expect.FORBIDDEN, desc = "Two requests in one IRP.")
@Outcome(id = "0, 0, .*", expect = Expect.FORBIDDEN, desc = "Nobody could submit an idle IRP.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The refused submission disturbed the request.")
public class SubmitVsSubmit {
  private final Irp irp = Irp.allocate();
  private int calledHandler;

  @Actor
  public void first(III_Result r) {
    r.r1 = submit(cancelled -> calledHandler = 1);
  }

  @Actor
  public void second(III_Result r) {
    r.r2 = submit(cancelled -> calledHandler = 2);
  }

  private int submit(IrpCancelRoutine handler) {
    try {
      return irp.begin(handler) == NtStatus.SUCCESS ? 1 : -1;
    } catch (IllegalStateException e) {
      return 0;
    }
  }

  @Arbiter
  public void cancelled(III_Result r) {
    irp.cancel();
    r.r3 = calledHandler;
  }
}
