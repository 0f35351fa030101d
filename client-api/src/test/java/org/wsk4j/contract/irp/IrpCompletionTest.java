package org.wsk4j.contract.irp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.IoStatusBlock;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.RecordingRoutine;
import org.wsk4j.testing.TestProvider;
import org.wsk4j.testing.TestScope;

@Timeout(30)
class IrpCompletionTest {
  private final TestProvider provider = new TestProvider();
  private final RecordingRoutine routine = new RecordingRoutine();

  static List<NtStatus> finalStatuses() {
    return List.of(NtStatus.SUCCESS, NtStatus.BUFFER_OVERFLOW, NtStatus.CONNECTION_REFUSED);
  }

  @ParameterizedTest
  @MethodSource("finalStatuses")
  @Rule({"IRP-01", "IRP-06"})
  void shouldCallTheRoutineOnceHoweverTheFunctionAnswers(NtStatus status, TestScope scope)
      throws InterruptedException {
    ExecutorService thread = scope.thread("elsewhere");
    Irp inline = scope.irp().setCompletionRoutine(routine, "inline");
    Irp done = scope.irp().setCompletionRoutine(routine, "done");
    Irp elsewhere = scope.irp().setCompletionRoutine(routine, "elsewhere");

    assertThat(provider.inline(inline, status, 0)).isEqualTo(status);
    assertThat(routine.next().context()).isEqualTo("inline");
    assertThat(provider.pendingButDone(done, status)).isEqualTo(NtStatus.PENDING);
    assertThat(routine.next().context()).isEqualTo("done");
    assertThat(provider.elsewhere(elsewhere, thread, status, 0)).isEqualTo(NtStatus.PENDING);
    assertThat(routine.next().context()).isEqualTo("elsewhere");

    for (Irp irp : List.of(inline, done, elsewhere)) {
      assertThat(irp.complete(NtStatus.UNSUCCESSFUL)).isFalse();
      assertThat(irp.status()).isEqualTo(status);
    }
    assertThat(routine.count()).isEqualTo(3);
  }

  @Test
  @Rule("IRP-05")
  void shouldNeverEndWithPending(TestScope scope) {
    Irp irp = scope.irp().setCompletionRoutine(routine, null);
    assertThat(provider.later(irp)).isEqualTo(NtStatus.PENDING);

    assertThatIllegalArgumentException().isThrownBy(() -> irp.complete(NtStatus.PENDING, 1, null));
    assertThat(irp.isCompleted()).isFalse();
    assertThat(routine.count()).isZero();

    provider.completeNext(NtStatus.CONNECTION_RESET);
    assertThat(routine.last().result().status()).isEqualTo(NtStatus.CONNECTION_RESET);
    assertThat(irp.status()).isEqualTo(NtStatus.CONNECTION_RESET);
  }

  @Test
  @Rule({"IRP-07", "IRP-09", "IRP-21"})
  void shouldCallTheRoutineWithTheResultBeforeTheFunctionReturns(TestScope scope) {
    Object context = new Object();
    Irp irp = scope.irp().setCompletionRoutine(routine, context);

    provider.inline(irp, NtStatus.BUFFER_OVERFLOW, 42, "made");

    RecordingRoutine.Call call = routine.last();
    assertThat(call.thread()).isSameAs(Thread.currentThread());
    assertThat(call.irp()).isSameAs(irp);
    assertThat(call.context()).isSameAs(context);
    assertThat(call.result()).isEqualTo(new IoStatusBlock(NtStatus.BUFFER_OVERFLOW, 42, "made"));
  }

  @Test
  @Rule({"IRP-08", "IRP-09"})
  void shouldCallTheRoutineOnTheThreadThatCompletes(TestScope scope) throws Exception {
    ExecutorService one = scope.thread("one");
    ExecutorService other = scope.thread("other");
    Irp irp = scope.irp().setCompletionRoutine(routine, null);

    provider.elsewhere(irp, one, NtStatus.SUCCESS, 7);
    assertThat(routine.next().thread().getName()).isEqualTo("one");
    assertThat(routine.last().result()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 7, null));

    one.submit(() -> {}).get(); // the completing call has returned
    irp.reuse(NtStatus.SUCCESS).setCompletionRoutine(routine, null);
    provider.elsewhere(irp, other, NtStatus.CONNECTION_RESET, 0);
    assertThat(routine.next().thread().getName()).isEqualTo("other");
    assertThat(routine.last().result())
        .isEqualTo(new IoStatusBlock(NtStatus.CONNECTION_RESET, 0, null));
  }

  @Test
  @Rule("IRP-10")
  void shouldTellTheRoutineWhetherTheFunctionReturnedPending(TestScope scope) {
    Irp irp = scope.irp().setCompletionRoutine(routine, null);

    provider.inline(irp, NtStatus.SUCCESS, 0);
    assertThat(routine.last().pendingReturned()).isFalse();
    provider.pendingButDone(irp, NtStatus.SUCCESS);
    assertThat(routine.last().pendingReturned()).isTrue();
    provider.inline(irp, NtStatus.CONNECTION_REFUSED, 0);
    assertThat(routine.last().pendingReturned()).isFalse();
    provider.later(irp);
    provider.completeNext(NtStatus.SUCCESS);
    assertThat(routine.last().pendingReturned()).isTrue();
    assertThat(routine.count()).isEqualTo(4);
  }

  @Test
  @Rule({"IRP-12", "IRP-13"})
  void shouldNeedNothingButARoutineAndIgnoreWhatTheProgramStored(TestScope scope) {
    Irp fresh = scope.irp().setCompletionRoutine(routine, null);
    assertThat(provider.inline(fresh, NtStatus.SUCCESS, 3)).isEqualTo(NtStatus.SUCCESS);
    assertThat(routine.last().result()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 3, null));

    Irp stored = scope.irp().reuse(NtStatus.ACCESS_DENIED).setCompletionRoutine(routine, null);
    assertThat(stored.status()).isEqualTo(NtStatus.ACCESS_DENIED);
    assertThat(provider.later(stored)).isEqualTo(NtStatus.PENDING);
    assertThat(stored.status()).isEqualTo(NtStatus.PENDING);
    provider.completeNext(NtStatus.SUCCESS, 4, null);
    assertThat(routine.last().result()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 4, null));
  }

  @Test
  @Rule("IRP-16")
  void shouldDoWithoutARoutine(TestScope scope) throws InterruptedException {
    ExecutorService thread = scope.thread("elsewhere");
    Irp irp = scope.irp();

    assertThat(provider.inline(irp, NtStatus.SUCCESS, 5)).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.isCompleted()).isTrue();
    assertThat(irp.information()).isEqualTo(5);

    provider.elsewhere(irp, thread, NtStatus.CONNECTION_RESET, 0);
    assertThat(irp.await()).isEqualTo(NtStatus.CONNECTION_RESET);

    provider.later(irp);
    assertThat(irp.toFuture()).isNotDone();
    provider.completeNext(NtStatus.SUCCESS, 6, null);
    assertThat(irp.toFuture()).isCompletedWithValue(new IoStatusBlock(NtStatus.SUCCESS, 6, null));
  }

  @Test
  @Rule("IRP-38")
  void shouldKeepRequestsApartThatArePendingTogether(TestScope scope) {
    Irp first = scope.irp().setCompletionRoutine(routine, "first");
    Irp second = scope.irp().setCompletionRoutine(routine, "second");

    assertThat(provider.later(first)).isEqualTo(NtStatus.PENDING);
    assertThat(provider.later(second)).isEqualTo(NtStatus.PENDING);
    provider.completeNext(NtStatus.SUCCESS, 1, null);
    assertThat(first.isCompleted()).isTrue();
    assertThat(second.status()).isEqualTo(NtStatus.PENDING);
    provider.completeNext(NtStatus.CONNECTION_RESET);

    assertThat(first.ioStatus()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 1, null));
    assertThat(second.ioStatus()).isEqualTo(new IoStatusBlock(NtStatus.CONNECTION_RESET, 0, null));
    assertThat(routine.calls()).extracting(one -> one.context()).containsExactly("first", "second");
  }
}
