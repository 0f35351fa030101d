package org.wsk4j.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Which functions need an IRP, and what those do that can do without. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MissingIrpTest {
  private static final NtStatus REFUSED = NtStatus.INVALID_PARAMETER;
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;

  @EachTransport
  @Rule({"IRP-57", "IRP-62", "SOC-07", "SOC-09"})
  void shouldBeNeededToMakeSocketsAndToResolve(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskProviderDispatch functions = client.functions();
    long before = client.provider().openSockets();
    WskListeningSocket listener = client.listening();
    SocketAddress to = client.local(listener);
    assertThat(socket(client, SocketType.STREAM)).isEqualTo(REFUSED);
    // The IRP is looked at before anything else, so that nothing else has to make sense.
    assertThat(socket(client, 99)).isEqualTo(REFUSED);
    assertThat(functions.socket(null, 0, 0, 0, -1, null, null, null, null, null, null))
        .isEqualTo(REFUSED);
    assertThat(
            functions.socketConnect(
                client.client(),
                SocketType.STREAM,
                Protocol.TCP,
                TestClient.any(AddressFamily.INET, 0),
                to,
                0,
                null,
                null,
                null,
                null,
                null,
                null))
        .isEqualTo(REFUSED);
    assertThat(
            functions.getAddressInfo(
                client.client(), "localhost", null, 0, null, null, new Out<>(), null, null, null))
        .isEqualTo(REFUSED);
    assertThat(functions.getNameInfo(client.client(), to, new Out<>(), null, 0, null, null, null))
        .isEqualTo(REFUSED);
    client.drain();
    assertThat(client.provider().openSockets()).isEqualTo(before + 1);
    Irp accept = client.pend(irp -> listener.accept(0, null, null, null, null, irp));
    client.drain();
    assertThat(accept.isCompleted()).isFalse();
    client.close(listener);
  }

  @EachTransport
  @Rule({"IRP-57", "IRP-62"})
  void shouldBeNeededByTheFunctionsOfAListener(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listener(AddressFamily.INET, null, null);
    assertThat(listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, null))
        .isEqualTo(REFUSED);
    assertThat(client.result(irp -> listener.getLocalAddress(new Out<>(), irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    client.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    Out<SocketAddress> place = new Out<>();
    assertThat(listener.getLocalAddress(place, null)).isEqualTo(REFUSED);
    assertThat(place.get()).isNull();
    assertThat(listener.accept(0, null, null, null, null, null)).isEqualTo(REFUSED);
    assertThat(listener.inspectComplete(null, null, null)).isEqualTo(REFUSED);
    assertThat(listener.closeSocket(null)).isEqualTo(REFUSED);
    client.close(client.acceptedPair(listener).socket(), listener);
  }

  @EachTransport
  @Rule({"IRP-57", "IRP-62"})
  void shouldBeNeededByTheFunctionsOfAConnection(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    SocketAddress to = client.local(listener);
    WskConnectionSocket socket = client.connection(AddressFamily.INET, null, null);
    WskBuf buffer = WskBuf.of(new byte[] {1});
    assertThat(socket.bind(TestClient.loopback(AddressFamily.INET, 0), 0, null)).isEqualTo(REFUSED);
    client.succeed(irp -> socket.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    assertThat(socket.connect(to, 0, null)).isEqualTo(REFUSED);
    assertThat(socket.connectEx(to, null, 0, null)).isEqualTo(REFUSED);
    client.succeed(irp -> socket.connect(to, 0, irp));
    WskConnectionSocket other = client.accept(listener, null, null);

    assertThat(socket.send(buffer, 0, null)).isEqualTo(REFUSED);
    assertThat(socket.sendEx(buffer, 0, null, null)).isEqualTo(REFUSED);
    assertThat(socket.disconnect(buffer, 0, null)).isEqualTo(REFUSED);
    assertThat(socket.disconnect(null, WskFlags.ABORTIVE, null)).isEqualTo(REFUSED);
    assertThat(socket.getLocalAddress(new Out<>(), null)).isEqualTo(REFUSED);
    assertThat(socket.getRemoteAddress(new Out<>(), null)).isEqualTo(REFUSED);
    assertThat(socket.closeSocket(null)).isEqualTo(REFUSED);
    client.send(socket, (byte) 2);
    assertThat(other.receive(buffer, 0, null)).isEqualTo(REFUSED);
    assertThat(other.receiveEx(buffer, 0, null, null, null)).isEqualTo(REFUSED);
    assertThat(client.receive(other, 8)).containsExactly(2);
    client.close(socket, other, listener);
  }

  @EachTransport
  @Rule({"IRP-57", "IRP-59"})
  void shouldDependOnTheOperationForControls(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(AddressFamily.INET, null, recorder.dispatch());
    WskConnectionSocket socket = pair.socket();
    Out<Integer> type = new Out<>();
    assertThat(get(socket, WskOptions.TYPE, type, null)).isEqualTo(REFUSED);
    assertThat(type.get()).isNull();
    client.succeed(irp -> get(socket, WskOptions.TYPE, type, irp));
    assertThat(type.get()).isEqualTo(SocketType.STREAM);

    assertThat(client.control(socket, RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    client.succeed(irp -> client.control(socket, RECEIVE, irp));

    assertThat(client.result(irp -> inspectId(socket, irp))).isEqualTo(REFUSED);
    assertThat(inspectId(socket, null)).isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    client.close(socket);
  }

  @EachTransport
  @Rule("IRP-60")
  void shouldBeNeededWhereTheWorkHasToWait(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ExecutorService other = scope.thread("other");
    Recorder recorder = new Recorder();
    AtomicReference<@Nullable NtStatus> answer = new AtomicReference<>();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              call.socketDispatch().set(recorder.dispatch());
              answer.set(other.submit(() -> client.control(call.require(), RECEIVE)).get());
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(acceptor);
    Peer peer = client.peer(listener);
    WskConnectionSocket socket = client.watch(acceptor.next().require());
    assertThat(answer.get()).isEqualTo(NtStatus.REQUEST_NOT_ACCEPTED);
    peer.send((byte) 1);
    assertThat(client.receive(socket, 1)).containsExactly(1);
    assertThat(recorder.count()).isZero();
    client.close(socket, listener);
  }

  private static NtStatus socket(TestClient client, int socketType) {
    return client
        .functions()
        .socket(
            client.client(),
            AddressFamily.INET,
            socketType,
            Protocol.TCP,
            WskFlags.BASIC_SOCKET,
            null,
            null,
            null,
            null,
            null,
            null);
  }

  private static <I> NtStatus get(
      WskSocket socket, WskControlKey<I, Integer> key, Out<Integer> place, @Nullable Irp irp) {
    return socket.controlSocket(WskControlSocketType.GET_OPTION, key, null, 4, place, null, irp);
  }

  private static NtStatus inspectId(WskSocket socket, @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.IOCTL, WskIoctls.QUERY_INSPECT_ID, null, 16, new Out<>(), null, irp);
  }
}
