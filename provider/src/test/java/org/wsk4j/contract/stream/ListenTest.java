package org.wsk4j.contract.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.control.ControlTarget;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Insides;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocketCategory;
import org.wsk4j.stream.WskStreamSocket;
import org.wsk4j.testing.TestScope;

/** Stream sockets that listen. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ListenTest {
  private static final int INET = AddressFamily.INET;
  private static final int INET6 = AddressFamily.INET6;

  private static WskStreamSocket listening(TestClient client) throws InterruptedException {
    WskStreamSocket socket = client.boundStream();
    client.succeed(socket::listen);
    return socket;
  }

  @EachTransport
  @Rule({"STM-13", "STM-14"})
  void shouldListenAtOnceOnItsOwnLoop(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.stream(INET, null, null);
    CompletableFuture<List<NtStatus>> seen = new CompletableFuture<>();
    Irp bind = client.irp();
    Irp listen = client.irp();
    client.onCompletion(
        bind,
        bound -> {
          NtStatus returned = socket.listen(listen);
          seen.complete(List.of(returned, listen.status()));
        });
    client.result(socket.bind(TestClient.loopback(INET, 0), 0, bind), bind);
    assertThat(seen.get(10, TimeUnit.SECONDS)).containsExactly(NtStatus.SUCCESS, NtStatus.SUCCESS);
    assertThat(listen.pendingReturned()).isFalse();
    assertThat(listen.information()).isZero();
    Peer peer = Peer.connect(client.local(socket), scope);
    WskConnectionSocket accepted = client.accept(socket, null, null);
    assertThat(client.remote(accepted)).isEqualTo(peer.localAddress());
    client.close(accepted, socket);
  }

  @EachTransportAndFamily
  @Rule({"STM-15", "STM-24"})
  void shouldAcceptAsAListeningSocketDoes(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.boundStream(TestClient.family(family), null, null);
    client.succeed(socket::listen);
    InetSocketAddress address = client.local(socket);
    // Requests and connections meet in order, whichever comes first.
    Out<SocketAddress> local = new Out<>();
    Out<SocketAddress> remote = new Out<>();
    Irp first = client.pend(irp -> socket.accept(0, null, null, local, remote, irp));
    Irp cancelled = client.pend(irp -> socket.accept(0, null, null, null, null, irp));
    cancelled.cancel();
    assertThat(client.result(cancelled)).isEqualTo(NtStatus.CANCELLED);
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      peers.add(Peer.connect(address, scope));
    }
    assertThat(client.result(first)).isEqualTo(NtStatus.SUCCESS);
    assertThat(first.information()).isZero();
    assertThat(local.get()).isEqualTo(address);
    assertThat(remote.get()).isEqualTo(peers.get(0).localAddress());
    List<WskConnectionSocket> accepted = new ArrayList<>();
    accepted.add(client.watch(first.object(WskConnectionSocket.class)));
    accepted.add(client.accept(socket, null, null));
    accepted.add(client.accept(socket, null, null));
    for (int i = 0; i < 3; i++) {
      assertThat(client.remote(accepted.get(i))).isEqualTo(peers.get(i).localAddress());
    }
    client.closeAll();
  }

  @EachTransport
  @Rule({"STM-18", "STM-29", "SND-40"})
  void shouldRefuseTheOtherRoleWhileItListens(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = listening(client);
    WskListeningSocket other = client.listening();
    SocketAddress to = client.local(other);
    Peer waiting = Peer.connect(client.local(socket), scope);
    for (Call call :
        List.<Call>of(
            irp -> socket.connect(to, 0, irp),
            irp -> socket.connectEx(to, WskBuf.of(new byte[1]), 0, irp),
            irp -> socket.send(WskBuf.of(new byte[1]), 0, irp),
            irp -> socket.receive(WskBuf.of(new byte[1]), 0, irp),
            irp -> socket.disconnect(null, 0, irp),
            irp -> socket.disconnect(null, WskFlags.ABORTIVE, irp),
            irp -> socket.getRemoteAddress(new Out<>(), irp))) {
      Irp irp = client.irp();
      assertThat(call.with(irp)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      assertThat(irp.status()).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    }
    assertThat(socket.release(null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.remote(client.accept(socket, null, null))).isEqualTo(waiting.localAddress());
    client.closeAll();
  }

  @EachTransport
  @Rule("STM-23")
  void shouldNotBeDisturbedByASecondListen(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = listening(client);
    Peer before = Peer.connect(client.local(socket), scope);
    Irp irp = client.irp();
    assertThat(socket.listen(irp)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(irp.status()).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    Peer after = Peer.connect(client.local(socket), scope);
    assertThat(client.remote(client.accept(socket, null, null))).isEqualTo(before.localAddress());
    assertThat(client.remote(client.accept(socket, null, null))).isEqualTo(after.localAddress());
    client.closeAll();
  }

  @EachTransport
  @Rule("STM-27")
  void shouldMakeConnectionOrientedSockets(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = listening(client);
    Peer.connect(client.local(socket), scope);
    WskConnectionSocket accepted = client.accept(socket, null, null);
    assertThat(accepted).isNotInstanceOf(WskStreamSocket.class);
    assertThat(((ControlTarget) accepted).category()).isEqualTo(WskSocketCategory.CONNECTION);
    client.closeAll();
  }

  @EachTransportAndFamily
  @Rule("STM-30")
  void shouldServeAllAddressesAtTheWildcard(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    WskStreamSocket socket = client.stream(number, null, null);
    client.succeed(irp -> socket.bind(TestClient.any(number, 0), 0, irp));
    client.succeed(socket::listen);
    assertThat(client.local(socket).getAddress()).isEqualTo(TestClient.any(number, 0).getAddress());
    int port = client.local(socket).getPort();
    List<InetSocketAddress> addresses = new ArrayList<>();
    addresses.add(TestClient.loopback(number, port));
    if (number == INET) {
      addresses.add(TestClient.address(new byte[] {127, 0, 0, 2}, port));
    }
    for (InetSocketAddress address : addresses) {
      Peer.connect(address, scope);
      WskConnectionSocket accepted = client.accept(socket, null, null);
      assertThat(client.local(accepted)).isEqualTo(address);
      client.close(accepted);
    }
    client.close(socket);
  }

  @EachTransport
  @Rule("STM-30")
  void shouldServeIpv4AtTheIpv6WildcardIfAskedTo(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (int only : new int[] {0, 1}) {
      WskStreamSocket socket = client.stream(INET6, null, null);
      client.succeed(
          irp ->
              socket.controlSocket(
                  WskControlSocketType.SET_OPTION, Ipv6Options.V6ONLY, only, 0, null, null, irp));
      client.succeed(irp -> socket.bind(TestClient.any(INET6, 0), 0, irp));
      client.succeed(socket::listen);
      int port = client.local(socket).getPort();
      Peer.connect(TestClient.loopback(INET6, port), scope);
      client.close(client.accept(socket, null, null));
      if (only == 0) {
        Peer peer = Peer.connect(TestClient.loopback(INET, port), scope);
        WskConnectionSocket accepted = client.accept(socket, null, null);
        assertThat(client.remote(accepted))
            .isEqualTo(SocketAddresses.toMapped(peer.localAddress()));
        client.close(accepted);
      } else {
        assertThat(isTurnedAway(TestClient.loopback(INET, port), scope)).isTrue();
      }
      client.close(socket);
    }
  }

  private static boolean isTurnedAway(InetSocketAddress address, TestScope scope)
      throws IOException {
    try {
      return Peer.connect(address, scope).isReset();
    } catch (ConnectException refused) {
      return true;
    }
  }

  @EachTransport
  @Rule("STM-35")
  void shouldEndConnectionsThatNobodyAcceptedWhenItCloses(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = listening(client);
    InetSocketAddress address = client.local(socket);
    Peer waiting = Peer.connect(address, scope);
    client.drain();
    client.close(socket);
    assertThat(waiting.isReset()).isTrue();
    assertThatIOException().isThrownBy(() -> Peer.connect(address, scope));
    // The address is free, and requests that wait are cancelled.
    WskStreamSocket next = client.stream(INET, null, null);
    client.succeed(irp -> next.bind(address, 0, irp));
    client.succeed(next::listen);
    Irp accept = client.pend(irp -> next.accept(0, null, null, null, null, irp));
    client.close(next);
    assertThat(client.result(accept)).isEqualTo(NtStatus.CANCELLED);
    assertThat(client.result(irp -> next.accept(0, null, null, null, null, irp)))
        .isEqualTo(NtStatus.INVALID_HANDLE);
  }

  @EachTransport
  void shouldListenAgainWhereConnectionsOfTheLastListenerLinger(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket first = listening(client);
    InetSocketAddress address = client.local(first);
    Peer peer = Peer.connect(address, scope);
    WskConnectionSocket accepted = client.accept(first, null, null);
    // Who ends first is left in TIME_WAIT.
    client.succeed(irp -> accepted.disconnect(null, 0, irp));
    assertThat(peer.readAll()).isEmpty();
    peer.close();
    assertThat(client.receive(accepted, 1)).isEmpty();
    client.close(accepted, first);
    WskStreamSocket second = client.stream(INET, null, null);
    client.succeed(irp -> second.bind(address, 0, irp));
    client.succeed(second::listen);
    Peer.connect(address, scope);
    client.accept(second, null, null);
    client.closeAll();
  }

  @EachTransport
  void shouldShareItsAddressWhereBothWantIt(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    List<WskStreamSocket> sockets = new ArrayList<>();
    SocketAddress address = TestClient.loopback(INET, 0);
    for (int i = 0; i < 2; i++) {
      WskStreamSocket socket = client.stream(INET, null, null);
      client.succeed(
          irp ->
              socket.controlSocket(
                  WskControlSocketType.SET_OPTION, WskOptions.REUSEADDR, 1, 0, null, null, irp));
      SocketAddress at = address;
      client.succeed(irp -> socket.bind(at, 0, irp));
      address = client.local(socket);
      sockets.add(socket);
    }
    for (WskStreamSocket socket : sockets) {
      client.succeed(socket::listen);
    }
    // One that listens at the wildcard leaves a specific address to its own socket.
    WskStreamSocket wildcard = client.stream(INET, null, null);
    int port = client.local(sockets.get(0)).getPort();
    client.succeed(irp -> wildcard.bind(TestClient.any(INET, port), 0, irp));
    client.succeed(wildcard::listen);
    InetAddress elsewhere = InetAddress.getByAddress(new byte[] {127, 0, 0, 9});
    Peer.connect(new InetSocketAddress(elsewhere, port), scope);
    client.accept(wildcard, null, null);
    client.closeAll();
  }

  /** What has kept its address before it listened is of no use any more, and costs a descriptor. */
  @EachTransport
  void shouldHaveOneChannelWhenItListens(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskStreamSocket socket = client.boundStream();
    assertThat(Insides.isReserved(socket)).isTrue();
    client.succeed(socket::listen);
    await().until(() -> !Insides.isReserved(socket));
    Peer.connect(client.local(socket), scope);
    client.accept(socket, null, null);
    client.closeAll();
  }
}
