package org.wsk4j.contract.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramRecorder;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Events that a client enables once for all its sockets, as sockets see it. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StaticEventsTest {
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  private static final int DISABLE = WskEventCallbackControl.DISABLE;

  private static final int ALL =
      ACCEPT
          | RECEIVE
          | DISCONNECT
          | WskEventCallbackControl.RECEIVE_FROM
          | WskEventCallbackControl.SEND_BACKLOG;

  @EachTransport
  @Rule({"CLI-62", "CLI-64", "CLI-65", "EVT-36", "EVT-37"})
  void shouldEnableOnEverySocketTheEventsOfItsCategory(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(client.statics(ALL)).isEqualTo(NtStatus.SUCCESS);
    for (int i = 0; i < 2; i++) {
      Recorder accepted = new Recorder();
      Recorder connected = new Recorder();
      Acceptor acceptor = new Acceptor(call -> take(call, accepted));
      WskListeningSocket listener = client.listening(AddressFamily.INET, null, acceptor.dispatch());
      WskConnectionSocket socket =
          client.connected(client.local(listener), null, connected.dispatch());
      WskConnectionSocket arrived = client.watch(acceptor.next().require());
      client.send(socket, (byte) 1);
      client.send(arrived, (byte) 2);
      assertThat(accepted.bytes(1)).containsExactly(1);
      assertThat(connected.bytes(1)).containsExactly(2);
      client.succeed(irp -> socket.disconnect(null, 0, irp));
      assertThat(accepted.end().flags() & WskFlags.ABORTIVE).isZero();
      client.close(socket, arrived, listener);
    }
  }

  @EachTransport
  @Rule({"CLI-67", "CLI-69", "CLI-71", "EVT-45"})
  void shouldLeaveTheOtherEventsToEachSocket(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(client.statics(ACCEPT | WskEventCallbackControl.RECEIVE_FROM))
        .isEqualTo(NtStatus.SUCCESS);
    WskSocket basic = basic(client);
    assertThat(client.control(basic, ACCEPT)).isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(AddressFamily.INET, null, recorder.dispatch());
    pair.peer().send((byte) 1);
    client.drain();
    assertThat(recorder.count()).isZero();

    assertThat(client.control(pair.socket(), RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(recorder.bytes(1)).containsExactly(1);
    client.succeed(irp -> client.control(pair.socket(), DISABLE | RECEIVE, irp));
    pair.peer().send((byte) 2);
    assertThat(client.receive(pair.socket(), 1)).containsExactly(2);
    assertThat(recorder.count()).isEqualTo(1);
    client.close(basic, pair.socket());
  }

  @EachTransport
  @Rule({"CLI-70", "EVT-40", "EVT-41", "OPT-58", "OPT-59"})
  void shouldNotBeDisabledAgain(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(client.statics(ACCEPT | RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    Recorder recorder = new Recorder();
    Acceptor acceptor = new Acceptor(call -> take(call, recorder));
    WskListeningSocket listener = client.listening(AddressFamily.INET, null, acceptor.dispatch());
    assertThat(client.control(listener, DISABLE | ACCEPT)).isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(client.control(listener, ACCEPT)).isEqualTo(NtStatus.SUCCESS);
    Peer peer = client.peer(listener);
    WskConnectionSocket socket = client.watch(acceptor.next().require());
    // The socket has its events when the accept callback has returned.
    client.drain();

    assertThat(client.control(socket, DISABLE | RECEIVE)).isEqualTo(NtStatus.NOT_SUPPORTED);
    Irp irp = client.irp();
    assertThat(client.result(client.control(socket, DISABLE | RECEIVE, irp), irp))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    peer.send((byte) 1);
    assertThat(recorder.bytes(1)).containsExactly(1);

    assertThat(client.control(socket, RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(socket, DISABLE | RECEIVE)).isEqualTo(NtStatus.NOT_SUPPORTED);
    peer.send((byte) 2);
    assertThat(recorder.bytes(1)).containsExactly(2);
    client.drain();
    assertThat(recorder.count()).isEqualTo(2);
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"CLI-72", "EVT-38"})
  void shouldComeBeforeTheFirstSocket(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    SocketAddress nobody = nobody(scope);
    assertThat(client.result(irp -> basic(client, 0, irp)))
        .isEqualTo(NtStatus.PROTOCOL_UNREACHABLE);
    assertThat(client.result(irp -> client.socketConnect(nobody, null, null, irp)))
        .isEqualTo(NtStatus.CONNECTION_REFUSED);
    assertThat(client.statics(RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    client.close(basic(client));
    assertThat(client.statics(DISCONNECT)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.statics(RECEIVE)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);

    Recorder recorder = new Recorder();
    Pair pair = client.pair(AddressFamily.INET, null, recorder.dispatch());
    pair.peer().send((byte) 1);
    pair.peer().close();
    assertThat(recorder.bytes(1)).containsExactly(1);
    assertThat(client.receive(pair.socket(), 1)).isEmpty();
    client.drain();
    assertThat(recorder.ends()).isEmpty();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"CLI-72", "EVT-38"})
  void shouldComeBeforeTheFirstSocketOfAnyKind(Transport on, TestScope scope) throws Exception {
    TestClient listening = TestClient.on(on, scope);
    listening.close(listening.listener(AddressFamily.INET, null, null));
    assertThat(listening.statics(ACCEPT)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    TestClient connecting = TestClient.on(on, scope);
    connecting.close(connecting.connection(AddressFamily.INET6, null, null));
    assertThat(connecting.statics(RECEIVE)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    TestClient connected = TestClient.on(on, scope);
    connected.close(connected.pair().socket());
    assertThat(connected.statics(RECEIVE)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
  }

  @EachTransport
  @Rule("CLI-73")
  void shouldAddUp(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(client.statics(RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.statics(DISCONNECT)).isEqualTo(NtStatus.SUCCESS);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(AddressFamily.INET, null, recorder.dispatch());
    pair.peer().send((byte) 1);
    pair.peer().endOutput();
    assertThat(recorder.bytes(1)).containsExactly(1);
    assertThat(recorder.end().flags() & WskFlags.ABORTIVE).isZero();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("REG-58")
  void shouldLastWhenTheInterfaceIsCapturedAgain(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(client.statics(RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    client.registration().releaseProviderNpi();
    Out<WskProviderNpi> captured = new Out<>();
    assertThat(client.registration().captureProviderNpi(WskRegistration.NO_WAIT, captured))
        .isEqualTo(NtStatus.SUCCESS);
    WskProviderNpi again = captured.require();
    Recorder recorder = new Recorder();
    ServerSocket listener = Peer.listen(TestClient.loopback(AddressFamily.INET, 0), scope);
    Irp connected =
        client.succeed(
            irp ->
                again
                    .dispatch()
                    .socketConnect(
                        again.client(),
                        SocketType.STREAM,
                        Protocol.TCP,
                        TestClient.any(AddressFamily.INET, 0),
                        listener.getLocalSocketAddress(),
                        0,
                        null,
                        recorder.dispatch(),
                        null,
                        null,
                        null,
                        irp));
    WskSocket socket = client.watch(connected.object(WskSocket.class));
    Peer.accept(listener, scope).send((byte) 5);
    assertThat(recorder.bytes(1)).containsExactly(5);
    client.close(socket);
  }

  @EachTransport
  @Rule({"CLI-61", "CLI-63", "CLI-74", "EVT-39"})
  void shouldRefuseBadRequests(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    NpiId wsk = WskProviderCharacteristics.NPI_WSK_INTERFACE_ID;
    for (int mask : new int[] {0, DISABLE, DISABLE | RECEIVE, 1, 0x20, 0x400, RECEIVE | 0x8}) {
      assertThat(statics(client, wsk, mask, 0, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    assertThat(statics(client, null, RECEIVE, 0, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(statics(client, new NpiId(UUID.randomUUID()), RECEIVE, 0, null))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(statics(client, wsk, RECEIVE, 4, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> statics(client, wsk, RECEIVE, 0, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(
            client
                .functions()
                .controlClient(
                    client.client(),
                    WskClientControls.SET_STATIC_EVENT_CALLBACKS,
                    null,
                    0,
                    null,
                    null,
                    null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);

    Recorder recorder = new Recorder();
    Pair pair = client.pair(AddressFamily.INET, null, recorder.dispatch());
    pair.peer().send((byte) 1);
    assertThat(client.receive(pair.socket(), 1)).containsExactly(1);
    assertThat(recorder.count()).isZero();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"CLI-75", "CLI-76", "EVT-42"})
  void shouldAcceptFromTheBindOnAndInspectNothing(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(client.statics(ALL)).isEqualTo(NtStatus.SUCCESS);
    AtomicInteger inspected = new AtomicInteger();
    Acceptor acceptor = new Acceptor();
    WskClientListenDispatch dispatch =
        WskClientListenDispatch.builder()
            .onAccept(acceptor)
            .onInspect(
                (context, local, remote, id) -> {
                  inspected.incrementAndGet();
                  return null;
                })
            .onAbort(
                (context, id) -> {
                  inspected.incrementAndGet();
                  return NtStatus.SUCCESS;
                })
            .build();
    WskListeningSocket listener = client.listener(AddressFamily.INET, "listener", dispatch);
    client.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    Peer peer = client.peer(listener);
    Acceptor.Call call = acceptor.next();
    assertThat(call.context()).isEqualTo("listener");
    assertThat(call.remote()).isEqualTo(peer.localAddress());
    assertThat(inspected).hasValue(0);
    client.close(call.require(), listener);
  }

  @EachTransport
  @Rule({"EVT-44", "EVT-43", "OPT-60"})
  void shouldNotCallWhatIsMissing(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(client.statics(ALL)).isEqualTo(NtStatus.SUCCESS);
    WskListeningSocket listener = client.listening();
    Peer peer = client.peer(listener);
    WskConnectionSocket without = client.accept(listener, null, null);
    peer.send((byte) 1);
    assertThat(client.receive(without, 1)).containsExactly(1);

    Recorder ends = new Recorder();
    Peer other = client.peer(listener);
    WskConnectionSocket withEnd =
        client.accept(
            listener,
            null,
            new WskClientConnectionDispatch(null, ends.dispatch().disconnectEvent(), null));
    other.send((byte) 2);
    other.endOutput();
    // The end is told when the data before it is gone, and nobody but a request can take it.
    assertThat(client.receive(withEnd, 1)).containsExactly(2);
    assertThat(ends.end().flags() & WskFlags.ABORTIVE).isZero();
    client.close(without, withEnd, listener);
  }

  @EachTransport
  @Rule({"EVT-46", "CLI-05"})
  void shouldConcernTheSocketsOfOneClient(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    TestClient other = TestClient.on(on, scope);
    assertThat(client.statics(RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    Recorder mine = new Recorder();
    Recorder theirs = new Recorder();
    Pair pair = client.pair(AddressFamily.INET, null, mine.dispatch());
    assertThat(other.statics(DISCONNECT)).isEqualTo(NtStatus.SUCCESS);
    Pair otherPair = other.pair(AddressFamily.INET, null, theirs.dispatch());
    pair.peer().send((byte) 1);
    otherPair.peer().send((byte) 2);
    assertThat(mine.bytes(1)).containsExactly(1);
    assertThat(other.receive(otherPair.socket(), 1)).containsExactly(2);
    assertThat(theirs.count()).isZero();
    client.close(pair.socket());
    other.close(otherPair.socket());
  }

  // ---- Helpers

  private static NtStatus take(Acceptor.Call call, Recorder recorder) {
    call.socketDispatch().set(recorder.dispatch());
    return NtStatus.SUCCESS;
  }

  private static WskSocket basic(TestClient client) throws InterruptedException {
    Irp made = client.succeed(irp -> basic(client, Protocol.TCP, irp));
    return client.watch(made.object(WskSocket.class));
  }

  private static NtStatus basic(TestClient client, int protocol, Irp irp) {
    return client
        .functions()
        .socket(
            client.client(),
            AddressFamily.INET,
            SocketType.STREAM,
            protocol,
            WskFlags.BASIC_SOCKET,
            null,
            null,
            null,
            null,
            null,
            irp);
  }

  private static SocketAddress nobody(TestScope scope) throws IOException {
    ServerSocket listener = Peer.listen(TestClient.loopback(AddressFamily.INET, 0), scope);
    listener.close();
    return listener.getLocalSocketAddress();
  }

  private static NtStatus statics(
      TestClient client, @Nullable NpiId npiId, int mask, long outputSize, @Nullable Irp irp) {
    return client
        .functions()
        .controlClient(
            client.client(),
            WskClientControls.SET_STATIC_EVENT_CALLBACKS,
            new WskEventCallbackControl(npiId, mask),
            outputSize,
            outputSize > 0 ? new Out<>() : null,
            null,
            irp);
  }

  @EachTransport
  @Rule({"CLI-66", "OPT-60", "OPT-61"})
  void shouldGiveEachCategoryItsEventsAlone(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(client.statics(ALL | WskEventCallbackControl.RECEIVE_FROM))
        .isEqualTo(NtStatus.SUCCESS);
    DatagramClient udp = new DatagramClient(client, AddressFamily.INET);
    DatagramRecorder datagrams = new DatagramRecorder();
    WskDatagramSocket datagram = udp.bound(datagrams);
    udp.send(udp.bound(), udp.local(datagram), (byte) 3);
    assertThat(datagrams.nextDatagram()).containsExactly(3);
    Recorder recorder = new Recorder();
    Acceptor acceptor = new Acceptor(call -> take(call, recorder));
    WskListeningSocket listener = client.listening(AddressFamily.INET, null, acceptor.dispatch());
    WskConnectionSocket connection =
        client.connected(client.local(listener), null, withBacklog(recorder));
    client.watch(acceptor.next().require());
    // What is enabled for good cannot be disabled; what does not fit is not there at all.
    assertStatic(client, listener, ACCEPT);
    assertStatic(client, datagram, WskEventCallbackControl.RECEIVE_FROM);
    for (int event :
        new int[] {
          WskEventCallbackControl.RECEIVE,
          WskEventCallbackControl.DISCONNECT,
          WskEventCallbackControl.SEND_BACKLOG
        }) {
      assertStatic(client, connection, event);
      assertThat(client.control(datagram, event)).isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    assertThat(client.control(connection, ACCEPT)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.control(listener, WskEventCallbackControl.RECEIVE_FROM))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    client.closeAll();
  }

  private static WskClientConnectionDispatch withBacklog(Recorder recorder) {
    return new WskClientConnectionDispatch(
        recorder.dispatch().receiveEvent(),
        recorder.dispatch().disconnectEvent(),
        (context, bytes) -> NtStatus.SUCCESS);
  }

  private static void assertStatic(TestClient client, WskSocket socket, int event) {
    assertThat(client.control(socket, event | WskEventCallbackControl.DISABLE))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
  }
}
