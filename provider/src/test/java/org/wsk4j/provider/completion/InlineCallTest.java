package org.wsk4j.provider.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

class InlineCallTest {
  private final InlineCall call = new InlineCall();

  /** What routines were told: the status, and whether the call had answered PENDING. */
  private final List<String> told = new ArrayList<>();

  private Irp begun(Runnable then) {
    Irp irp = Irp.allocate();
    irp.setCompletionRoutine(
        (done, context) -> {
          told.add(irp.status().name() + (irp.pendingReturned() ? " pending" : " inline"));
          then.run();
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    assertThat(irp.begin(null)).isSameAs(NtStatus.SUCCESS);
    return irp;
  }

  private Irp begun() {
    return begun(() -> {});
  }

  private void complete(Irp irp) {
    call.complete(irp, NtStatus.SUCCESS, 3, "made");
  }

  @Test
  void shouldAnswerWhatTheRequestIsCompletedWithInsideTheCall() {
    Irp irp = begun();

    assertThat(call.run(irp, this::complete)).isSameAs(NtStatus.SUCCESS);

    assertThat(told).containsExactly("SUCCESS inline");
    assertThat(irp.information()).isEqualTo(3);
    assertThat(irp.object()).isEqualTo("made");
    assertThat(call.run(begun(), each -> call.complete(each, NtStatus.CONNECTION_RESET, 0, null)))
        .isSameAs(NtStatus.CONNECTION_RESET);
  }

  @Test
  void shouldAnswerPendingForWhatIsCompletedLater() {
    Irp irp = begun();

    assertThat(call.run(irp, each -> {})).isSameAs(NtStatus.PENDING);
    assertThat(told).isEmpty();
    complete(irp);

    assertThat(told).containsExactly("SUCCESS pending");
    // What was completed later is not the answer of the next call.
    assertThat(call.run(begun(), each -> {})).isSameAs(NtStatus.PENDING);
  }

  @Test
  void shouldLetOthersCompleteWhatItHasLetGo() {
    Irp irp = begun();

    assertThat(
            call.run(
                irp,
                each -> {
                  call.pend(each);
                  each.complete(NtStatus.SUCCESS);
                }))
        .isSameAs(NtStatus.PENDING);

    assertThat(told).containsExactly("SUCCESS pending");
  }

  @Test
  void shouldLetGoOnlyWhatIsInsideItsCall() {
    Irp irp = begun();
    irp.markPending();
    Irp other = begun();

    assertThat(
            call.run(
                other,
                each -> {
                  call.pend(irp);
                  complete(each);
                }))
        .isSameAs(NtStatus.SUCCESS);

    assertThat(told).containsExactly("SUCCESS inline");
  }

  @Test
  void shouldKeepApartTheCallThatARoutineMakes() {
    List<NtStatus> inner = new ArrayList<>();
    Irp next = begun();
    Irp irp = begun(() -> inner.add(call.run(next, each -> {})));

    assertThat(call.run(irp, this::complete)).isSameAs(NtStatus.SUCCESS);
    assertThat(inner).containsExactly(NtStatus.PENDING);
    complete(next);

    assertThat(told).containsExactly("SUCCESS inline", "SUCCESS pending");
  }
}
