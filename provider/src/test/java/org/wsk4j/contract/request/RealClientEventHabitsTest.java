package org.wsk4j.contract.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/**
 * What published WSK clients do in and around event callbacks, and so lean on: C11 to C14, C16 to
 * C18, C21, C24, X1, X3 to X5, X12 and X13 of the habits that were found in them.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RealClientEventHabitsTest {
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;

  @EachTransport
  @Rule({"ACC-44", "ACC-45"})
  void shouldLetAnotherThreadUseASocketThatIsJustOfferedC11X5(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    ExecutorService worker = scope.thread("worker");
    Recorder recorder = new Recorder();
    byte[] first = new byte[1];
    Irp received = client.irp();
    Irp enabled = client.irp();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              WskConnectionSocket socket = call.require();
              worker.submit(() -> socket.receive(WskBuf.of(first), 0, received)).get();
              worker.submit(() -> client.control(socket, RECEIVE, enabled)).get();
              // Only now does the client say what its context and its callbacks are.
              call.socketContext().set("late");
              call.socketDispatch().set(recorder.dispatch());
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(acceptor);
    Peer peer = client.peer(listener);
    WskConnectionSocket socket = client.watch(acceptor.next().require());
    assertThat(client.result(NtStatus.PENDING, enabled)).isEqualTo(NtStatus.SUCCESS);
    peer.send((byte) 1, (byte) 2);
    assertThat(client.result(NtStatus.PENDING, received)).isEqualTo(NtStatus.SUCCESS);
    assertThat(first).containsExactly(1);
    Recorder.Data data = recorder.next();
    assertThat(data.copy()).containsExactly(2);
    assertThat(data.context()).isEqualTo("late");
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"CLI-65", "RCV-43"})
  void shouldCallBackWithTheContextBeforeTheSocketIsStoredC12(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(client.statics(RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    Recorder recorder = new Recorder();
    WskListeningSocket listener = client.listening();
    Irp accept =
        client.pend(irp -> listener.accept(0, "mine", recorder.dispatch(), null, null, irp));
    Peer peer = client.peer(listener);
    peer.send((byte) 1);
    Recorder.Data data = recorder.next();
    assertThat(data.context()).isEqualTo("mine");
    assertThat(data.copy()).containsExactly(1);
    assertThat(client.result(NtStatus.PENDING, accept)).isEqualTo(NtStatus.SUCCESS);
    client.close(accept.object(WskConnectionSocket.class), listener);
  }

  @EachTransport
  @Rule({"EVT-34", "RCV-79", "EVT-09"})
  void shouldKeepDataForAnEventThatIsEnabledLaterC13X1(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder connected = new Recorder();
    Pair pair = client.pair(AddressFamily.INET, null, connected.dispatch());
    pair.peer().send((byte) 1);
    client.drain();
    // Some clients pass an IRP and wait for it.
    client.succeed(irp -> client.control(pair.socket(), RECEIVE, irp));
    assertThat(connected.bytes(1)).containsExactly(1);

    Recorder accepted = new Recorder();
    WskListeningSocket listener = client.listening();
    Peer peer = client.peer(listener);
    peer.send((byte) 2);
    WskConnectionSocket socket = client.accept(listener, null, accepted.dispatch());
    client.drain();
    assertThat(accepted.count()).isZero();
    assertThat(client.control(socket, RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(accepted.bytes(1)).containsExactly(2);
    client.close(pair.socket(), socket, listener);
  }

  @EachTransport
  @Rule({"CON-56", "EVT-34"})
  void shouldEnableInTheRoutineOfTheConnectC13(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Acceptor acceptor = new Acceptor();
    WskListeningSocket listener = client.listening(acceptor);
    CompletableFuture<NtStatus> enabled = new CompletableFuture<>();
    Routine routine =
        new Routine(
            (irp, context) -> {
              WskConnectionSocket made = irp.object(WskConnectionSocket.class);
              enabled.complete(client.control(made, RECEIVE));
              return NtStatus.MORE_PROCESSING_REQUIRED;
            });
    Irp irp = routine.on(client.irp());
    client.socketConnect(client.local(listener), null, recorder.dispatch(), irp);
    assertThat(enabled.get(10, TimeUnit.SECONDS)).isEqualTo(NtStatus.SUCCESS);
    WskConnectionSocket socket = client.watch(irp.object(WskConnectionSocket.class));
    WskConnectionSocket other = client.watch(acceptor.next().require());
    client.send(other, (byte) 7);
    assertThat(recorder.bytes(1)).containsExactly(7);
    client.close(socket, other, listener);
  }

  @EachTransport
  @Rule({"RCV-51", "RCV-50"})
  void shouldPresetWhatIsAcceptedAndIndicateSeriallyC14C21(Transport on, TestScope scope)
      throws Exception {
    int size = 2_000_000;
    TestClient client = TestClient.on(on, scope);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Long> odd = new CopyOnWriteArrayList<>();
    Recorder recorder =
        new Recorder(
            data -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              if (data.accepted().get() != data.bytes()) {
                odd.add(data.accepted().get());
              }
              running.decrementAndGet();
              return NtStatus.SUCCESS;
            });
    Pair pair = client.pair(recorder);
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(
            () -> {
              try {
                pair.peer().send(Bytes.pattern(3, size));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            scope.thread("sender"));
    // Calls from other threads must not start a second indication beside the first.
    while (!sent.isDone()) {
      assertThat(client.control(pair.socket(), RECEIVE)).isEqualTo(NtStatus.SUCCESS);
      client.succeed(irp -> pair.socket().getLocalAddress(new Out<>(), irp));
    }
    assertThat(recorder.bytes(size)).isEqualTo(Bytes.pattern(3, size));
    assertThat(odd).isEmpty();
    assertThat(most).hasValue(1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"REL-12", "REL-13", "REL-15"})
  void shouldReleaseChainsThatAreGluedAndCutC16X4(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder(data -> NtStatus.PENDING);
    Pair pair = client.pair(recorder);
    WskDataIndication[] lists = new WskDataIndication[3];
    for (int i = 0; i < 3; i++) {
      pair.peer().send(Bytes.pattern(i, 100));
      lists[i] = recorder.next().list();
    }
    // One chain across three callbacks, of which the client consumes a prefix.
    last(lists[0]).setNext(lists[1]);
    last(lists[1]).setNext(lists[2]);
    assertThat(Bytes.of(lists[0]))
        .isEqualTo(Bytes.join(Bytes.pattern(0, 100), Bytes.pattern(1, 100), Bytes.pattern(2, 100)));
    cutBefore(lists[0], lists[2]);
    assertThat(pair.socket().release(lists[0])).isEqualTo(NtStatus.SUCCESS);
    assertThat(Bytes.of(lists[2])).isEqualTo(Bytes.pattern(2, 100));
    assertThat(pair.socket().release(lists[2])).isEqualTo(NtStatus.SUCCESS);
    assertThat(pair.socket().release(lists[1])).isEqualTo(NtStatus.INVALID_PARAMETER);
    client.close(pair.socket());
  }

  private static WskDataIndication last(WskDataIndication list) {
    WskDataIndication each = list;
    for (WskDataIndication next = each.next(); next != null; next = each.next()) {
      each = next;
    }
    return each;
  }

  private static void cutBefore(WskDataIndication list, WskDataIndication element) {
    WskDataIndication each = list;
    for (WskDataIndication next = each.next(); next != element; next = each.next()) {
      if (next == null) {
        throw new AssertionError("the element is not in the list");
      }
      each = next;
    }
    each.setNext(null);
  }

  @EachTransport
  @Rule({"IRP-48", "IRP-49", "IRP-50"})
  void shouldEndEverythingBeforeTheCloseCompletesC17(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Recorder recorder =
        new Recorder(
            data -> {
              inside.countDown();
              assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
              return NtStatus.SUCCESS;
            });
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 1);
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    Irp received = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp));
    Irp closed = client.pend(pair.socket()::closeSocket);
    assertThat(closed.isCompleted()).isFalse();
    goOn.countDown();
    assertThat(client.result(NtStatus.PENDING, closed)).isEqualTo(NtStatus.SUCCESS);
    assertThat(received.isCompleted()).isTrue();
    assertThat(client.result(NtStatus.PENDING, received)).isEqualTo(NtStatus.CANCELLED);
    assertThat(recorder.count()).isEqualTo(1);
  }

  @EachTransport
  @Rule({"EVT-52", "EVT-53", "IRP-66"})
  void shouldIssueRequestsInCallbacksButNotWaitC18X13(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair old = client.pair();
    CompletableFuture<Void> refused = new CompletableFuture<>();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              // Nobody looks at this IRP any more: fire and forget.
              old.socket().closeSocket(Irp.allocate());
              Irp sent = client.irp();
              call.require().send(WskBuf.of(new byte[] {5}), 0, sent);
              Irp never = client.irp();
              call.require().receive(WskBuf.of(new byte[1]), 0, never);
              assertThatThrownBy(never::await).isInstanceOf(IllegalStateException.class);
              refused.complete(null);
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(acceptor);
    Peer peer = client.peer(listener);
    WskConnectionSocket socket = client.watch(acceptor.next().require());
    assertThat(refused).isCompleted();
    assertThat(peer.read(1)).containsExactly(5);
    assertThat(old.peer().isReset()).isTrue();
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"ACC-47", "ACC-51", "ACC-53"})
  void shouldTakeAnyOtherAnswerForARejectionC24X3(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Acceptor acceptor = new Acceptor(call -> NtStatus.UNSUCCESSFUL);
    WskListeningSocket listener = client.listening(acceptor);
    assertThat(client.peer(listener).isReset()).isTrue();
    acceptor.next();
    acceptor.then(call -> NtStatus.SUCCESS);
    Peer peer = client.peer(listener);
    WskConnectionSocket socket = client.watch(acceptor.next().require());
    peer.send((byte) 1);
    assertThat(client.receive(socket, 1)).containsExactly(1);
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"RCV-71", "RCV-41", "RCV-72"})
  void shouldResumeByAReceiveAfterAnOddAnswerC24X12(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder(data -> NtStatus.DEVICE_NOT_READY);
    Pair pair = client.pair(recorder);
    byte[] first = new byte[1];
    Irp received = client.pend(irp -> pair.socket().receive(WskBuf.of(first), 0, irp));
    pair.peer().send((byte) 1);
    assertThat(client.result(NtStatus.PENDING, received)).isEqualTo(NtStatus.SUCCESS);
    assertThat(first).containsExactly(1);
    client.drain();
    assertThat(recorder.count()).isZero();

    pair.peer().send((byte) 2);
    assertThat(recorder.next().copy()).containsExactly(2);
    pair.peer().send((byte) 3);
    client.drain();
    assertThat(recorder.count()).isEqualTo(1);
    recorder.then(data -> NtStatus.SUCCESS);
    client.succeed(irp -> pair.socket().receive(WskBuf.of(new byte[0]), 0, irp));
    assertThat(recorder.bytes(2)).containsExactly(2, 3);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("RCV-72")
  void shouldPreferAReceiveThatWasMadeBeforeItsDataX12(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Recorder recorder = new Recorder(data -> hold(inside, goOn));
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 1);
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    // The event loop is busy, but the request was made, and its data comes after it.
    byte[] memory = new byte[1];
    Irp received = client.pend(irp -> pair.socket().receive(WskBuf.of(memory), 0, irp));
    pair.peer().send((byte) 2);
    goOn.countDown();
    assertThat(client.result(NtStatus.PENDING, received)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory).containsExactly(2);
    client.drain();
    assertThat(recorder.count()).isEqualTo(1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("ACC-29")
  void shouldPreferAnAcceptThatWasMadeBeforeItsConnectionX12(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Acceptor acceptor = new Acceptor(call -> hold(inside, goOn));
    WskListeningSocket listener = client.listening(acceptor);
    client.peer(listener);
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    Irp accepted = client.pend(irp -> listener.accept(0, null, null, null, null, irp));
    Peer second = client.peer(listener);
    goOn.countDown();
    assertThat(client.result(NtStatus.PENDING, accepted)).isEqualTo(NtStatus.SUCCESS);
    WskConnectionSocket socket = accepted.object(WskConnectionSocket.class);
    assertThat(client.remote(socket)).isEqualTo(second.localAddress());
    client.drain();
    assertThat(acceptor.count()).isEqualTo(1);
    client.close(socket, acceptor.next().require(), listener);
  }

  private static NtStatus hold(CountDownLatch inside, CountDownLatch goOn)
      throws InterruptedException {
    inside.countDown();
    assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
    return NtStatus.SUCCESS;
  }
}
