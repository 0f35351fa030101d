package org.wsk4j.contract.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.KeepAliveValues;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.control.ControlTarget;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocketCategory;
import org.wsk4j.stream.WskClientStreamDispatch;
import org.wsk4j.stream.WskStreamSocket;
import org.wsk4j.testing.TestScope;

/** Stream sockets before they take a role. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class UndecidedTest {
  private static final int INET = AddressFamily.INET;

  @EachTransportAndFamily
  @Rule({"STM-01", "STM-07", "STM-28", "SOC-15", "SOC-32"})
  void shouldMakeATcpSocketWithoutAddress(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    assertThat(WskFlags.STREAM_SOCKET).isEqualTo(8);
    WskClientStreamDispatch all =
        new WskClientStreamDispatch(new Acceptor().dispatch(), new Recorder().dispatch());
    WskStreamSocket socket = client.stream(number, null, all);
    assertThat(((ControlTarget) socket).category()).isEqualTo(WskSocketCategory.STREAM);
    assertThat(client.result(irp -> make(client, number, SocketType.DGRAM, Protocol.UDP, irp)))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    Out<SocketAddress> place = new Out<>();
    assertThat(client.result(irp -> socket.getLocalAddress(place, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.control(socket, WskEventCallbackControl.ACCEPT))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    client.succeed(irp -> socket.bind(TestClient.loopback(number, 0), 0, irp));
    assertThat(client.local(socket).getAddress())
        .isEqualTo(TestClient.loopback(number, 0).getAddress());
    assertThat(client.local(socket).getPort()).isPositive();
    client.close(socket);
  }

  private static NtStatus make(TestClient client, int family, int type, int protocol, Irp irp) {
    return client
        .functions()
        .socket(
            client.client(),
            family,
            type,
            protocol,
            WskFlags.STREAM_SOCKET,
            null,
            null,
            null,
            null,
            null,
            irp);
  }

  @EachTransport
  @Rule({"STM-02", "STM-12"})
  void shouldOfferTheFunctionsOfBothRoles(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(WskStreamSocket.class.getMethods())
        .extracting(Method::getName)
        .contains("controlSocket", "closeSocket", "bind", "accept", "connect", "listen")
        .contains("send", "receive", "disconnect", "release", "getLocalAddress")
        .contains("getRemoteAddress", "connectEx", "sendEx", "receiveEx")
        .doesNotContain("inspectComplete");
    assertThat(WskStreamSocket.class.getMethod("listen", Irp.class).getParameterCount()).isOne();
    WskStreamSocket socket = client.boundStream();
    assertThat(socket).isNotInstanceOf(WskListeningSocket.class);
    client.succeed(socket::listen);
    client.close(socket);
  }

  @EachTransport
  @Rule({"STM-04", "SOC-43"})
  void shouldNeedNoCallbacks(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskClientStreamDispatch listenAlone =
        new WskClientStreamDispatch(new Acceptor().dispatch(), null);
    WskClientStreamDispatch connectAlone =
        new WskClientStreamDispatch(null, new Recorder().dispatch());
    WskClientStreamDispatch none = new WskClientStreamDispatch(null, null);
    for (WskClientStreamDispatch table : Arrays.asList(null, none, listenAlone, connectAlone)) {
      WskStreamSocket listening = client.boundStream(INET, null, table);
      client.succeed(listening::listen);
      WskStreamSocket connected = client.boundStream(INET, null, table);
      SocketAddress to = client.local(listening);
      client.succeed(irp -> connected.connect(to, 0, irp));
      WskConnectionSocket accepted = client.accept(listening, null, null);
      client.send(accepted, (byte) 7);
      assertThat(client.receive(connected, 1)).containsExactly(7);
      // Each role looks at its own part alone.
      assertThat(client.control(listening, WskEventCallbackControl.ACCEPT))
          .isEqualTo(table == listenAlone ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER);
      assertThat(client.control(connected, WskEventCallbackControl.RECEIVE))
          .isEqualTo(table == connectAlone ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER);
      client.close(listening, connected, accepted);
    }
  }

  @EachTransport
  @Rule({"STM-08", "STM-09", "STM-25", "STM-26", "STM-29"})
  void shouldNeedAnAddressAndARole(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    SocketAddress to = client.local(listener);
    WskStreamSocket socket = client.stream(INET, null, null);
    List<Call> roles =
        List.of(
            socket::listen,
            irp -> socket.connect(to, 0, irp),
            irp -> socket.connectEx(to, WskBuf.of(new byte[1]), 0, irp));
    List<Call> functionsOfRoles =
        List.of(
            irp -> socket.accept(0, null, null, null, null, irp),
            irp -> socket.getRemoteAddress(new Out<>(), irp),
            irp -> socket.send(WskBuf.of(new byte[1]), 0, irp),
            irp -> socket.receive(WskBuf.of(new byte[1]), 0, irp),
            irp -> socket.disconnect(null, 0, irp));
    roles.forEach(call -> refused(client, call));
    functionsOfRoles.forEach(call -> refused(client, call));
    client.succeed(irp -> socket.bind(TestClient.loopback(INET, 0), 0, irp));
    functionsOfRoles.forEach(call -> refused(client, call));
    // Nothing of that has done anything.
    client.succeed(irp -> socket.connect(to, 0, irp));
    assertThat(client.remote(socket)).isEqualTo(to);
    client.close(socket, client.accept(listener, null, null), listener);
  }

  private static void refused(TestClient client, Call call) {
    Irp irp = client.irp();
    assertThat(call.with(irp)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(irp.status()).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(irp.information()).isZero();
  }

  @EachTransportAndFamily
  @Rule({"STM-10", "STM-11", "STM-15"})
  void shouldKeepItsAddressWithoutListening(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    WskStreamSocket socket = client.boundStream(number, null, null);
    InetSocketAddress address = client.local(socket);
    assertThatIOException().isThrownBy(() -> Peer.connect(address, scope));
    takenForEverybody(client, address, number);
    client.succeed(socket::listen);
    assertThat(client.local(socket)).isEqualTo(address);
    takenForEverybody(client, address, number);
    Peer peer = Peer.connect(address, scope);
    WskConnectionSocket accepted = client.accept(socket, null, null);
    client.send(accepted, (byte) 3);
    assertThat(peer.read(1)).containsExactly(3);
    client.close(accepted);
    WskStreamSocket other = client.boundStream(number, null, null);
    InetSocketAddress from = client.local(other);
    client.succeed(irp -> other.connect(address, 0, irp));
    takenForEverybody(client, from, number);
    assertThat(client.remote(client.accept(socket, null, null))).isEqualTo(from);
    client.closeAll();
    // What was kept is free again.
    try (ServerSocket foreign = new ServerSocket()) {
      foreign.bind(address);
    }
  }

  private static void takenForEverybody(TestClient client, InetSocketAddress address, int family)
      throws Exception {
    WskListeningSocket second = client.listener(family, null, null);
    assertThat(client.result(irp -> second.bind(address, 0, irp)))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    client.close(second);
    for (boolean reuse : new boolean[] {false, true}) {
      try (ServerSocket foreign = new ServerSocket()) {
        foreign.setReuseAddress(reuse);
        assertThatIOException().isThrownBy(() -> foreign.bind(address));
      }
    }
  }

  @EachTransport
  void shouldRefuseASecondBind(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.boundStream();
    InetSocketAddress address = client.local(socket);
    Call bind = irp -> socket.bind(TestClient.loopback(INET, 0), 0, irp);
    assertThat(client.result(bind)).isEqualTo(NtStatus.ADDRESS_ALREADY_ASSOCIATED);
    client.succeed(socket::listen);
    assertThat(client.result(bind)).isEqualTo(NtStatus.ADDRESS_ALREADY_ASSOCIATED);
    assertThat(client.local(socket)).isEqualTo(address);
    WskStreamSocket second = client.stream(INET, null, null);
    assertThat(client.result(irp -> second.bind(address, 0, irp)))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    // A failed bind leaves the socket as it was.
    client.succeed(irp -> second.bind(TestClient.loopback(INET, 0), 0, irp));
    client.close(socket, second);
  }

  @EachTransport
  @Rule({"STM-34", "STM-36"})
  void shouldTakeOptionsAtAnyTimeButConditionalAccept(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.stream(INET, null, null);
    optionsWork(client, socket);
    client.succeed(irp -> socket.bind(TestClient.loopback(INET, 0), 0, irp));
    optionsWork(client, socket);
    WskStreamSocket connecting = client.boundStream();
    client.succeed(socket::listen);
    optionsWork(client, socket);
    SocketAddress to = client.local(socket);
    client.succeed(irp -> connecting.connect(to, 0, irp));
    optionsWork(client, connecting);
    // An accepted socket begins with what its listener has.
    WskConnectionSocket accepted = client.accept(socket, null, null);
    assertThat(get(client, accepted, WskOptions.RCVBUF)).isEqualTo(40_000);
    client.close(socket, connecting, accepted);
  }

  private static void optionsWork(TestClient client, WskStreamSocket socket) throws Exception {
    assertThat(client.result(irp -> set(socket, WskOptions.CONDITIONAL_ACCEPT, 1, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    for (int value : new int[] {1, 0}) {
      client.succeed(irp -> set(socket, WskOptions.KEEPALIVE, value, irp));
      assertThat(get(client, socket, WskOptions.KEEPALIVE)).isEqualTo(value);
    }
    client.succeed(irp -> set(socket, WskOptions.RCVBUF, 40_000, irp));
    assertThat(get(client, socket, WskOptions.RCVBUF)).isEqualTo(40_000);
    assertThat(get(client, socket, WskOptions.TYPE)).isEqualTo(SocketType.STREAM);
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.IOCTL,
                WskIoctls.KEEPALIVE_VALS,
                new KeepAliveValues(0, 1000, 1000),
                0,
                null,
                null,
                irp));
  }

  private static NtStatus set(
      WskStreamSocket socket, WskControlKey<Integer, Integer> option, int value, Irp irp) {
    return socket.controlSocket(WskControlSocketType.SET_OPTION, option, value, 0, null, null, irp);
  }

  private static <I> int get(
      TestClient client, WskConnectionSocket socket, WskControlKey<I, Integer> option)
      throws InterruptedException {
    Out<Integer> value = new Out<>();
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.GET_OPTION, option, null, 4, value, null, irp));
    return value.require();
  }
}
