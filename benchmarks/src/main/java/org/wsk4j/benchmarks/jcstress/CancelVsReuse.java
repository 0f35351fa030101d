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

/**
 * A request completes, its IRP is reused and carries the next one, while someone cancels. Results:
 * the number of the request whose handler was called (0 for none, 3 for both), whether its flag was
 * set then, whether the second request found itself cancelled before it started, and whether the
 * second request can be cancelled afterwards.
 */
@JCStressTest
@State
@Outcome(id = "1, 1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The first request was cancelled.")
@Outcome(
    id = "1, 0, 0, 1",
    expect = Expect.ACCEPTABLE,
    desc = "The first was, and over with its flag reset before its handler looked.")
@Outcome(id = "0, 0, 0, 1", expect = Expect.ACCEPTABLE, desc = "Between the two: forgotten.")
@Outcome(id = "0, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "The second request never started.")
@Outcome(id = "2, 1, 0, 0", expect = Expect.ACCEPTABLE, desc = "The second request was cancelled.")
@Outcome(id = "2, 0, .*", expect = Expect.FORBIDDEN, desc = "A handler without the flag: ignored.")
@Outcome(id = "0, 0, 0, 0", expect = Expect.FORBIDDEN, desc = "The cancellation was lost.")
@Outcome(id = "3, .*", expect = Expect.FORBIDDEN, desc = "One cancellation called two handlers.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The handler of a request that was over.")
public class CancelVsReuse {
  private final Irp irp = Irp.allocate();
  private volatile int called;
  private volatile boolean flag;

  public CancelVsReuse() {
    irp.begin(cancelled -> handle(cancelled, 1));
  }

  private void handle(Irp cancelled, int request) {
    flag |= cancelled.isCancelRequested();
    called |= request;
  }

  @Actor
  public void owner(IIII_Result r) {
    irp.complete(NtStatus.SUCCESS);
    irp.reuse(NtStatus.SUCCESS);
    r.r3 = irp.begin(cancelled -> handle(cancelled, 2)) == NtStatus.CANCELLED ? 1 : 0;
  }

  @Actor
  public void canceller() {
    irp.cancel();
  }

  @Arbiter
  public void result(IIII_Result r) {
    r.r1 = called;
    r.r2 = flag ? 1 : 0;
    r.r4 = irp.cancel() ? 1 : 0;
  }
}
