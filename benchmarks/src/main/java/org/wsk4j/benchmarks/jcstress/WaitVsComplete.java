package org.wsk4j.benchmarks.jcstress;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.wsk4j.irp.IoStatusBlock;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/** Someone waits or polls while the request completes. */
public final class WaitVsComplete {
  private WaitVsComplete() {}

  /** Gives the number of a result if all of it belongs together, else something below 0. */
  private static int number(IoStatusBlock result) {
    int number = (int) result.information();
    boolean first = result.status() == NtStatus.SUCCESS;
    boolean whole = Integer.valueOf(number).equals(result.object()) && number == (first ? 1 : 2);
    return whole ? number : -2;
  }

  /** A future is asked for. Results: the number of its result, and what a late one gives. */
  @JCStressTest
  @State
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The result, early or late.")
  @Outcome(id = "-1, 1", expect = Expect.FORBIDDEN, desc = "The future never completes.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A result that was never given.")
  public static class ByFuture {
    private final Irp irp = Irp.allocate();
    private @Nullable CompletableFuture<IoStatusBlock> future;

    public ByFuture() {
      irp.begin(null);
    }

    @Actor
    public void completer() {
      irp.complete(NtStatus.SUCCESS, 1, 1);
    }

    @Actor
    public void waiter() {
      future = irp.toFuture();
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = future != null && future.isDone() ? number(future.join()) : -1;
      r.r2 = number(irp.toFuture().join());
    }
  }

  /**
   * A future is asked for while the IRP carries one request after the other. Results: the number of
   * the future's result, and that of the IRP at last.
   */
  @JCStressTest
  @State
  @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "It was the first request's.")
  @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "It was the second request's.")
  @Outcome(id = "-1, 2", expect = Expect.FORBIDDEN, desc = "The future never completes.")
  @Outcome(id = "-2, 2", expect = Expect.FORBIDDEN, desc = "A mixture of two results.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A result that was never given.")
  public static class ByFutureOfOneOfTwo {
    private final Irp irp = Irp.allocate();
    private @Nullable CompletableFuture<IoStatusBlock> future;

    public ByFutureOfOneOfTwo() {
      irp.begin(null);
    }

    @Actor
    public void owner() {
      irp.complete(NtStatus.SUCCESS, 1, 1);
      irp.begin(null);
      irp.complete(NtStatus.CONNECTION_RESET, 2, 2);
    }

    @Actor
    public void waiter() {
      future = irp.toFuture();
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = future != null && future.isDone() ? number(future.join()) : -1;
      r.r2 = number(irp.ioStatus());
    }
  }

  /**
   * The IRP is reused as soon as it is seen to be completed. Results: the number of the first
   * result, 0 if it was not seen in time, and how often the second request completed.
   */
  @JCStressTest
  @State
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It had not completed yet.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It had, and could be reused at once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Half a result, or a second request disturbed.")
  public static class ByPolling {
    private final Irp irp = Irp.allocate();

    public ByPolling() {
      irp.begin(null);
    }

    @Actor
    public void completer() {
      irp.complete(NtStatus.SUCCESS, 1, 1);
    }

    @Actor
    public void owner(II_Result r) {
      if (irp.isCompleted()) {
        r.r1 = number(new IoStatusBlock(irp.status(), irp.information(), irp.object()));
        irp.reuse(NtStatus.SUCCESS);
        irp.begin(null);
        r.r2 = irp.complete(NtStatus.CONNECTION_RESET, 2, 2) && number(irp.ioStatus()) == 2 ? 1 : 2;
      }
    }
  }

  /**
   * A result is asked for while the IRP is reused. Result: the number of what is seen, 0 for the
   * first state of an IRP.
   */
  @JCStressTest
  @State
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The result from before.")
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "There was none any more.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Half a result.")
  public static class ByFutureWhileReused {
    private final Irp irp = Irp.allocate();

    public ByFutureWhileReused() {
      irp.begin(null);
      irp.complete(NtStatus.SUCCESS, 1, 1);
    }

    @Actor
    public void owner() {
      irp.reuse(NtStatus.RETRY);
    }

    @Actor
    public void waiter(II_Result r) {
      CompletableFuture<IoStatusBlock> seen;
      try {
        seen = irp.toFuture();
      } catch (IllegalStateException e) {
        return;
      }
      r.r1 = number(seen.join());
    }
  }
}
