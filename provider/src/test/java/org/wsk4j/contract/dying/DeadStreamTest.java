package org.wsk4j.contract.dying;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.Death;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.testing.TransportMatrix;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.stream.WskClientStreamDispatch;
import org.wsk4j.stream.WskStreamSocket;
import org.wsk4j.testing.TestScope;

/**
 * Stream sockets whose transport fails under them: both of their network ends die together, and the
 * client hears of it in the role that the socket has taken.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeadStreamTest {
  private static final int INET = AddressFamily.INET;
  private static final NtStatus DEAD = NtStatus.FILE_FORCED_CLOSED;

  private final Acceptor acceptor = new Acceptor();
  private final Recorder recorder = new Recorder();

  private WskClientStreamDispatch dispatch() {
    return new WskClientStreamDispatch(acceptor.dispatch(), recorder.dispatch());
  }

  static Stream<Arguments> deathsOfAnybody() {
    return deaths().filter(each -> isOfAnybody((Death) each.get()[1]));
  }

  private static boolean isOfAnybody(Death death) {
    return death == Death.DECLARED || death == Death.LOOPS_END;
  }

  static Stream<Arguments> deaths() {
    return TransportMatrix.transports().stream()
        .flatMap(
            transport ->
                Stream.of(Death.values())
                    .filter(death -> death.isNoticed(transport))
                    .map(death -> Arguments.of(transport, death)));
  }

  private static void assertDead(TestClient client, Call call) throws InterruptedException {
    Irp irp = client.irp();
    assertThat(call.with(irp)).isEqualTo(DEAD);
    assertThat(client.result(irp)).isEqualTo(DEAD);
    assertThat(irp.information()).isZero();
  }

  private static void assertOfNoUse(TestClient client, WskStreamSocket socket)
      throws InterruptedException {
    SocketAddress nowhere = TestClient.loopback(INET, 9);
    assertDead(client, irp -> socket.bind(TestClient.loopback(INET, 0), 0, irp));
    assertDead(client, socket::listen);
    assertDead(client, irp -> socket.accept(0, null, null, null, null, irp));
    assertDead(client, irp -> socket.connect(nowhere, 0, irp));
    assertDead(client, irp -> socket.send(WskBuf.of(new byte[1]), 0, irp));
    assertDead(client, irp -> socket.receive(WskBuf.of(new byte[1]), 0, irp));
    assertDead(client, irp -> socket.getLocalAddress(new Out<>(), irp));
    assertThat(client.control(socket, WskEventCallbackControl.ACCEPT)).isEqualTo(DEAD);
    assertThat(client.control(socket, WskEventCallbackControl.RECEIVE)).isEqualTo(DEAD);
  }

  /** Its address is free when it is closed, not before. */
  private static void closeAndReuse(
      TestClient client, Death death, WskStreamSocket socket, InetSocketAddress address)
      throws InterruptedException {
    client.close(socket);
    assertThat(client.result(socket::listen)).isEqualTo(NtStatus.INVALID_HANDLE);
    if (death != Death.LOOPS_END) {
      WskStreamSocket next = client.stream(INET, null, null);
      client.succeed(irp -> next.bind(address, 0, irp));
      client.succeed(next::listen);
      client.close(next);
    }
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deathsOfAnybody")
  @Rule({"STM-17", "CON-23", "ACC-55"})
  void shouldTellNobodyWhileItHasNoRole(Transport on, Death death, TestScope scope)
      throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    WskStreamSocket socket = client.boundStream(INET, null, dispatch());
    InetSocketAddress address = client.local(socket);

    death.of(socket, provider);

    assertOfNoUse(client, socket);
    closeAndReuse(client, death, socket, address);
    assertThat(acceptor.count()).isZero();
    assertThat(recorder.order()).isEmpty();
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"ACC-54", "ACC-55", "ACC-58", "STM-17"})
  void shouldTellAsAListenerWhenItListens(Transport on, Death death, TestScope scope)
      throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    WskStreamSocket socket = client.boundStream(INET, null, dispatch());
    client.succeed(socket::listen);
    assertThat(client.control(socket, WskEventCallbackControl.ACCEPT)).isEqualTo(NtStatus.SUCCESS);
    InetSocketAddress address = client.local(socket);
    Irp accept = client.pend(irp -> socket.accept(0, null, null, null, null, irp));
    client.drain();

    death.of(socket, provider);

    assertThat(client.result(NtStatus.PENDING, accept)).isEqualTo(DEAD);
    assertThat(acceptor.next().socket()).isNull();
    assertOfNoUse(client, socket);
    closeAndReuse(client, death, socket, address);
    assertThat(acceptor.count()).isOne();
    assertThat(recorder.order()).isEmpty();
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deathsOfAnybody")
  @Rule({"RCV-14", "RCV-76", "RCV-77", "STM-17"})
  void shouldTellAsAConnectionWhenItIsConnected(Transport on, Death death, TestScope scope)
      throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    WskStreamSocket socket = client.boundStream(INET, null, dispatch());
    InetSocketAddress address = client.local(socket);
    Peer peer;
    try (ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope)) {
      client.succeed(irp -> socket.connect(listener.getLocalSocketAddress(), 0, irp));
      peer = Peer.accept(listener, scope);
    }
    assertThat(client.control(socket, WskEventCallbackControl.RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    Irp receive = client.pend(irp -> socket.receive(WskBuf.of(new byte[1]), 0, irp));
    client.drain();

    death.of(socket, provider);

    assertThat(client.result(NtStatus.PENDING, receive)).isEqualTo(DEAD);
    recorder.death();
    assertThat(peer.isReset()).isTrue();
    assertOfNoUse(client, socket);
    closeAndReuse(client, death, socket, address);
    assertThat(recorder.order()).containsExactly("dead");
    assertThat(acceptor.count()).isZero();
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deathsOfAnybody")
  @Rule({"CON-23", "STM-17"})
  void shouldEndAConnectThatWaits(Transport on, Death death, TestScope scope) throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    SocketAddress busy = Peer.busy(TestClient.loopback(INET, 0), scope);
    WskStreamSocket socket = client.boundStream(INET, null, dispatch());
    InetSocketAddress address = client.local(socket);
    Irp connect = client.pend(irp -> socket.connect(busy, 0, irp));
    client.drain();

    death.of(socket, provider);

    assertThat(client.result(NtStatus.PENDING, connect)).isEqualTo(DEAD);
    // The address is not free for another role any more.
    assertOfNoUse(client, socket);
    closeAndReuse(client, death, socket, address);
  }

  @EachTransport
  @Rule({"STM-17", "CLS-34", "CLS-36"})
  void shouldBeDeadWhenItComesAfterTheLoops(Transport on, TestScope scope) throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    provider.endLoops();
    WskStreamSocket socket = client.stream(INET, null, dispatch());
    assertOfNoUse(client, socket);
    client.close(socket);
    assertThat(client.openSockets()).isZero();
  }
}
