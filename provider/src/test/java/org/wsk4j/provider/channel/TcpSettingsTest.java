package org.wsk4j.provider.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** Values that the options have, and the system has not. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TcpSettingsTest {
  @EachTransport
  void shouldAskTheSystemForNoMoreThanItTakes(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket socket = client.connection(AddressFamily.INET, null, null);
    set(client, socket, TcpOptions.KEEPIDLE, 1_000_000);
    set(client, socket, TcpOptions.KEEPINTVL, 1_000_000);
    set(client, socket, TcpOptions.KEEPCNT, 255);
    set(client, socket, WskOptions.KEEPALIVE, 1);
    client.succeed(irp -> socket.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));

    assertThat(get(client, socket, TcpOptions.KEEPIDLE)).isEqualTo(1_000_000);
    assertThat(get(client, socket, TcpOptions.KEEPINTVL)).isEqualTo(1_000_000);
    assertThat(get(client, socket, TcpOptions.KEEPCNT)).isEqualTo(255);
    client.close(socket);
  }

  @EachTransport
  @Rule({"OPT-25", "OPT-26"})
  void shouldKeepTheSizesThatWereAskedFor(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket socket = client.connection(AddressFamily.INET, null, null);
    for (WskControlKey<Integer, Integer> key : List.of(WskOptions.RCVBUF, WskOptions.SNDBUF)) {
      assertThat(get(client, socket, key)).isPositive();
      for (int size : new int[] {1, 0, 100_001}) {
        set(client, socket, key, size);
        assertThat(get(client, socket, key)).isEqualTo(size);
      }
      set(client, socket, key, 0);
    }
    client.succeed(irp -> socket.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    assertThat(get(client, socket, WskOptions.RCVBUF)).isZero();
    client.close(socket);
  }

  private static void set(
      TestClient client, WskConnectionSocket socket, WskControlKey<Integer, Integer> key, int value)
      throws InterruptedException {
    client.succeed(
        irp ->
            socket.controlSocket(WskControlSocketType.SET_OPTION, key, value, 0, null, null, irp));
  }

  private static int get(
      TestClient client, WskConnectionSocket socket, WskControlKey<Integer, Integer> key)
      throws InterruptedException {
    Out<Integer> value = new Out<>();
    client.succeed(
        irp ->
            socket.controlSocket(WskControlSocketType.GET_OPTION, key, null, 4, value, null, irp));
    return value.require();
  }
}
