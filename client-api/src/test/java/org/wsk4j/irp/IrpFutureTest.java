package org.wsk4j.irp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.RecordingRoutine;
import org.wsk4j.testing.TestScope;

/** Those who wait for a request. */
@Timeout(30)
class IrpFutureTest {
  private final List<String> order = new ArrayList<>();

  private static Irp submitted(Irp irp) {
    irp.begin(null);
    return irp;
  }

  @Test
  void shouldGiveTheResultOfTheRequestInFlightThoughTheRoutineSubmitsTheNext(TestScope scope) {
    Irp irp = scope.irp();
    irp.setCompletionRoutine(
        (completed, context) -> {
          order.add("routine");
          completed.reuse(NtStatus.SUCCESS);
          completed.begin(null);
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    submitted(irp);
    CompletableFuture<IoStatusBlock> first = irp.toFuture();
    first.thenRun(() -> order.add("future"));
    irp.complete(NtStatus.SUCCESS, 1, "first");

    assertThat(order).containsExactly("routine", "future");
    assertThat(first).isCompletedWithValue(new IoStatusBlock(NtStatus.SUCCESS, 1, "first"));

    CompletableFuture<IoStatusBlock> second = irp.toFuture();
    assertThat(second).isNotDone();
    irp.complete(NtStatus.CONNECTION_RESET);
    assertThat(second).isCompletedWithValue(new IoStatusBlock(NtStatus.CONNECTION_RESET, 0, null));
    assertThat(first).isCompletedWithValue(new IoStatusBlock(NtStatus.SUCCESS, 1, "first"));
  }

  @Test
  void shouldGiveTheResultOfTheRequestInFlightThoughTheRoutineCompletesTheNextToo(TestScope scope) {
    Irp irp = scope.irp();
    irp.setCompletionRoutine(
        (completed, context) -> {
          completed.reuse(NtStatus.SUCCESS);
          completed.begin(null);
          completed.complete(NtStatus.CONNECTION_RESET);
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    submitted(irp);
    CompletableFuture<IoStatusBlock> first = irp.toFuture();
    irp.complete(NtStatus.SUCCESS, 1, null);

    assertThat(first).isCompletedWithValue(new IoStatusBlock(NtStatus.SUCCESS, 1, null));
    assertThat(irp.status()).isEqualTo(NtStatus.CONNECTION_RESET);
  }

  @Test
  void shouldTellAllWhoWait(TestScope scope) throws Exception {
    Irp irp = submitted(scope.irp());
    List<Future<NtStatus>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(scope.thread("waiter " + i).submit(() -> irp.await()));
    }
    CompletableFuture<IoStatusBlock> future = irp.toFuture();
    irp.complete(NtStatus.RETRY, 4, null);

    for (Future<NtStatus> one : waiting) {
      assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(NtStatus.RETRY);
    }
    assertThat(future).isCompletedWithValue(new IoStatusBlock(NtStatus.RETRY, 4, null));
  }

  @Test
  void shouldWaitUntilTheRoutineHasRun(TestScope scope) throws Exception {
    CountDownLatch inRoutine = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Irp irp = scope.irp();
    irp.setCompletionRoutine(
        (completed, context) -> {
          inRoutine.countDown();
          await(goOn);
          order.add("routine");
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    submitted(irp);
    CompletableFuture<IoStatusBlock> future = irp.toFuture();
    Future<?> completing = scope.thread("provider").submit(() -> irp.complete(NtStatus.SUCCESS));
    await(inRoutine);
    assertThat(irp.isCompleted()).isTrue();
    assertThat(future).isNotDone();

    goOn.countDown();
    assertThat(future.get(20, TimeUnit.SECONDS).status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(order).containsExactly("routine");
    completing.get(20, TimeUnit.SECONDS);
  }

  @Test
  void shouldTellThoseWhoWaitThoughTheRoutineThrows(TestScope scope) {
    for (Throwable fault :
        List.of(new IllegalStateException(), new AssertionError(), new IOException("checked"))) {
      Irp irp = scope.irp();
      irp.setCompletionRoutine(
          (completed, context) -> {
            throw IrpFutureTest.<RuntimeException>unchecked(fault);
          },
          null);
      submitted(irp);
      CompletableFuture<IoStatusBlock> future = irp.toFuture();

      assertThat(irp.complete(NtStatus.SUCCESS)).isTrue();
      assertThat(future).isCompletedWithValue(new IoStatusBlock(NtStatus.SUCCESS, 0, null));
      assertThat(DispatchLevel.isRaised()).isFalse();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable fault) throws T {
    throw (T) fault;
  }

  @Test
  void shouldHaveNothingToWaitForBeforeARequest(TestScope scope) throws InterruptedException {
    Irp irp = scope.irp();
    assertThatIllegalStateException().isThrownBy(irp::toFuture).withMessageContaining("no request");
    assertThatIllegalStateException().isThrownBy(irp::await);
    assertThatIllegalStateException().isThrownBy(() -> irp.await(Duration.ZERO));

    submitted(irp).complete(NtStatus.RETRY);
    assertThat(irp.await()).isEqualTo(NtStatus.RETRY);
    assertThat(irp.await(Duration.ZERO)).isTrue();
    irp.reuse(NtStatus.SUCCESS);
    assertThatIllegalStateException().isThrownBy(irp::toFuture);
  }

  @Test
  void shouldGiveUpInTimeAndLeaveNothingBehind(TestScope scope) throws Exception {
    Irp irp = submitted(scope.irp());
    CompletableFuture<IoStatusBlock> kept = irp.toFuture();
    for (Duration timeout :
        List.of(Duration.ofNanos(1), Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(1))) {
      assertThat(irp.await(timeout)).isFalse();
    }
    assertThat(watches(irp)).isEqualTo(1);

    irp.complete(NtStatus.SUCCESS);
    assertThat(kept).isCompleted();
    assertThat(watches(irp)).isZero();
  }

  @Test
  void shouldWaitForEverIfAsked(TestScope scope) throws Exception {
    Irp irp = submitted(scope.irp());
    Future<Boolean> waiting =
        scope.thread("waiter").submit(() -> irp.await(ChronoUnit.FOREVER.getDuration()));
    untilWatched(irp);
    irp.complete(NtStatus.SUCCESS);
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldStopWaitingWhenInterruptedAndLeaveTheRequestAlone(TestScope scope) throws Exception {
    Irp irp = submitted(scope.irp());
    ExecutorService thread = scope.thread("waiter");
    Future<NtStatus> waiting = thread.submit(() -> irp.await());
    untilWatched(irp);
    CompletableFuture<IoStatusBlock> other = irp.toFuture();
    thread.shutdownNow();

    assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(watches(irp)).isEqualTo(1);
    assertThat(irp.status()).isEqualTo(NtStatus.PENDING);
    assertThat(irp.isCancelRequested()).isFalse();
    assertThat(irp.complete(NtStatus.SUCCESS)).isTrue();
    assertThat(other).isCompleted();
  }

  @Test
  void shouldNotBeHarmedByWhatIsDoneToAFuture(TestScope scope) {
    RecordingRoutine routine = new RecordingRoutine();
    Irp irp = scope.irp().setCompletionRoutine(routine, null);
    submitted(irp);
    CompletableFuture<IoStatusBlock> given = irp.toFuture();
    CompletableFuture<IoStatusBlock> other = irp.toFuture();
    other.thenRun(
        () -> {
          throw new IllegalArgumentException("on purpose");
        });
    assertThat(given.cancel(true)).isTrue();

    assertThat(irp.complete(NtStatus.SUCCESS)).isTrue();
    assertThat(routine.count()).isEqualTo(1);
    assertThat(other).isCompletedWithValue(new IoStatusBlock(NtStatus.SUCCESS, 0, null));
    assertThat(given).isCancelled();
  }

  @Test
  void shouldRefuseToWaitInWhatHangsOnAFuture(TestScope scope) {
    Irp irp = submitted(scope.irp());
    Irp other = submitted(scope.irp());
    CompletableFuture<NtStatus> refused =
        irp.toFuture()
            .thenApply(
                result -> {
                  try {
                    return other.await();
                  } catch (InterruptedException e) {
                    return NtStatus.CANCELLED;
                  }
                });
    irp.complete(NtStatus.SUCCESS);

    assertThat(refused).isCompletedExceptionally();
    assertThat(DispatchLevel.isRaised()).isFalse();
    other.complete(NtStatus.SUCCESS);
  }

  private static void untilWatched(Irp irp) throws Exception {
    while (watches(irp) == 0) {
      Thread.onSpinWait();
    }
  }

  private static int watches(Irp irp) throws ReflectiveOperationException {
    Field field = Irp.class.getDeclaredField("watches");
    field.setAccessible(true);
    Field lock = Irp.class.getDeclaredField("locations");
    lock.setAccessible(true);
    int count = 0;
    synchronized (lock.get(irp)) {
      for (IrpWatch at = (IrpWatch) field.get(irp); at != null; at = at.next) {
        count++;
      }
    }
    return count;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
