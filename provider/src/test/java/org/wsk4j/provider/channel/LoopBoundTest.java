package org.wsk4j.provider.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.TestScope;

@Timeout(60)
class LoopBoundTest {
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final Channel channel = new Channel(loop);

  @BeforeEach
  void prepare(TestScope scope) {
    scope.closing(() -> loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync());
  }

  /** Performs by writing down the names of requests. */
  private static final class Channel extends LoopBound {
    final List<String> log = new ArrayList<>();
    final SocketState state = new SocketState(SocketPhase.CREATED);
    int bursts;

    Channel(DefaultEventLoop loop) {
      super(loop);
    }

    @Override
    NtStatus performAtOnce(Irp irp) {
      perform(irp);
      return NtStatus.PENDING;
    }

    @Override
    void beginBurst() {
      bursts++;
    }

    @Override
    void endBurst() {}

    @Override
    void perform(Irp irp) {
      log.add("perform " + irp.context().argument);
    }

    @Override
    void cancelOnLoop(Irp irp) {
      log.add("cancel " + irp.context().argument);
    }

    @Override
    SocketState state() {
      return state;
    }

    @Override
    void dieOnLoop() {
      log.add("dead");
    }

    @Override
    void afterLoop() {
      log.add("abandoned");
    }

    @Override
    void closeOnLoop() {
      log.add("closed");
    }
  }

  private Irp request(TestScope scope, String name, Operation operation, Runnable routine) {
    Irp irp = scope.irp();
    irp.setCompletionRoutine(
        (done, context) -> {
          channel.log.add(name + " " + done.status().name());
          routine.run();
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    irp.begin(channel);
    irp.context().argument = name;
    operation.mark(irp);
    return irp;
  }

  private Irp request(TestScope scope, String name, Operation operation) {
    return request(scope, name, operation, () -> {});
  }

  /** Waits for what the loop has to do, and lets what is in flight end. */
  private List<String> happened(Irp... inFlight) throws Exception {
    loop.submit(() -> {}).get();
    List<String> all = loop.submit(() -> List.copyOf(channel.log)).get();
    for (Irp irp : inFlight) {
      irp.complete(NtStatus.SUCCESS);
    }
    return all;
  }

  /** Keeps the loop busy until it is told to go on. */
  private CountDownLatch blocked() {
    CountDownLatch goOn = new CountDownLatch(1);
    loop.execute(
        () -> {
          try {
            goOn.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    return goOn;
  }

  @Test
  void shouldPerformABurstInItsOrder(TestScope scope) throws Exception {
    CountDownLatch goOn = blocked();
    Irp[] irps = new Irp[5];
    for (int i = 0; i < irps.length; i++) {
      irps[i] = request(scope, "r" + i, Operation.SEND);
      assertThat(channel.submit(irps[i])).isSameAs(NtStatus.PENDING);
    }
    goOn.countDown();

    assertThat(happened(irps))
        .containsExactly("perform r0", "perform r1", "perform r2", "perform r3", "perform r4");
    assertThat(channel.bursts).isOne();
  }

  /** A routine that makes a call on the loop finds all that came before it performed, in order. */
  @Test
  void shouldKeepTheOrderWhenARoutineCallsBack(TestScope scope) throws Exception {
    CountDownLatch goOn = blocked();
    Irp late = request(scope, "late", Operation.SEND);
    Irp cancelled =
        request(
            scope,
            "cancelled",
            Operation.SEND,
            () -> {
              Background.run("client", () -> channel.submit(late)).result();
              channel.catchUp();
              channel.log.add("called");
            });
    Irp second = request(scope, "second", Operation.SEND);
    Irp third = request(scope, "third", Operation.SEND);
    for (Irp irp : List.of(cancelled, second, third)) {
      channel.submit(irp);
    }
    cancelled.cancel();
    goOn.countDown();

    assertThat(happened(late, second, third))
        .startsWith(
            "cancelled CANCELLED", "perform second", "perform third", "perform late", "called");
  }

  @Test
  void shouldPerformACallBehindWhatCameBeforeAndAheadOfWhatThatCalls(TestScope scope)
      throws Exception {
    CountDownLatch goOn = blocked();
    Irp nested = request(scope, "nested", Operation.SEND);
    Irp before = request(scope, "before", Operation.SEND, () -> channel.performInline(nested));
    Irp call = request(scope, "call", Operation.SEND);
    loop.execute(() -> channel.performInline(call));
    channel.submit(before);
    before.cancel();
    goOn.countDown();

    assertThat(happened(call, nested))
        .startsWith("before CANCELLED", "perform call", "perform nested");
  }

  @Test
  void shouldNotNestWithoutEndOverABurstOfCancelledRequests(TestScope scope) throws Exception {
    int count = 20_000;
    CountDownLatch goOn = blocked();
    int[] deepest = new int[1];
    for (int i = 0; i < count; i++) {
      Irp irp =
          request(
              scope,
              "r",
              Operation.RECEIVE,
              () -> {
                deepest[0] = Math.max(deepest[0], DispatchLevel.current().depth());
                channel.catchUp();
              });
      channel.submit(irp);
      irp.cancel();
    }
    goOn.countDown();

    assertThat(happened()).filteredOn("r CANCELLED"::equals).hasSize(count);
    assertThat(deepest[0]).isBetween(2, 17);
  }

  @Test
  void shouldCancelADisconnectWhoseCancellationCameBeforeIt(TestScope scope) throws Exception {
    Irp end = request(scope, "end", Operation.DISCONNECT);
    end.cancel();
    // Nothing was there to be cancelled.
    assertThat(happened()).containsExactly("cancel end");
    channel.submit(end);

    assertThat(happened(end)).containsExactly("cancel end", "perform end", "cancel end");
  }

  @Test
  void shouldCloseWhenTheCallsUnderWayHaveReturned() throws Exception {
    assertThat(channel.enter()).isTrue();
    channel.runDownCalls();
    assertThat(channel.enter()).isFalse();
    assertThat(happened()).isEmpty();
    channel.leave();
    assertThat(happened()).containsExactly("closed");
  }

  @Test
  void shouldPerformWhatWasHandedOverBeforeItCloses(TestScope scope) throws Exception {
    CountDownLatch goOn = blocked();
    assertThat(channel.enter()).isTrue();
    channel.runDownCalls();
    Irp last = request(scope, "last", Operation.SEND);
    channel.submit(last);
    channel.leave();
    goOn.countDown();
    assertThat(happened(last)).containsExactly("perform last", "closed");
  }
}
