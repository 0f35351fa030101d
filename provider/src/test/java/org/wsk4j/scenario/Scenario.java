package org.wsk4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskClientSocketDispatch;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/**
 * A program that uses WSK. Whatever it does, when it has ended the following must have been true,
 * else the test fails:
 *
 * <ul>
 *   <li>each call ran its completion routine exactly once
 *   <li>what a call returned, unless it was PENDING, was the final status
 *   <li>the IRP told the routine truly whether PENDING was returned
 *   <li>after the completion the provider touched neither the IRP nor the memory nor the places
 *       that were lent to the call
 *   <li>routines and callbacks ran without a lock of the provider: while they ran, calls of other
 *       threads on all sockets of the program returned
 *   <li>nothing was left, and the program could deregister
 * </ul>
 */
final class Scenario {
  private static final int OFTEN = 40;
  private static final int RARELY = 97;
  private static final long PATIENCE_SECONDS = 10;

  /** What a callback or a routine does. */
  interface Body {
    /** {@return its answer} */
    NtStatus run() throws Exception;
  }

  private final TestScope scope;
  private final ExecutorService stranger;
  private final TestClient client;
  private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
  private final Set<WskSocket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger entered = new AtomicInteger();

  private Scenario(RunningProvider provider, TestScope scope) {
    this.scope = scope;
    // What is closed last is registered first: the check comes when the client has left.
    scope.closing(this::check);
    stranger = scope.thread("stranger");
    client = TestClient.on(provider, scope);
  }

  /** {@return a program that uses the provider of a transport} */
  static Scenario on(Transport on, TestScope scope) {
    return new Scenario(RunningProvider.on(on), scope);
  }

  /** {@return a program that uses a provider} */
  static Scenario on(RunningProvider provider, TestScope scope) {
    return new Scenario(provider, scope);
  }

  // ---- Parts

  TestScope scope() {
    return scope;
  }

  /** {@return its registration, and the shortest ways to what is not of interest here} */
  TestClient client() {
    return client;
  }

  /** {@return a thread of the program} */
  ExecutorService thread(String name) {
    return scope.thread(name);
  }

  /** {@return an IRP with its routine} */
  Request request() {
    Request request = new Request(this, scope.irp());
    requests.add(request);
    return request;
  }

  Turn begin(Turn turn) {
    turns.add(turn);
    return turn;
  }

  /** Notes that a socket exists, for calls of other threads. */
  <S extends WskSocket> S watch(S socket) {
    sockets.add(socket);
    return client.watch(socket);
  }

  // ---- Calls that a program waits for

  /** Makes a call with an IRP of its own; {@return what came of it} */
  Turn call(Call call, Memory... lent) throws InterruptedException {
    Request request = request();
    request.submit(call, lent);
    return request.await();
  }

  /** Makes a call that must succeed. */
  Turn succeed(Call call, Memory... lent) throws InterruptedException {
    return call(call, lent).expect(NtStatus.SUCCESS);
  }

  /** {@return a new socket of the program} */
  <S extends WskSocket> S socket(
      int flags,
      int family,
      @Nullable Object context,
      @Nullable WskClientSocketDispatch dispatch,
      Class<S> type)
      throws InterruptedException {
    return socket(npi(), flags, family, context, dispatch, type);
  }

  /** {@return a new socket of a client that is registered on its own} */
  <S extends WskSocket> S socket(
      WskProviderNpi npi,
      int flags,
      int family,
      @Nullable Object context,
      @Nullable WskClientSocketDispatch dispatch,
      Class<S> type)
      throws InterruptedException {
    return socket(npi, flags, family, true, context, dispatch, type);
  }

  private <S extends WskSocket> S socket(
      WskProviderNpi npi,
      int flags,
      int family,
      boolean tcp,
      @Nullable Object context,
      @Nullable WskClientSocketDispatch dispatch,
      Class<S> type)
      throws InterruptedException {
    Turn made =
        succeed(
            irp ->
                npi.dispatch()
                    .socket(
                        npi.client(),
                        family,
                        tcp ? SocketType.STREAM : SocketType.DGRAM,
                        tcp ? Protocol.TCP : Protocol.UDP,
                        flags,
                        context,
                        dispatch,
                        null,
                        null,
                        null,
                        irp));
    return watch(made.object(type));
  }

  private WskProviderNpi npi() {
    return new WskProviderNpi(client.client(), client.functions());
  }

  /** {@return a new datagram socket of the program} */
  WskDatagramSocket datagrams(
      int family, @Nullable Object context, @Nullable WskClientDatagramDispatch dispatch)
      throws InterruptedException {
    return socket(
        npi(), WskFlags.DATAGRAM_SOCKET, family, false, context, dispatch, WskDatagramSocket.class);
  }

  /** {@return a new basic socket of the program} */
  WskSocket basic(int family, boolean tcp) throws InterruptedException {
    return socket(npi(), WskFlags.BASIC_SOCKET, family, tcp, null, null, WskSocket.class);
  }

  <V> void set(WskSocket socket, WskControlKey<V, ?> option, V value) throws InterruptedException {
    succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.SET_OPTION, option, value, 0, null, null, irp));
  }

  <V> V get(WskSocket socket, WskControlKey<?, V> option, int size) throws InterruptedException {
    Out<V> value = new Out<>();
    Turn turn =
        succeed(
            irp ->
                socket.controlSocket(
                    WskControlSocketType.GET_OPTION, option, null, size, value, null, irp));
    assertThat(turn.information()).isEqualTo(size);
    return value.require();
  }

  /** {@return the local address of a socket} */
  InetSocketAddress local(WskConnectionSocket socket) throws InterruptedException {
    return address((irp, turn) -> socket.getLocalAddress(turn.place(), irp));
  }

  /** {@return the local address of a socket} */
  InetSocketAddress local(WskListeningSocket socket) throws InterruptedException {
    return address((irp, turn) -> socket.getLocalAddress(turn.place(), irp));
  }

  /** {@return the local address of a socket} */
  InetSocketAddress local(WskDatagramSocket socket) throws InterruptedException {
    return address((irp, turn) -> socket.getLocalAddress(turn.place(), irp));
  }

  private InetSocketAddress address(BiFunction<Irp, Turn, NtStatus> call)
      throws InterruptedException {
    Request request = request();
    request.submit(call);
    SocketAddress address = request.await().expect(NtStatus.SUCCESS).addresses().get(0);
    return (InetSocketAddress) address;
  }

  /** Sends and waits; all must have been sent. */
  void send(WskConnectionSocket socket, int flags, byte[]... parts) throws InterruptedException {
    Memory memory = Memory.of(parts);
    long size = memory.buffer().length();
    Turn turn = succeed(irp -> socket.send(memory.buffer(), flags, irp), memory);
    assertThat(turn.information()).isEqualTo(size);
  }

  /** Starts to receive. */
  Request receive(WskConnectionSocket socket, int flags, Memory memory) {
    Request request = request();
    request.submit(irp -> socket.receive(memory.buffer(), flags, irp), memory);
    return request;
  }

  /** Closes a socket, which never fails. */
  void close(WskSocket socket) throws InterruptedException {
    Turn turn = succeed(socket::closeSocket);
    assertThat(turn.information()).isZero();
    forget(socket);
  }

  /** Notes that a socket has been closed. */
  void forget(WskSocket socket) {
    sockets.remove(socket);
  }

  /** {@return a plain socket that is connected to an address} */
  Peer peer(InetSocketAddress to) throws IOException {
    return Peer.connect(to, scope);
  }

  /** Looks at something until it is so. */
  static void until(String what, Callable<Boolean> isSo) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!isSo.call()) {
      assertThat(System.nanoTime()).as("time for %s", what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  // ---- What is true of every routine and callback

  /** Runs what a routine or a callback of the program does. */
  NtStatus inside(Body body) {
    try {
      lookForLocks();
      return body.run();
    } catch (Throwable fault) {
      faults.add(fault);
      return NtStatus.UNSUCCESSFUL;
    }
  }

  /** Not on every occasion: the first ones, and some of the later ones. */
  private void lookForLocks() throws InterruptedException, ExecutionException {
    int count = entered.incrementAndGet();
    boolean mine = Thread.currentThread().getName().equals("stranger");
    if (mine || (count > OFTEN && count % RARELY != 0)) {
      return;
    }
    try {
      stranger.submit(this::callEverySocket).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      throw new AssertionError("called after the client has left", e);
    } catch (TimeoutException e) {
      throw new AssertionError("a call of another thread waits for a routine or callback", e);
    }
  }

  private void callEverySocket() {
    for (WskSocket socket : sockets) {
      socket.controlSocket(
          WskControlSocketType.GET_OPTION,
          WskOptions.KEEPALIVE,
          null,
          Integer.BYTES,
          new Out<>(),
          null,
          scope.irp());
    }
  }

  private void check() {
    AssertionError failure = new AssertionError("the program was not served as it should be");
    faults.forEach(failure::addSuppressed);
    turns.forEach(turn -> collect(turn::check, failure));
    requests.forEach(request -> collect(request::check, failure));
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private static void collect(Runnable check, AssertionError failure) {
    try {
      check.run();
    } catch (AssertionError fault) {
      failure.addSuppressed(fault);
    }
  }
}
