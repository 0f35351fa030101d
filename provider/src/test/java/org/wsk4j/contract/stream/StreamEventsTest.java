package org.wsk4j.contract.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.stream.WskClientStreamDispatch;
import org.wsk4j.stream.WskStreamSocket;
import org.wsk4j.testing.TestScope;

/** The events of stream sockets: those of the role, from the table of the role. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StreamEventsTest {
  private static final int INET = AddressFamily.INET;
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  private static final int BACKLOG = WskEventCallbackControl.SEND_BACKLOG;
  private static final int DISABLE = WskEventCallbackControl.DISABLE;

  private final Object context = new Object();
  private final Acceptor acceptor = new Acceptor();
  private final Recorder recorder = new Recorder();
  private final List<Long> backlogs = new CopyOnWriteArrayList<>();

  private WskClientStreamDispatch dispatch() {
    WskClientConnectionDispatch connect =
        WskClientConnectionDispatch.builder()
            .onReceive(recorder.dispatch().receiveEvent())
            .onDisconnect(recorder.dispatch().disconnectEvent())
            .onSendBacklog(
                (socketContext, size) -> {
                  backlogs.add(size);
                  return NtStatus.SUCCESS;
                })
            .build();
    return new WskClientStreamDispatch(acceptor.dispatch(), connect);
  }

  private static NtStatus setSendBuffer(WskStreamSocket socket, int bytes, Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.SET_OPTION, WskOptions.SNDBUF, bytes, 0, null, null, irp);
  }

  @EachTransport
  @Rule("STM-07")
  void shouldHaveNoEventsBeforeItHasARole(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.stream(INET, context, dispatch());
    for (int event : new int[] {ACCEPT, RECEIVE, DISCONNECT, BACKLOG, ACCEPT | DISABLE}) {
      assertThat(client.control(socket, event)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    }
    assertThat(client.control(socket, WskEventCallbackControl.RECEIVE_FROM))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    client.succeed(irp -> socket.bind(TestClient.loopback(INET, 0), 0, irp));
    for (int event : new int[] {ACCEPT, RECEIVE, DISCONNECT, BACKLOG}) {
      assertThat(client.control(socket, event)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    }
    // All are disabled when it has one.
    client.succeed(socket::listen);
    Peer.connect(client.local(socket), scope);
    client.drain();
    assertThat(acceptor.count()).isZero();
    client.close(client.accept(socket, null, null), socket);
  }

  @EachTransport
  @Rule({"STM-05", "STM-06", "STM-32"})
  void shouldUseTheListenPartWhenItListens(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.boundStream(INET, context, dispatch());
    client.succeed(socket::listen);
    Recorder ofAccepted = new Recorder();
    Object contextOfAccepted = new Object();
    acceptor.then(
        call -> {
          call.socketContext().set(contextOfAccepted);
          call.socketDispatch().set(ofAccepted.dispatch());
          return NtStatus.SUCCESS;
        });
    assertThat(client.control(socket, ACCEPT | RECEIVE | BACKLOG)).isEqualTo(NtStatus.SUCCESS);
    Peer peer = Peer.connect(client.local(socket), scope);
    Acceptor.Call call = acceptor.next();
    client.watch(call.require());
    assertThat(call.context()).isSameAs(context);
    assertThat(call.remote()).isEqualTo(peer.localAddress());
    // What it enables besides is for the sockets that it accepts.
    peer.send((byte) 4);
    Recorder.Data data = ofAccepted.next();
    assertThat(data.context()).isSameAs(contextOfAccepted);
    assertThat(client.control(socket, RECEIVE | DISABLE)).isEqualTo(NtStatus.NOT_SUPPORTED);
    client.succeed(irp -> setSendBuffer(socket, 256 * 1024, irp));
    client.drain();
    assertThat(backlogs).isEmpty();
    assertThat(recorder.count()).isZero();
    assertThat(client.control(socket, ACCEPT | DISABLE)).isEqualTo(NtStatus.SUCCESS);
    Peer.connect(client.local(socket), scope);
    client.drain();
    assertThat(acceptor.count()).isOne();
    client.closeAll();
  }

  @EachTransport
  @Rule({"STM-05", "STM-06", "STM-33"})
  void shouldUseTheConnectPartWhenItIsConnected(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.boundStream(INET, context, dispatch());
    try (ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope)) {
      client.succeed(irp -> socket.connect(listener.getLocalSocketAddress(), 0, irp));
      Peer peer = Peer.accept(listener, scope);
      assertThat(client.control(socket, ACCEPT)).isEqualTo(NtStatus.INVALID_PARAMETER);
      assertThat(client.control(socket, RECEIVE | DISCONNECT | BACKLOG))
          .isEqualTo(NtStatus.SUCCESS);
      peer.send((byte) 8);
      Recorder.Data data = recorder.next();
      assertThat(data.context()).isSameAs(context);
      assertThat(data.copy()).containsExactly(8);
      client.succeed(irp -> setSendBuffer(socket, 256 * 1024, irp));
      client.drain();
      assertThat(backlogs).containsExactly(256L * 1024);
      peer.endOutput();
      assertThat(recorder.end().context()).isSameAs(context);
      assertThat(client.control(socket, RECEIVE | DISABLE)).isEqualTo(NtStatus.SUCCESS);
    }
    assertThat(acceptor.count()).isZero();
    client.close(socket);
  }

  @EachTransport
  @Rule({"EVT-36", "EVT-40", "EVT-42"})
  void shouldHaveStaticEventsFromTheMomentItTakesItsRole(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(client.statics(ACCEPT | RECEIVE | DISCONNECT)).isEqualTo(NtStatus.SUCCESS);
    Recorder ofAccepted = new Recorder();
    acceptor.then(
        call -> {
          call.socketDispatch().set(ofAccepted.dispatch());
          return NtStatus.SUCCESS;
        });
    WskStreamSocket listening = client.boundStream(INET, context, dispatch());
    // The first socket seals them.
    assertThat(client.statics(BACKLOG)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    client.succeed(listening::listen);
    WskStreamSocket connecting = client.boundStream(INET, context, dispatch());
    SocketAddress to = client.local(listening);
    client.succeed(irp -> connecting.connect(to, 0, irp));
    Acceptor.Call call = acceptor.next();
    client.watch(call.require());
    client.send(connecting, (byte) 1);
    assertThat(ofAccepted.next().copy()).containsExactly(1);
    client.send(call.require(), (byte) 2);
    assertThat(recorder.next().copy()).containsExactly(2);
    assertThat(client.control(listening, ACCEPT | DISABLE)).isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(client.control(connecting, RECEIVE | DISABLE)).isEqualTo(NtStatus.NOT_SUPPORTED);
    client.closeAll();
  }

  @EachTransport
  @Rule("STM-32")
  void shouldOfferWhatWaitsWhenTheAcceptEventIsEnabled(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.boundStream(INET, context, dispatch());
    client.succeed(socket::listen);
    Peer peer = Peer.connect(client.local(socket), scope);
    client.drain();
    assertThat(acceptor.count()).isZero();
    assertThat(client.control(socket, ACCEPT)).isEqualTo(NtStatus.SUCCESS);
    Acceptor.Call call = acceptor.next();
    client.watch(call.require());
    assertThat(call.remote()).isEqualTo(peer.localAddress());
    client.closeAll();
  }
}
