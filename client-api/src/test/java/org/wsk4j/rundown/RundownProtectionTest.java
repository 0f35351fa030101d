package org.wsk4j.rundown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.nt.DispatchLevel;

@Timeout(30)
class RundownProtectionTest {
  private final RundownProtection protection = new RundownProtection();
  private final AtomicInteger actions = new AtomicInteger();

  @Test
  void shouldGiveReferencesUntilTheRundownBegins() {
    assertThat(protection.acquire()).isTrue();
    assertThat(protection.references()).isEqualTo(1);

    assertThat(protection.beginRundown(actions::incrementAndGet)).isTrue();

    assertThat(protection.acquire()).isFalse();
    assertThat(protection.isRunningDown()).isTrue();
    assertThat(protection.isDrained()).isFalse();
    assertThat(protection).hasToString("RundownProtection[references=1, running down]");
    protection.release();
    assertThat(protection.isDrained()).isTrue();
    assertThat(protection.acquire()).isFalse();
    assertThat(actions).hasValue(1);
  }

  @Test
  void shouldRunTheActionAtOnceIfNobodyHoldsAReference() {
    protection.beginRundown(actions::incrementAndGet);

    assertThat(actions).hasValue(1);
    assertThat(protection.isDrained()).isTrue();
  }

  @Test
  void shouldKeepTheActionOfTheFirstRundown() {
    protection.acquire();
    assertThat(protection.beginRundown(actions::incrementAndGet)).isTrue();
    assertThat(protection.beginRundown(() -> actions.addAndGet(100))).isFalse();
    protection.release();
    assertThat(protection.beginRundown(() -> actions.addAndGet(100))).isFalse();

    assertThat(actions).hasValue(1);
  }

  @Test
  void shouldShareAHeldReferenceAlsoWhileRunningDown() {
    protection.acquire();
    protection.beginRundown(actions::incrementAndGet);
    protection.acquireNested();
    protection.release();
    assertThat(actions).hasValue(0);

    protection.release();

    assertThat(actions).hasValue(1);
    assertThatIllegalStateException().isThrownBy(protection::acquireNested);
  }

  @Test
  void shouldRefuseToTakeBackWhatNobodyHolds() {
    assertThatIllegalStateException().isThrownBy(protection::release);
    assertThatIllegalStateException().isThrownBy(protection::acquireNested);
    assertThat(protection.acquire()).isTrue();
  }

  @Test
  void shouldBeDrainedAlsoIfTheActionThrows() {
    assertThatThrownBy(
            () ->
                protection.beginRundown(
                    () -> {
                      throw new IllegalArgumentException("on purpose");
                    }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(protection.isDrained()).isTrue();
    protection.awaitDrained();
  }

  @Test
  void shouldWakeAllWhoWaitOnlyAfterTheActionHasRun() throws Exception {
    protection.acquire();
    List<FutureTask<Integer>> waiters = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      FutureTask<Integer> waiter =
          new FutureTask<>(
              () -> {
                protection.awaitDrained();
                return actions.get();
              });
      waiters.add(waiter);
      parked(new Thread(waiter, "waiter " + i));
    }
    protection.beginRundown(actions::incrementAndGet);
    assertThat(waiters).noneMatch(FutureTask::isDone);

    protection.release();

    for (FutureTask<Integer> waiter : waiters) {
      assertThat(waiter.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void shouldWaitThroughAnInterruptAndKeepIt() throws Exception {
    protection.acquire();
    FutureTask<Boolean> waiter =
        new FutureTask<>(
            () -> {
              protection.awaitDrained();
              return Thread.currentThread().isInterrupted();
            });
    Thread thread = parked(new Thread(waiter, "waiter"));
    thread.interrupt();
    awaitParked(thread);
    assertThat(waiter.isDone()).isFalse();

    protection.beginRundown(actions::incrementAndGet);
    protection.release();

    assertThat(waiter.get(10, TimeUnit.SECONDS)).isTrue();
  }

  private static Thread parked(Thread thread) {
    thread.setDaemon(true);
    thread.start();
    awaitParked(thread);
    return thread;
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void shouldRefuseToWaitInsideACallback() {
    DispatchLevel.current().raise();
    try {
      assertThatIllegalStateException().isThrownBy(protection::awaitDrained);
    } finally {
      DispatchLevel.current().lower();
    }
  }

  /**
   * Many threads take and give back references while one begins the rundown. A reference in hand
   * keeps the object alive: the action must not have run. Afterwards none is given.
   */
  @Test
  void shouldRunTheActionOnceAndNeverUnderAReference() throws Exception {
    for (int round = 0; round < 300; round++) {
      new Round().run();
    }
  }

  private static final class Round {
    private static final int USERS = 3;

    final RundownProtection subject = new RundownProtection();
    final AtomicInteger ran = new AtomicInteger();
    final AtomicInteger violations = new AtomicInteger();
    final CyclicBarrier start = new CyclicBarrier(USERS + 2);
    final CountDownLatch started = new CountDownLatch(USERS);

    void run() throws Exception {
      List<FutureTask<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < USERS; i++) {
        tasks.add(started(this::use));
      }
      tasks.add(started(this::await));
      start.await(10, TimeUnit.SECONDS);
      assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(subject.beginRundown(ran::incrementAndGet)).isTrue();
      for (FutureTask<Void> task : tasks) {
        task.get(10, TimeUnit.SECONDS);
      }
      assertThat(violations).hasValue(0);
      assertThat(ran).hasValue(1);
      assertThat(subject.references()).isZero();
      assertThat(subject.acquire()).isFalse();
    }

    private void use() throws Exception {
      start.await(10, TimeUnit.SECONDS);
      started.countDown();
      while (subject.acquire()) {
        check();
        subject.acquireNested();
        subject.release();
        check();
        subject.release();
      }
      if (!subject.isRunningDown()) {
        violations.incrementAndGet();
      }
    }

    private void check() {
      if (ran.get() != 0 || subject.isDrained()) {
        violations.incrementAndGet();
      }
    }

    private void await() throws Exception {
      start.await(10, TimeUnit.SECONDS);
      subject.awaitDrained();
      if (ran.get() != 1 || subject.references() != 0) {
        violations.incrementAndGet();
      }
    }

    private static FutureTask<Void> started(Work work) {
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                work.run();
                return null;
              });
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      thread.start();
      return task;
    }
  }

  private interface Work {
    void run() throws Exception;
  }
}
