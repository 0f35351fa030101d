package org.wsk4j.contract.closing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CloseTest {
  private static final int INET = AddressFamily.INET;

  @EachTransport
  @Rule({"CLS-01", "CLS-03", "CLS-04", "CLS-05"})
  void shouldCloseInEveryState(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    List<WskSocket> sockets = new ArrayList<>();
    sockets.add(client.listener(INET, null, null));
    sockets.add(client.listening());
    sockets.add(client.connection(INET, null, null));
    sockets.add(client.bound());
    WskConnectionSocket connecting = client.bound();
    SocketAddress busy = Peer.busy(TestClient.loopback(INET, 0), scope);
    client.pend(irp -> connecting.connect(busy, 0, irp));
    sockets.add(connecting);
    sockets.add(client.pair().socket());
    for (int flags : new int[] {0, WskFlags.ABORTIVE}) {
      WskConnectionSocket ended = client.pair().socket();
      client.succeed(irp -> ended.disconnect(null, flags, irp));
      sockets.add(ended);
    }
    for (WskSocket socket : sockets) {
      Irp irp = client.irp();
      NtStatus returned = socket.closeSocket(irp);
      assertThat(client.result(returned, irp)).isEqualTo(NtStatus.SUCCESS);
      assertThat(irp.information()).isZero();
    }
    assertThat(client.openSockets()).isZero();
  }

  @EachTransport
  @Rule({"CLS-02", "IRP-02"})
  void shouldCloseAtOnceWhereNothingHasToEnd(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Irp irp = client.irp();
    client
        .functions()
        .socket(
            client.client(),
            INET,
            SocketType.STREAM,
            Protocol.TCP,
            WskFlags.BASIC_SOCKET,
            null,
            null,
            null,
            null,
            null,
            irp);
    assertThat(irp.object(WskSocket.class).closeSocket(irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.SUCCESS, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.openSockets()).isZero();
  }

  @EachTransport
  @Rule("CLS-06")
  void shouldNeedAnIrp(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    assertThat(pair.socket().closeSocket(null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    client.send(pair.socket(), (byte) 1);
    assertThat(pair.peer().read(1)).containsExactly(1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"CLS-08", "CLS-09", "CLS-10", "IRP-50"})
  void shouldCompleteLastOfAll(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    List<Irp> pending = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pending.add(client.pend(irp -> listener.accept(0, null, null, null, null, irp)));
    }
    closeAndLook(client, listener, pending);
    Pair pair = client.narrowPair();
    List<Irp> transfers = new ArrayList<>();
    byte[] much = new byte[TestClient.TOO_MUCH];
    transfers.add(client.pend(irp -> pair.socket().send(WskBuf.of(much), 0, irp)));
    transfers.add(client.pend(irp -> pair.socket().disconnect(null, 0, irp)));
    transfers.add(
        client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[9]), WskFlags.WAITALL, irp)));
    transfers.add(client.pend(irp -> pair.socket().receive(new WskBuf(), WskFlags.DRAIN, irp)));
    closeAndLook(client, pair.socket(), transfers);
  }

  private static void closeAndLook(TestClient client, WskSocket socket, List<Irp> pending)
      throws InterruptedException {
    AtomicBoolean last = new AtomicBoolean();
    Irp close = client.irp();
    client.onCompletion(
        close,
        irp -> {
          last.set(pending.stream().allMatch(Irp::isCompleted));
        });
    assertThat(client.result(socket.closeSocket(close), close)).isEqualTo(NtStatus.SUCCESS);
    assertThat(last).isTrue();
    for (Irp irp : pending) {
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.CANCELLED);
      assertThat(irp.information()).isZero();
    }
  }

  @EachTransport
  @Rule({"CLS-11", "CLS-12", "CLS-13", "CLS-33"})
  void shouldWaitForTheCallbackThatRuns(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicBoolean returned = new AtomicBoolean();
    Recorder recorder =
        new Recorder(
            data -> {
              inside.countDown();
              leave.await();
              returned.set(true);
              return NtStatus.SUCCESS;
            });
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 1);
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    Irp disable =
        client.pend(
            irp ->
                client.control(
                    pair.socket(),
                    WskEventCallbackControl.RECEIVE | WskEventCallbackControl.DISABLE,
                    irp));
    AtomicBoolean after = new AtomicBoolean();
    AtomicBoolean disabledBefore = new AtomicBoolean();
    Irp close = client.irp();
    client.onCompletion(
        close,
        irp -> {
          after.set(returned.get());
          disabledBefore.set(disable.isCompleted());
        });
    assertThat(pair.socket().closeSocket(close)).isEqualTo(NtStatus.PENDING);
    pair.peer().send((byte) 2);
    pair.peer().endOutput();
    assertThat(close.isCompleted()).isFalse();
    leave.countDown();
    assertThat(client.result(NtStatus.PENDING, close)).isEqualTo(NtStatus.SUCCESS);
    assertThat(after).isTrue();
    assertThat(disabledBefore).isTrue();
    assertThat(disable.status()).isEqualTo(NtStatus.SUCCESS);
    client.drain();
    assertThat(recorder.count()).isEqualTo(1);
    assertThat(recorder.ends()).isEmpty();
  }

  @EachTransport
  @Rule({"CLS-15", "CLS-16"})
  void shouldCloseInsideEveryCallback(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicReference<WskSocket> socket = new AtomicReference<>();
    AtomicReference<NtStatus> returned = new AtomicReference<>();
    AtomicReference<Throwable> refused = new AtomicReference<>();
    Irp inReceive = client.irp();
    Recorder recorder =
        new Recorder(
            data -> {
              returned.set(socket.get().closeSocket(inReceive));
              try {
                inReceive.await();
              } catch (IllegalStateException e) {
                refused.set(e);
              }
              return NtStatus.DATA_NOT_ACCEPTED;
            });
    Pair pair = client.pair(recorder);
    socket.set(pair.socket());
    pair.peer().send((byte) 1);
    recorder.next();
    assertThat(client.result(returned.get(), inReceive)).isEqualTo(NtStatus.SUCCESS);
    assertThat(refused.get()).isNotNull();
    // The listener and the socket that it offers, both inside the accept event.
    Irp listening = client.irp();
    Irp offered = client.irp();
    AtomicReference<WskListeningSocket> listener = new AtomicReference<>();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              call.require().closeSocket(offered);
              listener.get().closeSocket(listening);
              return NtStatus.SUCCESS;
            });
    WskListeningSocket made = client.listening(INET, null, acceptor.dispatch());
    listener.set(made);
    client.control(made, WskEventCallbackControl.ACCEPT);
    Peer peer = client.peer(made);
    acceptor.next();
    assertThat(client.result(NtStatus.PENDING, listening)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.PENDING, offered)).isEqualTo(NtStatus.SUCCESS);
    assertThat(peer.isReset()).isTrue();
  }

  @EachTransport
  @Rule("CLS-17")
  void shouldCloseInsideARoutine(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Irp close = client.irp();
    Irp receive = client.irp();
    Irp second = client.irp();
    client.onCompletion(
        receive,
        irp -> {
          pair.socket().closeSocket(close);
        });
    pair.socket().receive(WskBuf.of(new byte[1]), 0, receive);
    pair.socket().receive(WskBuf.of(new byte[1]), 0, second);
    pair.peer().send((byte) 1);
    assertThat(client.result(NtStatus.PENDING, receive)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.PENDING, close)).isEqualTo(NtStatus.SUCCESS);
    assertThat(second.status()).isEqualTo(NtStatus.CANCELLED);
  }

  @EachTransport
  @Rule({"CLS-20", "CLS-21", "SOC-52"})
  void shouldRefuseEverythingLater(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Recorder recorder =
        new Recorder(
            data -> {
              inside.countDown();
              leave.await();
              return NtStatus.SUCCESS;
            });
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 1);
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    Irp close = client.pend(pair.socket()::closeSocket);
    List<NtStatus> during = everything(client, pair.socket());
    leave.countDown();
    assertThat(during).containsOnly(NtStatus.FILE_FORCED_CLOSED);
    assertThat(client.result(NtStatus.PENDING, close)).isEqualTo(NtStatus.SUCCESS);
    assertThat(everything(client, pair.socket())).containsOnly(NtStatus.INVALID_HANDLE);
    WskListeningSocket listener = client.listening();
    client.close(listener);
    Out<SocketAddress> place = new Out<>();
    List<NtStatus> after = new ArrayList<>();
    after.add(client.result(listener::closeSocket));
    after.add(client.result(irp -> listener.bind(TestClient.any(INET, 0), 0, irp)));
    after.add(client.result(irp -> listener.accept(0, null, null, null, null, irp)));
    after.add(client.result(irp -> listener.getLocalAddress(place, irp)));
    after.add(client.control(listener, WskEventCallbackControl.RECEIVE));
    assertThat(after).containsOnly(NtStatus.INVALID_HANDLE);
    assertThat(place.get()).isNull();
  }

  private static List<NtStatus> everything(TestClient client, WskConnectionSocket socket)
      throws InterruptedException {
    SocketAddress address = TestClient.any(INET, 0);
    SocketAddress target = TestClient.loopback(INET, 9);
    Out<SocketAddress> place = new Out<>();
    WskBuf one = WskBuf.of(new byte[1]);
    List<NtStatus> answers = new ArrayList<>();
    answers.add(client.result(socket::closeSocket));
    answers.add(client.result(irp -> socket.bind(address, 0, irp)));
    answers.add(client.result(irp -> socket.connect(target, 0, irp)));
    answers.add(client.result(irp -> socket.getLocalAddress(place, irp)));
    answers.add(client.result(irp -> socket.getRemoteAddress(place, irp)));
    answers.add(client.result(irp -> socket.send(one, 0, irp)));
    answers.add(client.result(irp -> socket.receive(one, 0, irp)));
    answers.add(client.result(irp -> socket.disconnect(null, 0, irp)));
    answers.add(client.result(irp -> socket.disconnect(null, WskFlags.ABORTIVE, irp)));
    answers.add(client.control(socket, WskEventCallbackControl.RECEIVE));
    assertThat(place.get()).isNull();
    return answers;
  }

  @EachTransport
  @Rule({"CLS-22", "CLS-23", "CLS-24"})
  void shouldResetWhatIsNotEnded(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair open = client.pair();
    client.close(open.socket());
    assertThat(open.peer().isReset()).isTrue();
    // Behind our end of the stream the peer sees the reset when it sends.
    Pair ours = client.pair();
    client.succeed(irp -> ours.socket().disconnect(null, 0, irp));
    client.close(ours.socket());
    assertThat(failsToSend(ours.peer())).isTrue();
    Pair theirs = client.pair();
    theirs.peer().endOutput();
    assertThat(client.receive(theirs.socket(), 1)).isEmpty();
    client.close(theirs.socket());
    assertThat(theirs.peer().isReset()).isTrue();
  }

  private static boolean failsToSend(Peer peer) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    try {
      while (System.nanoTime() < end) {
        peer.send((byte) 1);
        Thread.onSpinWait();
      }
      return false;
    } catch (java.io.IOException e) {
      return true;
    }
  }

  @EachTransport
  @Rule({"CLS-35", "CLS-36", "SOC-78"})
  void shouldHoldTheClientUntilAllSocketsAreClosed(Transport on, TestScope scope) throws Exception {
    TestClient outer = TestClient.on(on, scope);
    WskListeningSocket listener = outer.listening();
    Pair pair = outer.acceptedPair(listener);
    outer.close(listener);
    Thread leaving = new Thread(outer.registration()::deregister, "leaving");
    outer.registration().releaseProviderNpi();
    leaving.start();
    outer.drain();
    assertThat(leaving.isAlive()).isTrue();
    outer.close(pair.socket());
    leaving.join(10_000);
    assertThat(leaving.isAlive()).isFalse();
    outer.left();
  }
}
