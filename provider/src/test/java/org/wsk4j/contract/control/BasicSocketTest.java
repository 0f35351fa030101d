package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskExtensionControlIn;
import org.wsk4j.control.WskExtensionControlOut;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskClientSocketDispatch;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Basic sockets: control and close, no address and no data. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BasicSocketTest {
  private static final int V4 = AddressFamily.INET;
  private static final int V6 = AddressFamily.INET6;
  private static final NtStatus WRONG = NtStatus.INVALID_DEVICE_REQUEST;

  @EachTransportAndFamily
  @Rule({"BAS-03", "BAS-06", "BAS-15", "CTL-44", "OPT-62"})
  void shouldOfferControlAndCloseAlone(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (boolean tcp : new boolean[] {true, false}) {
      WskSocket socket = calls.basic(TestClient.family(family), tcp);
      assertThat(Arrays.stream(WskSocket.class.getMethods()).map(Method::getName))
          .containsExactlyInAnyOrder("controlSocket", "closeSocket");
      assertThat(Arrays.stream(socket.getClass().getInterfaces()))
          .doesNotContain(WskConnectionSocket.class);
      assertThat(calls.get(socket, WskOptions.TYPE))
          .isEqualTo(tcp ? SocketType.STREAM : SocketType.DGRAM);
      assertThat(calls.set(socket, WskControlKey.raw(0xFFFF, 0x1008), Controls.ulong(1)))
          .isEqualTo(NtStatus.NOT_SUPPORTED);
      assertThat(socket.closeSocket(null)).isEqualTo(NtStatus.INVALID_PARAMETER);
      client.close(socket);
    }
    WskSocket listener = client.listener(V4, null, null);
    WskSocket connection = client.connection(V4, null, null);
    WskSocket stream = client.stream(V4, null, null);
    for (WskSocket socket : List.of(listener, connection, stream)) {
      assertThat(calls.get(socket, WskOptions.TYPE)).isEqualTo(SocketType.STREAM);
    }
    client.closeAll();
  }

  @EachTransport
  @Rule({"BAS-04", "BAS-12", "BAS-13"})
  void shouldHaveNoCallbacks(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    assertThat(
            client.statics(
                WskEventCallbackControl.RECEIVE
                    | WskEventCallbackControl.ACCEPT
                    | WskEventCallbackControl.DISCONNECT))
        .isEqualTo(NtStatus.SUCCESS);
    Irp made = client.succeed(irp -> basic(client, recorder, null, irp));
    WskSocket socket = made.object(WskSocket.class);
    WskClientConnectionDispatch dispatch = recorder.dispatch();
    assertThat(client.result(irp -> basic(client, null, dispatch, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    for (int event : new int[] {0x10, 0x40, 0x80, 0x100, 0x200}) {
      assertThat(client.control(socket, event)).isEqualTo(WRONG);
      assertThat(client.control(socket, event | WskEventCallbackControl.DISABLE)).isEqualTo(WRONG);
    }
    client.drain();
    assertThat(recorder.count()).isZero();
    client.close(socket);
  }

  private static NtStatus basic(
      TestClient client, Object context, WskClientSocketDispatch dispatch, Irp irp) {
    return client.make(
        V4, SocketType.STREAM, Protocol.TCP, WskFlags.BASIC_SOCKET, context, dispatch, irp);
  }

  @EachTransport
  @Rule({"BAS-05", "BAS-07", "BAS-18", "CTL-21"})
  void shouldHoldOptionsAndNoAddress(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket one = calls.basic(V6, false);
    WskSocket two = calls.basic(V6, false);
    assertThat(calls.set(one, Ipv6Options.TCLASS, 0x20)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.get(one, Ipv6Options.TCLASS)).isEqualTo(0x20);
    assertThat(calls.get(two, Ipv6Options.TCLASS)).isZero();
    assertThat(calls.get(calls.basic(V6, false), Ipv6Options.TCLASS)).isZero();
    // Nothing of it is on the network, so whatever it is told, every address stays free.
    try (ServerSocket any = new ServerSocket(0)) {
      assertThat(any.isBound()).isTrue();
    }
    assertThat(one.toString()).contains("local=null");
    client.closeAll();
  }

  @EachTransport
  @Rule({"BAS-08", "BAS-09", "BAS-17", "EXT-02", "IOC-55"})
  void shouldMakeTheIoctlsOfAllSockets(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskSocket socket :
        List.of(
            calls.basic(V4, true),
            calls.basic(V4, false),
            client.listener(V4, null, null),
            client.connection(V4, null, null),
            client.stream(V4, null, null))) {
      Out<List<SocketAddress>> list = new Out<>();
      LongOut size = new LongOut();
      assertThat(calls.query(socket, WskIoctls.ADDRESS_LIST_QUERY, 1 << 16, list, size, null))
          .isEqualTo(NtStatus.SUCCESS);
      Irp change =
          client.pend(irp -> calls.ioctl(socket, WskIoctls.ADDRESS_LIST_CHANGE, null, irp));
      assertThat(extension(socket)).isEqualTo(NtStatus.NOT_SUPPORTED);
      Out<Boolean> rss = new Out<>();
      assertThat(
              client.result(
                  irp ->
                      calls.query(socket, WskIoctls.QUERY_RSS_SCALABILITY_INFO, 1, rss, null, irp)))
          .isEqualTo(NtStatus.NOT_SUPPORTED);
      client.close(socket);
      assertThat(change.status()).isEqualTo(NtStatus.CANCELLED);
    }
  }

  private static NtStatus extension(WskSocket socket) {
    NpiId unknown = NpiId.of("{00000000-0000-0000-0000-00000000ABCD}");
    return socket.controlSocket(
        WskControlSocketType.IOCTL,
        WskIoctls.REGISTER_EXTENSION,
        new WskExtensionControlIn(unknown, null, null),
        16,
        new Out<WskExtensionControlOut>(),
        null,
        null);
  }

  @EachTransport
  @Rule({"BAS-10", "BAS-11", "BAS-14"})
  void shouldNotHaveTheOptionsOfAddressesAndEvents(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (boolean tcp : new boolean[] {true, false}) {
      WskSocket socket = calls.basic(V4, tcp);
      for (WskControlKey<Integer, Integer> key :
          List.of(
              WskOptions.BROADCAST,
              WskOptions.CONDITIONAL_ACCEPT,
              WskOptions.EXCLUSIVEADDRUSE,
              WskOptions.KEEPALIVE,
              WskOptions.RCVBUF,
              WskOptions.REUSEADDR)) {
        assertThat(calls.set(socket, key, 1)).as(key.name()).isEqualTo(WRONG);
        assertThat(calls.getting(socket, key)).as(key.name()).isEqualTo(WRONG);
      }
      Out<SecurityDescriptor> place = new Out<>();
      assertThat(client.result(irp -> calls.get(socket, WskOptions.SECURITY, 8, place, null, irp)))
          .isEqualTo(WRONG);
      assertThat(client.control(socket, WskEventCallbackControl.RECEIVE)).isEqualTo(WRONG);
      SocketAddress peer = TestClient.loopback(V4, 9);
      assertThat(calls.ioctl(socket, WskIoctls.SET_REMOTE_ADDRESS, peer)).isEqualTo(WRONG);
      assertThat(calls.ioctl(socket, WskIoctls.SET_SENDTO_ADDRESS, peer)).isEqualTo(WRONG);
      client.close(socket);
    }
  }

  @EachTransport
  @Rule({"BAS-16", "CTL-47", "IOC-43"})
  void shouldCancelWhatWaitsWhenItCloses(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskSocket socket :
        List.of(calls.basic(V4, true), client.listening(), client.pair().socket())) {
      Irp first = client.pend(irp -> calls.ioctl(socket, WskIoctls.ADDRESS_LIST_CHANGE, null, irp));
      Irp second =
          client.pend(irp -> calls.ioctl(socket, WskIoctls.ADDRESS_LIST_CHANGE, null, irp));
      client.drain();
      assertThat(first.isCompleted()).isFalse();
      Irp close = client.irp();
      client.onCompletion(
          close,
          done -> {
            assertThat(first.isCompleted()).isTrue();
            assertThat(second.isCompleted()).isTrue();
          });
      assertThat(client.result(socket.closeSocket(close), close)).isEqualTo(NtStatus.SUCCESS);
      assertThat(client.result(first)).isEqualTo(NtStatus.CANCELLED);
      assertThat(client.result(second)).isEqualTo(NtStatus.CANCELLED);
    }
  }
}
