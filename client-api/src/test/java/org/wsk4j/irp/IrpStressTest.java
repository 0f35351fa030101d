package org.wsk4j.irp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.Race;

/** What threads do to one IRP at the same time, each for a moment; at length elsewhere. */
@Timeout(120)
class IrpStressTest {
  private static final Duration A_MOMENT = Duration.ofMillis(300);

  /** An IRP and what happened to it. */
  private static class Request {
    final Irp irp = Irp.allocate();
    final AtomicInteger routineCalls = new AtomicInteger();
    final AtomicInteger firstHandlerCalls = new AtomicInteger();
    final AtomicInteger secondHandlerCalls = new AtomicInteger();
    final AtomicInteger winners = new AtomicInteger();
    volatile @Nullable NtStatus begun;
    volatile @Nullable CompletableFuture<IoStatusBlock> future;
    volatile boolean flag;
    volatile boolean cancelled;

    Request() {
      irp.setCompletionRoutine(
          (completed, context) -> {
            routineCalls.incrementAndGet();
            return NtStatus.MORE_PROCESSING_REQUIRED;
          },
          null);
    }

    void submit(IrpCancelRoutine handler, int bit) {
      try {
        begun = irp.begin(handler);
        winners.addAndGet(bit);
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("cannot submit");
      }
    }
  }

  private static Request inFlight() {
    Request request = new Request();
    request.irp.begin(null);
    return request;
  }

  @Test
  void shouldLetOneOfTwoSubmitAndKeepItsHandler() throws InterruptedException {
    Race.on(Request::new)
        .actor(one -> one.submit(irp -> one.firstHandlerCalls.incrementAndGet(), 1))
        .actor(one -> one.submit(irp -> one.secondHandlerCalls.incrementAndGet(), 2))
        .run(
            A_MOMENT,
            one -> {
              assertThat(one.begun).isEqualTo(NtStatus.SUCCESS);
              assertThat(one.winners.get()).isIn(1, 2);
              assertThat(one.irp.cancel()).isTrue();
              assertThat(one.firstHandlerCalls.get()).isEqualTo(one.winners.get() == 1 ? 1 : 0);
              assertThat(one.secondHandlerCalls.get()).isEqualTo(one.winners.get() == 2 ? 1 : 0);
              assertThat(one.irp.complete(NtStatus.CANCELLED)).isTrue();
              assertThat(one.routineCalls.get()).isEqualTo(1);
            });
  }

  @Test
  void shouldLetOneOfTwoComplete() throws InterruptedException {
    Race.on(IrpStressTest::inFlight)
        .actor(one -> one.winners.addAndGet(one.irp.complete(NtStatus.SUCCESS, 1, "1") ? 1 : 0))
        .actor(one -> one.winners.addAndGet(one.irp.complete(NtStatus.RETRY, 2, "2") ? 2 : 0))
        .run(
            A_MOMENT,
            one -> {
              assertThat(one.winners.get()).isIn(1, 2);
              assertThat(one.irp.information()).isEqualTo(one.winners.get());
              assertThat(one.irp.object()).isEqualTo("" + one.winners.get());
              assertThat(one.irp.status())
                  .isEqualTo(one.winners.get() == 1 ? NtStatus.SUCCESS : NtStatus.RETRY);
              assertThat(one.routineCalls.get()).isEqualTo(1);
            });
  }

  /** The handler completes at once, so the request may end before its submission has returned. */
  @Test
  void shouldLoseNoCancellationWhileARequestBegins() throws InterruptedException {
    Race.on(Request::new)
        .actor(
            one -> {
              one.begun = one.irp.begin(irp -> finish(one, irp));
              if (one.begun == NtStatus.CANCELLED) {
                one.irp.complete(NtStatus.CANCELLED, 0, null);
              }
            })
        .actor(one -> one.cancelled = one.irp.cancel())
        .run(
            A_MOMENT,
            one -> {
              assertThat(one.cancelled).isEqualTo(one.begun == NtStatus.SUCCESS);
              assertThat(one.firstHandlerCalls.get()).isEqualTo(one.cancelled ? 1 : 0);
              assertThat(one.irp.ioStatus())
                  .isEqualTo(new IoStatusBlock(NtStatus.CANCELLED, one.cancelled ? 7 : 0, null));
              assertThat(one.routineCalls.get()).isEqualTo(1);
            });
  }

  private static void finish(Request one, Irp irp) {
    one.firstHandlerCalls.incrementAndGet();
    irp.complete(NtStatus.CANCELLED, 7, null);
  }

  @Test
  void shouldLoseNoCancellationWhileAHandlerIsSet() throws InterruptedException {
    Race.on(IrpStressTest::inFlight)
        .actor(
            one -> one.flag = one.irp.setCancelRoutine(irp -> one.firstHandlerCalls.addAndGet(1)))
        .actor(one -> one.cancelled = one.irp.cancel())
        .run(
            A_MOMENT,
            one -> {
              assertThat(one.flag).isEqualTo(one.cancelled);
              assertThat(one.firstHandlerCalls.get()).isEqualTo(one.cancelled ? 1 : 0);
              assertThat(one.irp.withdrawCancelRoutine()).isEqualTo(!one.cancelled);
              assertThat(one.irp.isCancelRequested()).isTrue();
              one.irp.complete(NtStatus.CANCELLED);
              assertThat(one.routineCalls.get()).isEqualTo(1);
            });
  }

  @Test
  void shouldEitherCompleteOrBeCancelled() throws InterruptedException {
    Race.on(
            () -> {
              Request request = inFlight();
              request.irp.setCancelRoutine(irp -> finish(request, irp));
              return request;
            })
        .actor(
            one -> {
              if (one.irp.withdrawCancelRoutine()) {
                one.flag = one.irp.complete(NtStatus.SUCCESS, 1, null);
              }
            })
        .actor(one -> one.cancelled = one.irp.cancel())
        .run(
            A_MOMENT,
            one -> {
              assertThat(one.flag).isEqualTo(!one.cancelled);
              assertThat(one.irp.information()).isEqualTo(one.cancelled ? 7 : 1);
              assertThat(one.routineCalls.get()).isEqualTo(1);
            });
  }

  /** A request completes, and its IRP carries the next one, while both are being cancelled. */
  @Test
  void shouldNeverCallAHandlerWithoutTheFlagOrForAnotherRequest() throws InterruptedException {
    Race.on(
            () -> {
              Request request = new Request();
              request.irp.begin(irp -> request.firstHandlerCalls.addAndGet(1));
              return request;
            })
        .actor(
            one -> {
              one.irp.complete(NtStatus.SUCCESS);
              one.irp.reuse(NtStatus.SUCCESS);
              one.begun =
                  one.irp.begin(
                      irp -> {
                        one.secondHandlerCalls.addAndGet(1);
                        one.flag = irp.isCancelRequested();
                      });
            })
        .actor(one -> one.cancelled = one.irp.cancel())
        .run(
            A_MOMENT,
            one -> {
              int called = one.firstHandlerCalls.get() + one.secondHandlerCalls.get();
              assertThat(called).isEqualTo(one.cancelled ? 1 : 0);
              assertThat(one.secondHandlerCalls.get()).isEqualTo(one.flag ? 1 : 0);
              // What is left in flight is cancellable unless it was cancelled.
              boolean open = !one.irp.isCancelRequested();
              assertThat(one.irp.cancel()).isEqualTo(open);
              if (!open && one.secondHandlerCalls.get() == 0) {
                assertThat(one.begun).isEqualTo(NtStatus.CANCELLED);
              }
              one.irp.complete(NtStatus.CANCELLED);
            });
  }

  /** Whoever looks for the result while the IRP carries one request after the other. */
  @Test
  void shouldGiveEveryoneWhoLooksAResultThatBelongsTogether() throws InterruptedException {
    Race.on(IrpStressTest::inFlight)
        .actor(
            one -> {
              one.irp.complete(NtStatus.SUCCESS, 1, 1L);
              one.irp.begin(null);
              one.irp.complete(NtStatus.RETRY, 2, 2L);
            })
        .actor(one -> one.future = one.irp.toFuture())
        .run(
            A_MOMENT,
            one -> {
              assertThat(one.future)
                  .isCompletedWithValueMatching(
                      result ->
                          result.equals(new IoStatusBlock(NtStatus.SUCCESS, 1, 1L))
                              || result.equals(new IoStatusBlock(NtStatus.RETRY, 2, 2L)));
              assertThat(one.routineCalls.get()).isEqualTo(2);
            });
  }

  /** Whoever polls may take the IRP as soon as it is completed. */
  @Test
  void shouldLetWhoPollsReuseTheIrpAtOnce() throws InterruptedException {
    Race.on(
            () -> {
              Request request = new Request();
              request.irp.reuse(NtStatus.SUCCESS); // without a routine
              request.irp.begin(null);
              return request;
            })
        .actor(one -> one.irp.complete(NtStatus.SUCCESS, 1, 1L))
        .actor(
            one -> {
              while (!one.irp.isCompleted()) {
                Thread.onSpinWait();
              }
              assertThat(one.irp.ioStatus()).isEqualTo(new IoStatusBlock(NtStatus.SUCCESS, 1, 1L));
              one.irp.reuse(NtStatus.RETRY);
              one.irp.begin(null);
              one.irp.complete(NtStatus.RETRY, 2, null);
            })
        .run(
            A_MOMENT,
            one ->
                assertThat(one.irp.ioStatus())
                    .isEqualTo(new IoStatusBlock(NtStatus.RETRY, 2, null)));
  }
}
