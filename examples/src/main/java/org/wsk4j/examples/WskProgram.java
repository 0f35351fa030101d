package org.wsk4j.examples;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.IoStatusBlock;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.socket.WskClientSocketDispatch;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;

/**
 * How does a program begin and end? It registers, captures the provider, makes its sockets; it
 * closes them, releases the provider and deregisters, which waits until nothing is left.
 *
 * <p>The other examples share this class, with the waiting that is fine while a program sets up or
 * cleans up, and never on an event loop.
 */
final class WskProgram implements AutoCloseable {
  private static final int CAPTURE_TIMEOUT_MILLIS = 5_000;

  private final WskRegistration registration = new WskRegistration();
  private final Outstanding outstanding = new Outstanding();
  private final WskProviderNpi provider;

  private WskProgram() throws ToolException {
    NtStatus registered =
        registration.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0)));
    if (!registered.isSuccess()) {
      throw new ToolException("Cannot register with WSK: " + Advice.say(registered));
    }
    Out<WskProviderNpi> captured = new Out<>();
    NtStatus status = registration.captureProviderNpi(CAPTURE_TIMEOUT_MILLIS, captured);
    if (!status.isSuccess()) {
      registration.deregister();
      throw new ToolException(
          "There is no WSK provider to work with: "
              + Advice.say(status)
              + "If it did not say why, check that wsk4j-provider is on the class path.");
    }
    provider = captured.require();
  }

  /**
   * Registers and captures the provider.
   *
   * @throws ToolException if there is none
   */
  static WskProgram start() throws ToolException {
    return new WskProgram();
  }

  /** {@return what the provider gave: the client object and the functions} */
  WskProviderNpi provider() {
    return provider;
  }

  /** {@return the count of what this program has outstanding} */
  Outstanding outstanding() {
    return outstanding;
  }

  /** {@return a request that this program counts} */
  Request request(Request.Completed completed) {
    return new Request(outstanding, completed);
  }

  /**
   * Makes a request and waits until it has completed.
   *
   * @param call hands the IRP to a function
   * @return the result
   */
  IoStatusBlock await(Consumer<Irp> call) throws InterruptedException {
    Irp irp = Irp.allocate();
    outstanding.requestBegins();
    call.accept(irp);
    irp.await();
    outstanding.requestEnded();
    return irp.ioStatus();
  }

  /**
   * Makes a listening socket and binds it; binding alone makes it listen.
   *
   * @param address where to listen; port 0 lets the system choose
   * @param context handed to the callbacks
   * @param dispatch the callbacks, or {@code null} for none
   */
  WskListeningSocket listen(
      InetSocketAddress address, Object context, @Nullable WskClientListenDispatch dispatch)
      throws ToolException, InterruptedException {
    int[] tcp = {SocketType.STREAM, Protocol.TCP, WskFlags.LISTEN_SOCKET};
    WskListeningSocket listener = make(address, tcp, context, dispatch, WskListeningSocket.class);
    bound(listener, address, await(irp -> listener.bind(address, 0, irp)));
    return listener;
  }

  /**
   * Makes a datagram socket and binds it; its callback is not enabled.
   *
   * @param address the local address; port 0 lets the system choose
   * @param context handed to the callback
   * @param dispatch the callback, or {@code null} for none
   */
  WskDatagramSocket datagrams(
      InetSocketAddress address, Object context, @Nullable WskClientDatagramDispatch dispatch)
      throws ToolException, InterruptedException {
    int[] udp = {SocketType.DGRAM, Protocol.UDP, WskFlags.DATAGRAM_SOCKET};
    WskDatagramSocket socket = make(address, udp, context, dispatch, WskDatagramSocket.class);
    bound(socket, address, await(irp -> socket.bind(address, 0, irp)));
    return socket;
  }

  /**
   * Makes a raw socket and binds it; its callback is not enabled.
   *
   * @param protocol the protocol
   * @param address the local address
   * @param context handed to the callback
   * @param dispatch the callback, or {@code null} for none
   */
  WskDatagramSocket raw(
      int protocol,
      InetSocketAddress address,
      Object context,
      @Nullable WskClientDatagramDispatch dispatch)
      throws ToolException, InterruptedException {
    int[] raw = {SocketType.RAW, protocol, WskFlags.DATAGRAM_SOCKET};
    WskDatagramSocket socket = make(address, raw, context, dispatch, WskDatagramSocket.class);
    bound(socket, address, await(irp -> socket.bind(address, 0, irp)));
    return socket;
  }

  /** The kind is type, protocol and category. */
  private <S extends WskSocket> S make(
      InetSocketAddress address,
      int[] kind,
      Object context,
      @Nullable WskClientSocketDispatch dispatch,
      Class<S> type)
      throws ToolException, InterruptedException {
    int family = isV6(address) ? AddressFamily.INET6 : AddressFamily.INET;
    IoStatusBlock made =
        await(
            irp ->
                provider
                    .dispatch()
                    .socket(
                        provider.client(),
                        family,
                        kind[0],
                        kind[1],
                        kind[2],
                        context,
                        dispatch,
                        null,
                        null,
                        null,
                        irp));
    if (!made.isSuccess()) {
      throw new ToolException(
          kind[0] == SocketType.RAW
              ? Advice.onRaw(made.status())
              : Advice.onListen(address, made.status()));
    }
    outstanding.socketOpened();
    return made.require(type);
  }

  private void bound(WskSocket socket, InetSocketAddress address, IoStatusBlock result)
      throws ToolException, InterruptedException {
    if (!result.isSuccess()) {
      close(socket);
      throw new ToolException(Advice.onListen(address, result.status()));
    }
  }

  // ---- Control

  /** Enables events of a socket; that answers at once, so it needs no IRP. */
  static void enable(WskSocket socket, int events) {
    NtStatus status = control(socket, events, null);
    if (!status.isSuccess()) {
      throw new IllegalStateException("events of " + socket + " cannot be enabled: " + status);
    }
  }

  /** Disables an event; when this has returned, its callback does not run, nor will it. */
  void disable(WskSocket socket, int event) throws InterruptedException {
    await(irp -> control(socket, event | WskEventCallbackControl.DISABLE, irp));
  }

  private static NtStatus control(WskSocket socket, int events, @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.SET_OPTION,
        WskOptions.EVENT_CALLBACK,
        new WskEventCallbackControl(WskProviderCharacteristics.NPI_WSK_INTERFACE_ID, events),
        0,
        null,
        null,
        irp);
  }

  /** Lets a datagram socket exchange datagrams with one peer alone. */
  void fixRemoteAddress(WskDatagramSocket socket, InetSocketAddress peer)
      throws ToolException, InterruptedException {
    NtStatus status =
        await(
                irp ->
                    socket.controlSocket(
                        WskControlSocketType.IOCTL,
                        WskIoctls.SET_REMOTE_ADDRESS,
                        peer,
                        0,
                        null,
                        null,
                        irp))
            .status();
    if (!status.isSuccess()) {
      close(socket);
      throw new ToolException(
          "Cannot exchange datagrams with " + Advice.show(peer) + ": " + Advice.say(status));
    }
  }

  // ---- Connections

  /**
   * Starts to make a socket and connect it.
   *
   * @param peer the address to connect to
   * @param irp the request; the socket is its object, and the caller counts it
   */
  void connect(InetSocketAddress peer, Irp irp) {
    provider
        .dispatch()
        .socketConnect(
            provider.client(),
            SocketType.STREAM,
            Protocol.TCP,
            anyPort(peer),
            peer,
            0,
            null,
            null,
            null,
            null,
            null,
            irp);
  }

  /** Connects, and waits for it. */
  WskConnectionSocket connect(InetSocketAddress peer) throws ToolException, InterruptedException {
    IoStatusBlock connected = await(irp -> connect(peer, irp));
    if (!connected.isSuccess()) {
      throw new ToolException(Advice.onConnect(peer, connected.status()));
    }
    outstanding.socketOpened();
    return connected.require(WskConnectionSocket.class);
  }

  /** {@return the wildcard address of the family of a peer, with a port that the system chooses} */
  static InetSocketAddress anyPort(InetSocketAddress peer) {
    return new InetSocketAddress(wildcard(isV6(peer)), 0);
  }

  /** {@return where a datagram socket is bound, with the port that the system chose} */
  InetSocketAddress localAddress(WskDatagramSocket socket) throws InterruptedException {
    Out<SocketAddress> place = new Out<>();
    await(irp -> socket.getLocalAddress(place, irp));
    return (InetSocketAddress) place.require();
  }

  /** {@return where a listening socket listens, with the port that the system chose} */
  InetSocketAddress localAddress(WskListeningSocket listener) throws InterruptedException {
    Out<SocketAddress> place = new Out<>();
    await(irp -> listener.getLocalAddress(place, irp));
    return (InetSocketAddress) place.require();
  }

  /** Closes a socket and waits until it is gone. */
  void close(WskSocket socket) throws InterruptedException {
    await(socket::closeSocket);
    outstanding.socketClosed();
  }

  /** Releases the provider and deregisters; waits until all sockets are closed. */
  @Override
  public void close() {
    registration.releaseProviderNpi();
    registration.deregister();
  }

  private static boolean isV6(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address;
  }

  private static InetAddress wildcard(boolean v6) {
    try {
      return InetAddress.getByAddress(new byte[v6 ? 16 : 4]);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
