package org.wsk4j.benchmarks.jcstress;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.wsk4j.rundown.RundownProtection;

/** References are taken and given back while the rundown begins. */
public final class Rundown {
  private Rundown() {}

  /**
   * A user takes a reference and gives it back. Results: whether it got one (2 if the object went
   * away under it), how often the owner's action ran, and whether all is drained.
   */
  @JCStressTest
  @State
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "It was used, and went away after.")
  @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "It could not be used any more.")
  @Outcome(id = "2, .*", expect = Expect.FORBIDDEN, desc = "It went away while it was used.")
  @Outcome(id = ".*, 0, .*", expect = Expect.FORBIDDEN, desc = "It never goes away.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It went away twice.")
  public static class VsUser {
    private final RundownProtection protection = new RundownProtection();
    private final AtomicInteger drained = new AtomicInteger();

    @Actor
    public void user(III_Result r) {
      if (protection.acquire()) {
        r.r1 = drained.get() == 0 ? 1 : 2;
        protection.release();
      }
    }

    @Actor
    public void owner() {
      protection.beginRundown(drained::incrementAndGet);
    }

    @Arbiter
    public void result(III_Result r) {
      r.r2 = drained.get();
      r.r3 = protection.isDrained() ? 1 : 0;
    }
  }

  /**
   * A user gives its reference back while the owner, who holds one too, begins the rundown and
   * gives its own back. Results: how often the action ran, and whether all is drained.
   */
  @JCStressTest
  @State
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It went away once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It never went away, or twice.")
  public static class VsRelease {
    private final RundownProtection protection = new RundownProtection();
    private final AtomicInteger drained = new AtomicInteger();

    public VsRelease() {
      protection.acquire();
      protection.acquireNested();
    }

    @Actor
    public void user() {
      protection.release();
    }

    @Actor
    public void owner() {
      protection.beginRundown(drained::incrementAndGet);
      protection.release();
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = drained.get();
      r.r2 = protection.isDrained() ? 1 : 0;
    }
  }

  /**
   * Two begin it, and who is told that the other did tries to use the object. Results: how many
   * began it, and how many references were given all the same.
   */
  @JCStressTest
  @State
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "One began it; nothing was given.")
  @Outcome(id = "1, 1", expect = Expect.FORBIDDEN, desc = "A reference after the rundown began.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Both began it, or none.")
  public static class VsRundown {
    private final RundownProtection protection = new RundownProtection();
    private final AtomicInteger began = new AtomicInteger();
    private final AtomicInteger given = new AtomicInteger();

    @Actor
    public void first() {
      begin();
    }

    @Actor
    public void second() {
      begin();
    }

    private void begin() {
      if (protection.beginRundown(() -> {})) {
        began.incrementAndGet();
      }
      if (protection.acquire()) {
        given.incrementAndGet();
      }
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = began.get();
      r.r2 = given.get();
    }
  }
}
