package org.wsk4j.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.Death;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/**
 * An echo server, as the samples of driver kits show it (A4): the accept event is enabled for all
 * sockets of the client, the capture is given back as soon as the server listens, each connection
 * has two receives outstanding, and nobody looks at what a call returns.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EchoServerLifeCycleTest {
  private static final int BUFFER = 1024;

  /** The program. */
  private static final class EchoServer {
    private final Scenario scenario;
    private final ExecutorService worker;
    private final WskRegistration registration;
    private final Object context = new Object();
    private final BlockingQueue<Echo> echoes = new LinkedBlockingQueue<>();
    private final Acceptor acceptor = new Acceptor(this::offered);
    private final WskProviderNpi npi;
    private final BlockingQueue<WskListeningSocket> made = new LinkedBlockingQueue<>();
    private final AtomicInteger deaths = new AtomicInteger();
    private volatile WskListeningSocket listener;

    EchoServer(Scenario scenario) throws Exception {
      this(scenario, true);
    }

    EchoServer(Scenario scenario, boolean release) throws Exception {
      this.scenario = scenario;
      worker = scenario.thread("worker");
      registration = new WskRegistration(scenario.client().provider().registrar());
      assertThat(
              registration.register(new WskClientNpi(this, new WskClientDispatch(WskVersion.V1_0))))
          .isEqualTo(NtStatus.SUCCESS);
      // Another thread waits for the provider, for as long as it takes.
      npi = worker.submit(this::capture).get(10, TimeUnit.SECONDS);
      acceptAlways();
      listener = listen();
      if (release) {
        // From here on sockets alone keep the client.
        registration.releaseProviderNpi();
      }
    }

    private WskProviderNpi capture() {
      Out<WskProviderNpi> npi = new Out<>();
      assertThat(registration.captureProviderNpi(WskRegistration.INFINITE_WAIT, npi))
          .isEqualTo(NtStatus.SUCCESS);
      return npi.require();
    }

    private void acceptAlways() {
      WskEventCallbackControl accept =
          new WskEventCallbackControl(
              WskProviderCharacteristics.NPI_WSK_INTERFACE_ID, WskEventCallbackControl.ACCEPT);
      assertThat(
              npi.dispatch()
                  .controlClient(
                      npi.client(),
                      WskClientControls.SET_STATIC_EVENT_CALLBACKS,
                      accept,
                      0,
                      null,
                      null,
                      null))
          .isEqualTo(NtStatus.SUCCESS);
    }

    private WskListeningSocket listen() throws InterruptedException {
      WskListeningSocket socket =
          scenario.socket(
              npi,
              WskFlags.LISTEN_SOCKET,
              AddressFamily.INET6,
              context,
              acceptor.dispatch(),
              WskListeningSocket.class);
      scenario.set(socket, Ipv6Options.V6ONLY, 0);
      scenario.succeed(irp -> socket.bind(TestClient.any(AddressFamily.INET6, 0), 0, irp));
      return socket;
    }

    int port() throws InterruptedException {
      return scenario.local(listener).getPort();
    }

    /** The worker may be at work before this returns. */
    private NtStatus offered(Acceptor.Call call) {
      return scenario.inside(
          () -> {
            if (call.socket() == null) {
              deaths.incrementAndGet();
              worker.submit(this::begin);
              return NtStatus.REQUEST_NOT_ACCEPTED;
            }
            Echo echo = new Echo(scenario, scenario.watch(call.require()));
            worker.execute(echo::start);
            echoes.add(echo);
            return NtStatus.SUCCESS;
          });
    }

    /** The listener is dead: another one takes its place. */
    private Void begin() throws InterruptedException {
      scenario.close(listener);
      listener = listen();
      made.add(listener);
      return null;
    }

    Echo next() throws InterruptedException {
      Echo echo = echoes.poll(10, TimeUnit.SECONDS);
      assertThat(echo).as("a connection").isNotNull();
      return echo;
    }

    void leave() {
      registration.deregister();
    }
  }

  /** One connection of it. */
  private static final class Echo {
    private record Received(int request, byte[] bytes) {}

    private final Scenario scenario;
    private final WskConnectionSocket socket;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final BlockingQueue<NtStatus> ends = new LinkedBlockingQueue<>();
    private final CountDownLatch started = new CountDownLatch(2);
    private final AtomicInteger disconnects = new AtomicInteger();
    private final Request disconnect;

    Echo(Scenario scenario, WskConnectionSocket socket) {
      this.scenario = scenario;
      this.socket = socket;
      disconnect = scenario.request();
    }

    void start() {
      for (int number = 0; number < 2; number++) {
        receive(number, scenario.request());
        started.countDown();
      }
    }

    private void receive(int number, Request request) {
      Memory memory = Memory.room(BUFFER);
      request.then(turn -> received(number, request, turn));
      request.submit(irp -> socket.receive(memory.buffer(), 0, irp), memory);
    }

    private void received(int number, Request request, Turn turn) {
      if (turn.status() == NtStatus.SUCCESS && turn.information() > 0) {
        received.add(new Received(number, turn.data()));
        Memory memory = Memory.of(turn.data());
        request.then(sent -> receive(number, request));
        request.submit(irp -> socket.send(memory.buffer(), 0, irp), memory);
        return;
      }
      if (turn.status() == NtStatus.SUCCESS && disconnects.getAndIncrement() == 0) {
        disconnect.submit(irp -> socket.disconnect(null, 0, irp));
      }
      ends.add(turn.status());
    }

    void ends(NtStatus status) throws InterruptedException {
      for (int i = 0; i < 2; i++) {
        assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(status);
      }
    }

    void close() throws InterruptedException {
      scenario.close(socket);
      assertThat(ends).isEmpty();
    }
  }

  private static InetSocketAddress at(int family, int port) {
    return TestClient.loopback(family, port);
  }

  @EachTransport
  void shouldServePeersOfBothFamilies(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    EchoServer server = new EchoServer(scenario);
    for (int family : new int[] {AddressFamily.INET, AddressFamily.INET6}) {
      Peer peer = scenario.peer(at(family, server.port()));
      Acceptor.Call offered = server.acceptor.next();
      assertThat(offered.context()).isSameAs(server.context);
      // A listener of IPv6 speaks of IPv4 peers as of IPv6 ones.
      assertThat(offered.remote()).isEqualTo(SocketAddresses.toMapped(peer.localAddress()));
      assertThat(offered.local()).isEqualTo(SocketAddresses.toMapped(peer.remoteAddress()));
      Echo echo = server.next();

      // The earlier receive gets the first message, the other one the second.
      assertThat(echo.started.await(10, TimeUnit.SECONDS)).isTrue();
      peer.send("abc".getBytes(UTF_8));
      assertThat(peer.read(3)).isEqualTo("abc".getBytes(UTF_8));
      peer.send("defg".getBytes(UTF_8));
      assertThat(peer.read(4)).isEqualTo("defg".getBytes(UTF_8));
      assertThat(echo.received).extracting(Echo.Received::request).containsExactly(0, 1);
      assertThat(echo.received.get(0).bytes()).hasSize(3);

      // Much at once fills both, one after the other, without gap or overlap.
      byte[] much = Bytes.pattern(family, 64 * 1024);
      peer.send(much);
      assertThat(peer.read(much.length)).isEqualTo(much);
      List<Echo.Received> parts = echo.received.subList(2, echo.received.size());
      assertThat(Bytes.join(parts.stream().map(Echo.Received::bytes).toArray(byte[][]::new)))
          .isEqualTo(much);

      // The end shows in both receives; the server ends its own side once.
      peer.endOutput();
      echo.ends(NtStatus.SUCCESS);
      echo.disconnect.await().expect(NtStatus.SUCCESS);
      assertThat(peer.readAll()).isEmpty();
      assertThat(echo.disconnects).hasValue(2);
      echo.close();
    }
    scenario.close(server.listener);
    server.leave();
  }

  @EachTransport
  void shouldEndWithAPeerThatResets(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    EchoServer server = new EchoServer(scenario);
    Peer peer = scenario.peer(at(AddressFamily.INET, server.port()));
    Echo echo = server.next();
    peer.send("x".getBytes(UTF_8));
    assertThat(peer.read(1)).isEqualTo("x".getBytes(UTF_8));
    peer.reset();
    echo.ends(NtStatus.CONNECTION_RESET);
    echo.close();
    scenario.close(server.listener);
    server.leave();
  }

  @EachTransport
  void shouldGoOnBehindAConnectionThatItRefused(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    EchoServer server = new EchoServer(scenario);
    // There is no memory for one more connection.
    server.acceptor.then(call -> scenario.inside(() -> NtStatus.REQUEST_NOT_ACCEPTED));
    assertThat(scenario.peer(at(AddressFamily.INET6, server.port())).isReset()).isTrue();
    server.acceptor.next();
    server.acceptor.then(server::offered);
    scenario.client().drain();
    assertThat(scenario.client().openSockets()).isEqualTo(1);

    Peer peer = scenario.peer(at(AddressFamily.INET, server.port()));
    Echo echo = server.next();
    peer.send("x".getBytes(UTF_8));
    assertThat(peer.read(1)).isEqualTo("x".getBytes(UTF_8));
    peer.endOutput();
    echo.ends(NtStatus.SUCCESS);
    echo.close();
    scenario.close(server.listener);
    server.leave();
  }

  @EachTransport
  void shouldLeaveWhenItsLastPeerHasLeft(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    EchoServer server = new EchoServer(scenario);
    Peer peer = scenario.peer(at(AddressFamily.INET, server.port()));
    Echo echo = server.next();
    scenario.close(server.listener);
    Thread unload = new Thread(server::leave, "unload");
    unload.start();
    // It says goodbye first of all, and then waits for the last socket.
    Out<WskProviderNpi> late = new Out<>();
    Scenario.until("the goodbye", () -> !captures(server.registration));
    assertThat(server.registration.captureProviderNpi(WskRegistration.INFINITE_WAIT, late))
        .isEqualTo(NtStatus.DEVICE_NOT_READY);

    peer.send("still there".getBytes(UTF_8));
    assertThat(peer.read(11)).isEqualTo("still there".getBytes(UTF_8));
    assertThat(unload.isAlive()).isTrue();
    peer.endOutput();
    echo.ends(NtStatus.SUCCESS);
    echo.disconnect.await().expect(NtStatus.SUCCESS);
    assertThat(peer.readAll()).isEmpty();
    scenario.client().drain();
    assertThat(unload.isAlive()).isTrue();
    echo.close();
    unload.join(10_000);
    assertThat(unload.isAlive()).isFalse();
    int calls = server.acceptor.count();
    int messages = echo.received.size();
    scenario.client().drain();
    assertThat(server.acceptor.count()).isEqualTo(calls);
    assertThat(echo.received).hasSize(messages);
  }

  @EachTransport
  void shouldListenAgainWhenItsListenerHasDied(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    EchoServer server = new EchoServer(scenario, false);
    Peer before = scenario.peer(at(AddressFamily.INET, server.port()));
    Echo old = server.next();
    Death.DECLARED.of(server.listener, scenario.client().provider());
    assertThat(server.made.poll(10, TimeUnit.SECONDS)).isSameAs(server.listener);
    Peer peer = scenario.peer(at(AddressFamily.INET6, server.port()));
    Echo echo = server.next();
    for (Peer each : new Peer[] {before, peer}) {
      each.send("x".getBytes(UTF_8));
      assertThat(each.read(1)).isEqualTo("x".getBytes(UTF_8));
      each.endOutput();
    }
    for (Echo each : new Echo[] {old, echo}) {
      each.ends(NtStatus.SUCCESS);
      each.close();
    }
    assertThat(server.deaths).hasValue(1);
    server.registration.releaseProviderNpi();
    scenario.close(server.listener);
    server.leave();
  }

  private static boolean captures(WskRegistration registration) {
    boolean captured =
        registration.captureProviderNpi(WskRegistration.NO_WAIT, new Out<>()) == NtStatus.SUCCESS;
    if (captured) {
      registration.releaseProviderNpi();
    }
    return captured;
  }
}
