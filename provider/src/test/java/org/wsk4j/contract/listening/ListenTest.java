package org.wsk4j.contract.listening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
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
class ListenTest {
  private static final int INET = AddressFamily.INET;
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  private static final int BACKLOG = WskEventCallbackControl.SEND_BACKLOG;
  private static final int DISABLE = WskEventCallbackControl.DISABLE;

  @EachTransportAndFamily
  @Rule({"LSN-04", "LSN-11", "LSN-14", "LSN-16", "LSN-24"})
  void shouldListenOnceItIsBound(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    WskListeningSocket listener = client.listener(number, null, null);
    Irp bind = client.irp();
    NtStatus returned = listener.bind(TestClient.loopback(number, 0), 0, bind);
    assertThat(client.result(returned, bind)).isEqualTo(NtStatus.SUCCESS);
    assertThat(bind.information()).isZero();
    InetSocketAddress address = client.local(listener);
    assertThat(address.getPort()).isPositive();
    Peer peer = Peer.connect(address, scope);
    WskConnectionSocket socket = client.accept(listener, null, null);
    client.send(socket, (byte) 1);
    assertThat(peer.read(1)).containsExactly(1);
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"LSN-12", "LSN-15", "LSN-26", "LSN-27"})
  void shouldNotListenBeforeItIsBound(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket holder = client.listening();
    InetSocketAddress taken = client.local(holder);
    WskListeningSocket listener = client.listener(INET, null, null);
    Out<SocketAddress> place = new Out<>();
    assertThat(client.result(irp -> listener.getLocalAddress(place, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(irp -> listener.bind(taken, 0, irp)))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    assertThat(client.result(irp -> listener.getLocalAddress(place, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(place.get()).isNull();
    client.close(holder);
    assertThatIOException().isThrownBy(() -> Peer.connect(taken, scope));
    // A failed bind leaves the socket as it was.
    client.succeed(irp -> listener.bind(taken, 0, irp));
    Peer.connect(taken, scope);
    client.close(listener);
  }

  @EachTransport
  @Rule({"LSN-17", "LSN-18", "LSN-19"})
  void shouldRefuseBadBinds(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listener(INET, null, null);
    SocketAddress good = TestClient.loopback(INET, 0);
    SocketAddress other = TestClient.loopback(AddressFamily.INET6, 0);
    assertThat(client.result(irp -> listener.bind(good, 1, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> listener.bind(null, 0, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> listener.bind(other, 0, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    client.succeed(irp -> listener.bind(good, 0, irp));
    client.close(listener);
  }

  @EachTransport
  @Rule("LSN-20")
  void shouldRefuseASecondBind(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    InetSocketAddress address = client.local(listener);
    assertThat(client.result(irp -> listener.bind(TestClient.loopback(INET, 0), 0, irp)))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_ASSOCIATED);
    assertThat(client.local(listener)).isEqualTo(address);
    Pair pair = client.acceptedPair(listener);
    client.close(pair.socket(), listener);
  }

  @EachTransport
  @Rule("LSN-10")
  void shouldMakeADatagramListenerThatCannotBeBound(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Irp made =
        client.succeed(
            irp ->
                client
                    .functions()
                    .socket(
                        client.client(),
                        INET,
                        SocketType.DGRAM,
                        Protocol.UDP,
                        WskFlags.LISTEN_SOCKET,
                        null,
                        null,
                        null,
                        null,
                        null,
                        irp));
    WskListeningSocket listener = client.watch(made.object(WskListeningSocket.class));
    assertThat(client.result(irp -> listener.bind(TestClient.any(INET, 0), 0, irp)))
        .isEqualTo(NtStatus.NOT_IMPLEMENTED);
    client.close(listener);
  }

  @EachTransportAndFamily
  @Rule({"LSN-22", "LSN-25"})
  void shouldServeAllAddressesOfItsFamily(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    WskListeningSocket listener = client.listener(number, null, null);
    client.succeed(irp -> listener.bind(TestClient.any(number, 0), 0, irp));
    InetSocketAddress local = client.local(listener);
    assertThat(local).isEqualTo(TestClient.any(number, local.getPort()));
    InetSocketAddress first = TestClient.loopback(number, local.getPort());
    InetSocketAddress second =
        number == INET ? TestClient.address(new byte[] {127, 0, 0, 2}, local.getPort()) : first;
    for (InetSocketAddress address : new InetSocketAddress[] {first, second}) {
      Peer.connect(address, scope);
      WskConnectionSocket socket = client.accept(listener, null, null);
      assertThat(client.local(socket)).isEqualTo(address);
      client.close(socket);
    }
    client.close(listener);
  }

  @EachTransport
  @Rule("LSN-23")
  void shouldServeOneAddressOnly(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    int port = client.local(listener).getPort();
    assertThatIOException()
        .isThrownBy(() -> Peer.connect(TestClient.address(new byte[] {127, 0, 0, 2}, port), scope));
    client.close(listener);
  }

  @EachTransport
  @Rule("LSN-47")
  void shouldNotServeIpv4AtAnIpv6Wildcard(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listener(AddressFamily.INET6, null, null);
    client.succeed(irp -> listener.bind(TestClient.any(AddressFamily.INET6, 0), 0, irp));
    int port = client.local(listener).getPort();
    Irp accept = client.pend(irp -> listener.accept(0, null, null, null, null, irp));
    // Either nobody is there, or the connection is reset at once.
    try {
      assertThat(Peer.connect(TestClient.loopback(INET, port), scope).isReset()).isTrue();
    } catch (java.net.ConnectException refused) {
      assertThat(refused).isNotNull();
    }
    client.drain();
    assertThat(accept.isCompleted()).isFalse();
    Peer.connect(TestClient.loopback(AddressFamily.INET6, port), scope);
    assertThat(client.result(NtStatus.PENDING, accept)).isEqualTo(NtStatus.SUCCESS);
    client.close(accept.object(WskConnectionSocket.class), listener);
  }

  @EachTransport
  @Rule({"LSN-05", "LSN-50", "LSN-53", "EVT-14", "EVT-16"})
  void shouldEnableEventsOnlyWhenBoundAndOnlyItsOwn(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Acceptor acceptor = new Acceptor();
    WskListeningSocket listener = client.listener(INET, null, acceptor.dispatch());
    for (int mask : new int[] {ACCEPT, RECEIVE, ACCEPT | DISABLE}) {
      assertThat(client.control(listener, mask)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    }
    client.succeed(irp -> listener.bind(TestClient.loopback(INET, 0), 0, irp));
    assertThat(client.control(listener, ACCEPT | WskEventCallbackControl.RECEIVE_FROM))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    client.peer(listener);
    client.drain();
    assertThat(acceptor.count()).isZero();
    WskListeningSocket mute =
        client.listening(INET, null, new WskClientListenDispatch(null, null, null));
    assertThat(client.control(mute, ACCEPT)).isEqualTo(NtStatus.INVALID_PARAMETER);
    Pair pair = client.acceptedPair(mute);
    client.close(pair.socket(), mute, listener);
  }

  @EachTransport
  @Rule({"LSN-06", "LSN-54", "LSN-57"})
  void shouldHandDownOnlyToSocketsThatComeLater(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              call.socketDispatch().set(recorder.dispatch());
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(acceptor);
    Peer before = client.peer(listener);
    Acceptor.Call first = acceptor.next();
    assertThat(first.context()).isNull();
    client.drain();
    assertThat(client.control(listener, RECEIVE | BACKLOG)).isEqualTo(NtStatus.SUCCESS);
    Peer after = client.peer(listener);
    Acceptor.Call second = acceptor.next();
    before.send((byte) 1);
    after.send((byte) 2);
    assertThat(recorder.next().copy()).containsExactly(2);
    client.drain();
    assertThat(recorder.count()).isEqualTo(1);
    client.close(first.require(), second.require(), listener);
  }

  @EachTransport
  @Rule({"LSN-59", "LSN-60", "LSN-61"})
  void shouldHandDownForGood(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              call.socketDispatch().set(recorder.dispatch());
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(acceptor);
    client.control(listener, RECEIVE | DISCONNECT);
    assertThat(client.control(listener, RECEIVE | DISABLE)).isEqualTo(NtStatus.NOT_SUPPORTED);
    Peer one = client.peer(listener);
    WskConnectionSocket first = acceptor.next().require();
    client.drain();
    assertThat(client.control(first, RECEIVE | DISABLE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(listener, ACCEPT | DISABLE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(listener, ACCEPT)).isEqualTo(NtStatus.SUCCESS);
    Peer two = client.peer(listener);
    WskConnectionSocket second = acceptor.next().require();
    one.send((byte) 1);
    two.send((byte) 2);
    assertThat(recorder.next().copy()).containsExactly(2);
    client.drain();
    assertThat(recorder.count()).isEqualTo(1);
    client.close(first, second, listener);
  }

  @EachTransport
  @Rule({"LSN-62", "LSN-63", "EVT-42", "EVT-43", "CLI-61"})
  void shouldCallStaticEventsRightAfterTheBind(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(client.statics(ACCEPT | RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    Recorder recorder = new Recorder();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              call.socketDispatch().set(recorder.dispatch());
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listener(INET, null, acceptor.dispatch());
    client.drain();
    assertThat(acceptor.count()).isZero();
    client.succeed(irp -> listener.bind(TestClient.loopback(INET, 0), 0, irp));
    Peer peer = client.peer(listener);
    WskConnectionSocket socket = acceptor.next().require();
    peer.send((byte) 1);
    assertThat(recorder.next().copy()).containsExactly(1);
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"LSN-64", "LSN-65", "LSN-66", "CLS-30", "CLS-37"})
  void shouldLiveApartFromItsConnections(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    InetSocketAddress address = client.local(listener);
    Pair first = client.acceptedPair(listener);
    client.close(first.socket());
    Pair second = client.acceptedPair(listener);
    Irp receive =
        client.pend(
            irp -> second.socket().receive(org.wsk4j.buffer.WskBuf.of(new byte[1]), 0, irp));
    client.close(listener);
    assertThat(receive.isCompleted()).isFalse();
    assertThatIOException().isThrownBy(() -> Peer.connect(address, scope));
    second.peer().send((byte) 1);
    assertThat(client.result(NtStatus.PENDING, receive)).isEqualTo(NtStatus.SUCCESS);
    WskListeningSocket again = client.listener(INET, null, null);
    client.succeed(irp -> again.bind(address, 0, irp));
    Pair third = client.acceptedPair(again);
    client.close(second.socket(), third.socket(), again);
  }

  @EachTransport
  @Rule({"LSN-01", "LSN-02", "LSN-03", "LSN-09", "REL-24"})
  void shouldBeMadeForTcpWithItsOwnTable(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listener(INET, null, null);
    assertThat(listener).isNotInstanceOf(WskConnectionSocket.class);
    assertThat(WskListeningSocket.class.getDeclaredMethods())
        .extracting(java.lang.reflect.Method::getName)
        .containsExactlyInAnyOrder("bind", "accept", "inspectComplete", "getLocalAddress");
    assertThat(make(client, SocketType.STREAM, Protocol.TCP, new Recorder().dispatch()))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(make(client, SocketType.STREAM, Protocol.UDP, null))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(make(client, SocketType.DGRAM, Protocol.TCP, null))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    client.close(listener);
  }

  private static NtStatus make(
      TestClient client, int type, int protocol, WskClientConnectionDispatch dispatch)
      throws InterruptedException {
    return client.result(
        irp ->
            client
                .functions()
                .socket(
                    client.client(),
                    INET,
                    type,
                    protocol,
                    WskFlags.LISTEN_SOCKET,
                    null,
                    dispatch,
                    null,
                    null,
                    null,
                    irp));
  }

  @EachTransport
  @Rule({"CLS-29", "LSN-28"})
  void shouldResetThoseWhoWaitWhenItCloses(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    Out<SocketAddress> place = new Out<>();
    client.succeed(irp -> listener.getLocalAddress(place, irp));
    assertThat(place.get()).isEqualTo(client.local(listener));
    Peer taken = client.peer(listener);
    client.drain();
    Peer perhapsNot = client.peer(listener);
    client.close(listener);
    assertThat(taken.isReset()).isTrue();
    assertThat(perhapsNot.isReset()).isTrue();
  }

  @EachTransport
  @Rule({"CON-07", "LSN-66"})
  void shouldFailAgainstAForeignListener(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ServerSocket foreign = Peer.listen(TestClient.loopback(INET, 0), scope);
    WskListeningSocket listener = client.listener(INET, null, null);
    assertThat(client.result(irp -> listener.bind(foreign.getLocalSocketAddress(), 0, irp)))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    foreign.close();
    client.succeed(irp -> listener.bind(foreign.getLocalSocketAddress(), 0, irp));
    client.close(listener);
    WskConnectionSocket bound = client.bound();
    InetSocketAddress address = client.local(bound);
    assertThatIOException().isThrownBy(() -> Peer.connect(address, scope));
    client.close(bound);
  }
}
