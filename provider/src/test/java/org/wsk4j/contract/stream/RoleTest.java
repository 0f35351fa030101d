package org.wsk4j.contract.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Insides;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.stream.WskStreamSocket;
import org.wsk4j.testing.TestScope;

/** How a stream socket takes its role: what fails commits to nothing, what is under way does. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RoleTest {
  private static final int INET = AddressFamily.INET;

  private static InetSocketAddress nobodyListens(int family) throws Exception {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(TestClient.loopback(family, 0));
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }
  }

  @EachTransportAndFamily
  @Rule("STM-21")
  void shouldListenAfterAConnectThatFailed(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    InetSocketAddress nobody = nobodyListens(number);
    WskStreamSocket socket = client.boundStream(number, null, null);
    InetSocketAddress address = client.local(socket);
    for (int i = 0; i < 3; i++) {
      assertThat(client.result(irp -> socket.connect(nobody, 0, irp)))
          .isEqualTo(NtStatus.CONNECTION_REFUSED);
      assertThat(client.local(socket)).isEqualTo(address);
      try (ServerSocket foreign = new ServerSocket()) {
        assertThatIOException().isThrownBy(() -> foreign.bind(address));
      }
    }
    client.succeed(socket::listen);
    Peer peer = Peer.connect(address, scope);
    WskConnectionSocket accepted = client.accept(socket, null, null);
    client.send(accepted, (byte) 1);
    assertThat(peer.read(1)).containsExactly(1);
    client.close(accepted, socket);
  }

  @EachTransportAndFamily
  @Rule("STM-21")
  void shouldConnectAfterAConnectThatFailed(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    InetSocketAddress nobody = nobodyListens(number);
    WskStreamSocket socket = client.boundStream(number, null, null);
    InetSocketAddress address = client.local(socket);
    try (ServerSocket listener = Peer.listen(TestClient.loopback(number, 0), scope)) {
      Irp refused = client.irp();
      Irp again = client.irp();
      CountDownLatch made = new CountDownLatch(1);
      // At once, in the routine of the failure: nothing of the first attempt gets in the way.
      client.onCompletion(
          refused,
          done -> {
            socket.connect(listener.getLocalSocketAddress(), 0, again);
            made.countDown();
          });
      assertThat(client.result(socket.connect(nobody, 0, refused), refused))
          .isEqualTo(NtStatus.CONNECTION_REFUSED);
      assertThat(made.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(client.result(again)).isEqualTo(NtStatus.SUCCESS);
      Peer peer = Peer.accept(listener, scope);
      assertThat(peer.remoteAddress()).isEqualTo(address);
      client.drain();
      peer.send((byte) 1);
      assertThat(client.receive(socket, 1)).containsExactly(1);
      client.send(socket, (byte) 2);
      assertThat(peer.read(1)).containsExactly(2);
    }
    client.close(socket);
  }

  @EachTransport
  @Rule({"STM-21", "STM-22"})
  void shouldRefuseToListenWhileItConnects(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.boundStream();
    InetSocketAddress address = client.local(socket);
    SocketAddress busy = Peer.busy(TestClient.loopback(INET, 0), scope);
    Irp connect = client.pend(irp -> socket.connect(busy, 0, irp));
    Irp listen = client.irp();
    assertThat(socket.listen(listen)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(listen.status()).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(irp -> socket.accept(0, null, null, null, null, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    connect.cancel();
    assertThat(client.result(connect)).isEqualTo(NtStatus.CANCELLED);
    client.succeed(socket::listen);
    Peer.connect(address, scope);
    client.accept(socket, null, null);
    client.closeAll();
  }

  @EachTransport
  @Rule("STM-22")
  void shouldRefuseToConnectWhileItBeginsToListen(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.stream(INET, null, null);
    SocketAddress to = client.local(client.listening());
    CountDownLatch bound = new CountDownLatch(1);
    CountDownLatch tried = new CountDownLatch(1);
    Irp bind = client.irp();
    // While the routine waits nothing else is done on the loop of the socket.
    client.onCompletion(
        bind,
        done -> {
          bound.countDown();
          try {
            assertThat(tried.await(10, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(socket.bind(TestClient.loopback(INET, 0), 0, bind)).isEqualTo(NtStatus.PENDING);
    assertThat(bound.await(10, TimeUnit.SECONDS)).isTrue();
    Irp listen = client.pend(socket::listen);
    try {
      assertThat(socket.connect(to, 0, client.irp())).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      assertThat(socket.listen(client.irp())).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      assertThat(socket.bind(TestClient.loopback(INET, 0), 0, client.irp()))
          .isEqualTo(NtStatus.ADDRESS_ALREADY_ASSOCIATED);
    } finally {
      tried.countDown();
    }
    assertThat(client.result(NtStatus.PENDING, bind)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(listen)).isEqualTo(NtStatus.SUCCESS);
    assertThat(listen.pendingReturned()).isTrue();
    Peer.connect(client.local(socket), scope);
    client.accept(socket, null, null);
    client.closeAll();
  }

  @EachTransport
  void shouldCloseWhileItBeginsToListen(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (int i = 0; i < 20; i++) {
      WskStreamSocket socket = client.boundStream();
      InetSocketAddress address = client.local(socket);
      Irp listen = client.irp();
      NtStatus returned = socket.listen(listen);
      client.close(socket);
      assertThat(client.result(returned, listen)).isIn(NtStatus.SUCCESS, NtStatus.CANCELLED);
      assertThatIOException().isThrownBy(() -> Peer.connect(address, scope));
    }
  }

  /** A transport may tell the end of a stream when all that has ended is the attempt to connect. */
  @EachTransport
  @Rule("STM-21")
  void shouldNotTakeTheEndOfAnAttemptForThatOfItsStream(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.boundStream();
    SocketAddress busy = Peer.busy(TestClient.loopback(INET, 0), scope);
    Irp attempt = client.pend(irp -> socket.connect(busy, 0, irp));
    client.drain();
    RunningProvider.onLoopOf(
        socket,
        () ->
            Insides.channel(socket)
                .pipeline()
                .fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE));
    attempt.cancel();
    assertThat(client.result(attempt)).isEqualTo(NtStatus.CANCELLED);
    try (ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope)) {
      client.succeed(irp -> socket.connect(listener.getLocalSocketAddress(), 0, irp));
      Peer peer = Peer.accept(listener, scope);
      peer.send((byte) 5);
      assertThat(client.receive(socket, 1)).containsExactly(5);
    }
    client.close(socket);
  }
}
