package org.wsk4j.irp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.RecordingRoutine;
import org.wsk4j.testing.TestScope;

/** What a layer in the middle may do, and what it must not break. */
@Timeout(30)
class IrpLayeringTest {
  private final RecordingRoutine above = new RecordingRoutine();
  private final RecordingRoutine keeping = new RecordingRoutine();

  private Irp handedDown(TestScope scope) {
    Irp irp = scope.irp(2).setCompletionRoutine(above, "above");
    irp.setNextStackLocation();
    return irp;
  }

  @Test
  void shouldNotLookCompletedToTheLayerAboveWhileALayerHoldsIt(TestScope scope) {
    Irp irp = handedDown(scope).setCompletionRoutine(keeping, "middle");
    irp.begin(null);
    CompletableFuture<IoStatusBlock> early = irp.toFuture();
    irp.complete(NtStatus.SUCCESS, 1, null);
    CompletableFuture<IoStatusBlock> late = irp.toFuture();

    assertThat(irp.isCompleted()).isFalse();
    assertThat(early).isNotDone();
    assertThat(late).isNotDone();
    assertThatIllegalStateException()
        .isThrownBy(() -> irp.reuse(NtStatus.SUCCESS))
        .withMessageContaining("layer");

    irp.completeRequest();
    assertThat(above.count()).isEqualTo(1);
    assertThat(early).isCompletedWithValue(new IoStatusBlock(NtStatus.SUCCESS, 1, null));
    assertThat(late).isCompletedWithValue(new IoStatusBlock(NtStatus.SUCCESS, 1, null));
    irp.reuse(NtStatus.SUCCESS);
  }

  @Test
  void shouldBeSentDownAgainByTheLayerThatHoldsIt(TestScope scope) {
    Irp irp = handedDown(scope);
    irp.setCompletionRoutine(
        (held, context) -> {
          held.setCompletionRoutine(null, null);
          held.begin(null);
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    irp.begin(null);
    CompletableFuture<IoStatusBlock> future = irp.toFuture();
    irp.complete(NtStatus.CONNECTION_RESET);
    assertThat(above.count()).isZero();
    assertThat(future).isNotDone();

    irp.complete(NtStatus.SUCCESS, 2, null);
    assertThat(above.count()).isEqualTo(1);
    assertThat(above.last().result()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 2, null));
    assertThat(future).isCompletedWithValue(new IoStatusBlock(NtStatus.SUCCESS, 2, null));
  }

  /** A routine that sends the IRP on must answer MORE_PROCESSING_REQUIRED; this one does not. */
  @Test
  void shouldStopTheWalkIfTheRoutineHasSentTheIrpOnAndLetsItGoOn(TestScope scope) {
    Irp irp = handedDown(scope);
    irp.setCompletionRoutine(
        (held, context) -> {
          held.setCompletionRoutine(null, null);
          held.begin(null);
          return NtStatus.SUCCESS;
        },
        null);
    irp.begin(null);
    irp.complete(NtStatus.CONNECTION_RESET);

    assertThat(above.count()).isZero();
    assertThat(irp.status()).isEqualTo(NtStatus.PENDING);
    irp.complete(NtStatus.SUCCESS);
    assertThat(above.count()).isEqualTo(1);
    assertThat(above.last().result().status()).isEqualTo(NtStatus.SUCCESS);
  }

  @Test
  void shouldEndOnceIfTheRoutineCompletesTheRequestToTheTopAndLetsItGoOn(TestScope scope) {
    Irp irp = handedDown(scope);
    irp.setCompletionRoutine(
        (held, context) -> {
          held.completeRequest();
          return NtStatus.SUCCESS;
        },
        null);
    irp.begin(null);
    irp.complete(NtStatus.SUCCESS, 3, null);

    assertThat(above.count()).isEqualTo(1);
    assertThat(irp.isCompleted()).isTrue();
    assertThat(irp.information()).isEqualTo(3);
  }

  @Test
  void shouldCallTheLayerAboveOnceIfTheRoutineCompletesTheRequestAndLetsItGoOn(TestScope scope) {
    RecordingRoutine upper = new RecordingRoutine();
    Irp irp = scope.irp(3).setCompletionRoutine(above, "above");
    irp.setNextStackLocation();
    irp.setCompletionRoutine(upper, "upper");
    irp.setNextStackLocation();
    irp.setCompletionRoutine(
        (held, context) -> {
          held.completeRequest();
          return NtStatus.SUCCESS;
        },
        null);
    irp.begin(null);
    irp.complete(NtStatus.SUCCESS);

    assertThat(upper.count()).isEqualTo(1);
    assertThat(above.count()).isZero(); // the upper layer keeps it
    irp.completeRequest();
    assertThat(above.count()).isEqualTo(1);
  }

  @Test
  void shouldGoOnWhenSomeoneBeganToWaitWhileARoutineRan(TestScope scope) {
    Irp irp = handedDown(scope);
    CompletableFuture<?>[] future = new CompletableFuture<?>[1];
    irp.setCompletionRoutine(
        (held, context) -> {
          future[0] = held.toFuture();
          return NtStatus.SUCCESS;
        },
        null);
    irp.begin(null);
    irp.complete(NtStatus.SUCCESS);

    assertThat(above.count()).isEqualTo(1);
    assertThat(future[0]).isCompleted();
  }

  @Test
  void shouldBeGivenBackWithoutHavingBeenSentDown(TestScope scope) {
    Irp irp = handedDown(scope);
    irp.completeRequest();
    assertThat(above.count()).isEqualTo(1);
    assertThat(irp.isCompleted()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(irp::completeRequest)
        .withMessageContaining("no layer above waits");
  }

  @Test
  void shouldCallTheRoutinesOfAllLayersForOneCancellation(TestScope scope) {
    RecordingRoutine middle = new RecordingRoutine(NtStatus.SUCCESS);
    Irp irp = scope.irp(2).setCompletionRoutine(above, "above", false, false, true);
    irp.setNextStackLocation();
    irp.setCompletionRoutine(middle, "middle", false, false, true);
    irp.begin(cancelled -> cancelled.complete(NtStatus.CANCELLED));
    irp.cancel();

    assertThat(middle.count()).isEqualTo(1);
    assertThat(above.count()).isEqualTo(1);
  }
}
