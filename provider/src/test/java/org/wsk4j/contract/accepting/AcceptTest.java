package org.wsk4j.contract.accepting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AcceptTest {
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;

  @EachTransport
  @Rule({"ACC-01", "ACC-11", "ACC-60", "IRP-51"})
  void shouldTakeWaitingConnectionsOldestFirst(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      peers.add(client.peer(listener));
    }
    client.drain();
    for (Peer peer : peers) {
      WskConnectionSocket socket = client.accept(listener, null, null);
      assertThat(client.remote(socket)).isEqualTo(peer.localAddress());
      client.close(socket);
    }
    client.close(listener);
  }

  @EachTransport
  @Rule({"ACC-02", "ACC-03", "ACC-09", "ACC-10", "IRP-71"})
  void shouldServeQueuedRequestsInTheirOrder(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    List<Irp> irps = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      irps.add(client.pend(irp -> listener.accept(0, null, null, null, null, irp)));
    }
    client.drain();
    assertThat(irps).noneMatch(Irp::isCompleted);
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      peers.add(client.peer(listener));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(client.result(NtStatus.PENDING, irps.get(i))).isEqualTo(NtStatus.SUCCESS);
      WskConnectionSocket socket = irps.get(i).object(WskConnectionSocket.class);
      assertThat(client.remote(socket)).isEqualTo(peers.get(i).localAddress());
      client.close(socket);
    }
    client.drain();
    assertThat(irps.get(3).isCompleted()).isFalse();
    client.close(listener);
    assertThat(irps.get(3).status()).isEqualTo(NtStatus.CANCELLED);
  }

  @EachTransport
  @Rule({"ACC-04", "ACC-05", "ACC-06", "ACC-18", "ACC-62"})
  void shouldGiveNothingWhenItFails(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket unbound = client.listener(AddressFamily.INET, null, null);
    SocketAddress before = TestClient.loopback(AddressFamily.INET, 1);
    Out<SocketAddress> local = new Out<>(before);
    Out<SocketAddress> remote = new Out<>(before);
    assertThat(client.result(irp -> unbound.accept(0, null, null, local, remote, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    WskListeningSocket listener = client.listening();
    Irp pending = client.pend(irp -> listener.accept(0, null, null, local, remote, irp));
    client.close(unbound, listener);
    assertThat(client.result(NtStatus.PENDING, pending)).isEqualTo(NtStatus.CANCELLED);
    assertThat(pending.object()).isNull();
    assertThat(pending.information()).isZero();
    assertThat(local.get()).isSameAs(before);
    assertThat(remote.get()).isSameAs(before);
  }

  @EachTransport
  @Rule({"ACC-07", "ACC-12", "ACC-13", "ACC-14"})
  void shouldGiveAConnectedSocket(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    Peer peer = client.peer(listener);
    Irp accept =
        client.succeed(
            irp -> listener.accept(WskFlags.CONNECTION_SOCKET | 0x80, null, null, null, null, irp));
    WskConnectionSocket socket = accept.object(WskConnectionSocket.class);
    SocketAddress elsewhere = client.local(listener);
    assertThat(client.result(irp -> socket.bind(elsewhere, 0, irp)))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_ASSOCIATED);
    assertThat(client.result(irp -> socket.connect(elsewhere, 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_ACTIVE);
    assertThat(client.result(irp -> socket.connectEx(elsewhere, null, 0, irp)).isError()).isTrue();
    client.send(socket, (byte) 1);
    assertThat(peer.read(1)).containsExactly(1);
    peer.send((byte) 2);
    assertThat(client.receive(socket, 1)).containsExactly(2);
    client.close(socket, listener);
  }

  @EachTransportAndFamily
  @Rule({"ACC-15", "ACC-16", "ACC-17", "ACC-19", "ACC-20"})
  void shouldTellTheAddresses(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    WskListeningSocket listener = client.listener(number, null, null);
    client.succeed(irp -> listener.bind(TestClient.any(number, 0), 0, irp));
    int port = client.local(listener).getPort();
    for (int wanted = 0; wanted < 4; wanted++) {
      Out<SocketAddress> local = (wanted & 1) != 0 ? new Out<>() : null;
      Out<SocketAddress> remote = (wanted & 2) != 0 ? new Out<>() : null;
      Peer peer = Peer.connect(TestClient.loopback(number, port), scope);
      Irp irp = client.succeed(one -> listener.accept(0, null, null, local, remote, one));
      WskConnectionSocket socket = irp.object(WskConnectionSocket.class);
      assertThat(client.local(socket)).isEqualTo(TestClient.loopback(number, port));
      assertThat(client.remote(socket)).isEqualTo(peer.localAddress());
      assertThat(SocketAddresses.family(client.remote(socket))).isEqualTo(number);
      assertThat(SocketAddresses.family(client.local(socket))).isEqualTo(number);
      if (local != null) {
        assertThat(local.get()).isEqualTo(client.local(socket));
      }
      if (remote != null) {
        assertThat(remote.get()).isEqualTo(client.remote(socket));
      }
      client.close(socket);
    }
    client.close(listener);
  }

  @EachTransport
  @Rule({"ACC-21", "ACC-22", "ACC-25", "ACC-26", "LSN-56"})
  void shouldUseContextAndTableOfTheRequest(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    client.control(listener, RECEIVE);
    Recorder recorder = new Recorder();
    Object context = new Object();
    Peer peer = client.peer(listener);
    peer.send((byte) 1);
    client.drain();
    WskConnectionSocket socket = client.accept(listener, context, recorder.dispatch());
    client.drain();
    assertThat(recorder.count()).isZero();
    assertThat(client.control(socket, RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    Recorder.Data data = recorder.next();
    assertThat(data.context()).isSameAs(context);
    assertThat(data.copy()).containsExactly(1);
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"ACC-23", "ACC-24", "EVT-15", "EVT-16"})
  void shouldWorkWithoutCallbacks(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    Pair none = client.acceptedPair(listener);
    assertThat(client.control(none.socket(), RECEIVE)).isEqualTo(NtStatus.INVALID_PARAMETER);
    none.peer().send((byte) 1);
    assertThat(client.receive(none.socket(), 1)).containsExactly(1);
    Recorder recorder = new Recorder();
    WskClientConnectionDispatch receiveOnly =
        new WskClientConnectionDispatch(recorder.dispatch().receiveEvent(), null, null);
    Peer peer = client.peer(listener);
    WskConnectionSocket some = client.accept(listener, null, receiveOnly);
    assertThat(client.control(some, RECEIVE | WskEventCallbackControl.DISCONNECT))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    peer.send((byte) 2);
    client.drain();
    assertThat(recorder.count()).isZero();
    assertThat(client.control(some, RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    recorder.next();
    peer.endOutput();
    assertThat(client.receive(some, 1)).isEmpty();
    client.close(none.socket(), some, listener);
  }

  @EachTransport
  @Rule("ACC-61")
  void shouldLoseNoConnectionWhenARequestIsCancelled(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    Irp first = client.pend(irp -> listener.accept(0, null, null, null, null, irp));
    Irp second = client.pend(irp -> listener.accept(0, null, null, null, null, irp));
    first.cancel();
    assertThat(client.result(NtStatus.PENDING, first)).isEqualTo(NtStatus.CANCELLED);
    Peer peer = client.peer(listener);
    assertThat(client.result(NtStatus.PENDING, second)).isEqualTo(NtStatus.SUCCESS);
    WskConnectionSocket socket = second.object(WskConnectionSocket.class);
    assertThat(client.remote(socket)).isEqualTo(peer.localAddress());
    client.close(socket, listener);
  }

  @EachTransport
  @Rule("ACC-66")
  void shouldCopeWithPeersThatResetBeforeTheyAreAccepted(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    client.peer(listener).reset();
    client.drain();
    Peer good = client.peer(listener);
    Irp irp = client.succeed(one -> listener.accept(0, null, null, null, null, one));
    WskConnectionSocket socket = irp.object(WskConnectionSocket.class);
    if (!client.remote(socket).equals(good.localAddress())) {
      assertThat(client.result(one -> socket.receive(WskBuf.of(new byte[1]), 0, one)))
          .isEqualTo(NtStatus.CONNECTION_RESET);
      WskConnectionSocket next = client.accept(listener, null, null);
      assertThat(client.remote(next)).isEqualTo(good.localAddress());
      client.close(next);
    }
    client.close(socket, listener);
  }
}
