package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.SystemValues;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.stream.WskStreamSocket;
import org.wsk4j.testing.TestScope;

/** The options of the socket level and of TCP, on sockets of TCP. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SocketOptionTest {
  private static final int V4 = AddressFamily.INET;
  private static final NtStatus WRONG = NtStatus.INVALID_DEVICE_REQUEST;
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;

  private static List<WskSocket> unbound(TestClient client) throws InterruptedException {
    return List.of(
        client.listener(V4, null, null),
        client.connection(V4, null, null),
        client.stream(V4, null, null));
  }

  @EachTransport
  @Rule({"OPT-06", "OPT-08", "OPT-13", "OPT-15", "OPT-30"})
  void shouldHaveTheOptionsOfTheCategory(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskSocket socket : unbound(client)) {
      boolean listener = socket instanceof WskListeningSocket;
      for (WskControlKey<Integer, Integer> key :
          List.of(WskOptions.REUSEADDR, WskOptions.EXCLUSIVEADDRUSE)) {
        assertThat(calls.get(socket, key)).isZero();
        assertThat(calls.set(socket, key, 1)).isEqualTo(NtStatus.SUCCESS);
        assertThat(calls.get(socket, key)).isEqualTo(1);
        assertThat(calls.set(socket, key, 0)).isEqualTo(NtStatus.SUCCESS);
      }
      assertThat(calls.set(socket, WskOptions.BROADCAST, 1)).isEqualTo(WRONG);
      assertThat(calls.getting(socket, WskOptions.BROADCAST)).isEqualTo(WRONG);
      assertThat(calls.getting(socket, WskOptions.CONDITIONAL_ACCEPT))
          .isEqualTo(listener ? NtStatus.SUCCESS : WRONG);
      assertThat(calls.set(socket, WskOptions.CONDITIONAL_ACCEPT, 0))
          .isEqualTo(listener ? NtStatus.SUCCESS : WRONG);
      if (listener) {
        assertThat(calls.get(socket, WskOptions.CONDITIONAL_ACCEPT)).isZero();
      }
      Out<SecurityDescriptor> place = new Out<>();
      client.succeed(irp -> calls.get(socket, WskOptions.SECURITY, 8, place, null, irp));
      assertThat(place.require().granted()).isEmpty();
      assertThat(client.result(irp -> calls.set(socket, WskOptions.SECURITY, place.get(), irp)))
          .isEqualTo(NtStatus.SUCCESS);
      Out<SecurityDescriptor> small = new Out<>();
      assertThat(client.result(irp -> calls.get(socket, WskOptions.SECURITY, 4, small, null, irp)))
          .isEqualTo(BAD);
    }
    client.closeAll();
  }

  @EachTransport
  @Rule({"OPT-18", "OPT-17"})
  void shouldBeEitherSharedOrExclusive(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskSocket socket : unbound(client)) {
      calls.set(socket, WskOptions.REUSEADDR, 1);
      assertThat(calls.set(socket, WskOptions.EXCLUSIVEADDRUSE, 1)).isEqualTo(BAD);
      assertThat(calls.get(socket, WskOptions.EXCLUSIVEADDRUSE)).isZero();
      assertThat(calls.get(socket, WskOptions.REUSEADDR)).isEqualTo(1);
      calls.set(socket, WskOptions.REUSEADDR, 0);
      assertThat(calls.set(socket, WskOptions.EXCLUSIVEADDRUSE, 1)).isEqualTo(NtStatus.SUCCESS);
      assertThat(calls.set(socket, WskOptions.REUSEADDR, 1)).isEqualTo(BAD);
      assertThat(calls.get(socket, WskOptions.REUSEADDR)).isZero();
    }
    client.closeAll();
  }

  @EachTransport
  @Rule({"OPT-19", "OPT-21", "IOC-53"})
  void shouldProbeIdleConnections(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskListeningSocket listening = client.listening();
    WskConnectionSocket connection = client.connection(V4, null, null);
    for (WskSocket socket : List.of(connection, listening, client.stream(V4, null, null))) {
      assertThat(calls.get(socket, WskOptions.KEEPALIVE)).isZero();
      assertThat(calls.set(socket, WskOptions.KEEPALIVE, 1)).isEqualTo(NtStatus.SUCCESS);
      assertThat(calls.get(socket, WskOptions.KEEPALIVE)).isEqualTo(1);
      assertThat(calls.get(socket, TcpOptions.KEEPIDLE)).isEqualTo(2 * 60 * 60);
      assertThat(calls.get(socket, TcpOptions.KEEPINTVL)).isEqualTo(1);
    }
    client.succeed(irp -> connection.bind(TestClient.loopback(V4, 0), 0, irp));
    assertThat(calls.set(connection, WskOptions.KEEPALIVE, 0)).isEqualTo(NtStatus.SUCCESS);
    InetSocketAddress address = client.local(listening);
    client.succeed(irp -> connection.connect(address, 0, irp));
    assertThat(SystemValues.keepAlive(connection)).isFalse();
    assertThat(calls.set(connection, WskOptions.KEEPALIVE, 1)).isEqualTo(NtStatus.SUCCESS);
    client.drain();
    assertThat(SystemValues.keepAlive(connection)).isTrue();
    assertThat(SystemValues.keepIdle(connection)).isEqualTo(2 * 60 * 60);
    assertThat(SystemValues.keepInterval(connection)).isEqualTo(1);
    client.closeAll();
  }

  @EachTransport
  @Rule({"OPT-24", "OPT-27", "CTL-21"})
  void shouldBoundWhatIsReceived(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskSocket socket : unbound(client)) {
      assertThat(calls.get(socket, WskOptions.RCVBUF)).isPositive();
      assertThat(calls.set(socket, WskOptions.RCVBUF, 40_000)).isEqualTo(NtStatus.SUCCESS);
      assertThat(calls.get(socket, WskOptions.RCVBUF)).isEqualTo(40_000);
      assertThat(calls.set(socket, WskOptions.RCVBUF, -1)).isEqualTo(BAD);
    }
    WskListeningSocket listener = client.listener(V4, null, null);
    calls.set(listener, WskOptions.RCVBUF, 30_000);
    client.succeed(irp -> listener.bind(TestClient.loopback(V4, 0), 0, irp));
    Pair one = client.acceptedPair(listener);
    Pair two = client.acceptedPair(listener);
    client.drain();
    assertThat(SystemValues.receiveBuffer(one.socket())).isEqualTo(30_000);
    assertThat(calls.set(one.socket(), WskOptions.RCVBUF, 50_000)).isEqualTo(NtStatus.SUCCESS);
    client.drain();
    assertThat(SystemValues.receiveBuffer(one.socket())).isEqualTo(50_000);
    assertThat(calls.get(two.socket(), WskOptions.RCVBUF)).isEqualTo(30_000);
    assertThat(SystemValues.receiveBuffer(two.socket())).isEqualTo(30_000);
    assertThat(calls.get(listener, WskOptions.RCVBUF)).isEqualTo(30_000);
    client.closeAll();
  }

  @EachTransport
  @Rule({"OPT-63", "OPT-64", "OPT-66"})
  void shouldKnowOnlySomeOfTheOptionsOfUserMode(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskSocket socket :
        List.of(client.listening(), client.pair().socket(), client.stream(V4, null, null))) {
      int level = WskOptions.TYPE.level();
      for (int code : new int[] {0x1005, 0x1006, 0x80, 0xFFFFFF7F, 0x1007, 0x2, 0x100}) {
        WskControlKey<ByteBuffer, ByteBuffer> key = WskControlKey.raw(level, code);
        assertThat(calls.set(socket, key, Controls.ulong(1))).isEqualTo(NtStatus.NOT_SUPPORTED);
        assertThat(
                client.result(
                    irp -> calls.get(socket, key, 4, new Out<>(Controls.bytes(4)), null, irp)))
            .isEqualTo(NtStatus.NOT_SUPPORTED);
      }
      for (WskControlKey<Integer, Integer> key :
          List.of(WskOptions.SNDLOWAT, WskOptions.RCVLOWAT)) {
        assertThat(calls.set(socket, key, 1)).isEqualTo(BAD);
        assertThat(calls.getting(socket, key)).isEqualTo(BAD);
      }
      assertThat(calls.set(socket, WskOptions.SNDBUF, 70_000)).isEqualTo(NtStatus.SUCCESS);
      if (socket instanceof WskConnectionSocket connection
          && !(socket instanceof WskStreamSocket)) {
        client.send(connection, new byte[100_000]);
      }
      assertThat(calls.get(socket, WskOptions.SNDBUF)).isEqualTo(70_000);
    }
    client.closeAll();
  }

  @EachTransport
  @Rule({"OPT-67", "OPT-69", "OPT-70"})
  void shouldHaveTheOptionsOfTcp(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    Pair pair = client.pair();
    for (WskSocket socket :
        List.of(client.listening(), pair.socket(), client.connection(V4, null, null))) {
      assertThat(calls.get(socket, TcpOptions.NODELAY)).isZero();
      assertThat(calls.set(socket, TcpOptions.NODELAY, 1)).isEqualTo(NtStatus.SUCCESS);
      assertThat(calls.get(socket, TcpOptions.NODELAY)).isEqualTo(1);
      assertThat(calls.set(socket, WskOptions.KEEPALIVE, 1)).isEqualTo(NtStatus.SUCCESS);
      setAndGet(calls, socket, TcpOptions.KEEPIDLE, 33);
      setAndGet(calls, socket, TcpOptions.KEEPINTVL, 44);
      setAndGet(calls, socket, TcpOptions.KEEPCNT, 55);
      setAndGet(calls, socket, TcpOptions.KEEPCNT, 255);
      for (int value : new int[] {256, 1000, -1, 0}) {
        assertThat(calls.set(socket, TcpOptions.KEEPCNT, value)).isEqualTo(BAD);
      }
      assertThat(calls.get(socket, TcpOptions.KEEPCNT)).isEqualTo(255);
      setAndGet(calls, socket, TcpOptions.KEEPCNT, 55);
    }
    client.drain();
    assertThat(SystemValues.keepIdle(pair.socket())).isEqualTo(33);
    assertThat(SystemValues.keepInterval(pair.socket())).isEqualTo(44);
    assertThat(SystemValues.keepCount(pair.socket())).isEqualTo(55);
    client.closeAll();
  }

  private static void setAndGet(
      Controls calls, WskSocket socket, WskControlKey<Integer, Integer> key, int value)
      throws InterruptedException {
    assertThat(calls.set(socket, key, value)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.get(socket, key)).isEqualTo(value);
  }

  @EachTransport
  @Rule("OPT-01")
  void shouldHaveTheOptionsOfBothRolesUntilOneIsTaken(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskStreamSocket listens = client.boundStream();
    WskStreamSocket connects = client.boundStream();
    for (WskStreamSocket socket : List.of(listens, connects)) {
      setAndGet(calls, socket, WskOptions.KEEPALIVE, 1);
      setAndGet(calls, socket, TcpOptions.NODELAY, 1);
    }
    client.succeed(listens::listen);
    InetSocketAddress address = client.local(listens);
    client.succeed(irp -> connects.connect(address, 0, irp));
    for (WskStreamSocket socket : List.of(listens, connects)) {
      boolean connected = socket == connects;
      Out<Long> place = new Out<>();
      assertThat(
              client.result(
                  irp -> calls.query(socket, WskIoctls.QUERY_RECEIVE_BACKLOG, 8, place, null, irp)))
          .isEqualTo(connected ? NtStatus.SUCCESS : NtStatus.INVALID_DEVICE_STATE);
      assertThat(calls.get(socket, WskOptions.KEEPALIVE)).isEqualTo(1);
    }
    client.closeAll();
  }
}
