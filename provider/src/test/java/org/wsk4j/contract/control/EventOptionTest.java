package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.stream.WskClientStreamDispatch;
import org.wsk4j.stream.WskStreamSocket;
import org.wsk4j.testing.TestScope;

/**
 * SO_WSK_EVENT_CALLBACK on real sockets: what is called then, and what listeners pass on. How masks
 * are judged {@code EventControlTest} proves.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EventOptionTest {
  private static final int V4 = AddressFamily.INET;
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  private static final int BACKLOG = WskEventCallbackControl.SEND_BACKLOG;
  private static final int DISABLE = WskEventCallbackControl.DISABLE;

  @EachTransport
  @Rule({"OPT-31", "OPT-36", "OPT-38", "OPT-39", "OPT-44"})
  void shouldEnableSeveralEventsInline(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(V4, null, recorder.dispatch());
    assertThat(
            client.result(
                irp ->
                    new Controls(client)
                        .get(
                            pair.socket(),
                            WskOptions.EVENT_CALLBACK,
                            16,
                            new Out<Void>(),
                            null,
                            irp)))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(client.control(pair.socket(), RECEIVE | DISCONNECT)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(pair.socket(), RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(pair.socket(), DISCONNECT)).isEqualTo(NtStatus.SUCCESS);
    pair.peer().send((byte) 1);
    pair.peer().endOutput();
    assertThat(recorder.bytes(1)).containsExactly(1);
    recorder.end();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"OPT-45", "OPT-47", "OPT-50", "OPT-53"})
  void shouldDisableOneEventAtATime(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 9);
    assertThat(recorder.bytes(1)).containsExactly(9);
    for (byte i = 0; i < 3; i++) {
      client.drain();
      if (i == 1) {
        client.succeed(irp -> client.control(pair.socket(), DISABLE | RECEIVE, irp));
      } else {
        assertThat(client.control(pair.socket(), DISABLE | RECEIVE)).isEqualTo(NtStatus.SUCCESS);
      }
      int before = recorder.count();
      pair.peer().send(i);
      client.drain();
      assertThat(recorder.count()).isEqualTo(before);
      assertThat(client.control(pair.socket(), RECEIVE)).isEqualTo(NtStatus.SUCCESS);
      assertThat(recorder.bytes(1)).containsExactly(i);
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"OPT-56", "OPT-57"})
  void shouldPassConnectionEventsOnByTheAcceptEventAlone(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              call.socketDispatch().set(recorder.dispatch());
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(V4, null, acceptor.dispatch());
    assertThat(client.control(listener, ACCEPT | RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(listener, DISABLE | RECEIVE)).isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(client.control(listener, DISABLE | ACCEPT)).isEqualTo(NtStatus.SUCCESS);

    Recorder idle = new Recorder();
    Peer byRequest = client.peer(listener);
    WskConnectionSocket accepted = client.accept(listener, null, idle.dispatch());
    byRequest.send((byte) 1);
    client.drain();
    assertThat(client.receive(accepted, 1)).containsExactly(1);
    assertThat(idle.count()).isZero();

    assertThat(client.control(listener, ACCEPT)).isEqualTo(NtStatus.SUCCESS);
    Peer byEvent = client.peer(listener);
    WskConnectionSocket told = client.watch(acceptor.next().require());
    byEvent.send((byte) 2);
    assertThat(recorder.bytes(1)).containsExactly(2);
    client.close(accepted, told, listener);
  }

  @EachTransport
  @Rule("OPT-02")
  void shouldHaveTheEventsOfTheRole(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    WskStreamSocket listens =
        client.boundStream(
            V4,
            null,
            new WskClientStreamDispatch(
                new Acceptor(call -> NtStatus.SUCCESS).dispatch(), recorder.dispatch()));
    WskStreamSocket connects =
        client.boundStream(
            V4,
            null,
            new WskClientStreamDispatch(
                new Acceptor(call -> NtStatus.SUCCESS).dispatch(), recorder.dispatch()));
    for (WskStreamSocket socket : new WskStreamSocket[] {listens, connects}) {
      for (int mask : new int[] {ACCEPT, RECEIVE}) {
        assertThat(client.control(socket, mask)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      }
    }
    client.succeed(listens::listen);
    Irp connect = client.irp();
    client.result(connects.connect(client.local(listens), 0, connect), connect);
    client.accept(listens, null, null);
    assertThat(client.control(listens, ACCEPT)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(listens, RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(connects, RECEIVE | DISCONNECT)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(connects, ACCEPT)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.control(connects, DISABLE | BACKLOG)).isEqualTo(NtStatus.SUCCESS);
    client.closeAll();
  }

  @EachTransport
  @Rule("OPT-33")
  void shouldNotEnableBeforeTheConnectionStands(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    WskConnectionSocket socket = client.connection(V4, null, recorder.dispatch());
    assertRefused(client, socket);
    client.succeed(irp -> socket.bind(TestClient.loopback(V4, 0), 0, irp));
    assertRefused(client, socket);
    WskListeningSocket listener = client.listening();
    SocketAddress to = client.local(listener);
    client.succeed(irp -> socket.connect(to, 0, irp));
    WskConnectionSocket accepted = client.accept(listener, null, null);
    for (int mask : new int[] {RECEIVE, DISCONNECT}) {
      assertThat(client.control(socket, mask)).isEqualTo(NtStatus.SUCCESS);
    }
    client.send(accepted, (byte) 1);
    assertThat(recorder.bytes(1)).containsExactly(1);
    client.closeAll();
  }

  private static void assertRefused(TestClient client, WskConnectionSocket socket)
      throws InterruptedException {
    for (int mask : new int[] {RECEIVE, DISCONNECT, RECEIVE | DISCONNECT}) {
      assertThat(client.control(socket, mask)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      assertThat(client.result(irp -> client.control(socket, mask, irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    }
  }
}
