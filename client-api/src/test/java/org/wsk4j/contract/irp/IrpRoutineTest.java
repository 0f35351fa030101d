package org.wsk4j.contract.irp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.IoStatusBlock;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.RecordingRoutine;
import org.wsk4j.testing.TestProvider;
import org.wsk4j.testing.TestScope;

@Timeout(30)
class IrpRoutineTest {
  private final TestProvider provider = new TestProvider();
  private final RecordingRoutine routine = new RecordingRoutine();

  /** Success, error, cancel: the conditions asked for, then what happens, then if it is called. */
  @ParameterizedTest
  @CsvSource({
    "true,  false, false, SUCCESS,         false, true",
    "true,  false, false, SUCCESS,         true,  true",
    "true,  false, false, BUFFER_OVERFLOW, false, false",
    "true,  false, false, ACCESS_DENIED,   true,  false",
    "false, true,  false, SUCCESS,         true,  false",
    "false, true,  false, BUFFER_OVERFLOW, false, true",
    "false, true,  false, ACCESS_DENIED,   false, true",
    "false, true,  false, CANCELLED,       true,  true",
    "false, false, true,  SUCCESS,         true,  true",
    "false, false, true,  BUFFER_OVERFLOW, true,  true",
    "false, false, true,  CANCELLED,       true,  true",
    "false, false, true,  CANCELLED,       false, false",
    "false, false, true,  SUCCESS,         false, false",
    "false, false, false, SUCCESS,         true,  false",
    "true,  true,  true,  BUFFER_OVERFLOW, false, true",
  })
  @Rule({"IRP-16", "IRP-17", "IRP-18", "IRP-19"})
  void shouldCallTheRoutineIfOneOfItsConditionsHolds(
      boolean onSuccess,
      boolean onError,
      boolean onCancel,
      String statusName,
      boolean cancel,
      boolean called,
      TestScope scope) {
    NtStatus status = named(statusName);
    Irp irp = scope.irp().setCompletionRoutine(routine, null, onSuccess, onError, onCancel);

    provider.later(irp);
    if (cancel) {
      irp.cancel();
    }
    provider.completeNext(status);

    assertThat(routine.count()).isEqualTo(called ? 1 : 0);
    assertThat(irp.isCompleted()).isTrue();
    assertThat(irp.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MORE_PROCESSING_REQUIRED", "SUCCESS", "PENDING", "UNSUCCESSFUL"})
  @Rule("IRP-24")
  void shouldEndThereWhateverTheRoutineOfASingleOwnerAnswers(String answer, TestScope scope) {
    RecordingRoutine answering = new RecordingRoutine(named(answer));
    Irp irp = scope.irp().setCompletionRoutine(answering, null);

    provider.inline(irp, NtStatus.SUCCESS, 9);
    assertThat(answering.count()).isEqualTo(1);
    assertThat(irp.complete(NtStatus.UNSUCCESSFUL)).isFalse();
    assertThat(irp.ioStatus()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 9, null));

    irp.reuse(NtStatus.SUCCESS).setCompletionRoutine(answering, null);
    provider.inline(irp, NtStatus.SUCCESS, 10);
    assertThat(answering.count()).isEqualTo(2);
  }

  @Test
  @Rule({"IRP-22", "IRP-30"})
  void shouldNotTouchAnIrpThatTheRoutineHasGivenAway(TestScope scope) throws Exception {
    ExecutorService thread = scope.thread("next owner");
    CountDownLatch taken = new CountDownLatch(1);
    Irp irp = scope.irp();
    irp.setCompletionRoutine(
        (completed, context) -> {
          thread.execute(
              () -> {
                completed.reuse(NtStatus.SUCCESS).setCompletionRoutine(routine, "next");
                provider.later(completed);
                completed.cancel();
                taken.countDown();
              });
          awaitUninterruptibly(taken);
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);

    provider.inline(irp, NtStatus.CONNECTION_RESET, 0);

    assertThat(irp.status()).isEqualTo(NtStatus.PENDING);
    assertThat(irp.isCancelRequested()).isTrue();
    provider.completeNext(NtStatus.SUCCESS, 8, null);
    assertThat(routine.calls()).hasSize(1);
    assertThat(routine.last().context()).isEqualTo("next");
    assertThat(routine.last().result()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 8, null));
  }

  @Test
  @Rule("IRP-69")
  void shouldHoldNoLockWhileTheRoutineRuns(TestScope scope) throws Exception {
    ExecutorService thread = scope.thread("other");
    Irp irp = scope.irp();
    boolean[] free = new boolean[1];
    irp.setCompletionRoutine(
        (completed, context) -> {
          free[0] = usesFromElsewhere(thread, completed);
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);

    provider.later(irp);
    assertThat(irp.toFuture()).isNotDone(); // so that there is someone to tell
    provider.completeNext(NtStatus.SUCCESS);

    assertThat(free[0]).isTrue();
  }

  /** Whether another thread gets through each method while this thread is in the routine. */
  private boolean usesFromElsewhere(ExecutorService thread, Irp irp) {
    Future<Boolean> through =
        thread.submit(
            () -> {
              irp.cancel();
              boolean seen = irp.toFuture().isDone() && irp.isCompleted();
              irp.reuse(NtStatus.SUCCESS);
              provider.later(irp);
              seen &= !irp.await(Duration.ofNanos(1));
              return seen && provider.completeNext(NtStatus.SUCCESS);
            });
    try {
      return through.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("another thread could not go on", e);
    }
  }

  @Test
  @Rule("IRP-72")
  void shouldTreatARoutineThatThrowsAsHavingKeptItsIrp(TestScope scope) {
    Irp irp = scope.irp(2).setCompletionRoutine(routine, "above");
    irp.setNextStackLocation();
    irp.setCompletionRoutine(
        (completed, context) -> {
          throw new IllegalArgumentException("on purpose");
        },
        null);

    assertThat(provider.inline(irp, NtStatus.SUCCESS, 1)).isEqualTo(NtStatus.SUCCESS);
    assertThat(routine.count()).isZero();

    irp.completeRequest();
    assertThat(routine.count()).isEqualTo(1);
    assertThat(routine.last().result().information()).isEqualTo(1);
    assertThat(provider.inline(irp, NtStatus.SUCCESS, 2)).isEqualTo(NtStatus.SUCCESS);
    assertThat(routine.count()).isEqualTo(2);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static NtStatus named(String name) {
    try {
      return (NtStatus) NtStatus.class.getField(name).get(null);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
