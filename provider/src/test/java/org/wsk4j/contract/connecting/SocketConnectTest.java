package org.wsk4j.contract.connecting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SocketConnectTest {
  private static final int INET = AddressFamily.INET;
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;

  @EachTransportAndFamily
  @Rule({"SOC-56", "SOC-57", "SOC-59", "CON-44", "CON-46"})
  void shouldMakeAConnectedSocket(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    ServerSocket listener = Peer.listen(TestClient.loopback(number, 0), scope);
    WskConnectionSocket socket = client.connected(listener.getLocalSocketAddress(), null, null);
    Peer peer = Peer.accept(listener, scope);
    assertThat(client.local(socket)).isEqualTo(peer.remoteAddress());
    assertThat(client.remote(socket)).isEqualTo(peer.localAddress());
    client.send(socket, (byte) 1);
    assertThat(peer.read(1)).containsExactly(1);
    client.close(socket);
  }

  @EachTransport
  @Rule({"SOC-60", "SOC-63", "SOC-64", "SOC-66", "CON-32"})
  void shouldConnectFromAGivenAddress(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ServerSocket free = Peer.listen(TestClient.loopback(INET, 0), scope);
    InetSocketAddress from = (InetSocketAddress) free.getLocalSocketAddress();
    free.close();
    ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope);
    Irp irp = client.succeed(one -> call(client, from, listener.getLocalSocketAddress(), 0, one));
    WskConnectionSocket socket = client.watch(irp.object(WskConnectionSocket.class));
    assertThat(client.local(socket)).isEqualTo(from);
    assertThat(client.remote(socket)).isEqualTo(listener.getLocalSocketAddress());
    assertThat(Peer.accept(listener, scope).remoteAddress()).isEqualTo(from);
    WskConnectionSocket chosen = client.connected(listener.getLocalSocketAddress(), null, null);
    assertThat(client.local(chosen).getPort()).isPositive();
    assertThat(client.local(chosen).getAddress().isLoopbackAddress()).isTrue();
    client.close(socket, chosen);
  }

  private static NtStatus call(
      TestClient client, SocketAddress from, SocketAddress to, int flags, Irp irp) {
    return client
        .functions()
        .socketConnect(
            client.client(),
            SocketType.STREAM,
            Protocol.TCP,
            from,
            to,
            flags,
            null,
            null,
            null,
            null,
            null,
            irp);
  }

  @EachTransport
  @Rule({"SOC-61", "SOC-62", "SOC-65", "CON-45", "CON-47"})
  void shouldRefuseBadArguments(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    SocketAddress from = TestClient.any(INET, 0);
    SocketAddress to = TestClient.loopback(INET, 9);
    SocketAddress other = TestClient.loopback(AddressFamily.INET6, 9);
    Object[][] bad = {{null, to, 0}, {from, null, 0}, {from, other, 0}, {from, to, 1}};
    for (Object[] one : bad) {
      assertThat(
              client.result(
                  irp ->
                      call(
                          client,
                          (SocketAddress) one[0],
                          (SocketAddress) one[1],
                          (int) one[2],
                          irp)))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    assertThat(call(client, from, to, 0, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.openSockets()).isZero();
  }

  @EachTransport
  @Rule({"SOC-58", "SOC-67", "CON-48", "CON-50", "CON-54"})
  void shouldFailWithTheBind(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ServerSocket holder = Peer.listen(TestClient.loopback(INET, 0), scope);
    ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope);
    Irp irp = client.irp();
    NtStatus returned =
        call(client, holder.getLocalSocketAddress(), listener.getLocalSocketAddress(), 0, irp);
    assertThat(client.result(returned, irp)).isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    assertThat(irp.object()).isNull();
    listener.setSoTimeout(1);
    org.assertj.core.api.Assertions.assertThatExceptionOfType(java.net.SocketTimeoutException.class)
        .isThrownBy(listener::accept);
  }

  @EachTransportAndFamily
  @Rule({"CON-48", "CON-50", "CON-54"})
  void shouldFailFromAnAddressThatIsNotOurs(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    String foreign = family == StandardProtocolFamily.INET6 ? "2001:db8::1" : "192.0.2.1";
    InetSocketAddress from = new InetSocketAddress(InetAddress.getByName(foreign), 0);
    int number = TestClient.family(family);
    ServerSocket listener = Peer.listen(TestClient.loopback(number, 0), scope);
    Irp irp = client.irp();
    NtStatus returned = call(client, from, listener.getLocalSocketAddress(), 0, irp);
    assertThat(client.result(returned, irp)).isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);
    client.drain();
    assertThat(client.openSockets()).isZero();
    WskConnectionSocket socket = client.connection(number, null, null);
    assertThat(client.result(one -> socket.bind(from, 0, one)))
        .isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);
    client.close(socket);
  }

  @EachTransport
  @Rule({"SOC-68", "SOC-69", "CON-49"})
  void shouldFailWithTheConnectAndFreeTheAddress(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ServerSocket free = Peer.listen(TestClient.loopback(INET, 0), scope);
    InetSocketAddress from = (InetSocketAddress) free.getLocalSocketAddress();
    free.close();
    WskConnectionSocket holder = client.bound();
    InetSocketAddress nobody = client.local(holder);
    Irp irp = client.irp();
    assertThat(client.result(call(client, from, nobody, 0, irp), irp))
        .isEqualTo(NtStatus.CONNECTION_REFUSED);
    assertThat(irp.object()).isNull();
    Peer.listen(from, scope);
    client.close(holder);
    // The client leaves although it closes nothing else.
  }

  @EachTransport
  @Rule({"SOC-77", "SOC-78", "SOC-69"})
  void shouldBeCancelled(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    SocketAddress busy = Peer.busy(TestClient.loopback(INET, 0), scope);
    Irp irp = client.pend(one -> client.socketConnect(busy, null, null, one));
    client.drain();
    assertThat(irp.isCompleted()).isFalse();
    assertThat(client.openSockets()).isEqualTo(1);
    assertThat(irp.cancel()).isTrue();
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.CANCELLED);
    // Cancelled before it was even looked at, from a routine that runs right behind the call.
    for (int i = 0; i < 50; i++) {
      Irp early = client.irp();
      NtStatus returned = client.socketConnect(busy, null, null, early);
      early.cancel();
      assertThat(client.result(returned, early)).isEqualTo(NtStatus.CANCELLED);
    }
    Irp before = client.irp();
    before.cancel();
    assertThat(client.result(client.socketConnect(busy, null, null, before), before))
        .isEqualTo(NtStatus.CANCELLED);
  }

  @EachTransport
  @Rule({"SOC-72", "SOC-73", "SOC-74", "CON-51", "CON-52"})
  void shouldUseContextAndTable(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    TestClient.Pair pair = client.pair(INET, recorder, recorder.dispatch());
    pair.peer().send((byte) 1);
    client.drain();
    assertThat(recorder.count()).isZero();
    client.control(pair.socket(), RECEIVE);
    assertThat(recorder.next().context()).isSameAs(recorder);
    TestClient.Pair none = client.pair();
    assertThat(client.control(none.socket(), RECEIVE)).isEqualTo(NtStatus.INVALID_PARAMETER);
    client.close(pair.socket(), none.socket());
  }

  @EachTransport
  @Rule({"CON-53", "SOC-70"})
  void shouldCallBackOnlyWhenTheRequestHasCompleted(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    client.statics(RECEIVE);
    ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope);
    AtomicInteger routines = new AtomicInteger();
    AtomicReference<Integer> seen = new AtomicReference<>();
    Recorder recorder =
        new Recorder(
            data -> {
              seen.compareAndSet(null, routines.get());
              return NtStatus.SUCCESS;
            });
    Irp irp = client.irp();
    client.onCompletion(
        irp,
        one -> {
          routines.incrementAndGet();
        });
    NtStatus returned =
        client.socketConnect(listener.getLocalSocketAddress(), null, recorder.dispatch(), irp);
    Peer.accept(listener, scope).send((byte) 1);
    client.result(returned, irp);
    WskConnectionSocket socket = client.watch(irp.object(WskConnectionSocket.class));
    recorder.next();
    assertThat(seen).hasValue(1);
    client.close(socket);
  }

  @EachTransport
  @Rule({"SOC-75", "SOC-76", "SOC-79"})
  void shouldNeedTcpAndAnIrpAndNeverWait(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    SocketAddress from = TestClient.any(INET, 0);
    ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope);
    SocketAddress to = listener.getLocalSocketAddress();
    assertThat(
            client.result(
                irp ->
                    client
                        .functions()
                        .socketConnect(
                            client.client(),
                            SocketType.DGRAM,
                            Protocol.UDP,
                            from,
                            to,
                            0,
                            null,
                            null,
                            null,
                            null,
                            null,
                            irp)))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(call(client, from, to, 0, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    // On an event loop the call returns and the request goes on.
    Irp irp = client.irp();
    AtomicReference<NtStatus> returned = new AtomicReference<>();
    client.provider().onSomeLoop(() -> returned.set(call(client, from, to, 0, irp)));
    assertThat(client.result(returned.get(), irp)).isEqualTo(NtStatus.SUCCESS);
    client.close(irp.object(WskConnectionSocket.class));
  }

  @EachTransport
  @Rule("SOC-80")
  void shouldBeLikeASocketMadeInThreeSteps(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope);
    WskConnectionSocket steps = client.bound();
    client.succeed(irp -> steps.connect(listener.getLocalSocketAddress(), 0, irp));
    Peer.accept(listener, scope);
    WskConnectionSocket once = client.connected(listener.getLocalSocketAddress(), null, null);
    Peer.accept(listener, scope);
    assertThat(once).hasSameClassAs(steps);
    for (WskConnectionSocket socket : new WskConnectionSocket[] {steps, once}) {
      client.send(socket, (byte) 1);
      assertThat(client.remote(socket)).isEqualTo(listener.getLocalSocketAddress());
      client.close(socket);
    }
  }
}
