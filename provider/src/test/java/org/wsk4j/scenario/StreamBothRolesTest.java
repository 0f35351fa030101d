package org.wsk4j.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.RawControlMessage;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.stream.WskClientStreamDispatch;
import org.wsk4j.stream.WskStreamSocket;
import org.wsk4j.testing.TestScope;

/**
 * A library that gives drivers sockets as programs know them (A11): each is a stream socket, which
 * only later becomes a listener or a connection. Its accept callback wakes the thread that waits
 * for a connection before it says what the context of that connection is.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StreamBothRolesTest {
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;

  /** What the library knows of a connection, its context. */
  private static final class Binding {
    private final Scenario scenario;
    private final WskConnectionSocket socket;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    Binding(Scenario scenario, WskConnectionSocket socket) {
      this.scenario = scenario;
      this.socket = socket;
    }

    synchronized void add(byte[] bytes) {
      received.writeBytes(bytes);
    }

    synchronized byte[] bytes() {
      return received.toByteArray();
    }

    /** Waits until so much was received. */
    void expect(byte[] all) throws Exception {
      Scenario.until("the data", () -> bytes().length >= all.length);
      assertThat(bytes()).isEqualTo(all);
    }

    void enable() throws InterruptedException {
      scenario.succeed(irp -> scenario.client().control(socket, RECEIVE, irp));
    }
  }

  /** The library. */
  private static final class Library {
    private final Scenario scenario;
    private final BlockingQueue<Binding> incoming = new LinkedBlockingQueue<>();
    private final Object early = new Object();
    private final WskClientConnectionDispatch connection =
        WskClientConnectionDispatch.builder().onReceive(this::receive).build();
    private final WskClientListenDispatch listen =
        WskClientListenDispatch.builder()
            .onAccept(
                (context, flags, local, remote, socket, socketContext, socketDispatch) ->
                    accept(context, socket, socketContext, socketDispatch))
            .build();

    Library(Scenario scenario) {
      this.scenario = scenario;
    }

    WskStreamSocket socket() throws InterruptedException {
      return scenario.socket(
          WskFlags.STREAM_SOCKET,
          AddressFamily.INET,
          early,
          new WskClientStreamDispatch(listen, connection),
          WskStreamSocket.class);
    }

    WskStreamSocket bound(InetSocketAddress at) throws InterruptedException {
      WskStreamSocket socket = socket();
      scenario.succeed(irp -> socket.bind(at, 0, irp));
      return socket;
    }

    WskStreamSocket listening() throws InterruptedException {
      WskStreamSocket socket = bound(TestClient.loopback(AddressFamily.INET, 0));
      scenario.succeed(socket::listen);
      scenario.succeed(irp -> scenario.client().control(socket, ACCEPT, irp));
      return socket;
    }

    private NtStatus accept(
        @Nullable Object context,
        @Nullable WskConnectionSocket socket,
        Out<Object> socketContext,
        Out<WskClientConnectionDispatch> socketDispatch) {
      return scenario.inside(
          () -> {
            assertThat(context).isSameAs(early);
            assertThat(socket).isNotNull();
            Binding binding = new Binding(scenario, scenario.watch(socket));
            incoming.add(binding);
            // The thread that waits may be using the socket by now.
            socketContext.set(binding);
            socketDispatch.set(connection);
            return NtStatus.SUCCESS;
          });
    }

    private NtStatus receive(
        @Nullable Object context,
        int flags,
        @Nullable WskDataIndication list,
        long bytes,
        LongOut accepted) {
      return scenario.inside(
          () -> {
            assertThat(context).isInstanceOf(Binding.class);
            for (WskDataIndication each = list; each != null; ) {
              ((Binding) context).add(each.buffer().toByteArray());
              WskDataIndication next = each.next();
              each.setNext(null);
              each = next;
            }
            accepted.set(bytes);
            return NtStatus.SUCCESS;
          });
    }

    Binding next() throws InterruptedException {
      Binding binding = incoming.poll(10, TimeUnit.SECONDS);
      assertThat(binding).as("a connection").isNotNull();
      return binding;
    }
  }

  @EachTransport
  void shouldPlayBothRoles(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Library library = new Library(scenario);
    WskStreamSocket unbound = library.socket();
    Request address = scenario.request();
    address.submit((irp, turn) -> unbound.getLocalAddress(turn.place(), irp));
    assertThat(address.await().expect(NtStatus.INVALID_DEVICE_STATE).addresses().get(0)).isNull();
    scenario.close(unbound);

    WskStreamSocket server = library.listening();
    InetSocketAddress at = scenario.local(server);
    assertThat(at.getPort()).isNotZero();
    WskStreamSocket client = library.bound(TestClient.any(AddressFamily.INET, 0));
    ExecutorService accepting = scenario.thread("accepting");
    CompletableFuture<Binding> accepted = new CompletableFuture<>();
    accepting.execute(
        () -> {
          try {
            // It enables the event as soon as it is woken, at the latest before it goes on.
            Binding binding = library.next();
            binding.enable();
            accepted.complete(binding);
          } catch (InterruptedException | AssertionError e) {
            accepted.completeExceptionally(e);
          }
        });
    scenario.succeed(irp -> client.connect(at, 0, irp));
    Binding binding = accepted.get(10, TimeUnit.SECONDS);
    scenario.send(client, 0, Bytes.pattern(1, 5000));
    binding.expect(Bytes.pattern(1, 5000));

    // The other direction, by requests.
    scenario.send(binding.socket, 0, Bytes.pattern(2, 100));
    Request receive = scenario.receive(client, WskFlags.WAITALL, Memory.room(60, 40));
    assertThat(receive.await().expect(NtStatus.SUCCESS).data()).isEqualTo(Bytes.pattern(2, 100));
    scenario.close(client);
    scenario.close(binding.socket);
    scenario.close(server);
  }

  @EachTransport
  void shouldKeepWhatComesBeforeItIsWanted(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Library library = new Library(scenario);
    WskStreamSocket server = library.listening();
    Peer peer = scenario.peer(scenario.local(server));
    peer.send(Bytes.pattern(1, 3000));
    Binding binding = library.next();
    scenario.client().drain();
    assertThat(binding.bytes()).isEmpty();
    binding.enable();
    binding.expect(Bytes.pattern(1, 3000));
    scenario.close(binding.socket);
    scenario.close(server);
  }

  @EachTransport
  void shouldSendWithTheConnect(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Library library = new Library(scenario);
    WskStreamSocket server = library.listening();
    InetSocketAddress at = scenario.local(server);
    for (int size : new int[] {10, 0}) {
      WskStreamSocket client = library.bound(TestClient.any(AddressFamily.INET, 0));
      Memory first = Memory.of(Bytes.pattern(size, size));
      Turn connected =
          size > 0
              ? scenario.succeed(irp -> client.connectEx(at, first.buffer(), 0, irp), first)
              : scenario.succeed(irp -> client.connectEx(at, null, 0, irp));
      assertThat(connected.information()).isEqualTo(size);
      scenario.send(client, 0, Bytes.pattern(99, 20));
      Binding binding = library.next();
      binding.enable();
      binding.expect(Bytes.join(Bytes.pattern(size, size), Bytes.pattern(99, 20)));
      scenario.close(client);
      scenario.close(binding.socket);
    }
    scenario.close(server);
  }

  @EachTransport
  void shouldUseTheExtendedCalls(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Library library = new Library(scenario);
    WskStreamSocket server = library.listening();
    Peer peer = scenario.peer(scenario.local(server));
    WskConnectionSocket socket = library.next().socket;
    Memory out = Memory.of(new byte[] {1, 2}, new byte[] {3});
    Turn sent = scenario.succeed(irp -> socket.sendEx(out.buffer(), 0, null, irp), out);
    assertThat(sent.information()).isEqualTo(3);
    assertThat(peer.read(3)).containsExactly(1, 2, 3);
    Memory in = Memory.room(5);
    Request receive = scenario.request();
    receive.submit(irp -> socket.receiveEx(in.buffer(), 0, null, null, irp), in);
    peer.send((byte) 7);
    assertThat(receive.await().expect(NtStatus.SUCCESS).data()).containsExactly(7);
    // What cannot be sent is refused and not forgotten.
    Memory never = Memory.of(new byte[] {9});
    ControlInfo info = ControlInfo.of(new RawControlMessage(0, 1, new byte[4]));
    scenario
        .call(irp -> socket.sendEx(never.buffer(), 0, info, irp), never)
        .expect(NtStatus.NOT_SUPPORTED);
    scenario.succeed(irp -> socket.disconnect(null, 0, irp));
    assertThat(peer.readAll()).isEmpty();
    scenario.close(socket);
    scenario.close(server);
  }

  @EachTransport
  void shouldSayGoodbye(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Library library = new Library(scenario);
    WskStreamSocket server = library.listening();
    InetSocketAddress at = scenario.local(server);
    Peer friend = scenario.peer(at);
    Binding binding = library.next();
    Memory farewell = Memory.of("good".getBytes(UTF_8), "bye".getBytes(UTF_8));
    scenario.succeed(irp -> binding.socket.disconnect(farewell.buffer(), 0, irp), farewell);
    assertThat(friend.readAll()).isEqualTo("goodbye".getBytes(UTF_8));
    // It still hears what the other side has to say.
    friend.send("see you".getBytes(UTF_8));
    friend.endOutput();
    Request last = scenario.receive(binding.socket, WskFlags.WAITALL, Memory.room(20));
    assertThat(last.await().expect(NtStatus.SUCCESS).data()).isEqualTo("see you".getBytes(UTF_8));
    scenario.close(binding.socket);

    Peer other = scenario.peer(at);
    WskConnectionSocket socket = library.next().socket;
    Memory both = Memory.of(new byte[] {1});
    scenario
        .call(irp -> socket.disconnect(both.buffer(), WskFlags.ABORTIVE, irp), both)
        .expect(NtStatus.INVALID_PARAMETER);
    scenario.send(socket, 0, new byte[] {2});
    assertThat(other.read(1)).containsExactly(2);
    scenario.succeed(irp -> socket.disconnect(null, WskFlags.ABORTIVE, irp));
    assertThat(other.isReset()).isTrue();
    scenario.close(socket);
    scenario.close(server);
  }

  /** The event is signalled only by requests whose call said that it has to be waited for. */
  @EachTransport
  void shouldWaitOnlyForWhatIsPending(Transport on, TestScope scope) throws Exception {
    int count = 10_000;
    Scenario scenario = Scenario.on(on, scope);
    Library library = new Library(scenario);
    WskStreamSocket server = library.listening();
    WskStreamSocket client = library.bound(TestClient.any(AddressFamily.INET, 0));
    InetSocketAddress at = scenario.local(server);
    scenario.succeed(irp -> client.connect(at, 0, irp));
    Binding binding = library.next();
    binding.enable();
    Semaphore event = new Semaphore(0);
    AtomicInteger inline = new AtomicInteger();
    Irp irp = scope.irp();
    for (int i = 0; i < count; i++) {
      irp.reuse(NtStatus.UNSUCCESSFUL);
      irp.setCompletionRoutine(
          (completed, context) -> {
            if (completed.pendingReturned()) {
              event.release();
            } else {
              inline.incrementAndGet();
            }
            return NtStatus.MORE_PROCESSING_REQUIRED;
          },
          null);
      Memory memory = Memory.of(new byte[] {(byte) i});
      if (client.send(memory.buffer(), 0, irp) == NtStatus.PENDING) {
        assertThat(event.tryAcquire(10, TimeUnit.SECONDS)).as("send %s", i).isTrue();
      }
      assertThat(event.availablePermits()).as("early wake-ups").isZero();
      assertThat(irp.status()).isEqualTo(NtStatus.SUCCESS);
      assertThat(irp.information()).isEqualTo(1);
    }
    byte[] all = new byte[count];
    for (int i = 0; i < count; i++) {
      all[i] = (byte) i;
    }
    binding.expect(all);
    scenario.close(client);
    scenario.close(binding.socket);
    scenario.close(server);
  }

  @EachTransport
  void shouldCloseWhatItNeverAccepted(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Library library = new Library(scenario);
    WskStreamSocket server = library.listening();
    InetSocketAddress at = scenario.local(server);
    Peer peer = scenario.peer(at);
    WskConnectionSocket socket = library.next().socket;
    // Sends that nobody looks at; the close waits for them first.
    List<Request> sends = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Memory memory = Memory.of(Bytes.pattern(i, 500));
      Request send = scenario.request();
      send.submit(irp -> socket.send(memory.buffer(), 0, irp), memory);
      sends.add(send);
    }
    for (Request send : sends) {
      assertThat(send.await().expect(NtStatus.SUCCESS).information()).isEqualTo(500);
    }
    scenario.succeed(irp -> socket.disconnect(null, 0, irp));
    scenario.close(socket);
    assertThat(peer.readAll()).hasSize(50_000).startsWith(Bytes.pattern(0, 500));

    List<Peer> waiting = List.of(scenario.peer(at), scenario.peer(at));
    List<Binding> delivered = List.of(library.next(), library.next());
    scenario.close(server);
    for (Binding each : delivered) {
      scenario.close(each.socket);
    }
    for (Peer each : waiting) {
      assertThat(each.isReset()).isTrue();
    }
  }
}
