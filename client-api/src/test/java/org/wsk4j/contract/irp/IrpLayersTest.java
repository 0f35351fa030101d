package org.wsk4j.contract.irp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.IoCompletionRoutine;
import org.wsk4j.irp.IoStatusBlock;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.RecordingRoutine;
import org.wsk4j.testing.TestProvider;
import org.wsk4j.testing.TestScope;

/** The layer above makes the IRP and hands it to the program, which passes it to a function. */
@Timeout(30)
class IrpLayersTest {
  private final TestProvider provider = new TestProvider();
  private final RecordingRoutine above = new RecordingRoutine();
  private final RecordingRoutine routine = new RecordingRoutine();

  static List<NtStatus> answersThatContinue() {
    return List.of(
        NtStatus.SUCCESS, NtStatus.PENDING, NtStatus.UNSUCCESSFUL, NtStatus.BUFFER_OVERFLOW);
  }

  private Irp handedDown(TestScope scope) {
    Irp irp = scope.irp(2).setCompletionRoutine(above, "above");
    irp.setNextStackLocation();
    return irp;
  }

  @Test
  @Rule({"IRP-14", "IRP-15"})
  void shouldNeedAStackLocation(TestScope scope) {
    assertThatIllegalArgumentException().isThrownBy(() -> Irp.allocate(0));

    Irp irp = scope.irp(1).setCompletionRoutine(above, "above");
    irp.setNextStackLocation();
    assertThat(provider.inline(irp, NtStatus.SUCCESS, 1)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(provider.later(irp)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThatIllegalStateException().isThrownBy(irp::toFuture).withMessageContaining("[idle]");
    assertThatIllegalStateException().isThrownBy(() -> irp.setCompletionRoutine(routine, null));
    assertThat(above.count()).isZero();

    irp.completeRequest(); // untouched: it can still be given back to the layer above
    assertThat(above.count()).isEqualTo(1);
  }

  @Test
  @Rule("IRP-25")
  void shouldPassStraightToTheLayerAboveWithoutARoutine(TestScope scope) {
    Irp irp = handedDown(scope);
    provider.later(irp);
    provider.completeNext(NtStatus.SUCCESS, 11, null);

    assertThat(above.count()).isEqualTo(1);
    assertThat(above.last().context()).isEqualTo("above");
    assertThat(above.last().result()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 11, null));
    assertThat(above.last().pendingReturned()).isTrue(); // as the function returned
    assertThat(irp.isCompleted()).isTrue();
  }

  @Test
  @Rule("IRP-20")
  void shouldSkipARoutineThatDoesNotWantToHearAndGoOnUpward(TestScope scope) {
    Irp irp = handedDown(scope).setCompletionRoutine(routine, null, false, true, true);
    provider.inline(irp, NtStatus.SUCCESS, 0);

    assertThat(routine.count()).isZero();
    assertThat(above.count()).isEqualTo(1);
    assertThat(above.last().pendingReturned()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("answersThatContinue")
  @Rule({"IRP-23", "IRP-26"})
  void shouldGoOnToTheRoutineAboveUnlessTheAnswerIsMoreProcessing(
      NtStatus answer, TestScope scope) {
    RecordingRoutine answering = new RecordingRoutine(answer);
    Irp irp = handedDown(scope).setCompletionRoutine(answering, "program");
    provider.inline(irp, NtStatus.CONNECTION_RESET, 0);

    assertThat(answering.count()).isEqualTo(1);
    assertThat(above.count()).isEqualTo(1);
    assertThat(above.last().result().status()).isEqualTo(NtStatus.CONNECTION_RESET);
  }

  @Test
  @Rule({"IRP-22", "IRP-27"})
  void shouldStopAtMoreProcessingUntilTheProgramCompletesTheRequest(TestScope scope) {
    Irp irp = handedDown(scope).setCompletionRoutine(routine, "program");
    provider.later(irp);
    provider.completeNext(NtStatus.SUCCESS, 12, null);

    assertThat(routine.count()).isEqualTo(1);
    assertThat(above.count()).isZero();
    assertThat(irp.isCompleted()).isFalse();

    irp.completeRequest();
    assertThat(routine.count()).isEqualTo(1);
    assertThat(above.count()).isEqualTo(1);
    assertThat(above.last().result()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 12, null));
    assertThat(irp.isCompleted()).isTrue();
    assertThatIllegalStateException().isThrownBy(irp::completeRequest);
    assertThat(above.count()).isEqualTo(1);
  }

  @Test
  @Rule("IRP-28")
  void shouldCallTheRoutinesFromTheLowestLayerToTheHighest(TestScope scope) {
    List<@Nullable Object> order = new ArrayList<>();
    IoCompletionRoutine noting =
        (irp, layer) -> {
          order.add(layer);
          return NtStatus.SUCCESS;
        };
    Irp irp = scope.irp(4);
    for (String layer : List.of("highest", "high", "low")) {
      irp.setCompletionRoutine(noting, layer);
      irp.setNextStackLocation();
    }
    irp.setCompletionRoutine(noting, "lowest");
    provider.inline(irp, NtStatus.SUCCESS, 0);

    assertThat(order).containsExactly("lowest", "low", "high", "highest");
  }
}
