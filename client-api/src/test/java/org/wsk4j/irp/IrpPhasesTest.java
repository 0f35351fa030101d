package org.wsk4j.irp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.RecordingRoutine;
import org.wsk4j.testing.TestScope;

@Timeout(30)
class IrpPhasesTest {
  private static final IrpCancelRoutine NEVER =
      irp -> {
        throw new AssertionError("this handler must not be called");
      };

  private final RecordingRoutine routine = new RecordingRoutine();
  private final List<String> called = new ArrayList<>();

  @Test
  void shouldShowInWhichPhaseItIs(TestScope scope) {
    Irp irp = scope.irp(2).reuse(NtStatus.RETRY);
    assertThat(irp).hasToString(name(irp) + "[idle]");
    assertThat(irp.status()).isEqualTo(NtStatus.RETRY);

    irp.setNextStackLocation();
    irp.setCompletionRoutine(routine, null);
    irp.begin(NEVER);
    assertThat(irp).hasToString(name(irp) + "[in flight]");
    assertThat(irp.ioStatus()).isEqualTo(new IoStatusBlock(NtStatus.PENDING, 0, null));

    irp.complete(NtStatus.SUCCESS, 3, "made");
    assertThat(irp.toString()).contains("completed with", "SUCCESS", "below a layer that holds it");
    assertThat(irp.ioStatus()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 3, "made"));

    irp.completeRequest();
    assertThat(irp.toString()).contains("[completed with", "SUCCESS").doesNotContain("layer");
    assertThat(irp.object(String.class)).isEqualTo("made");
  }

  private static String name(Irp irp) {
    return "Irp@" + Integer.toHexString(System.identityHashCode(irp));
  }

  @Test
  void shouldShowNoResultWhileInFlight(TestScope scope) {
    Irp irp = scope.irp();
    irp.begin(null);
    irp.complete(NtStatus.SUCCESS, 3, "made");
    irp.begin(null);

    assertThat(irp.status()).isEqualTo(NtStatus.PENDING);
    assertThat(irp.information()).isZero();
    assertThat(irp.object()).isNull();
    assertThatIllegalStateException()
        .isThrownBy(() -> irp.object(String.class))
        .withMessageContaining("PENDING");
    irp.complete(NtStatus.CONNECTION_RESET);
    assertThat(irp.object()).isNull();
    assertThat(irp.information()).isZero();
  }

  @Test
  void shouldLetAThreadThatPollsTheStatusSeeTheCompletion(TestScope scope) throws Exception {
    ExecutorService thread = scope.thread("poller");
    Irp irp = scope.irp();
    irp.begin(null);
    Future<Long> polled =
        thread.submit(
            () -> {
              while (irp.status() == NtStatus.PENDING) {
                Thread.onSpinWait();
              }
              return irp.information();
            });
    irp.complete(NtStatus.SUCCESS, 21, null);

    assertThat(polled.get(20, TimeUnit.SECONDS)).isEqualTo(21);
  }

  @Test
  void shouldKeepItsRoutineIfSubmittedAgainAsItIs(TestScope scope) {
    Irp irp = scope.irp().setCompletionRoutine(routine, "same");
    for (int i = 1; i <= 3; i++) {
      assertThat(irp.begin(null)).isEqualTo(NtStatus.SUCCESS);
      assertThat(irp.complete(NtStatus.SUCCESS, i, null)).isTrue();
      assertThat(routine.last().context()).isEqualTo("same");
      assertThat(routine.last().result().information()).isEqualTo(i);
    }
    assertThat(routine.count()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldBeSubmittedAgainByItsRoutineWhateverThatAnswers(boolean keeps, TestScope scope) {
    Irp irp = scope.irp();
    irp.setCompletionRoutine(
        (completed, context) -> {
          called.add(completed.information() + " " + context);
          completed.reuse(NtStatus.SUCCESS).setCompletionRoutine(routine, "second");
          completed.begin(null);
          return keeps ? NtStatus.MORE_PROCESSING_REQUIRED : NtStatus.SUCCESS;
        },
        "first");
    irp.begin(null);
    irp.complete(NtStatus.SUCCESS, 1, null);

    assertThat(called).containsExactly("1 first");
    assertThat(irp.status()).isEqualTo(NtStatus.PENDING);
    assertThat(routine.count()).isZero();

    irp.complete(NtStatus.SUCCESS, 2, null);
    assertThat(routine.count()).isEqualTo(1);
    assertThat(routine.last().context()).isEqualTo("second");
    assertThat(routine.last().result().information()).isEqualTo(2);
  }

  @Test
  void shouldNotCompleteWhatIsNotInFlight(TestScope scope) {
    Irp irp = scope.irp().setCompletionRoutine(routine, null);
    assertThat(irp.complete(NtStatus.SUCCESS)).isFalse();
    assertThat(irp.isCompleted()).isFalse();
    irp.begin(null);
    assertThat(irp.complete(NtStatus.SUCCESS)).isTrue();
    assertThat(irp.complete(NtStatus.CONNECTION_RESET)).isFalse();
    assertThat(irp.status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(routine.count()).isEqualTo(1);
  }

  // ---- Handlers

  @Test
  void shouldSayThatAWithdrawnHandlerIsGoneHoweverOftenItIsAsked(TestScope scope) {
    Irp irp = scope.irp();
    irp.begin(null);
    assertThat(irp.withdrawCancelRoutine()).isTrue();
    assertThat(irp.setCancelRoutine(NEVER)).isTrue();
    assertThat(irp.withdrawCancelRoutine()).isTrue();
    assertThat(irp.withdrawCancelRoutine()).isTrue();
    assertThat(irp.cancel()).isFalse();
    assertThat(irp.setCancelRoutine(NEVER)).isFalse();
    assertThat(irp.withdrawCancelRoutine()).isTrue();
    irp.complete(NtStatus.CANCELLED);

    assertThat(irp.begin(NEVER)).isEqualTo(NtStatus.CANCELLED);
    assertThat(irp.withdrawCancelRoutine()).isTrue();
    irp.complete(NtStatus.CANCELLED);
  }

  @Test
  void shouldSayThatACancellationHasTakenTheHandlerUntilTheRequestEnds(TestScope scope) {
    Irp irp = scope.irp();
    irp.begin(cancelled -> called.add("first"));
    assertThat(irp.cancel()).isTrue();
    assertThat(irp.withdrawCancelRoutine()).isFalse();
    assertThat(irp.setCancelRoutine(NEVER)).isFalse();
    assertThat(called).containsExactly("first");

    irp.complete(NtStatus.CANCELLED);
    irp.reuse(NtStatus.SUCCESS).begin(null);
    assertThat(irp.withdrawCancelRoutine()).isTrue();
    irp.complete(NtStatus.SUCCESS);
  }

  @Test
  void shouldCallTheHandlerThatWasSetLast(TestScope scope) {
    Irp irp = scope.irp();
    irp.begin(NEVER);
    assertThat(irp.setCancelRoutine(NEVER)).isTrue();
    assertThat(irp.setCancelRoutine(cancelled -> called.add("last"))).isTrue();
    assertThat(irp.cancel()).isTrue();
    assertThat(called).containsExactly("last");
    irp.complete(NtStatus.CANCELLED);
  }

  @Test
  void shouldRefuseAHandlerWhereNoRequestIsInFlight(TestScope scope) {
    Irp irp = scope.irp();
    assertThatIllegalStateException()
        .isThrownBy(() -> irp.setCancelRoutine(NEVER))
        .withMessageContaining("[idle]");
    irp.begin(NEVER);
    irp.complete(NtStatus.SUCCESS);
    assertThatIllegalStateException()
        .isThrownBy(() -> irp.setCancelRoutine(NEVER))
        .withMessageContaining("completed");
    assertThat(irp.withdrawCancelRoutine()).isFalse();
    assertThat(irp.isCompleted()).isTrue();
    assertThat(irp.cancel()).isFalse();
  }

  @Test
  void shouldRefuseNoHandlerAtAll(TestScope scope) {
    Irp irp = scope.irp();
    irp.begin(null);
    assertThatNullPointerException().isThrownBy(() -> irp.setCancelRoutine(null));
    assertThat(irp.cancel()).isFalse();
    irp.complete(NtStatus.SUCCESS);
  }

  @Test
  void shouldLetTheHandlerCompleteTheRequestAndItsRoutineSubmitTheNext(TestScope scope) {
    Irp irp = scope.irp();
    irp.setCompletionRoutine(
        (completed, context) -> {
          completed.reuse(NtStatus.SUCCESS);
          completed.begin(cancelled -> called.add("second"));
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    irp.begin(
        cancelled -> {
          called.add("first");
          cancelled.complete(NtStatus.CANCELLED);
        });

    assertThat(irp.cancel()).isTrue();
    assertThat(called).containsExactly("first");
    assertThat(irp.isCancelRequested()).isFalse();
    assertThat(irp.cancel()).isTrue();
    assertThat(called).containsExactly("first", "second");
    irp.complete(NtStatus.CANCELLED);
  }

  // ---- What the provider keeps

  @Test
  void shouldForgetWhatTheProviderKeptInIt(TestScope scope) throws ReflectiveOperationException {
    Irp irp = scope.irp();
    irp.begin(NEVER);
    IrpContext kept = irp.context();
    kept.next = irp;
    kept.target = this;
    kept.argument = this;
    kept.first = kept.mdl = Mdl.of(new byte[1]);
    kept.start = kept.offset = kept.remaining = kept.length = 1;
    kept.flags = kept.operation = 1;
    irp.complete(NtStatus.SUCCESS);

    assertThat(irp.context()).usingRecursiveComparison().isEqualTo(new IrpContext());
    Field handler = IrpState.class.getDeclaredField("cancelRoutine");
    handler.setAccessible(true);
    assertThat(handler.get(irp)).isNull();
  }
}
