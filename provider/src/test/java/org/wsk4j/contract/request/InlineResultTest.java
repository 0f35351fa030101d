package org.wsk4j.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** What a call returns and what its IRP is completed with belong together. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class InlineResultTest {
  @EachTransport
  @Rule({"IRP-02", "IRP-11", "IRP-55"})
  void shouldCompleteWithSuccessWhatReturnsSuccess(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    WskConnectionSocket socket = pair.socket();
    Out<SocketAddress> place = new Out<>();
    List<Call> calls =
        List.of(
            irp -> socket.getLocalAddress(place, irp),
            irp -> socket.getRemoteAddress(place, irp),
            irp ->
                socket.controlSocket(
                    WskControlSocketType.SET_OPTION, WskOptions.KEEPALIVE, 1, 0, null, null, irp));
    for (Call call : calls) {
      Routine routine = new Routine();
      assertThat(call.with(routine.on(client.irp()))).isEqualTo(NtStatus.SUCCESS);
      client.drain();
      assertThat(routine.calls())
          .containsExactly(new Routine.Call(NtStatus.SUCCESS, 0, null, false, null));
    }
    client.close(socket);
  }

  @EachTransport
  @Rule({"IRP-03", "IRP-04", "IRP-11"})
  void shouldCompleteWithTheErrorThatWasReturned(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket socket = client.connection(AddressFamily.INET, null, null);
    WskListeningSocket listener = client.listener(AddressFamily.INET, null, null);
    SocketAddress here = TestClient.loopback(AddressFamily.INET, 1);
    List<Call> calls =
        List.of(
            irp -> socket.connect(here, 0, irp),
            irp -> socket.bind(here, 1, irp),
            irp -> socket.bind(null, 0, irp),
            irp -> socket.send(WskBuf.of(new byte[1]), 0, irp),
            irp -> socket.receive(WskBuf.of(new byte[1]), 0, irp),
            irp -> socket.receive(null, 0, irp),
            irp -> socket.disconnect(null, 0, irp),
            irp -> socket.getLocalAddress(new Out<>(), irp),
            irp -> socket.getRemoteAddress(new Out<>(), irp),
            irp -> client.control(socket, WskEventCallbackControl.RECEIVE, irp),
            irp -> listener.accept(0, null, null, null, null, irp),
            irp -> listener.getLocalAddress(new Out<>(), irp),
            irp -> client.socketConnect(TestClient.any(AddressFamily.INET, 0), null, null, irp));
    for (Call call : calls) {
      Routine routine = new Routine();
      NtStatus returned = call.with(routine.on(client.irp()));
      assertThat(returned.isSuccess()).isFalse();
      client.drain();
      assertThat(routine.calls()).containsExactly(new Routine.Call(returned, 0, null, false, null));
    }
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"IRP-05", "IRP-11", "IRP-55", "IRP-51"})
  void shouldCompleteLaterWhatReturnsPending(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listener(AddressFamily.INET, null, null);
    Routine bound = new Routine();
    SocketAddress any = TestClient.loopback(AddressFamily.INET, 0);
    NtStatus bind = listener.bind(any, 0, bound.on(client.irp()));
    assertThat(bound.next())
        .isEqualTo(new Routine.Call(NtStatus.SUCCESS, 0, null, bind == NtStatus.PENDING, null));

    Routine accepted = new Routine();
    Irp accept = accepted.on(client.irp());
    assertThat(listener.accept(0, null, null, null, null, accept)).isEqualTo(NtStatus.PENDING);
    client.drain();
    assertThat(accepted.calls()).isEmpty();
    Peer peer = client.peer(listener);
    Routine.Call call = accepted.next();
    assertThat(call.status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(call.pendingReturned()).isTrue();
    assertThat(call.information()).isZero();
    WskConnectionSocket socket = client.watch((WskConnectionSocket) call.object());
    peer.send((byte) 1);
    assertThat(client.receive(socket, 1)).containsExactly(1);
    client.drain();
    assertThat(accepted.calls()).hasSize(1);

    Routine closed = new Routine();
    NtStatus close = socket.closeSocket(closed.on(client.irp()));
    assertThat(closed.next())
        .isEqualTo(new Routine.Call(NtStatus.SUCCESS, 0, null, close == NtStatus.PENDING, null));
    client.close(listener);
  }

  @EachTransport
  @Rule({"IRP-51", "IRP-55"})
  void shouldShowNewSocketsAndNothingElse(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    WskConnectionSocket socket = client.connection(AddressFamily.INET, null, null);
    SocketAddress any = TestClient.any(AddressFamily.INET, 0);
    SocketAddress to = client.local(listener);
    expectNothing(client.succeed(irp -> socket.bind(any, 0, irp)));
    expectNothing(client.succeed(irp -> socket.connect(to, 0, irp)));
    WskConnectionSocket first = client.accept(listener, null, null);
    Irp made = client.succeed(irp -> client.socketConnect(to, null, null, irp));
    WskConnectionSocket second = client.watch(made.object(WskConnectionSocket.class));
    WskConnectionSocket third = client.accept(listener, null, null);
    assertThat(List.of(socket, first, second, third)).doesNotHaveDuplicates();
    assertThat(client.local(second)).isEqualTo(client.remote(third));
    expectNothing(client.succeed(irp -> second.disconnect(null, 0, irp)));
    expectNothing(client.succeed(irp -> second.closeSocket(irp)));
    client.close(socket, first, third, listener);
  }

  private static void expectNothing(Irp irp) {
    assertThat(irp.information()).isZero();
    assertThat(irp.object()).isNull();
  }
}
