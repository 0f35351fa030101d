package org.wsk4j.contract.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskClientControlKey;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** Events of a socket that an accept callback is offering just now. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OfferedEventsTest {
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int NO_RECEIVE = RECEIVE | WskEventCallbackControl.DISABLE;

  @EachTransport
  @Rule({"EVT-28", "CLI-70"})
  void shouldBeDisabledInsideTheCallbackUnlessTheyAreStatic(Transport on, TestScope scope)
      throws Exception {
    for (boolean isStatic : new boolean[] {false, true}) {
      TestClient client = TestClient.on(on, scope);
      Recorder recorder = new Recorder();
      Acceptor acceptor =
          new Acceptor(
              call -> {
                assertThat(client.control(call.require(), NO_RECEIVE))
                    .isEqualTo(isStatic ? NtStatus.NOT_SUPPORTED : NtStatus.SUCCESS);
                call.socketDispatch().set(recorder.dispatch());
                return NtStatus.SUCCESS;
              });
      WskListeningSocket listener = listener(client, acceptor, isStatic);
      Peer peer = client.peer(listener);
      WskConnectionSocket socket = client.watch(acceptor.next().require());
      assertDisabled(client, socket, peer, recorder, !isStatic);
      client.close(socket, listener);
    }
  }

  @EachTransport
  @Rule({"EVT-28", "CLI-70"})
  void shouldBeDisabledByOtherThreadsWhenTheCallbackHasReturned(Transport on, TestScope scope)
      throws Exception {
    ExecutorService other = scope.thread("other");
    for (boolean isStatic : new boolean[] {false, true}) {
      TestClient client = TestClient.on(on, scope);
      Recorder recorder = new Recorder();
      Irp disable = client.irp();
      Acceptor acceptor =
          new Acceptor(
              call -> {
                WskConnectionSocket socket = call.require();
                assertThat(other.submit(() -> client.control(socket, NO_RECEIVE)).get())
                    .isEqualTo(NtStatus.REQUEST_NOT_ACCEPTED);
                assertThat(other.submit(() -> client.control(socket, NO_RECEIVE, disable)).get())
                    .isEqualTo(NtStatus.PENDING);
                assertThat(disable.isCompleted()).isFalse();
                call.socketDispatch().set(recorder.dispatch());
                return NtStatus.SUCCESS;
              });
      WskListeningSocket listener = listener(client, acceptor, isStatic);
      Peer peer = client.peer(listener);
      WskConnectionSocket socket = client.watch(acceptor.next().require());
      assertThat(client.result(NtStatus.PENDING, disable))
          .isEqualTo(isStatic ? NtStatus.NOT_SUPPORTED : NtStatus.SUCCESS);
      assertDisabled(client, socket, peer, recorder, !isStatic);
      client.close(socket, listener);
    }
  }

  /** The close comes while the request still waits for the end of the offer. */
  @EachTransport
  @Rule("CLS-10")
  void shouldHoldUpTheCloseOfASocketThatIsOffered(Transport on, TestScope scope) throws Exception {
    ExecutorService other = scope.thread("other");
    TestClient client = TestClient.on(on, scope);
    Irp disable = client.irp();
    Irp close = client.irp();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              WskConnectionSocket socket = call.require();
              other.submit(() -> client.control(socket, NO_RECEIVE, disable)).get();
              assertThat(other.submit(() -> socket.closeSocket(close)).get())
                  .isEqualTo(NtStatus.PENDING);
              client.provider().drainOthers();
              assertThat(close.isCompleted()).isFalse();
              return NtStatus.SUCCESS;
            });
    client.onCompletion(close, irp -> assertThat(disable.isCompleted()).isTrue());
    WskListeningSocket listener = listener(client, acceptor, false);
    client.peer(listener);
    acceptor.next();
    assertThat(client.result(NtStatus.PENDING, close)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.PENDING, disable)).isEqualTo(NtStatus.CANCELLED);
    client.close(listener);
  }

  /** The structure holds a reference, which has no bytes. */
  @EachTransport
  void shouldNotBeReadFromBytes(Transport on, TestScope scope) {
    TestClient client = TestClient.on(on, scope);
    NtStatus answer =
        client
            .functions()
            .controlClient(
                client.client(),
                WskClientControlKey.raw(WskClientControls.SET_STATIC_EVENT_CALLBACKS.code()),
                ByteBuffer.allocate(16),
                0,
                null,
                null,
                null);
    assertThat(answer).isEqualTo(NtStatus.INVALID_PARAMETER);
  }

  // ---- Helpers

  private static WskListeningSocket listener(TestClient client, Acceptor acceptor, boolean isStatic)
      throws InterruptedException {
    if (isStatic) {
      assertThat(client.statics(RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    }
    WskListeningSocket listener = client.listening(AddressFamily.INET, null, acceptor.dispatch());
    int events = WskEventCallbackControl.ACCEPT | (isStatic ? 0 : RECEIVE);
    assertThat(client.control(listener, events)).isEqualTo(NtStatus.SUCCESS);
    return listener;
  }

  private static void assertDisabled(
      TestClient client,
      WskConnectionSocket socket,
      Peer peer,
      Recorder recorder,
      boolean isDisabled)
      throws Exception {
    peer.send((byte) 1);
    if (isDisabled) {
      assertThat(client.receive(socket, 1)).containsExactly(1);
      peer.send((byte) 2);
      client.drain();
      assertThat(recorder.count()).isZero();
    } else {
      assertThat(recorder.bytes(1)).containsExactly(1);
    }
  }
}
