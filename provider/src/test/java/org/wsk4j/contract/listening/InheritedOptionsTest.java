package org.wsk4j.contract.listening;

import static org.assertj.core.api.Assertions.assertThat;

import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Options that accepted sockets have from their listener. */
class InheritedOptionsTest {
  private static final int BUFFER = 20_000;

  @EachTransport
  @Rule({"LSN-48", "OPT-22", "OPT-23"})
  void shouldKeepConnectionsAliveUntilOneIsToldNotTo(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertInherited(client, WskOptions.KEEPALIVE, 1, 0);
  }

  @EachTransport
  @Rule("LSN-49")
  void shouldHaveTheReceiveBufferUntilOneIsGivenAnother(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertInherited(client, WskOptions.RCVBUF, BUFFER, 2 * BUFFER);
  }

  private static void assertInherited(
      TestClient client, WskControlKey<Integer, Integer> option, int value, int other)
      throws Exception {
    WskListeningSocket listener = client.listener(AddressFamily.INET, null, null);
    set(client, listener, option, value);
    client.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    WskConnectionSocket first = client.acceptedPair(listener).socket();
    WskConnectionSocket second = client.acceptedPair(listener).socket();
    assertThat(get(client, first, option)).isEqualTo(value);
    assertThat(get(client, second, option)).isEqualTo(value);

    set(client, first, option, other);
    assertThat(get(client, first, option)).isEqualTo(other);
    assertThat(get(client, second, option)).isEqualTo(value);
    assertThat(get(client, listener, option)).isEqualTo(value);
    WskConnectionSocket third = client.acceptedPair(listener).socket();
    assertThat(get(client, third, option)).isEqualTo(value);
    client.close(first, second, third, listener);

    assertInheritedByEvent(client, option, value);
  }

  private static void assertInheritedByEvent(
      TestClient client, WskControlKey<Integer, Integer> option, int value) throws Exception {
    Acceptor acceptor = new Acceptor(call -> NtStatus.SUCCESS);
    WskListeningSocket listener = client.listening(acceptor);
    set(client, listener, option, value);
    client.peer(listener);
    WskConnectionSocket socket = client.watch(acceptor.next().require());
    assertThat(get(client, socket, option)).isEqualTo(value);
    client.close(socket, listener);
  }

  private static void set(
      TestClient client, WskSocket socket, WskControlKey<Integer, Integer> option, int value)
      throws InterruptedException {
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.SET_OPTION, option, value, 0, null, null, irp));
  }

  private static int get(
      TestClient client, WskSocket socket, WskControlKey<Integer, Integer> option)
      throws InterruptedException {
    Out<Integer> value = new Out<>();
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.GET_OPTION, option, null, 4, value, null, irp));
    return value.require();
  }
}
