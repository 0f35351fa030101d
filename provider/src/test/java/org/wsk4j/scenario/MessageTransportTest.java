package org.wsk4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/**
 * The transport of messages between the nodes of a cluster (A13): it makes and connects a socket in
 * one call, goes on with the same IRP inside its routine, sends a header and a body as one chain,
 * and leaves the end of a connection to a worker.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MessageTransportTest {
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  private static final int HEADER = 32;
  private static final int BODY = 8192;
  private static final int RACES = 300;

  /** One connection that the program has made. */
  private static final class Outgoing {
    private final Scenario scenario;
    private final ExecutorService worker;
    private final Request request;
    private final CompletableFuture<NtStatus> ready = new CompletableFuture<>();
    private final CompletableFuture<Integer> queued = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable WskConnectionSocket socket;

    Outgoing(Scenario scenario, ExecutorService worker) {
      this.scenario = scenario;
      this.worker = worker;
      request = scenario.request().then(this::connected);
    }

    Outgoing connect(SocketAddress to) {
      return connect(to, null);
    }

    /** Any local address will do. */
    Outgoing connect(SocketAddress to, @Nullable SecurityDescriptor security) {
      WskClientConnectionDispatch dispatch =
          WskClientConnectionDispatch.builder().onDisconnect(Outgoing::disconnected).build();
      TestClient client = scenario.client();
      request.submit(
          irp ->
              client
                  .functions()
                  .socketConnect(
                      client.client(),
                      SocketType.STREAM,
                      Protocol.TCP,
                      TestClient.any(AddressFamily.INET, 0),
                      to,
                      0,
                      this,
                      dispatch,
                      null,
                      null,
                      security,
                      irp));
      return this;
    }

    /** The next request goes out in the routine, with the IRP that has just completed. */
    private void connected(Turn turn) {
      if (turn.status() != NtStatus.SUCCESS) {
        ready.complete(turn.status());
        return;
      }
      WskConnectionSocket made = scenario.watch(turn.object(WskConnectionSocket.class));
      socket = made;
      request.then(enabled -> ready.complete(enabled.status()));
      request.submit(irp -> scenario.client().control(made, DISCONNECT, irp));
    }

    /** A callback must not wait, so it only leaves a note. */
    private static NtStatus disconnected(@Nullable Object context, int flags) {
      Outgoing outgoing = (Outgoing) context;
      return outgoing.scenario.inside(
          () -> {
            assertThat(outgoing.closed).as("closed before the callback").isFalse();
            assertThat(flags & WskFlags.AT_DISPATCH_LEVEL).isNotZero();
            outgoing.queued.complete(flags & ~WskFlags.AT_DISPATCH_LEVEL);
            outgoing.worker.execute(() -> {});
            return NtStatus.SUCCESS;
          });
    }

    NtStatus ready() throws Exception {
      return ready.get(10, TimeUnit.SECONDS);
    }

    WskConnectionSocket socket() {
      WskConnectionSocket made = socket;
      if (made == null) {
        throw new AssertionError("there is no socket");
      }
      return made;
    }

    /** Closes it; from the routine on no callback may come. */
    void close() throws InterruptedException {
      Request close = scenario.request().then(turn -> closed.set(true));
      close.submit(socket()::closeSocket);
      close.await().expect(NtStatus.SUCCESS);
    }
  }

  private static ServerSocket listen(TestScope scope) throws Exception {
    return Peer.listen(TestClient.loopback(AddressFamily.INET, 0), scope);
  }

  @EachTransport
  void shouldFindTheProviderWithoutWaiting(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    WskRegistration registration = new WskRegistration(scenario.client().provider().registrar());
    assertThat(
            registration.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0))))
        .isEqualTo(NtStatus.SUCCESS);
    Out<WskProviderNpi> npi = new Out<>();
    assertThat(registration.captureProviderNpi(WskRegistration.NO_WAIT, npi))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(npi.require().dispatch()).isNotNull();
    registration.releaseProviderNpi();
    registration.deregister();
  }

  @EachTransport
  void shouldConnectWithADescriptorThatWasCached(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    TestClient client = scenario.client();
    Out<SecurityDescriptor> cached = new Out<>();
    assertThat(
            client
                .functions()
                .controlClient(
                    client.client(),
                    WskClientControls.CACHE_SD,
                    SecurityDescriptor.grantingNobody(),
                    8,
                    cached,
                    null,
                    null))
        .isEqualTo(NtStatus.SUCCESS);
    Outgoing outgoing;
    Peer peer;
    try (ServerSocket listener = listen(scope)) {
      outgoing =
          new Outgoing(scenario, scenario.thread("worker"))
              .connect(listener.getLocalSocketAddress(), cached.require());
      peer = Peer.accept(listener, scope);
    }
    assertThat(outgoing.ready()).isEqualTo(NtStatus.SUCCESS);
    scenario.send(outgoing.socket(), WskFlags.NODELAY, new byte[] {1});
    assertThat(peer.read(1)).containsExactly(1);
    outgoing.close();
    assertThat(
            client
                .functions()
                .controlClient(
                    client.client(),
                    WskClientControls.RELEASE_SD,
                    cached.require(),
                    0,
                    null,
                    null,
                    null))
        .isEqualTo(NtStatus.SUCCESS);
  }

  @EachTransport
  void shouldGoOnInTheRoutineOfTheConnect(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    ExecutorService worker = scenario.thread("worker");
    Outgoing outgoing;
    Peer peer;
    try (ServerSocket listener = listen(scope)) {
      outgoing = new Outgoing(scenario, worker).connect(listener.getLocalSocketAddress());
      peer = Peer.accept(listener, scope);
    }
    assertThat(outgoing.ready()).isEqualTo(NtStatus.SUCCESS);
    WskConnectionSocket socket = outgoing.socket();

    // Header and body in one chain.
    byte[] header = Bytes.pattern(1, HEADER);
    byte[] body = Bytes.pattern(2, BODY);
    scenario.send(socket, WskFlags.NODELAY, header, body);
    assertThat(peer.read(HEADER + BODY)).isEqualTo(Bytes.join(header, body));

    // A piece that begins in the first part and ends in the second.
    Memory piece = Memory.of(10, 100, header, body);
    Turn sent = scenario.succeed(irp -> socket.send(piece.buffer(), 0, irp), piece);
    assertThat(sent.information()).isEqualTo(100);
    assertThat(peer.read(100)).isEqualTo(Arrays.copyOfRange(Bytes.join(header, body), 10, 110));

    // And the same way in, with nothing written around it.
    Memory around = Memory.piece(5, 60, HEADER, 64);
    Request receive = scenario.receive(socket, WskFlags.WAITALL, around);
    peer.send(Arrays.copyOf(body, 20));
    scenario.client().drain();
    assertThat(receive.isPending()).isTrue();
    peer.send(Arrays.copyOfRange(body, 20, 60));
    assertThat(receive.await().expect(NtStatus.SUCCESS).data()).isEqualTo(Arrays.copyOf(body, 60));
    assertThat(around.surroundings())
        .isEqualTo(Bytes.join(new byte[5], Arrays.copyOf(body, 60), new byte[HEADER + 64 - 65]));

    peer.reset();
    assertThat(outgoing.queued.get(10, TimeUnit.SECONDS)).isEqualTo(WskFlags.ABORTIVE);
    worker
        .submit(
            () -> {
              outgoing.close();
              return null;
            })
        .get(10, TimeUnit.SECONDS);
  }

  @EachTransport
  void shouldSendTheNextMessageInTheRoutineOfTheLast(Transport on, TestScope scope)
      throws Exception {
    int messages = 1000;
    Scenario scenario = Scenario.on(on, scope);
    Pair pair = scenario.client().pair();
    WskConnectionSocket socket = scenario.watch(pair.socket());
    CompletableFuture<Long> deepest = new CompletableFuture<>();
    AtomicInteger number = new AtomicInteger();
    AtomicLong depth = new AtomicLong();
    Request request = scenario.request();
    AtomicReference<Runnable> next = new AtomicReference<>();
    next.set(
        () -> {
          Memory memory = Memory.of(ByteBuffer.allocate(4).putInt(number.get()).array());
          request.submit(irp -> socket.send(memory.buffer(), 0, irp), memory);
        });
    request.then(
        turn -> {
          long frames = StackWalker.getInstance().walk(Stream::count);
          depth.accumulateAndGet(frames, Math::max);
          turn.expect(NtStatus.SUCCESS);
          if (number.incrementAndGet() < messages) {
            next.get().run();
          } else {
            deepest.complete(depth.get());
          }
        });
    // One of them is begun on an event loop, where a send may complete in its call.
    scenario.client().provider().onSomeLoop(next.get());
    for (int i = 0; i < messages; i++) {
      assertThat(ByteBuffer.wrap(pair.peer().read(4)).getInt()).isEqualTo(i);
    }
    assertThat(deepest.get(10, TimeUnit.SECONDS)).isLessThan(messages);
    scenario.close(socket);
  }

  /** What has arrived completes each receive inside its call. */
  @EachTransport
  void shouldReceiveTheNextMessageInTheRoutineOfTheLast(Transport on, TestScope scope)
      throws Exception {
    int messages = 1000;
    Scenario scenario = Scenario.on(on, scope);
    Pair pair = scenario.client().pair();
    WskConnectionSocket socket = scenario.watch(pair.socket());
    byte[] stream = Bytes.pattern(1, 4 * messages);
    pair.peer().send(stream);
    scenario.client().drain();
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    CompletableFuture<Long> deepest = new CompletableFuture<>();
    AtomicLong depth = new AtomicLong();
    Request request = scenario.request();
    Runnable next =
        () -> {
          Memory memory = Memory.room(4);
          request.submit(irp -> socket.receive(memory.buffer(), WskFlags.WAITALL, irp), memory);
        };
    request.then(
        turn -> {
          long frames = StackWalker.getInstance().walk(Stream::count);
          depth.accumulateAndGet(frames, Math::max);
          received.writeBytes(turn.expect(NtStatus.SUCCESS).data());
          if (received.size() < stream.length) {
            next.run();
          } else {
            deepest.complete(depth.get());
          }
        });
    next.run();
    assertThat(deepest.get(10, TimeUnit.SECONDS)).isLessThan(messages);
    assertThat(received.toByteArray()).isEqualTo(stream);
    scenario.close(socket);
  }

  @EachTransport
  void shouldHandWhatWasSetToWhatIsAccepted(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Acceptor acceptor = new Acceptor(call -> scenario.inside(() -> NtStatus.SUCCESS));
    WskListeningSocket listener =
        scenario.socket(
            WskFlags.LISTEN_SOCKET,
            AddressFamily.INET,
            null,
            acceptor.dispatch(),
            WskListeningSocket.class);
    scenario.set(listener, WskOptions.KEEPALIVE, 1);
    scenario.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    assertThat(scenario.client().control(listener, WskEventCallbackControl.ACCEPT))
        .isEqualTo(NtStatus.SUCCESS);
    InetSocketAddress at = scenario.local(listener);
    Peer peer = scenario.peer(at);
    WskConnectionSocket accepted = scenario.watch(acceptor.next().require());
    assertThat(scenario.get(accepted, WskOptions.KEEPALIVE, 4)).isEqualTo(1);
    assertThat(scenario.get(listener, WskOptions.KEEPALIVE, 4)).isEqualTo(1);

    // A node that does not belong to the cluster.
    acceptor.then(call -> scenario.inside(() -> NtStatus.REQUEST_NOT_ACCEPTED));
    assertThat(scenario.peer(at).isReset()).isTrue();
    scenario.send(accepted, 0, new byte[] {1});
    assertThat(peer.read(1)).containsExactly(1);
    scenario.close(accepted);
    scenario.close(listener);
  }

  @EachTransport
  void shouldHearNothingFromWhatIsClosed(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    ExecutorService worker = scenario.thread("worker");
    ExecutorService node = scenario.thread("node");
    try (ServerSocket listener = listen(scope)) {
      for (int round = 0; round < RACES; round++) {
        Outgoing outgoing =
            new Outgoing(scenario, worker).connect(listener.getLocalSocketAddress());
        Peer peer = Peer.accept(listener, scope);
        assertThat(outgoing.ready()).isEqualTo(NtStatus.SUCCESS);
        // The reset of the peer and the close of the program, at the same time.
        Future<Void> reset =
            node.submit(
                () -> {
                  peer.reset();
                  return null;
                });
        outgoing.close();
        reset.get(10, TimeUnit.SECONDS);
      }
    }
    // What would still come, comes now, and finds its socket closed.
    scenario.client().drain();
  }

  @EachTransport
  void shouldGetNoSocketWhereNobodyListens(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    SocketAddress nobody;
    try (ServerSocket listener = listen(scope)) {
      nobody = listener.getLocalSocketAddress();
    }
    long before = scenario.client().openSockets();
    Outgoing outgoing = new Outgoing(scenario, scenario.thread("worker")).connect(nobody);
    assertThat(outgoing.ready()).isEqualTo(NtStatus.CONNECTION_REFUSED);
    assertThat(outgoing.socket).isNull();
    scenario.client().drain();
    assertThat(scenario.client().openSockets()).isEqualTo(before);
  }
}
