package org.wsk4j.contract.disconnecting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Where silent mode is refused, on this host alone. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SilentModeTest {
  static NtStatus silence(WskSocket socket, Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.IOCTL, WskIoctls.SET_TCP_SILENT_MODE, null, 0, null, null, irp);
  }

  @EachTransportAndFamily
  @Rule({"DSC-48", "IOC-32"})
  void shouldRefuseLoopbackConnections(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    TestClient.Pair pair = client.pair(TestClient.family(family), null, null);

    assertThat(client.result(irp -> silence(pair.socket(), irp))).isEqualTo(NtStatus.NOT_SUPPORTED);

    client.send(pair.socket(), (byte) 1);
    assertThat(pair.peer().read(1)).containsExactly(1);
    pair.peer().send((byte) 2);
    assertThat(client.receive(pair.socket(), 9)).containsExactly(2);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("DSC-48")
  void shouldKnowLoopbackInIpv6Form(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket socket = client.connection(AddressFamily.INET6, null, null);
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.SET_OPTION, Ipv6Options.V6ONLY, 0, 0, null, null, irp));
    client.succeed(irp -> socket.bind(TestClient.any(AddressFamily.INET6, 0), 0, irp));
    try (ServerSocket listener = Peer.listen(TestClient.loopback(AddressFamily.INET, 0), scope)) {
      InetSocketAddress plain = TestClient.loopback(AddressFamily.INET, listener.getLocalPort());
      SocketAddress mapped = SocketAddresses.toMapped(plain);
      client.succeed(irp -> socket.connect(mapped, 0, irp));
      assertThat(client.result(irp -> silence(socket, irp))).isEqualTo(NtStatus.NOT_SUPPORTED);
    }
    client.close(socket);
  }

  @EachTransport
  @Rule({"DSC-47", "IOC-31"})
  void shouldBeForConnectedSocketsAlone(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket unbound = client.connection(AddressFamily.INET, null, null);
    WskConnectionSocket bound = client.bound();
    WskListeningSocket listening = client.listening();
    TestClient.Pair aborted = client.pair();
    client.succeed(irp -> aborted.socket().disconnect(null, WskFlags.ABORTIVE, irp));

    assertThat(client.result(irp -> silence(unbound, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(irp -> silence(bound, irp))).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(irp -> silence(listening, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    assertThat(client.result(irp -> silence(aborted.socket(), irp)))
        .isEqualTo(NtStatus.CONNECTION_ABORTED);
    TestClient.Pair pair = client.pair();
    assertThat(silence(pair.socket(), null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    client.close(unbound, bound, listening, aborted.socket(), pair.socket());
  }
}
