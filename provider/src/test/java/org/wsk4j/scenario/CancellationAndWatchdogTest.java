package org.wsk4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/**
 * Programs that do not wait for ever (A12): WSK has no timeouts, so a timer or a thread cancels the
 * request, and the program waits for its completion all the same. The timers are fired by hand.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CancellationAndWatchdogTest {
  private static final int MUCH = TestClient.TOO_MUCH;

  private static Request accept(Scenario scenario, WskListeningSocket listener) {
    Request accept = scenario.request();
    accept.submit((irp, turn) -> listener.accept(0, null, null, null, turn.place(), irp));
    return accept;
  }

  private static WskListeningSocket listening(Scenario scenario) throws InterruptedException {
    return scenario.watch(scenario.client().listening());
  }

  private static Pair narrowPair(Scenario scenario) throws Exception {
    Pair pair = scenario.client().narrowPair();
    scenario.watch(pair.socket());
    return pair;
  }

  @EachTransport
  void shouldLoseNoConnectionToAnAcceptThatTimedOut(Transport on, TestScope scope)
      throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    WskListeningSocket listener = listening(scenario);
    Request accept = accept(scenario, listener);
    scenario.client().drain();
    assertThat(accept.isPending()).isTrue();
    accept.cancel();
    assertThat(accept.await().expect(NtStatus.CANCELLED).information()).isZero();

    Peer peer = scenario.client().peer(listener);
    Turn next = accept(scenario, listener).await().expect(NtStatus.SUCCESS);
    assertThat(next.addresses()).containsExactly(peer.localAddress());
    WskConnectionSocket socket = scenario.watch(next.object(WskConnectionSocket.class));
    peer.send((byte) 1);
    assertThat(scenario.receive(socket, 0, Memory.room(5)).await().data()).containsExactly(1);
    scenario.close(socket);
    scenario.close(listener);
  }

  @EachTransport
  void shouldLoseNoConnectionToATimerThatFiresAtTheSameTime(Transport on, TestScope scope)
      throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    WskListeningSocket listener = listening(scenario);
    InetSocketAddress at = scenario.local(listener);
    ExecutorService timer = scenario.thread("timer");
    for (int round = 0; round < 30; round++) {
      Request accept = accept(scenario, listener);
      CyclicBarrier both = new CyclicBarrier(2);
      Future<?> fired =
          timer.submit(
              () -> {
                both.await(10, TimeUnit.SECONDS);
                return accept.cancel();
              });
      both.await(10, TimeUnit.SECONDS);
      Peer peer = scenario.peer(at);
      fired.get(10, TimeUnit.SECONDS);
      Turn turn = accept.await();
      if (turn.status() != NtStatus.SUCCESS) {
        turn.expect(NtStatus.CANCELLED);
        turn = accept(scenario, listener).await().expect(NtStatus.SUCCESS);
      }
      assertThat(turn.addresses()).containsExactly(peer.localAddress());
      scenario.close(turn.object(WskConnectionSocket.class));
    }
    scenario.close(listener);
  }

  @EachTransport
  void shouldLeaveNothingOfAConnectThatAWatchdogEnded(Transport on, TestScope scope)
      throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    InetSocketAddress busy = Peer.busy(TestClient.loopback(AddressFamily.INET, 0), scope);
    long sockets = scenario.client().openSockets();
    AtomicInteger owners = new AtomicInteger(2);
    AtomicInteger freed = new AtomicInteger();
    Runnable letGo =
        () -> {
          if (owners.decrementAndGet() == 0) {
            freed.incrementAndGet();
          }
        };
    Request connect = scenario.request().then(turn -> letGo.run());
    connect.submit(irp -> scenario.client().socketConnect(busy, null, null, irp));
    scenario
        .thread("timer")
        .submit(
            () -> {
              connect.cancel();
              letGo.run();
            })
        .get(10, TimeUnit.SECONDS);
    connect.await().expect(NtStatus.CANCELLED);
    assertThat(freed).hasValue(1);
    scenario.client().drain();
    assertThat(scenario.client().openSockets()).isEqualTo(sockets);
  }

  @EachTransport
  void shouldNotMixUpATimerThatFiresTooLate(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair pair = scenario.client().pair();
    WskConnectionSocket socket = scenario.watch(pair.socket());
    ExecutorService timer = scenario.thread("timer");
    Request request = scenario.request();
    for (int round = 0; round < 30; round++) {
      Memory first = Memory.room(1);
      // Sometimes it fires inside the routine, and sometimes behind it.
      boolean within = round % 2 == 0;
      request.then(turn -> assertThat(within && request.cancel()).isFalse());
      request.submit(irp -> socket.receive(first.buffer(), 0, irp), first);
      pair.peer().send((byte) round);
      assertThat(request.await().expect(NtStatus.SUCCESS).data()).containsExactly(round);
      assertThat(timer.submit(request::cancel).get(10, TimeUnit.SECONDS)).isFalse();

      Memory second = Memory.room(1);
      request.then(turn -> {});
      request.submit(irp -> socket.receive(second.buffer(), 0, irp), second);
      scenario.client().drain();
      assertThat(request.isPending()).isTrue();
      pair.peer().send((byte) -round);
      assertThat(request.await().expect(NtStatus.SUCCESS).data()).containsExactly(-round);
    }
    scenario.close(socket);
  }

  @EachTransport
  void shouldEndACallWhoseTimerFiredBeforeIt(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair pair = scenario.client().pair();
    WskConnectionSocket socket = scenario.watch(pair.socket());
    pair.peer().send((byte) 1);
    for (boolean send : new boolean[] {true, false}) {
      Memory memory = Memory.of(new byte[] {9});
      Request request = scenario.request();
      request.cancel();
      request.submit(
          irp ->
              send ? socket.send(memory.buffer(), 0, irp) : socket.receive(memory.buffer(), 0, irp),
          memory);
      request.await().expect(NtStatus.CANCELLED);
    }
    assertThat(scenario.receive(socket, 0, Memory.room(5)).await().data()).containsExactly(1);
    scenario.send(socket, 0, new byte[] {2});
    assertThat(pair.peer().read(1)).containsExactly(2);
    scenario.close(socket);
  }

  @EachTransport
  void shouldOnlyCloseASocketWhoseConnectWasCancelled(Transport on, TestScope scope)
      throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    InetSocketAddress busy = Peer.busy(TestClient.loopback(AddressFamily.INET, 0), scope);
    WskConnectionSocket socket = scenario.watch(scenario.client().bound());
    Request connect = scenario.request();
    connect.submit(irp -> socket.connect(busy, 0, irp));
    scenario.client().drain();
    connect.cancel();
    connect.await().expect(NtStatus.CANCELLED);
    Memory memory = Memory.room(1);
    scenario
        .call(irp -> socket.receive(memory.buffer(), 0, irp), memory)
        .expect(NtStatus.INVALID_DEVICE_STATE);
    scenario.call(irp -> socket.connect(busy, 0, irp)).expect(NtStatus.INVALID_DEVICE_STATE);
    scenario.close(socket);
  }

  /** What ends a graceful disconnect that a peer holds up by not reading. */
  private enum Force {
    ABORT(NtStatus.CONNECTION_ABORTED),
    CLOSE(NtStatus.CANCELLED),
    CANCEL(NtStatus.CANCELLED);

    private final NtStatus outcome;

    Force(NtStatus outcome) {
      this.outcome = outcome;
    }
  }

  @EachTransport
  void shouldForceADisconnectThatAPeerHoldsUp(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    for (Force force : Force.values()) {
      Pair pair = narrowPair(scenario);
      WskConnectionSocket socket = pair.socket();
      Memory memory = Memory.of(Bytes.pattern(1, MUCH));
      Request send = scenario.request();
      send.submit(irp -> socket.send(memory.buffer(), 0, irp), memory);
      Request end = scenario.request();
      end.submit(irp -> socket.disconnect(null, 0, irp));
      scenario.client().drain();
      assertThat(end.isPending()).as("the disconnect, before %s", force).isTrue();
      switch (force) {
        case ABORT -> scenario.succeed(irp -> socket.disconnect(null, WskFlags.ABORTIVE, irp));
        case CLOSE -> scenario.close(socket);
        default -> end.cancel();
      }
      end.await().expect(force.outcome);
      if (force == Force.CANCEL) {
        // What was sent still goes out, and the end behind it.
        assertThat(pair.peer().readAll()).isEqualTo(Bytes.pattern(1, MUCH));
        send.await().expect(NtStatus.SUCCESS);
      } else {
        send.await().expect(force.outcome);
        assertThat(pair.peer().isReset()).isTrue();
      }
      if (force != Force.CLOSE) {
        scenario.close(socket);
      }
    }
  }

  @EachTransport
  void shouldLetThreadsGoThatWaitForASocketThatIsClosed(Transport on, TestScope scope)
      throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    WskListeningSocket listener = listening(scenario);
    Pair pair = scenario.client().pair();
    WskConnectionSocket socket = scenario.watch(pair.socket());
    Request accept = accept(scenario, listener);
    Request receive = scenario.receive(socket, 0, Memory.room(1));
    Future<NtStatus> accepting = scenario.thread("accepting").submit(() -> accept.await().status());
    Future<NtStatus> receiving =
        scenario.thread("receiving").submit(() -> receive.await().status());
    scenario.close(listener);
    scenario.close(socket);
    assertThat(accepting.get(10, TimeUnit.SECONDS)).isEqualTo(NtStatus.CANCELLED);
    assertThat(receiving.get(10, TimeUnit.SECONDS)).isEqualTo(NtStatus.CANCELLED);
  }

  @EachTransport
  void shouldCancelInsideRoutinesAndCallbacks(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair quiet = scenario.client().pair();
    scenario.watch(quiet.socket());
    Request first = scenario.receive(quiet.socket(), 0, Memory.room(1));
    Request second = scenario.receive(quiet.socket(), 0, Memory.room(1));
    Recorder recorder =
        new Recorder(
            data ->
                scenario.inside(
                    () -> {
                      second.cancel();
                      return NtStatus.SUCCESS;
                    }));
    Pair busy = scenario.client().pair(recorder);
    scenario.watch(busy.socket());
    Memory memory = Memory.of(new byte[] {1});
    scenario
        .request()
        .then(turn -> first.cancel())
        .submit(irp -> busy.socket().send(memory.buffer(), 0, irp), memory);
    first.await().expect(NtStatus.CANCELLED);
    assertThat(second.isPending()).isTrue();
    busy.peer().send((byte) 1);
    second.await().expect(NtStatus.CANCELLED);
    // And a request cancels its own successor.
    Request own = scenario.request();
    Memory again = Memory.room(1);
    own.then(
        turn -> {
          own.then(next -> {});
          own.submit(irp -> quiet.socket().receive(again.buffer(), 0, irp), again);
          own.cancel();
        });
    own.submit(irp -> quiet.socket().send(Memory.of(new byte[1]).buffer(), 0, irp));
    own.await();
    own.await();
    assertThat(own.isPending()).isFalse();
    quiet.peer().send((byte) 4);
    assertThat(scenario.receive(quiet.socket(), 0, Memory.room(5)).await().data())
        .containsExactly(4);
    scenario.close(busy.socket());
    scenario.close(quiet.socket());
  }

  @EachTransport
  void shouldCancelTheSecondOfThreeSends(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair pair = narrowPair(scenario);
    List<Request> sends = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Memory memory = Memory.of(Bytes.pattern(i, MUCH));
      Request send = scenario.request();
      send.submit(irp -> pair.socket().send(memory.buffer(), 0, irp), memory);
      sends.add(send);
    }
    scenario.client().drain();
    sends.get(1).cancel();
    sends.get(1).await().expect(NtStatus.CANCELLED);
    assertThat(pair.peer().read(2 * MUCH))
        .isEqualTo(Bytes.join(Bytes.pattern(0, MUCH), Bytes.pattern(2, MUCH)));
    assertThat(sends.get(0).await().expect(NtStatus.SUCCESS).information()).isEqualTo(MUCH);
    assertThat(sends.get(2).await().expect(NtStatus.SUCCESS).information()).isEqualTo(MUCH);
    // Of one that is on its way the rest is sent too: half a message would end the stream.
    Memory memory = Memory.of(Bytes.pattern(7, MUCH));
    Request started = scenario.request();
    started.submit(irp -> pair.socket().send(memory.buffer(), 0, irp), memory);
    scenario.client().drain();
    started.cancel();
    assertThat(pair.peer().read(MUCH)).isEqualTo(Bytes.pattern(7, MUCH));
    started.await().expect(NtStatus.SUCCESS);
    scenario.close(pair.socket());
  }

  @EachTransport
  void shouldDeliverWhatACancelledReceiveHadCollected(Transport on, TestScope scope)
      throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair pair = scenario.client().pair();
    WskConnectionSocket socket = scenario.watch(pair.socket());
    Request all = scenario.receive(socket, WskFlags.WAITALL, Memory.room(10));
    pair.peer().send((byte) 1, (byte) 2, (byte) 3);
    scenario.client().drain();
    assertThat(all.isPending()).isTrue();
    all.cancel();
    assertThat(all.await().expect(NtStatus.CANCELLED).information()).isZero();
    assertThat(scenario.receive(socket, 0, Memory.room(10)).await().data())
        .containsExactly(1, 2, 3);
    scenario.close(socket);
  }
}
