package org.wsk4j.provider.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Nesting;
import org.wsk4j.testing.RecordingRoutine;

@Timeout(60)
class CompletionsTest {
  private static Irp begun(RecordingRoutine routine) {
    Irp irp = Irp.allocate().setCompletionRoutine(routine, null);
    assertThat(irp.begin(null)).isSameAs(NtStatus.SUCCESS);
    return irp;
  }

  @Test
  void shouldCompleteInsideTheCall() {
    RecordingRoutine routine = new RecordingRoutine();
    Object made = new Object();

    assertThat(Completions.finish(begun(routine), NtStatus.SUCCESS, 7, made))
        .isSameAs(NtStatus.SUCCESS);

    assertThat(routine.count()).isOne();
    assertThat(routine.last().result().status()).isSameAs(NtStatus.SUCCESS);
    assertThat(routine.last().result().information()).isEqualTo(7);
    assertThat(routine.last().result().object()).isSameAs(made);
    assertThat(routine.last().pendingReturned()).isFalse();
  }

  @Test
  void shouldCompleteInsideTheCallUpToTheDepth() {
    RecordingRoutine routine = new RecordingRoutine();
    Nesting.of(
        Completions.DEEPEST - 1,
        () -> {
          assertThat(Completions.isTooDeep()).isFalse();
          assertThat(Completions.finish(begun(routine), NtStatus.CONNECTION_RESET))
              .isSameAs(NtStatus.CONNECTION_RESET);
          Completions.complete(begun(routine), NtStatus.CANCELLED);
          assertThat(routine.count()).isEqualTo(2);
        });
    assertThat(routine.calls())
        .allSatisfy(call -> assertThat(call.pendingReturned()).isFalse())
        .extracting(call -> call.result().status())
        .containsExactly(NtStatus.CONNECTION_RESET, NtStatus.CANCELLED);
  }

  /** Errors too: the call answers PENDING, and the result comes when the stack is empty. */
  @Test
  void shouldDeferWhatIsTooDeepInOrder() {
    RecordingRoutine routine = new RecordingRoutine();
    Nesting.of(
        Completions.DEEPEST,
        () -> {
          assertThat(Completions.isTooDeep()).isTrue();
          assertThat(Completions.finish(begun(routine), NtStatus.SUCCESS, 7, null))
              .isSameAs(NtStatus.PENDING);
          assertThat(Completions.finish(begun(routine), NtStatus.INVALID_PARAMETER))
              .isSameAs(NtStatus.PENDING);
          Irp pended = begun(routine);
          pended.markPending();
          Completions.complete(pended, NtStatus.CANCELLED);
          assertThat(routine.count()).isZero();
        });
    assertThat(routine.calls())
        .allSatisfy(call -> assertThat(call.pendingReturned()).isTrue())
        .extracting(call -> call.result().status())
        .containsExactly(NtStatus.SUCCESS, NtStatus.INVALID_PARAMETER, NtStatus.CANCELLED);
    assertThat(routine.calls().get(0).result().information()).isEqualTo(7);
  }

  /** A routine that submits again and again what completes inside the call. */
  private static final class Chain {
    final int length;
    final List<Irp> irps = new ArrayList<>();
    int made;
    final BitSet answeredPending = new BitSet();
    final BitSet toldPending = new BitSet();
    int told;
    int deepestStack;
    boolean contradiction;

    Chain(int length) {
      this.length = length;
    }

    void submit() {
      Irp irp = irps.isEmpty() ? Irp.allocate() : irps.remove(irps.size() - 1);
      irp.reuse(NtStatus.SUCCESS).setCompletionRoutine((done, context) -> completed(done), null);
      irp.begin(null);
      int order = made++;
      NtStatus status = order % 3 == 0 ? NtStatus.INVALID_PARAMETER : NtStatus.SUCCESS;
      NtStatus answer = Completions.finish(irp, status, order, null);
      if (answer == NtStatus.PENDING) {
        answeredPending.set(order);
      } else {
        contradiction |= answer != status;
      }
    }

    private NtStatus completed(Irp irp) {
      contradiction |= irp.information() != told;
      told++;
      if (told % 1000 == 0) {
        deepestStack = Math.max(deepestStack, new Throwable().getStackTrace().length);
      }
      toldPending.set((int) irp.information(), irp.pendingReturned());
      irps.add(irp);
      if (made < length) {
        submit();
      }
      return NtStatus.MORE_PROCESSING_REQUIRED;
    }
  }

  @Test
  @Rule({"IRP-10", "IRP-68"})
  void shouldNotGrowTheStackOverAMillionChainedCompletions() {
    int before = new Throwable().getStackTrace().length;
    Chain chain = new Chain(1_000_000);
    chain.submit();

    assertThat(chain.told).isEqualTo(1_000_000);
    assertThat(chain.contradiction).isFalse();
    assertThat(chain.toldPending).isEqualTo(chain.answeredPending);
    assertThat(chain.answeredPending.cardinality()).isBetween(1, 500_000);
    assertThat(chain.deepestStack - before).isLessThan(Completions.DEEPEST * 12);
  }
}
