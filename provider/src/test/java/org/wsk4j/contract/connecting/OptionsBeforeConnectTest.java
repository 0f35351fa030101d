package org.wsk4j.contract.connecting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** Options have their window between making a socket and binding or connecting it. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OptionsBeforeConnectTest {
  @EachTransport
  @Rule({"CON-57", "SOC-71"})
  void shouldTakeOptionsBeforeItBinds(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ServerSocket listener = Peer.listen(TestClient.loopback(AddressFamily.INET, 0), scope);
    InetSocketAddress to = (InetSocketAddress) listener.getLocalSocketAddress();
    WskConnectionSocket socket = client.connection(AddressFamily.INET, null, null);
    client.succeed(irp -> set(socket, WskOptions.EXCLUSIVEADDRUSE, irp));
    client.succeed(irp -> set(socket, WskOptions.KEEPALIVE, irp));
    client.succeed(irp -> socket.bind(TestClient.any(AddressFamily.INET, 0), 0, irp));
    assertThat(client.result(irp -> set(socket, WskOptions.EXCLUSIVEADDRUSE, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    client.succeed(irp -> socket.connect(to, 0, irp));
    assertThat(get(client, socket, WskOptions.EXCLUSIVEADDRUSE)).isEqualTo(1);
    assertThat(get(client, socket, WskOptions.KEEPALIVE)).isEqualTo(1);

    // A socket that is made connected has no such window.
    WskConnectionSocket other = client.connected(to, null, null);
    assertThat(client.result(irp -> set(other, WskOptions.EXCLUSIVEADDRUSE, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(get(client, other, WskOptions.EXCLUSIVEADDRUSE)).isZero();
    client.close(socket, other);
  }

  private static NtStatus set(
      WskConnectionSocket socket, WskControlKey<Integer, Integer> key, Irp irp) {
    return socket.controlSocket(WskControlSocketType.SET_OPTION, key, 1, 0, null, null, irp);
  }

  private static Integer get(
      TestClient client, WskConnectionSocket socket, WskControlKey<Integer, Integer> key)
      throws InterruptedException {
    Out<Integer> value = new Out<>();
    client.succeed(
        irp ->
            socket.controlSocket(WskControlSocketType.GET_OPTION, key, null, 4, value, null, irp));
    return value.require();
  }
}
