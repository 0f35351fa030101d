package org.wsk4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketType;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.Bytes;
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

/** Single things that programs do, each with one expectation (M1 to M17). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SmallHabitsTest {
  private static Pair pair(Scenario scenario) throws Exception {
    Pair pair = scenario.client().pair();
    scenario.watch(pair.socket());
    return pair;
  }

  @EachTransport
  void shouldRefuseASocketWithoutAProtocolM1(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    TestClient client = scenario.client();
    for (int flags : new int[] {WskFlags.LISTEN_SOCKET, WskFlags.CONNECTION_SOCKET}) {
      scenario
          .call(
              irp ->
                  client
                      .functions()
                      .socket(
                          client.client(),
                          AddressFamily.INET,
                          SocketType.STREAM,
                          0,
                          flags,
                          null,
                          null,
                          null,
                          null,
                          null,
                          irp))
          .expect(NtStatus.PROTOCOL_UNREACHABLE);
    }
  }

  @EachTransport
  void shouldTellItsVersionsBeforeACaptureM2(Transport on, TestScope scope) {
    Scenario scenario = Scenario.on(on, scope);
    WskRegistration registration = new WskRegistration(scenario.client().provider().registrar());
    registration.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0)));
    Out<WskProviderCharacteristics> told = new Out<>();
    assertThat(registration.queryProviderCharacteristics(told)).isEqualTo(NtStatus.SUCCESS);
    assertThat(told.require().lowestVersion()).isLessThanOrEqualTo(WskVersion.V1_0);
    assertThat(told.require().highestVersion()).isGreaterThanOrEqualTo(WskVersion.V1_0);
    registration.deregister();
  }

  @EachTransport
  void shouldTellTheTypeOfEverySocketM4(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    WskListeningSocket listener = scenario.watch(scenario.client().listening());
    WskConnectionSocket socket = pair(scenario).socket();
    for (WskSocket each : new WskSocket[] {listener, socket}) {
      assertThat(scenario.get(each, WskOptions.TYPE, 4)).isEqualTo(SocketType.STREAM);
      scenario.close(each);
    }
  }

  @EachTransport
  void shouldNotCloseWithoutAnIrpM5(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair pair = pair(scenario);
    assertThat(pair.socket().closeSocket(null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    scenario.send(pair.socket(), 0, new byte[] {1});
    assertThat(pair.peer().read(1)).containsExactly(1);
    scenario.close(pair.socket());
  }

  @EachTransport
  void shouldRefuseAFlagThatADisconnectDoesNotHaveM6(Transport on, TestScope scope)
      throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair pair = pair(scenario);
    scenario
        .call(irp -> pair.socket().disconnect(null, WskFlags.DRAIN, irp))
        .expect(NtStatus.INVALID_PARAMETER);
    scenario.send(pair.socket(), 0, new byte[] {1});
    assertThat(pair.peer().read(1)).containsExactly(1);
    scenario.close(pair.socket());
  }

  @EachTransport
  void shouldCallNoHandlerThatIsNotThereM7(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    TestClient client = scenario.client();
    long faults = client.provider().statistics().clientFaults();
    int all =
        WskEventCallbackControl.ACCEPT
            | WskEventCallbackControl.RECEIVE_FROM
            | WskEventCallbackControl.DISCONNECT
            | WskEventCallbackControl.RECEIVE
            | WskEventCallbackControl.SEND_BACKLOG;
    assertThat(client.statics(all)).isEqualTo(NtStatus.SUCCESS);
    // No table at all, a table without handlers, and one with a single handler.
    Recorder recorder = new Recorder();
    WskClientConnectionDispatch single =
        WskClientConnectionDispatch.builder().onReceive(recorder.dispatch().receiveEvent()).build();
    WskClientConnectionDispatch none = WskClientConnectionDispatch.builder().build();
    for (WskClientConnectionDispatch table : new WskClientConnectionDispatch[] {null, none}) {
      Pair pair = client.pair(AddressFamily.INET, null, table);
      scenario.watch(pair.socket());
      pair.peer().send((byte) 1);
      assertThat(scenario.receive(pair.socket(), 0, Memory.room(1)).await().data())
          .containsExactly(1);
      scenario.send(pair.socket(), 0, Bytes.pattern(1, 1000));
      assertThat(pair.peer().read(1000)).isEqualTo(Bytes.pattern(1, 1000));
      pair.peer().reset();
      client.drain();
      scenario.close(pair.socket());
    }
    Pair pair = client.pair(AddressFamily.INET, null, single);
    scenario.watch(pair.socket());
    pair.peer().send((byte) 2);
    assertThat(recorder.bytes(1)).containsExactly(2);
    pair.peer().endOutput();
    client.drain();
    assertThat(recorder.ends()).isEmpty();
    scenario.close(pair.socket());
    assertThat(client.provider().statistics().clientFaults()).isEqualTo(faults);
  }

  @EachTransport
  void shouldTellHowMuchWaitsToBeReceivedM8(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair pair = pair(scenario);
    assertThat(backlog(scenario, pair.socket())).isZero();
    pair.peer().send(Bytes.pattern(1, 100));
    Scenario.until("all to be there", () -> backlog(scenario, pair.socket()) == 100);
    assertThat(scenario.receive(pair.socket(), 0, Memory.room(30)).await().data()).hasSize(30);
    assertThat(backlog(scenario, pair.socket())).isEqualTo(70);
    scenario.close(pair.socket());
  }

  private static long backlog(Scenario scenario, WskConnectionSocket socket)
      throws InterruptedException {
    Out<Long> size = new Out<>();
    Turn turn =
        scenario.succeed(
            irp ->
                socket.controlSocket(
                    WskControlSocketType.IOCTL,
                    WskIoctls.QUERY_RECEIVE_BACKLOG,
                    null,
                    8,
                    size,
                    null,
                    irp));
    assertThat(turn.information()).isEqualTo(8);
    return size.require();
  }

  @EachTransport
  void shouldTakeAFlagThatAnAcceptDoesNotHaveM10(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    WskListeningSocket listener = scenario.watch(scenario.client().listening());
    Request accept = scenario.request();
    accept.submit(irp -> listener.accept(WskFlags.CONNECTION_SOCKET, null, null, null, null, irp));
    scenario.client().peer(listener);
    WskConnectionSocket socket =
        scenario.watch(accept.await().expect(NtStatus.SUCCESS).object(WskConnectionSocket.class));
    scenario.close(socket);
    scenario.close(listener);
  }

  @EachTransport
  void shouldConnectOnlyOnceM12(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair pair = pair(scenario);
    scenario
        .call(irp -> pair.socket().connect(pair.peer().localAddress(), 0, irp))
        .expect(NtStatus.CONNECTION_ACTIVE);
    scenario.send(pair.socket(), 0, new byte[] {1});
    assertThat(pair.peer().read(1)).containsExactly(1);
    scenario.close(pair.socket());
  }

  @EachTransport
  void shouldEndOrderlyOnlyIfAskedToM13(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair unread = pair(scenario);
    unread.peer().send((byte) 1);
    scenario.client().drain();
    scenario.close(unread.socket());
    assertThat(unread.peer().isReset()).isTrue();

    Pair orderly = pair(scenario);
    scenario.send(orderly.socket(), 0, new byte[] {1});
    scenario.succeed(irp -> orderly.socket().disconnect(null, 0, irp));
    scenario.close(orderly.socket());
    assertThat(orderly.peer().readAll()).containsExactly(1);
  }

  @EachTransport
  void shouldHandEventsOfAListenerToWhatItAcceptsM14(Transport on, TestScope scope)
      throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Recorder recorder = new Recorder(data -> scenario.inside(() -> NtStatus.SUCCESS));
    Acceptor acceptor =
        new Acceptor(
            call ->
                scenario.inside(
                    () -> {
                      call.socketContext().set("accepted");
                      call.socketDispatch().set(recorder.dispatch());
                      return NtStatus.SUCCESS;
                    }));
    WskListeningSocket listener = scenario.watch(scenario.client().listening(acceptor));
    assertThat(
            scenario
                .client()
                .control(
                    listener, WskEventCallbackControl.RECEIVE | WskEventCallbackControl.DISCONNECT))
        .isEqualTo(NtStatus.SUCCESS);
    Peer peer = scenario.client().peer(listener);
    peer.send((byte) 1);
    Recorder.Data data = recorder.next();
    assertThat(data.copy()).containsExactly(1);
    assertThat(data.context()).isEqualTo("accepted");
    peer.endOutput();
    assertThat(recorder.end().context()).isEqualTo("accepted");
    scenario.close(scenario.watch(acceptor.next().require()));
    scenario.close(listener);
  }

  @EachTransport
  void shouldPreferRequestsToEventsM15(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Recorder recorder = new Recorder(data -> scenario.inside(() -> NtStatus.SUCCESS));
    Pair pair = scenario.client().pair(recorder);
    scenario.watch(pair.socket());
    Request receive = scenario.receive(pair.socket(), 0, Memory.room(2));
    pair.peer().send((byte) 1, (byte) 2, (byte) 3);
    assertThat(receive.await().expect(NtStatus.SUCCESS).data()).containsExactly(1, 2);
    assertThat(recorder.bytes(1)).containsExactly(3);
    scenario.close(pair.socket());

    Acceptor acceptor = new Acceptor(call -> scenario.inside(() -> NtStatus.SUCCESS));
    WskListeningSocket listener = scenario.watch(scenario.client().listening(acceptor));
    Request accept = scenario.request();
    accept.submit((irp, turn) -> listener.accept(0, null, null, null, turn.place(), irp));
    Peer first = scenario.client().peer(listener);
    Turn accepted = accept.await().expect(NtStatus.SUCCESS);
    assertThat(accepted.addresses()).containsExactly(first.localAddress());
    Peer second = scenario.client().peer(listener);
    Acceptor.Call offered = acceptor.next();
    assertThat(offered.remote()).isEqualTo(second.localAddress());
    assertThat(acceptor.count()).isEqualTo(1);
    scenario.close(scenario.watch(accepted.object(WskConnectionSocket.class)));
    scenario.close(scenario.watch(offered.require()));
    scenario.close(listener);
  }

  @EachTransport
  void shouldNotWaitForAProviderOnceItLeavesM17(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    // At this registrar nobody provides anything.
    WskRegistration registration = new WskRegistration(new NetworkModuleRegistrar());
    registration.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0)));
    ExecutorService booting = scenario.thread("booting");
    Thread thread = booting.submit(Thread::currentThread).get(10, TimeUnit.SECONDS);
    Future<NtStatus> capture =
        booting.submit(
            () -> registration.captureProviderNpi(WskRegistration.INFINITE_WAIT, new Out<>()));
    Scenario.until(
        "the capture to wait",
        () ->
            thread.getState().name().endsWith("WAITING")
                && Arrays.toString(thread.getStackTrace()).contains("captureProviderNpi"));
    assertThat(capture).isNotDone();
    registration.deregister();
    assertThat(capture.get(10, TimeUnit.SECONDS)).isEqualTo(NtStatus.DEVICE_NOT_READY);
  }
}
