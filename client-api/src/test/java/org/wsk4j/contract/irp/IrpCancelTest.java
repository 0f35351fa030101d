package org.wsk4j.contract.irp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
class IrpCancelTest {
  private final TestProvider provider = new TestProvider();
  private final RecordingRoutine routine = new RecordingRoutine();

  @Test
  @Rule({"IRP-39", "IRP-40"})
  void shouldSetTheFlagInEveryCaseAndSayWhetherAHandlerWasCalled(TestScope scope) {
    Irp idle = scope.irp();
    assertThat(idle.cancel()).isFalse();
    assertThat(idle.isCancelRequested()).isTrue();

    Irp stubborn = scope.irp();
    provider.later(stubborn);
    assertThat(stubborn.cancel()).isFalse();
    assertThat(stubborn.isCancelRequested()).isTrue();
    provider.completeNext(NtStatus.SUCCESS);

    Irp done = scope.irp();
    provider.inline(done, NtStatus.SUCCESS, 0);
    assertThat(done.cancel()).isFalse();
    assertThat(done.isCancelRequested()).isTrue();

    List<Irp> cancelled = new ArrayList<>();
    Irp willing = scope.irp();
    willing.begin(cancelled::add);
    assertThat(willing.isCancelRequested()).isFalse();
    assertThat(willing.cancel()).isTrue();
    assertThat(willing.isCancelRequested()).isTrue();
    assertThat(willing.cancel()).isFalse();
    assertThat(cancelled).containsExactly(willing);
    willing.complete(NtStatus.CANCELLED);
  }

  @Test
  @Rule({"IRP-41", "IRP-42"})
  void shouldCompleteACancelledRequestOnceWithCancelled(TestScope scope) {
    Irp irp = scope.irp().setCompletionRoutine(routine, "context");
    provider.inline(irp, NtStatus.SUCCESS, 99); // leaves a number behind
    provider.cancellable(irp);
    assertThat(routine.count()).isEqualTo(1);

    assertThat(irp.cancel()).isTrue();
    assertThat(routine.count()).isEqualTo(2);
    assertThat(routine.last().context()).isEqualTo("context");
    assertThat(routine.last().result()).isEqualTo(new IoStatusBlock(NtStatus.CANCELLED, 0, null));
    assertThat(routine.last().cancelRequested()).isTrue();

    assertThat(irp.complete(NtStatus.SUCCESS, 5, null)).isFalse();
    assertThat(provider.completeNext(NtStatus.SUCCESS)).isFalse();
    assertThat(routine.count()).isEqualTo(2);
  }

  @Test
  @Rule({"IRP-19", "IRP-42"})
  void shouldCallARoutineThatWantsOnlyCancelledRequests(TestScope scope) {
    Irp irp = scope.irp().setCompletionRoutine(routine, null, false, false, true);
    provider.cancellable(irp);
    irp.cancel();
    assertThat(routine.count()).isEqualTo(1);

    irp.reuse(NtStatus.SUCCESS).setCompletionRoutine(routine, null, true, false, false);
    provider.cancellable(irp);
    irp.cancel();
    assertThat(irp.status()).isEqualTo(NtStatus.CANCELLED);
    assertThat(routine.count()).isEqualTo(1);
  }

  @Test
  @Rule("IRP-43")
  void shouldLetARequestFinishThatIsJustFinishing(TestScope scope) {
    Irp irp = scope.irp().setCompletionRoutine(routine, null);
    irp.begin(
        cancelled -> {
          throw new AssertionError("the request can no longer be cancelled");
        });
    assertThat(irp.withdrawCancelRoutine()).isTrue();

    assertThat(irp.cancel()).isFalse();
    irp.complete(NtStatus.SUCCESS, 13, null);

    assertThat(routine.count()).isEqualTo(1);
    assertThat(routine.last().result()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 13, null));
    assertThat(routine.last().cancelRequested()).isTrue();
  }

  @Test
  @Rule("IRP-44")
  void shouldChangeNothingOfACompletedRequest(TestScope scope) {
    Irp irp = scope.irp().setCompletionRoutine(routine, null);
    provider.cancellable(irp);
    provider.completeNext(NtStatus.SUCCESS, 14, "made");

    assertThat(irp.cancel()).isFalse();
    assertThat(irp.ioStatus()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 14, "made"));
    assertThat(routine.count()).isEqualTo(1);
  }

  @Test
  @Rule("IRP-45")
  void shouldNotWaitForTheRequestToEnd(TestScope scope) {
    Deque<Irp> toDo = new ArrayDeque<>();
    Irp irp = scope.irp().setCompletionRoutine(routine, null);
    irp.begin(toDo::add);

    assertThat(irp.cancel()).isTrue();
    assertThat(irp.isCompleted()).isFalse();
    assertThat(routine.count()).isZero();

    toDo.remove().complete(NtStatus.CANCELLED);
    assertThat(routine.count()).isEqualTo(1);
  }

  @Test
  @Rule("IRP-46")
  void shouldNotStartARequestThatIsCancelledAlready(TestScope scope) {
    Irp irp = scope.irp().setCompletionRoutine(routine, null);
    irp.cancel();

    assertThat(provider.cancellable(irp)).isEqualTo(NtStatus.CANCELLED);
    assertThat(provider.waiting()).isZero();
    assertThat(routine.count()).isEqualTo(1);
    assertThat(routine.last().result()).isEqualTo(new IoStatusBlock(NtStatus.CANCELLED, 0, null));

    // The flag stays until the IRP is reused.
    assertThat(provider.inline(irp, NtStatus.SUCCESS, 1)).isEqualTo(NtStatus.CANCELLED);
    assertThat(routine.count()).isEqualTo(2);
    irp.reuse(NtStatus.SUCCESS).setCompletionRoutine(routine, null);
    assertThat(provider.inline(irp, NtStatus.SUCCESS, 1)).isEqualTo(NtStatus.SUCCESS);
  }

  @Test
  @Rule("IRP-47")
  void shouldLeaveOtherRequestsAlone(TestScope scope) {
    List<Irp> irps = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Irp irp = scope.irp().setCompletionRoutine(routine, i);
      provider.cancellable(irp);
      irps.add(irp);
    }

    assertThat(irps.get(1).cancel()).isTrue();
    assertThat(provider.waiting()).isEqualTo(2);
    for (int other : new int[] {0, 2}) {
      assertThat(irps.get(other).isCancelRequested()).isFalse();
      assertThat(irps.get(other).status()).isEqualTo(NtStatus.PENDING);
    }
    provider.completeNext(NtStatus.SUCCESS, 1, null);
    provider.completeNext(NtStatus.SUCCESS, 3, null);
    assertThat(irps)
        .extracting(Irp::status)
        .containsExactly(NtStatus.SUCCESS, NtStatus.CANCELLED, NtStatus.SUCCESS);
    assertThat(routine.count()).isEqualTo(3);
  }
}
