package org.wsk4j.contract.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClient;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.security.OwningProcess;
import org.wsk4j.socket.WskClientSocketDispatch;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.stream.WskClientStreamDispatch;
import org.wsk4j.stream.WskStreamSocket;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SocketTest {
  private static final int INET = AddressFamily.INET;
  private static final int INET6 = AddressFamily.INET6;

  private static NtStatus make(
      TestClient client,
      @Nullable WskClient who,
      int[] combination,
      int flags,
      @Nullable WskClientSocketDispatch dispatch,
      @Nullable Irp irp) {
    return client
        .functions()
        .socket(
            who,
            combination[0],
            combination[1],
            combination[2],
            flags,
            null,
            dispatch,
            null,
            null,
            null,
            irp);
  }

  private static int[] tcp(int family) {
    return new int[] {family, SocketType.STREAM, Protocol.TCP};
  }

  private static int[] udp(int family) {
    return new int[] {family, SocketType.DGRAM, Protocol.UDP};
  }

  private static WskSocket made(TestClient client, int[] combination, int flags)
      throws InterruptedException {
    Irp irp = client.succeed(one -> make(client, client.client(), combination, flags, null, one));
    return client.watch(irp.object(WskSocket.class));
  }

  @EachTransport
  @Rule({"SOC-01", "SOC-02", "SOC-25", "SOC-26", "SOC-27"})
  void shouldMakeBasicSocketsOfBothFamilies(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (int family : new int[] {INET, INET6}) {
      for (int[] combination : new int[][] {tcp(family), udp(family)}) {
        Irp irp = client.irp();
        NtStatus returned = make(client, client.client(), combination, 0, null, irp);
        assertThat(returned).isEqualTo(NtStatus.SUCCESS);
        assertThat(client.result(returned, irp)).isEqualTo(NtStatus.SUCCESS);
        client.close(irp.object(WskSocket.class));
      }
    }
  }

  @EachTransport
  @Rule({"SOC-10", "SOC-11", "SOC-12", "SOC-13", "SOC-22"})
  void shouldMakeTheCategoryThatTheFlagsName(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(
            new int[] {
              WskFlags.BASIC_SOCKET,
              WskFlags.LISTEN_SOCKET,
              WskFlags.CONNECTION_SOCKET,
              WskFlags.DATAGRAM_SOCKET,
              WskFlags.STREAM_SOCKET
            })
        .containsExactly(0, 1, 2, 4, 8);
    WskSocket basic = made(client, tcp(INET), 0);
    assertThat(basic)
        .isNotInstanceOf(WskListeningSocket.class)
        .isNotInstanceOf(WskConnectionSocket.class);
    assertThat(made(client, tcp(INET), 1)).isInstanceOf(WskListeningSocket.class);
    assertThat(made(client, tcp(INET), 2))
        .isInstanceOf(WskConnectionSocket.class)
        .isNotInstanceOf(WskStreamSocket.class);
    assertThat(made(client, tcp(INET), 8)).isInstanceOf(WskStreamSocket.class);
    DatagramClient udp = new DatagramClient(client, INET);
    assertThat(udp.socket().getClass().getInterfaces()).contains(WskDatagramSocket.class);
    client.closeAll();
  }

  @EachTransportAndFamily
  @Rule({"SOC-14", "SOC-30"})
  void shouldMakeDatagramSocketsOfUdp(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    DatagramClient udp = new DatagramClient(client, TestClient.family(family));
    WskDatagramSocket one = udp.bound();
    WskDatagramSocket other = udp.bound();
    udp.send(one, udp.local(other), (byte) 1, (byte) 2);
    assertThat(udp.receive(other)).containsExactly(1, 2);
    assertThat(new Controls(client).get(one, WskOptions.TYPE)).isEqualTo(SocketType.DGRAM);
    client.closeAll();
  }

  @EachTransport
  @Rule({"SOC-04", "SOC-05", "SOC-16", "SOC-34", "SOC-35"})
  void shouldRefuseWhatThereIsNot(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (int flags : new int[] {3, 5, 6, 12, 15, 16, 0x10000, 0x80000000}) {
      assertThat(client.result(irp -> make(client, client.client(), tcp(INET), flags, null, irp)))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    int[][] unsupported = {
      {INET, SocketType.STREAM, Protocol.UDP},
      {INET, SocketType.DGRAM, Protocol.TCP},
      {INET, SocketType.RDM, Protocol.TCP},
      {INET6, 99, Protocol.TCP},
      {AddressFamily.UNSPEC, SocketType.STREAM, Protocol.TCP},
      {AddressFamily.UNIX, SocketType.STREAM, Protocol.TCP},
      {AddressFamily.BTH, SocketType.STREAM, Protocol.TCP},
      {INET, SocketType.STREAM, 999}
    };
    for (int[] combination : unsupported) {
      for (int flags : new int[] {0, 1, 2}) {
        Irp irp = client.irp();
        NtStatus returned = make(client, client.client(), combination, flags, null, irp);
        assertThat(client.result(returned, irp)).isEqualTo(NtStatus.NOT_SUPPORTED);
        assertThat(irp.object()).isNull();
      }
    }
    for (int[] combination : new int[][] {{INET, 1, 0}, {INET6, 2, 0}}) {
      assertThat(client.result(irp -> make(client, client.client(), combination, 0, null, irp)))
          .isEqualTo(NtStatus.PROTOCOL_UNREACHABLE);
    }
    assertThat(client.openSockets()).isZero();
  }

  @EachTransport
  @Rule({"SOC-07", "SOC-08", "SOC-09"})
  void shouldNeedAnIrpAndThenAClient(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(make(client, client.client(), tcp(INET), 0, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(make(client, null, tcp(INET), 0, null, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    Irp irp = client.irp();
    assertThat(make(client, null, tcp(INET), 0, null, irp)).isEqualTo(NtStatus.INVALID_HANDLE);
    WskClient foreign = new WskClient() {};
    assertThat(make(client, foreign, tcp(INET), 0, null, irp)).isEqualTo(NtStatus.INVALID_HANDLE);
    // Nobody owned the request: the IRP is as it was.
    assertThat(irp.isCompleted()).isFalse();
    NtStatus returned = make(client, client.client(), tcp(INET), 0, null, irp);
    assertThat(client.result(returned, irp)).isEqualTo(NtStatus.SUCCESS);
    client.close(irp.object(WskSocket.class));
    assertThat(client.openSockets()).isZero();
  }

  @EachTransport
  @Rule({"SOC-17", "SOC-18", "SOC-20", "SOC-24"})
  void shouldOfferTheFunctionsOfItsCategoryAlone(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(WskSocket.class.getDeclaredMethods())
        .extracting(Method::getName)
        .containsExactlyInAnyOrder("controlSocket", "closeSocket");
    WskSocket basic = made(client, tcp(INET), 0);
    assertThat(basic.getClass().getInterfaces()).isEmpty();
    assertThat(WskListeningSocket.class.getInterfaces()).containsExactly(WskSocket.class);
    assertThat(WskListeningSocket.class.getDeclaredMethods())
        .extracting(Method::getName)
        .containsExactlyInAnyOrder("bind", "accept", "inspectComplete", "getLocalAddress");
    assertThat(WskConnectionSocket.class.getDeclaredMethods())
        .extracting(Method::getName)
        .contains(
            "bind",
            "connect",
            "getLocalAddress",
            "getRemoteAddress",
            "send",
            "receive",
            "disconnect",
            "release",
            "connectEx");
    client.closeAll();
  }

  @EachTransport
  @Rule({"SOC-28", "SOC-29", "SOC-45"})
  void shouldMakeListenersAndConnectionsOfTcpNotBoundYet(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (int family : new int[] {INET, INET6}) {
      WskListeningSocket listener = (WskListeningSocket) made(client, tcp(family), 1);
      WskConnectionSocket connection = (WskConnectionSocket) made(client, tcp(family), 2);
      assertThat(client.result(irp -> listener.getLocalAddress(new org.wsk4j.nt.Out<>(), irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      assertThat(client.result(irp -> connection.getLocalAddress(new org.wsk4j.nt.Out<>(), irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      assertThat(client.result(irp -> connection.getRemoteAddress(new org.wsk4j.nt.Out<>(), irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      assertThat(client.result(irp -> make(client, client.client(), udp(family), 2, null, irp)))
          .isEqualTo(NtStatus.NOT_SUPPORTED);
      assertThat(
              client.result(
                  irp ->
                      make(
                          client,
                          client.client(),
                          new int[] {family, SocketType.RAW, Protocol.RAW},
                          1,
                          null,
                          irp)))
          .isEqualTo(NtStatus.NOT_SUPPORTED);
    }
    client.closeAll();
  }

  @EachTransport
  @Rule({"SOC-36", "SOC-37", "SOC-38", "SOC-44"})
  void shouldHandItsContextToCallbacks(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    for (Object context : new Object[] {new Object(), null}) {
      TestClient.Pair pair = client.pair(INET, context, recorder.dispatch());
      pair.peer().send((byte) 1);
      client.drain();
      assertThat(recorder.count()).isZero();
      client.control(pair.socket(), WskEventCallbackControl.RECEIVE);
      assertThat(recorder.next().context()).isSameAs(context);
      client.drain();
      recorder.forget();
      client.close(pair.socket());
    }
    Irp irp = client.irp();
    NtStatus returned =
        client
            .functions()
            .socket(
                client.client(),
                INET,
                SocketType.STREAM,
                Protocol.TCP,
                0,
                recorder,
                null,
                null,
                null,
                null,
                irp);
    assertThat(client.result(returned, irp)).isEqualTo(NtStatus.SUCCESS);
    client.close(irp.object(WskSocket.class));
  }

  @EachTransport
  @Rule({"SOC-39", "SOC-40", "SOC-41", "SOC-42", "STM-03"})
  void shouldTakeTheTableOfItsCategoryAlone(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskClientSocketDispatch listen = new WskClientListenDispatch(null, null, null);
    WskClientSocketDispatch connection = new WskClientConnectionDispatch(null, null, null);
    WskClientSocketDispatch datagram = new WskClientDatagramDispatch(null);
    WskClientSocketDispatch stream = new WskClientStreamDispatch(null, null);
    WskClientSocketDispatch[] all = {listen, connection, datagram, stream};
    WskClientSocketDispatch[] fitting = {null, listen, connection, stream};
    int[] flags = {0, 1, 2, 8};
    for (int i = 0; i < flags.length; i++) {
      for (WskClientSocketDispatch table : all) {
        Irp irp = client.irp();
        NtStatus returned = make(client, client.client(), tcp(INET), flags[i], table, irp);
        NtStatus expected = table == fitting[i] ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER;
        assertThat(client.result(returned, irp)).isEqualTo(expected);
        if (irp.object() instanceof WskSocket socket) {
          client.close(socket);
        }
      }
    }
    assertThat(client.openSockets()).isZero();
  }

  @EachTransport
  @Rule({"SOC-46", "SOC-47", "SOC-48", "SOC-49"})
  void shouldTakeOwnersThatMatterOnlyForSharing(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    List<InetSocketAddress> taken = new ArrayList<>();
    for (OwningProcess owner : new OwningProcess[] {null, OwningProcess.current()}) {
      Irp irp =
          client.succeed(
              one ->
                  client
                      .functions()
                      .socket(
                          client.client(),
                          INET,
                          SocketType.STREAM,
                          Protocol.TCP,
                          WskFlags.LISTEN_SOCKET,
                          null,
                          null,
                          owner,
                          null,
                          null,
                          one));
      WskListeningSocket socket = client.watch(irp.object(WskListeningSocket.class));
      client.succeed(one -> socket.bind(TestClient.loopback(INET, 0), 0, one));
      taken.add(client.local(socket));
    }
    for (InetSocketAddress address : taken) {
      WskListeningSocket second = client.listener(INET, null, null);
      assertThat(client.result(irp -> second.bind(address, 0, irp)))
          .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    }
    client.closeAll();
  }

  @EachTransport
  @Rule({"SOC-06", "SOC-03", "SOC-54", "SOC-55", "SOC-23"})
  void shouldMakeManyAtOnceAlsoOnAnEventLoop(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    List<Irp> irps = new ArrayList<>();
    List<AtomicReference<NtStatus>> returned = new ArrayList<>();
    client
        .provider()
        .onSomeLoop(
            () -> {
              for (int i = 0; i < 20; i++) {
                Irp irp = client.irp();
                irps.add(irp);
                returned.add(
                    new AtomicReference<>(
                        make(client, client.client(), tcp(INET), i % 3, null, irp)));
              }
            });
    List<WskSocket> sockets = new ArrayList<>();
    for (int i = 0; i < irps.size(); i++) {
      assertThat(client.result(returned.get(i).get(), irps.get(i))).isEqualTo(NtStatus.SUCCESS);
      sockets.add(client.watch(irps.get(i).object(WskSocket.class)));
    }
    assertThat(sockets).doesNotHaveDuplicates();
    client.closeAll();
  }
}
