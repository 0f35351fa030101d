package org.wsk4j.contract.irp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.IoStatusBlock;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.RecordingRoutine;
import org.wsk4j.testing.TestProvider;
import org.wsk4j.testing.TestScope;

@Timeout(30)
class IrpReuseTest {
  private final TestProvider provider = new TestProvider();
  private final RecordingRoutine routine = new RecordingRoutine();

  @Test
  @Rule("IRP-33")
  void shouldPutTheIrpBackIntoItsFirstState(TestScope scope) {
    Irp irp = scope.irp().setCompletionRoutine(routine, null);
    provider.later(irp);
    irp.cancel();
    provider.completeNext(NtStatus.SUCCESS, 7, "made");
    assertThat(routine.last().pendingReturned()).isTrue();

    irp.reuse(NtStatus.ACCESS_DENIED);

    assertThat(irp.ioStatus()).isEqualTo(new IoStatusBlock(NtStatus.ACCESS_DENIED, 0, null));
    assertThat(irp.isCancelRequested()).isFalse();
    assertThat(irp.pendingReturned()).isFalse();
    assertThat(irp.isCompleted()).isFalse();
    provider.inline(irp, NtStatus.SUCCESS, 0);
    assertThat(routine.count()).isEqualTo(1); // it was not set again
  }

  @Test
  @Rule({"IRP-32", "IRP-35"})
  void shouldCarryFurtherRequestsToOtherFunctionsAndSockets(TestScope scope) {
    TestProvider other = new TestProvider();
    Irp irp = scope.irp().setCompletionRoutine(routine, "first");
    provider.cancellable(irp);
    irp.cancel();
    assertThat(irp.status()).isEqualTo(NtStatus.CANCELLED);

    irp.reuse(NtStatus.SUCCESS).setCompletionRoutine(routine, "second");
    assertThat(other.later(irp)).isEqualTo(NtStatus.PENDING);
    other.completeNext(NtStatus.SUCCESS, 1, null);
    assertThat(routine.last().context()).isEqualTo("second");
    assertThat(routine.last().result()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 1, null));

    irp.reuse(NtStatus.SUCCESS).setCompletionRoutine(routine, "third");
    assertThat(provider.inline(irp, NtStatus.CONNECTION_RESET, 0))
        .isEqualTo(NtStatus.CONNECTION_RESET);
    assertThat(routine.last().context()).isEqualTo("third");
    assertThat(routine.count()).isEqualTo(3);
  }

  @Test
  @Rule("IRP-37")
  void shouldRefuseAnIrpThatIsInUseWithoutDisturbingItsRequest(TestScope scope) {
    TestProvider other = new TestProvider();
    Irp irp = scope.irp(2).setCompletionRoutine(routine, "context");
    provider.cancellable(irp);

    assertThatIllegalStateException()
        .isThrownBy(() -> other.cancellable(irp))
        .withMessageContaining("cannot submit Irp@")
        .withMessageContaining("in flight");
    assertThatIllegalStateException().isThrownBy(() -> irp.reuse(NtStatus.SUCCESS));
    assertThatIllegalStateException().isThrownBy(() -> irp.setCompletionRoutine(null, null));
    assertThatIllegalStateException().isThrownBy(irp::setNextStackLocation);
    assertThatIllegalStateException().isThrownBy(irp::completeRequest);
    assertThatIllegalStateException().isThrownBy(() -> irp.begin(cancelled -> {}));

    assertThat(irp.status()).isEqualTo(NtStatus.PENDING);
    assertThat(irp.cancel()).isTrue(); // by the handler of the first
    assertThat(provider.waiting()).isZero();
    assertThat(routine.count()).isEqualTo(1);
    assertThat(routine.last().context()).isEqualTo("context");
    assertThat(routine.last().result().status()).isEqualTo(NtStatus.CANCELLED);
  }
}
