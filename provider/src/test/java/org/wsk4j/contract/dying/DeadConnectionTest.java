package org.wsk4j.contract.dying;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.Death;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.testing.TransportMatrix;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** Connection-oriented sockets whose transport fails under them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeadConnectionTest {
  private static final NtStatus DEAD = NtStatus.FILE_FORCED_CLOSED;

  static Stream<Arguments> deaths() {
    return TransportMatrix.transports().stream()
        .flatMap(
            transport ->
                Stream.of(Death.DECLARED, Death.LOOPS_END)
                    .map(death -> Arguments.of(transport, death)));
  }

  private static void assertDead(TestClient client, Call call) throws InterruptedException {
    Irp irp = client.irp();
    assertThat(call.with(irp)).isEqualTo(DEAD);
    assertThat(client.result(irp)).isEqualTo(DEAD);
    assertThat(irp.information()).isZero();
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"RCV-14", "RCV-76", "RCV-77", "RCV-78", "CLS-34"})
  void shouldEndReceivesAndTellOnce(Transport on, Death death, TestScope scope) throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    Recorder recorder = new Recorder().atDeath(() -> NtStatus.PENDING);
    Pair pair = client.pair(recorder);
    Irp first = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[5]), 0, irp));
    Irp second =
        client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[5]), WskFlags.WAITALL, irp));
    client.drain();

    death.of(pair.socket(), provider);

    assertThat(client.result(NtStatus.PENDING, first)).isEqualTo(DEAD);
    assertThat(client.result(NtStatus.PENDING, second)).isEqualTo(DEAD);
    recorder.death();
    assertThat(recorder.deaths())
        .containsExactly(new Recorder.Death(recorder, WskFlags.AT_DISPATCH_LEVEL, 0));
    assertDead(client, irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp));
    assertDead(client, irp -> pair.socket().receiveEx(WskBuf.of(new byte[1]), 0, null, null, irp));
    client.close(pair.socket());
    assertThat(recorder.order()).containsExactly("dead");
    assertThat(pair.peer().isReset()).isTrue();
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"SND-22", "DSC-09", "CON-30", "EVT-49", "CTL-43"})
  void shouldRefuseEverythingButTheClose(Transport on, Death death, TestScope scope)
      throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    Pair pair = client.narrowPair();
    WskConnectionSocket socket = pair.socket();
    List<Irp> sends = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] much = new byte[TestClient.TOO_MUCH];
      sends.add(client.pend(irp -> socket.send(WskBuf.of(much), 0, irp)));
    }
    Irp disconnect = client.pend(irp -> socket.disconnect(null, 0, irp));
    client.drain();

    death.of(socket, provider);

    for (Irp irp : sends) {
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(DEAD);
    }
    assertThat(client.result(NtStatus.PENDING, disconnect)).isEqualTo(DEAD);
    assertDead(client, irp -> socket.send(WskBuf.of(new byte[1]), 0, irp));
    assertDead(client, irp -> socket.sendEx(WskBuf.of(new byte[1]), 0, null, irp));
    assertDead(client, irp -> socket.disconnect(null, 0, irp));
    assertDead(client, irp -> socket.disconnect(null, WskFlags.ABORTIVE, irp));
    assertDead(client, irp -> socket.getRemoteAddress(new Out<>(), irp));
    assertDead(client, irp -> socket.getLocalAddress(new Out<>(), irp));
    assertDead(client, irp -> client.control(socket, WskEventCallbackControl.RECEIVE, irp));
    assertThat(client.control(socket, WskEventCallbackControl.RECEIVE)).isEqualTo(DEAD);
    assertDead(client, irp -> keepAlive(socket, irp));
    assertDead(client, irp -> backlog(socket, irp));
    client.close(socket);
  }

  private static NtStatus keepAlive(WskConnectionSocket socket, Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.SET_OPTION, WskOptions.KEEPALIVE, 1, 0, null, null, irp);
  }

  private static NtStatus backlog(WskConnectionSocket socket, Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.IOCTL,
        WskIoctls.QUERY_RECEIVE_BACKLOG,
        null,
        8,
        new Out<>(),
        null,
        irp);
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"CON-23", "CON-43", "CLS-34"})
  void shouldNotBindOrConnect(Transport on, Death death, TestScope scope) throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    WskConnectionSocket unbound = client.connection(AddressFamily.INET, null, null);
    WskConnectionSocket bound = client.bound();
    SocketAddress nowhere = TestClient.loopback(AddressFamily.INET, 9);

    death.of(unbound, provider);
    Death.DECLARED.of(bound, provider);

    assertDead(client, irp -> unbound.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    assertDead(client, irp -> unbound.connect(nowhere, 0, irp));
    assertDead(client, irp -> bound.connect(nowhere, 0, irp));
    assertDead(client, irp -> bound.connectEx(nowhere, WskBuf.of(new byte[1]), 0, irp));
    client.close(unbound, bound);
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"CON-23", "CLS-34"})
  void shouldEndAConnectThatWaits(Transport on, Death death, TestScope scope) throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    SocketAddress busy = Peer.busy(TestClient.loopback(AddressFamily.INET, 0), scope);
    WskConnectionSocket socket = client.bound();
    Irp connect = client.pend(irp -> socket.connect(busy, 0, irp));
    client.drain();

    death.of(socket, provider);

    assertThat(client.result(NtStatus.PENDING, connect)).isEqualTo(DEAD);
    client.close(socket);
  }

  @EachTransport
  @Rule({"CON-23", "CLS-34", "CLS-36"})
  void shouldEndSocketsThatComeAfterTheLoops(Transport on, TestScope scope) throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    provider.endLoops();

    WskConnectionSocket socket = client.connection(AddressFamily.INET, null, null);
    assertDead(client, irp -> socket.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    client.close(socket);
    Irp made = client.irp();
    NtStatus answer =
        client.socketConnect(TestClient.loopback(AddressFamily.INET, 9), null, null, made);
    assertThat(client.result(answer, made)).isEqualTo(DEAD);
    assertThat(client.openSockets()).isZero();
  }

  /** Whatever is being handed over while the loops end completes, and every socket closes. */
  @EachTransport
  @Rule({"IRP-01", "CLS-08", "CLS-34", "CLS-36"})
  void shouldLoseNoRequestThatIsHandedOverWhileTheLoopsEnd(Transport on, TestScope scope)
      throws Exception {
    for (int round = 0; round < 5; round++) {
      RunningProvider provider = RunningProvider.alone(on, scope);
      TestClient client = TestClient.on(provider, scope);
      List<Pair> pairs = List.of(client.pair(), client.pair());
      CountDownLatch running = new CountDownLatch(pairs.size());
      List<Future<?>> done = new ArrayList<>();
      for (Pair pair : pairs) {
        done.add(
            scope
                .thread("caller")
                .submit(
                    () -> {
                      requestUntilDead(client, pair.socket(), running);
                      client.close(pair.socket());
                      return null;
                    }));
      }
      assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
      provider.endLoops();
      for (Future<?> each : done) {
        each.get(20, TimeUnit.SECONDS);
      }
    }
  }

  private static void requestUntilDead(
      TestClient client, WskConnectionSocket socket, CountDownLatch running)
      throws InterruptedException {
    List<Irp> requests = new ArrayList<>();
    NtStatus answer;
    do {
      Irp receive = client.irp();
      answer = socket.receive(WskBuf.of(new byte[1]), 0, receive);
      requests.add(receive);
      Irp bind = client.irp();
      socket.getLocalAddress(new Out<>(), bind);
      requests.add(bind);
      if (requests.size() == 200) {
        running.countDown();
      }
    } while (answer == NtStatus.PENDING);
    assertThat(answer).isEqualTo(DEAD);
    for (Irp irp : requests) {
      assertThat(client.result(irp)).isIn(DEAD, NtStatus.SUCCESS);
    }
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"REL-08", "REL-20", "RCV-76", "EVT-42"})
  void shouldTellThroughStaticEventsAndLeaveRetainedDataAlone(
      Transport on, Death death, TestScope scope) throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    client.statics(WskEventCallbackControl.RECEIVE);
    Recorder recorder = new Recorder(data -> NtStatus.PENDING);
    Pair pair = client.pair(AddressFamily.INET, recorder, recorder.dispatch());
    pair.peer().send(Bytes.pattern(1, 100));
    Recorder.Data kept = recorder.next();
    client.drain();

    death.of(pair.socket(), provider);

    recorder.death();
    assertThat(recorder.deaths()).hasSize(1);
    assertThat(Bytes.of(kept.list())).isEqualTo(kept.copy());
    assertThat(pair.socket().release(kept.list())).isEqualTo(NtStatus.SUCCESS);
    client.close(pair.socket());
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"CLS-15", "CLS-34", "RCV-77"})
  void shouldCloseInsideTheCallbackThatTellsOfTheDeath(Transport on, Death death, TestScope scope)
      throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    Irp close = client.irp();
    recorder.atDeath(() -> pair.socket().closeSocket(close));

    death.of(pair.socket(), provider);

    recorder.death();
    assertThat(client.result(NtStatus.PENDING, close)).isEqualTo(NtStatus.SUCCESS);
    assertThat(recorder.deaths()).hasSize(1);
  }
}
