package org.wsk4j.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.client.WskClient;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.socket.WskClientSocketDispatch;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.stream.WskClientStreamDispatch;
import org.wsk4j.stream.WskStreamSocket;
import org.wsk4j.testing.TestScope;

/**
 * A program that uses WSK, for the time of one test. When the test ends it deregisters, and that
 * must return at once: sockets, requests and captures that are left hold it up, and fail the test.
 *
 * <p>Every request that goes through it is held against the rule of completion: the routine's
 * status is the one returned, unless that was PENDING, and {@code pendingReturned} says so.
 */
public final class TestClient {
  /** More than the buffers of a {@link #narrowPair} hold. */
  public static final int TOO_MUCH = 1024 * 1024;

  private static final int SMALL_BUFFER = 16 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration TO_DEREGISTER = Duration.ofSeconds(5);

  /** A WSK socket and the foreign end of its connection. */
  public record Pair(WskConnectionSocket socket, Peer peer) {}

  private final TestScope scope;
  private final RunningProvider provider;
  private final WskRegistration registration;
  private final WskProviderNpi npi;
  private final List<WskSocket> sockets = new CopyOnWriteArrayList<>();

  private final Map<Irp, CountDownLatch> routines = new ConcurrentHashMap<>();
  private final long before;
  private volatile boolean gone;

  private TestClient(RunningProvider provider, TestScope scope) {
    this.scope = scope;
    this.provider = provider;
    before = provider.openSockets();
    registration = new WskRegistration(provider.registrar());
    assertThat(
            registration.register(new WskClientNpi(this, new WskClientDispatch(WskVersion.V1_0))))
        .isEqualTo(NtStatus.SUCCESS);
    Out<WskProviderNpi> captured = new Out<>();
    assertThat(registration.captureProviderNpi(WskRegistration.NO_WAIT, captured))
        .isEqualTo(NtStatus.SUCCESS);
    npi = captured.require();
    scope.closing(this::deregister);
  }

  /** {@return a new client of the provider of a transport} */
  public static TestClient on(Transport transport, TestScope scope) {
    return on(RunningProvider.on(transport), scope);
  }

  /** {@return a new client of a provider} */
  public static TestClient on(RunningProvider provider, TestScope scope) {
    return new TestClient(provider, scope);
  }

  /** Notes that the test has deregistered the client. */
  public void left() {
    gone = true;
  }

  private void deregister() throws InterruptedException {
    if (gone) {
      return;
    }
    registration.releaseProviderNpi();
    Thread leaving = new Thread(registration::deregister, "deregister");
    leaving.start();
    leaving.join(TO_DEREGISTER.toMillis());
    if (leaving.isAlive()) {
      AssertionError held = new AssertionError("the client cannot leave: " + provider.statistics());
      sockets.forEach(socket -> socket.closeSocket(Irp.allocate()));
      leaving.join(TO_DEREGISTER.toMillis());
      throw held;
    }
  }

  // ---- Parts

  /** {@return its provider} */
  public RunningProvider provider() {
    return provider;
  }

  /** {@return how many sockets were made since this client came, and are open} */
  public long openSockets() {
    return provider.openSockets() - before;
  }

  /** {@return its registration} */
  public WskRegistration registration() {
    return registration;
  }

  /** {@return the client object} */
  public WskClient client() {
    return npi.client();
  }

  /** {@return the functions of the provider} */
  public WskProviderDispatch functions() {
    return npi.dispatch();
  }

  /** {@return an IRP that must not be in flight when the test ends} */
  public Irp irp() {
    return scope.irp();
  }

  /** Waits until the event loops have nothing to do. */
  public void drain() throws Exception {
    provider.drain();
  }

  /**
   * Sends bytes from a foreign end, and waits until the event loops have taken them from the system
   * and have nothing to do: under load the system may deliver late. Something must read.
   */
  public void deliver(Peer from, byte... bytes) throws Exception {
    long arrived = provider.statistics().traffic().received().bytes() + bytes.length;
    from.send(bytes);
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> provider.statistics().traffic().received().bytes() >= arrived);
    drain();
  }

  /**
   * Sends a datagram from a foreign end to a socket that takes it, and waits until the event loops
   * have taken it from the system and have nothing to do.
   */
  public void deliver(DatagramPeer from, InetSocketAddress to, byte... bytes) throws Exception {
    long arrived = provider.statistics().traffic().received().operations() + 1;
    from.send(to, bytes);
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> provider.statistics().traffic().received().operations() >= arrived);
    drain();
  }

  // ---- Requests

  /**
   * Does something in the completion routine of a request; {@link #result} waits for its end. The
   * routine keeps the IRP.
   */
  public void onCompletion(Irp irp, Consumer<Irp> action) {
    CountDownLatch done = new CountDownLatch(1);
    routines.put(irp, done);
    irp.setCompletionRoutine(
        (completed, context) -> {
          try {
            action.accept(completed);
          } finally {
            done.countDown();
          }
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
  }

  /** Waits for the completion of a request; {@return its status, which fits what was returned} */
  public NtStatus result(NtStatus returned, Irp irp) throws InterruptedException {
    CountDownLatch routine = routines.get(irp);
    if (routine != null) {
      assertThat(routine.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(irp.await(PATIENCE)).withFailMessage("%s does not complete", irp).isTrue();
    if (returned != NtStatus.PENDING) {
      assertThat(irp.status()).isEqualTo(returned);
    }
    assertThat(irp.pendingReturned()).isEqualTo(returned == NtStatus.PENDING);
    if (!irp.status().isSuccess()) {
      assertThat(irp.information()).isZero();
      assertThat(irp.object()).isNull();
    }
    return irp.status();
  }

  /** Waits for a request that was made before, with whatever answer. */
  public NtStatus result(Irp irp) throws InterruptedException {
    assertThat(irp.await(PATIENCE)).withFailMessage("%s does not complete", irp).isTrue();
    return result(irp.pendingReturned() ? NtStatus.PENDING : irp.status(), irp);
  }

  /** A call that takes an IRP. */
  public interface Call {
    /** {@return what the function returned} */
    NtStatus with(Irp irp);
  }

  /** Makes a call with a new IRP and waits for its result. */
  public NtStatus result(Call call) throws InterruptedException {
    Irp irp = irp();
    return result(call.with(irp), irp);
  }

  /** Makes a call that must succeed; {@return its IRP} */
  public Irp succeed(Call call) throws InterruptedException {
    Irp irp = irp();
    assertThat(result(call.with(irp), irp)).isEqualTo(NtStatus.SUCCESS);
    return irp;
  }

  /** Makes a call that must stay pending; {@return its IRP} */
  public Irp pend(Call call) {
    Irp irp = irp();
    assertThat(call.with(irp)).isEqualTo(NtStatus.PENDING);
    return irp;
  }

  // ---- Addresses

  /** {@return the number of a family} */
  public static int family(StandardProtocolFamily family) {
    return family == StandardProtocolFamily.INET6 ? AddressFamily.INET6 : AddressFamily.INET;
  }

  /** {@return the loopback address of a family} */
  public static InetSocketAddress loopback(int family, int port) {
    byte[] v6 = new byte[16];
    v6[15] = 1;
    byte[] octets = family == AddressFamily.INET6 ? v6 : new byte[] {127, 0, 0, 1};
    return address(octets, port);
  }

  /** {@return the wildcard of a family} */
  public static InetSocketAddress any(int family, int port) {
    return address(new byte[family == AddressFamily.INET6 ? 16 : 4], port);
  }

  /** {@return an address of these octets} */
  public static InetSocketAddress address(byte[] octets, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(octets), port);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalArgumentException(Arrays.toString(octets), e);
    }
  }

  /** {@return the local address of a socket} */
  public InetSocketAddress local(WskConnectionSocket socket) throws InterruptedException {
    Out<SocketAddress> place = new Out<>();
    succeed(irp -> socket.getLocalAddress(place, irp));
    return (InetSocketAddress) place.require();
  }

  /** {@return the local address of a socket} */
  public InetSocketAddress local(WskListeningSocket socket) throws InterruptedException {
    Out<SocketAddress> place = new Out<>();
    succeed(irp -> socket.getLocalAddress(place, irp));
    return (InetSocketAddress) place.require();
  }

  /** {@return the remote address of a socket} */
  public InetSocketAddress remote(WskConnectionSocket socket) throws InterruptedException {
    Out<SocketAddress> place = new Out<>();
    succeed(irp -> socket.getRemoteAddress(place, irp));
    return (InetSocketAddress) place.require();
  }

  // ---- Sockets

  /** Remembers a socket, so that it can be closed if the test forgets. */
  public <S extends WskSocket> S watch(S socket) {
    sockets.add(socket);
    return socket;
  }

  /** {@return a socket of TCP in the category of its flags} */
  private <S extends WskSocket> S made(
      Class<S> type,
      int family,
      int flags,
      @Nullable Object context,
      @Nullable WskClientSocketDispatch dispatch)
      throws InterruptedException {
    Irp made =
        succeed(
            irp -> make(family, SocketType.STREAM, Protocol.TCP, flags, context, dispatch, irp));
    return watch(made.object(type));
  }

  /** Asks for a socket that is nobody's in particular; {@return what the call returned} */
  public NtStatus make(
      int family,
      int type,
      int protocol,
      int flags,
      @Nullable Object context,
      @Nullable WskClientSocketDispatch dispatch,
      Irp irp) {
    return functions()
        .socket(client(), family, type, protocol, flags, context, dispatch, null, null, null, irp);
  }

  /** {@return a listening socket that is not bound} */
  public WskListeningSocket listener(
      int family, @Nullable Object context, @Nullable WskClientListenDispatch dispatch)
      throws InterruptedException {
    return made(WskListeningSocket.class, family, WskFlags.LISTEN_SOCKET, context, dispatch);
  }

  /** {@return a socket that listens at the loopback address} */
  public WskListeningSocket listening(
      int family, @Nullable Object context, @Nullable WskClientListenDispatch dispatch)
      throws InterruptedException {
    WskListeningSocket socket = listener(family, context, dispatch);
    succeed(irp -> socket.bind(loopback(family, 0), 0, irp));
    return socket;
  }

  /** {@return an IPv4 socket that listens at the loopback address, its accept event enabled} */
  public WskListeningSocket listening(Acceptor acceptor) throws InterruptedException {
    WskListeningSocket socket = listening(AddressFamily.INET, null, acceptor.dispatch());
    assertThat(control(socket, WskEventCallbackControl.ACCEPT)).isEqualTo(NtStatus.SUCCESS);
    return socket;
  }

  /** {@return an IPv4 socket that listens at the loopback address} */
  public WskListeningSocket listening() throws InterruptedException {
    return listening(AddressFamily.INET, null, null);
  }

  /** {@return a connection-oriented socket that is not bound} */
  public WskConnectionSocket connection(
      int family, @Nullable Object context, @Nullable WskClientConnectionDispatch dispatch)
      throws InterruptedException {
    return made(WskConnectionSocket.class, family, WskFlags.CONNECTION_SOCKET, context, dispatch);
  }

  /** {@return a stream socket that is not bound} */
  public WskStreamSocket stream(
      int family, @Nullable Object context, @Nullable WskClientStreamDispatch dispatch)
      throws InterruptedException {
    return made(WskStreamSocket.class, family, WskFlags.STREAM_SOCKET, context, dispatch);
  }

  /** {@return a stream socket bound to the loopback address} */
  public WskStreamSocket boundStream(
      int family, @Nullable Object context, @Nullable WskClientStreamDispatch dispatch)
      throws InterruptedException {
    WskStreamSocket socket = stream(family, context, dispatch);
    succeed(irp -> socket.bind(loopback(family, 0), 0, irp));
    return socket;
  }

  /** {@return an IPv4 stream socket bound to the loopback address, without callbacks} */
  public WskStreamSocket boundStream() throws InterruptedException {
    return boundStream(AddressFamily.INET, null, null);
  }

  /** {@return an IPv4 socket bound to the loopback address} */
  public WskConnectionSocket bound() throws InterruptedException {
    WskConnectionSocket socket = connection(AddressFamily.INET, null, null);
    succeed(irp -> socket.bind(loopback(AddressFamily.INET, 0), 0, irp));
    return socket;
  }

  /** Makes a socket, binds and connects it at once. */
  public NtStatus socketConnect(
      SocketAddress to,
      @Nullable Object context,
      @Nullable WskClientConnectionDispatch dispatch,
      Irp irp) {
    return functions()
        .socketConnect(
            client(),
            SocketType.STREAM,
            Protocol.TCP,
            any(org.wsk4j.net.SocketAddresses.family(to), 0),
            to,
            0,
            context,
            dispatch,
            null,
            null,
            null,
            irp);
  }

  /** {@return a connected socket} */
  public WskConnectionSocket connected(
      SocketAddress to, @Nullable Object context, @Nullable WskClientConnectionDispatch dispatch)
      throws InterruptedException {
    Irp made = succeed(irp -> socketConnect(to, context, dispatch, irp));
    return watch(made.object(WskConnectionSocket.class));
  }

  /** {@return a socket that has connected to a foreign end} */
  public Pair pair(
      int family, @Nullable Object context, @Nullable WskClientConnectionDispatch dispatch)
      throws InterruptedException, IOException {
    try (ServerSocket listener = Peer.listen(loopback(family, 0), scope)) {
      WskConnectionSocket socket = connected(listener.getLocalSocketAddress(), context, dispatch);
      return new Pair(socket, Peer.accept(listener, scope));
    }
  }

  /** {@return an IPv4 socket that has connected to a foreign end, with all events enabled} */
  public Pair pair(Recorder recorder) throws InterruptedException, IOException {
    Pair pair = pair(AddressFamily.INET, recorder, recorder.dispatch());
    assertThat(
            control(
                pair.socket(),
                WskEventCallbackControl.RECEIVE | WskEventCallbackControl.DISCONNECT))
        .isEqualTo(NtStatus.SUCCESS);
    return pair;
  }

  /** {@return an IPv4 socket that has connected to a foreign end, without callbacks} */
  public Pair pair() throws InterruptedException, IOException {
    return pair(AddressFamily.INET, null, null);
  }

  /**
   * {@return a socket that has connected to a foreign end, with so small buffers between them that
   * a send of {@link #TOO_MUCH} stays pending while nobody reads}
   */
  public Pair narrowPair() throws InterruptedException, IOException {
    WskConnectionSocket socket = connection(AddressFamily.INET, null, null);
    succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.SET_OPTION,
                WskOptions.SNDBUF,
                SMALL_BUFFER,
                0,
                null,
                null,
                irp));
    succeed(irp -> socket.bind(any(AddressFamily.INET, 0), 0, irp));
    try (ServerSocket listener =
        Peer.listen(loopback(AddressFamily.INET, 0), SMALL_BUFFER, scope)) {
      succeed(irp -> socket.connect(listener.getLocalSocketAddress(), 0, irp));
      return new Pair(socket, Peer.accept(listener, scope));
    }
  }

  /** {@return the next connection of a listener, by WskAccept} */
  public WskConnectionSocket accept(
      WskListeningSocket listener,
      @Nullable Object context,
      @Nullable WskClientConnectionDispatch dispatch)
      throws InterruptedException {
    Irp made = succeed(irp -> listener.accept(0, context, dispatch, null, null, irp));
    return watch(made.object(WskConnectionSocket.class));
  }

  /** {@return the next connection of a stream socket that listens, by WskAccept} */
  public WskConnectionSocket accept(
      WskStreamSocket listener,
      @Nullable Object context,
      @Nullable WskClientConnectionDispatch dispatch)
      throws InterruptedException {
    Irp made = succeed(irp -> listener.accept(0, context, dispatch, null, null, irp));
    return watch(made.object(WskConnectionSocket.class));
  }

  /** {@return a foreign end that has connected to a listener} */
  public Peer peer(WskListeningSocket listener) throws InterruptedException, IOException {
    return Peer.connect(local(listener), scope);
  }

  /** {@return a foreign end whose connection was accepted, and the accepted socket} */
  public Pair acceptedPair(WskListeningSocket listener) throws InterruptedException, IOException {
    Peer peer = peer(listener);
    return new Pair(accept(listener, null, null), peer);
  }

  /** Closes sockets, one after the other. */
  public void close(WskSocket... all) throws InterruptedException {
    for (WskSocket socket : all) {
      Irp irp = succeed(socket::closeSocket);
      assertThat(irp.information()).isZero();
      sockets.remove(socket);
    }
  }

  /** Closes all sockets that are open. */
  public void closeAll() throws InterruptedException {
    close(sockets.toArray(WskSocket[]::new));
  }

  // ---- Data

  /** Sends bytes and waits for the result, which must be success. */
  public void send(WskConnectionSocket socket, byte... bytes) throws InterruptedException {
    Irp irp = succeed(one -> socket.send(WskBuf.of(bytes), 0, one));
    assertThat(irp.information()).isEqualTo(bytes.length);
  }

  /** Receives once; {@return what came, nothing at the end of the stream} */
  public byte[] receive(WskConnectionSocket socket, int most) throws InterruptedException {
    return receive(socket, most, 0);
  }

  /** Receives so many bytes; {@return them, or fewer if the stream ends} */
  public byte[] receiveAll(WskConnectionSocket socket, int count) throws InterruptedException {
    return receive(socket, count, WskFlags.WAITALL);
  }

  private byte[] receive(WskConnectionSocket socket, int most, int flags)
      throws InterruptedException {
    byte[] memory = new byte[most];
    Irp irp = succeed(one -> socket.receive(WskBuf.of(memory), flags, one));
    return Arrays.copyOf(memory, (int) irp.information());
  }

  // ---- Events

  /** Enables or disables events, without an IRP. */
  public NtStatus control(WskSocket socket, int mask) {
    return control(socket, mask, null);
  }

  /** Enables or disables events. */
  public NtStatus control(WskSocket socket, int mask, @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.SET_OPTION,
        WskOptions.EVENT_CALLBACK,
        new WskEventCallbackControl(WskProviderCharacteristics.NPI_WSK_INTERFACE_ID, mask),
        0,
        null,
        null,
        irp);
  }

  /** Enables events for all sockets to come. */
  public NtStatus statics(int mask) {
    return functions()
        .controlClient(
            client(),
            WskClientControls.SET_STATIC_EVENT_CALLBACKS,
            new WskEventCallbackControl(WskProviderCharacteristics.NPI_WSK_INTERFACE_ID, mask),
            0,
            null,
            null,
            null);
  }
}
