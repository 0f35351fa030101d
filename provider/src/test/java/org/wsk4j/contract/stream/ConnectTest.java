package org.wsk4j.contract.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.stream.WskClientStreamDispatch;
import org.wsk4j.stream.WskStreamSocket;
import org.wsk4j.testing.TestScope;

/** Stream sockets that connect. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ConnectTest {
  private static final int INET = AddressFamily.INET;

  private record Pair(WskStreamSocket socket, Peer peer) {}

  private static Pair pair(TestClient client, int family, TestScope scope)
      throws IOException, InterruptedException {
    WskStreamSocket socket = client.boundStream(family, null, null);
    return connected(client, socket, family, scope);
  }

  private static Pair connected(
      TestClient client, WskStreamSocket socket, int family, TestScope scope)
      throws IOException, InterruptedException {
    try (ServerSocket listener = Peer.listen(TestClient.loopback(family, 0), scope)) {
      client.succeed(irp -> socket.connect(listener.getLocalSocketAddress(), 0, irp));
      return new Pair(socket, Peer.accept(listener, scope));
    }
  }

  @EachTransportAndFamily
  @Rule({"STM-29", "STM-31"})
  void shouldConnectFromTheAddressBoundTo(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    WskStreamSocket socket = client.boundStream(number, null, null);
    InetSocketAddress address = client.local(socket);
    Pair pair = connected(client, socket, number, scope);
    assertThat(pair.peer().remoteAddress()).isEqualTo(address);
    assertThat(client.local(socket)).isEqualTo(address);
    assertThat(client.remote(socket)).isEqualTo(pair.peer().localAddress());
    byte[] bytes = Bytes.pattern(1, 100_000);
    client.send(socket, bytes);
    assertThat(pair.peer().read(bytes.length)).isEqualTo(bytes);
    pair.peer().send(bytes);
    assertThat(client.receiveAll(socket, bytes.length)).isEqualTo(bytes);
    client.succeed(irp -> socket.disconnect(WskBuf.of(new byte[] {9}), 0, irp));
    assertThat(pair.peer().readAll()).containsExactly(9);
    assertThat(client.result(irp -> socket.send(WskBuf.of(bytes), 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    pair.peer().endOutput();
    assertThat(client.receive(socket, 1)).isEmpty();
    client.close(socket);
  }

  @EachTransportAndFamily
  void shouldGetAConcreteAddressWhenItConnectsFromTheWildcard(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    WskStreamSocket socket = client.stream(number, null, null);
    client.succeed(irp -> socket.bind(TestClient.any(number, 0), 0, irp));
    int port = client.local(socket).getPort();
    Pair pair = connected(client, socket, number, scope);
    assertThat(client.local(socket)).isEqualTo(TestClient.loopback(number, port));
    assertThat(pair.peer().remoteAddress()).isEqualTo(client.local(socket));
    client.close(socket);
  }

  @EachTransport
  @Rule("STM-31")
  void shouldSendFirstDataWithTheConnect(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.boundStream();
    try (ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope)) {
      SocketAddress to = listener.getLocalSocketAddress();
      client.succeed(irp -> socket.connectEx(to, WskBuf.of(new byte[] {1, 2}), 0, irp));
      assertThat(Peer.accept(listener, scope).read(2)).containsExactly(1, 2);
    }
    client.close(socket);
  }

  @EachTransport
  @Rule("STM-19")
  void shouldRefuseTheOtherRoleWhileItIsConnected(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = pair(client, INET, scope);
    WskStreamSocket socket = pair.socket();
    assertThat(client.result(socket::listen)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(irp -> socket.accept(0, null, null, null, null, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(irp -> socket.connect(pair.peer().localAddress(), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_ACTIVE);
    client.send(socket, (byte) 1);
    assertThat(pair.peer().read(1)).containsExactly(1);
    // The role is for good, also when the connection has ended.
    client.succeed(irp -> socket.disconnect(null, WskFlags.ABORTIVE, irp));
    assertThat(pair.peer().isReset()).isTrue();
    assertThat(client.result(socket::listen)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    client.close(socket);
  }

  @EachTransport
  @Rule({"STM-31", "STM-35"})
  void shouldCloseAsAConnectionDoes(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair open = pair(client, INET, scope);
    Irp receive = client.pend(irp -> open.socket().receive(WskBuf.of(new byte[1]), 0, irp));
    client.close(open.socket());
    assertThat(client.result(receive)).isEqualTo(NtStatus.CANCELLED);
    assertThat(open.peer().isReset()).isTrue();
    Pair ended = pair(client, INET, scope);
    ended.peer().endOutput();
    assertThat(client.receive(ended.socket(), 1)).isEmpty();
    client.succeed(irp -> ended.socket().disconnect(null, 0, irp));
    client.close(ended.socket());
    assertThat(ended.peer().isReset()).isFalse();
  }

  @EachTransport
  @Rule("STM-35")
  void shouldCloseWhileItConnects(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.boundStream();
    InetSocketAddress address = client.local(socket);
    SocketAddress busy = Peer.busy(TestClient.loopback(INET, 0), scope);
    Irp connect = client.pend(irp -> socket.connect(busy, 0, irp));
    client.close(socket);
    assertThat(client.result(connect)).isEqualTo(NtStatus.CANCELLED);
    WskStreamSocket next = client.stream(INET, null, null);
    client.succeed(irp -> next.bind(address, 0, irp));
    client.close(next);
  }

  @EachTransport
  @Rule("STM-31")
  void shouldLeaveRetainedDataWithTheClient(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder(data -> NtStatus.PENDING);
    WskStreamSocket socket =
        client.boundStream(INET, null, new WskClientStreamDispatch(null, recorder.dispatch()));
    Pair pair = connected(client, socket, INET, scope);
    client.control(socket, org.wsk4j.control.WskEventCallbackControl.RECEIVE);
    pair.peer().send((byte) 5);
    Recorder.Data data = recorder.next();
    assertThat(data.copy()).containsExactly(5);
    assertThat(socket.release(data.list())).isEqualTo(NtStatus.SUCCESS);
    assertThat(socket.release(data.list())).isEqualTo(NtStatus.INVALID_PARAMETER);
    client.close(socket);
  }

  @EachTransport
  @Rule("STM-36")
  void shouldAnswerTheIoctlsOfConnections(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.boundStream();
    assertThat(client.result(irp -> backlog(socket, new Out<>(), irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    Pair pair = connected(client, socket, INET, scope);
    Out<Long> value = new Out<>();
    client.succeed(irp -> backlog(socket, value, irp));
    assertThat(value.require()).isPositive();
    pair.peer().close();
    client.close(socket);
  }

  private static NtStatus backlog(WskStreamSocket socket, Out<Long> value, Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.IOCTL,
        WskIoctls.QUERY_IDEAL_SEND_BACKLOG,
        null,
        NativeLayouts.SIZE_T.size(),
        value,
        null,
        irp);
  }
}
