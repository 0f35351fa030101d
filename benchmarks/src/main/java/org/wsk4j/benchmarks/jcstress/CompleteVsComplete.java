package org.wsk4j.benchmarks.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.wsk4j.nt.NtStatus;

/**
 * Two threads complete one request. Results: whether the first did, whether the second did, whose
 * result stands, and how often the routine was called.
 */
@JCStressTest
@State
@Outcome(id = "1, 0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The first completed it.")
@Outcome(id = "0, 1, 2, 1", expect = Expect.ACCEPTABLE, desc = "The second completed it.")
@Outcome(id = "1, 1, .*", expect = Expect.FORBIDDEN, desc = "It was completed twice.")
@Outcome(id = "0, 0, .*", expect = Expect.FORBIDDEN, desc = "Nobody completed it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A result of both, or a routine not called once.")
public class CompleteVsComplete extends CountedIrp {

  public CompleteVsComplete() {
    irp.begin(null);
  }

  @Actor
  public void first(IIII_Result r) {
    r.r1 = irp.complete(NtStatus.SUCCESS, 1, 1) ? 1 : 0;
  }

  @Actor
  public void second(IIII_Result r) {
    r.r2 = irp.complete(NtStatus.CONNECTION_RESET, 2, 2) ? 1 : 0;
  }

  @Arbiter
  public void result(IIII_Result r) {
    boolean first = irp.status() == NtStatus.SUCCESS;
    int number = irp.object(Integer.class);
    boolean whole = number == irp.information() && number == (first ? 1 : 2);
    r.r3 = whole ? number : -1;
    r.r4 = routineCalls();
  }
}
