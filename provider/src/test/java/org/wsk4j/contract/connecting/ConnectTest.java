package org.wsk4j.contract.connecting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ConnectTest {
  private static final int INET = AddressFamily.INET;

  @EachTransportAndFamily
  @Rule({"CON-08", "CON-09", "CON-10", "CON-13", "CON-14"})
  void shouldConnectFromWhereItIsBound(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    WskConnectionSocket socket = client.connection(number, null, null);
    Irp bind = client.succeed(irp -> socket.bind(TestClient.any(number, 0), 0, irp));
    assertThat(bind.information()).isZero();
    InetSocketAddress before = client.local(socket);
    assertThat(before.getPort()).isPositive();
    assertThat(before).isEqualTo(TestClient.any(number, before.getPort()));
    ServerSocket listener = Peer.listen(TestClient.loopback(number, 0), scope);
    Irp connect = client.succeed(irp -> socket.connect(listener.getLocalSocketAddress(), 0, irp));
    assertThat(connect.information()).isZero();
    Peer peer = Peer.accept(listener, scope);
    InetSocketAddress after = TestClient.loopback(number, before.getPort());
    assertThat(client.local(socket)).isEqualTo(after);
    assertThat(peer.remoteAddress()).isEqualTo(after);
    client.close(socket);
  }

  @EachTransport
  @Rule({"CON-11", "CON-28", "CON-29"})
  void shouldConnectFromASpecificAddress(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket socket = client.connection(INET, null, null);
    InetSocketAddress from = TestClient.address(new byte[] {127, 0, 0, 3}, 0);
    client.succeed(irp -> socket.bind(from, 0, irp));
    InetSocketAddress bound = client.local(socket);
    ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope);
    client.succeed(irp -> socket.connect(listener.getLocalSocketAddress(), 0, irp));
    Peer peer = Peer.accept(listener, scope);
    assertThat(peer.remoteAddress()).isEqualTo(bound);
    assertThat(peer.remoteAddress().getAddress()).isEqualTo(from.getAddress());
    assertThat(client.remote(socket)).isEqualTo(listener.getLocalSocketAddress());
    client.close(socket);
  }

  @EachTransport
  @Rule({"CON-05", "CON-15", "CON-31"})
  void shouldBeBoundFirst(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket socket = client.connection(INET, null, null);
    SocketAddress target = TestClient.loopback(INET, 9);
    Irp irp = client.irp();
    assertThat(socket.connect(target, 0, irp)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(NtStatus.INVALID_DEVICE_STATE, irp))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(irp.information()).isZero();
    Out<SocketAddress> place = new Out<>();
    assertThat(client.result(one -> socket.getLocalAddress(place, one)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(place.get()).isNull();
    client.close(socket);
  }

  @EachTransport
  @Rule({"CON-16", "CON-17"})
  void shouldRefuseBadTargets(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket socket = client.bound();
    ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope);
    SocketAddress target = listener.getLocalSocketAddress();
    assertThat(client.result(irp -> socket.connect(target, 1, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> socket.connect(null, 0, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    SocketAddress other = TestClient.loopback(AddressFamily.INET6, 9);
    assertThat(client.result(irp -> socket.connect(other, 0, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    client.succeed(irp -> socket.connect(target, 0, irp));
    Peer.accept(listener, scope);
    client.close(socket);
  }

  @EachTransport
  @Rule({"CON-18", "CON-21", "CON-22", "CON-26"})
  void shouldBeUselessAfterARefusal(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket holder = client.bound();
    InetSocketAddress nobody = client.local(holder);
    WskConnectionSocket socket = client.bound();
    InetSocketAddress local = client.local(socket);
    Out<SocketAddress> place = new Out<>();
    assertThat(client.result(irp -> socket.getRemoteAddress(place, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(irp -> socket.connect(nobody, 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_REFUSED);
    WskBuf one = WskBuf.of(new byte[1]);
    assertThat(client.result(irp -> socket.send(one, 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(irp -> socket.receive(one, 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(irp -> socket.getRemoteAddress(place, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(irp -> socket.connect(nobody, 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.local(socket)).isEqualTo(local);
    client.close(socket, holder);
  }

  @EachTransport
  @Rule("CON-20")
  void shouldConnectOnce(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    TestClient.Pair pair = client.pair();
    assertThat(client.result(irp -> pair.socket().connect(pair.peer().remoteAddress(), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_ACTIVE);
    client.send(pair.socket(), (byte) 1);
    assertThat(pair.peer().read(1)).containsExactly(1);
    WskConnectionSocket connecting = client.bound();
    SocketAddress busy = Peer.busy(TestClient.loopback(INET, 0), scope);
    Irp first = client.pend(irp -> connecting.connect(busy, 0, irp));
    assertThat(client.result(irp -> connecting.connect(busy, 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    client.drain();
    assertThat(first.isCompleted()).isFalse();
    client.close(pair.socket(), connecting);
  }

  @EachTransport
  @Rule({"CON-24", "CON-27"})
  void shouldBeCancelled(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket socket = client.bound();
    SocketAddress busy = Peer.busy(TestClient.loopback(INET, 0), scope);
    Irp connect = client.pend(irp -> socket.connect(busy, 0, irp));
    client.drain();
    Out<SocketAddress> place = new Out<>();
    assertThat(client.result(irp -> socket.getRemoteAddress(place, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(connect.isCompleted()).isFalse();
    assertThat(connect.cancel()).isTrue();
    assertThat(client.result(NtStatus.PENDING, connect)).isEqualTo(NtStatus.CANCELLED);
    assertThat(client.result(irp -> socket.send(new WskBuf(), 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    client.close(socket);
  }

  @EachTransport
  @Rule({"CON-25", "CLS-01", "CLS-07"})
  void shouldBeCancelledByTheClose(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket socket = client.bound();
    SocketAddress busy = Peer.busy(TestClient.loopback(INET, 0), scope);
    Irp connect = client.pend(irp -> socket.connect(busy, 0, irp));
    client.close(socket);
    assertThat(connect.isCompleted()).isTrue();
    assertThat(client.result(NtStatus.PENDING, connect)).isEqualTo(NtStatus.CANCELLED);
  }

  @EachTransport
  @Rule({"CON-55", "CON-56", "CON-04", "EVT-14"})
  void shouldTakeEventsOnceItIsConnected(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    int receive = WskEventCallbackControl.RECEIVE;
    WskConnectionSocket socket = client.connection(INET, null, recorder.dispatch());
    assertThat(client.control(socket, receive)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    client.succeed(irp -> socket.bind(TestClient.any(INET, 0), 0, irp));
    assertThat(client.control(socket, receive)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope);
    AtomicReference<NtStatus> enabled = new AtomicReference<>();
    Irp connect = client.irp();
    client.onCompletion(
        connect,
        irp -> {
          enabled.set(client.control(socket, receive));
        });
    client.result(socket.connect(listener.getLocalSocketAddress(), 0, connect), connect);
    assertThat(enabled).hasValue(NtStatus.SUCCESS);
    Peer.accept(listener, scope).send((byte) 1);
    assertThat(recorder.next().copy()).containsExactly(1);
    client.close(socket);
  }

  @EachTransport
  @Rule({"CON-01", "CON-02", "CON-03"})
  void shouldHaveTheTableOfConnections(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket socket = client.connection(INET, null, null);
    assertThat(socket).isNotInstanceOf(org.wsk4j.listen.WskListeningSocket.class);
    assertThat(WskConnectionSocket.class.getDeclaredMethods())
        .extracting(java.lang.reflect.Method::getName)
        .containsExactlyInAnyOrder(
            "bind",
            "connect",
            "getLocalAddress",
            "getRemoteAddress",
            "send",
            "receive",
            "disconnect",
            "release",
            "connectEx",
            "sendEx",
            "receiveEx");
    int[][] bad = {{1, 17}, {2, 6}, {2, 17}, {3, 6}, {3, 255}, {5, 6}};
    for (int[] combination : bad) {
      assertThat(
              client.result(
                  irp ->
                      client
                          .functions()
                          .socket(
                              client.client(),
                              INET,
                              combination[0],
                              combination[1],
                              org.wsk4j.socket.WskFlags.CONNECTION_SOCKET,
                              null,
                              null,
                              null,
                              null,
                              null,
                              irp)))
          .isEqualTo(NtStatus.NOT_SUPPORTED);
    }
    client.close(socket);
  }
}
