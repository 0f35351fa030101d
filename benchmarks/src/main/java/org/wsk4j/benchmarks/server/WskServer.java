package org.wsk4j.benchmarks.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.IoStatusBlock;
import org.wsk4j.irp.Irp;
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

/** wsk4j, with callbacks; the transport and the count of loops come from system properties. */
final class WskServer implements BenchmarkServer {
  private static final int CAPTURE_MILLIS = 10_000;

  private final WskRegistration registration = new WskRegistration();

  @Override
  public int start(ServerWork work, int loops) throws InterruptedException {
    require(registration.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0))));
    Out<WskProviderNpi> captured = new Out<>();
    require(registration.captureProviderNpi(CAPTURE_MILLIS, captured));
    return work == ServerWork.UDP
        ? datagrams(captured.require())
        : streams(captured.require(), work);
  }

  private static int streams(WskProviderNpi provider, ServerWork work) throws InterruptedException {
    int[] tcp = {SocketType.STREAM, Protocol.TCP, WskFlags.LISTEN_SOCKET};
    WskListeningSocket listener =
        make(provider, tcp, new WskStreams(work).listening()).require(WskListeningSocket.class);
    await(irp -> listener.bind(loopback(), 0, irp));
    Out<SocketAddress> place = new Out<>();
    await(irp -> listener.getLocalAddress(place, irp));
    enable(listener, WskEventCallbackControl.ACCEPT);
    return ((InetSocketAddress) place.require()).getPort();
  }

  private static int datagrams(WskProviderNpi provider) throws InterruptedException {
    int[] udp = {SocketType.DGRAM, Protocol.UDP, WskFlags.DATAGRAM_SOCKET};
    WskDatagrams server = new WskDatagrams();
    WskDatagramSocket socket =
        make(provider, udp, server.dispatch()).require(WskDatagramSocket.class);
    server.serve(socket);
    await(irp -> socket.bind(loopback(), 0, irp));
    Out<SocketAddress> place = new Out<>();
    await(irp -> socket.getLocalAddress(place, irp));
    enable(socket, WskEventCallbackControl.RECEIVE_FROM);
    return ((InetSocketAddress) place.require()).getPort();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** The kind is type, protocol and category. */
  private static IoStatusBlock make(
      WskProviderNpi provider, int[] kind, WskClientSocketDispatch dispatch)
      throws InterruptedException {
    return await(
        irp ->
            provider
                .dispatch()
                .socket(
                    provider.client(),
                    AddressFamily.INET,
                    kind[0],
                    kind[1],
                    kind[2],
                    null,
                    dispatch,
                    null,
                    null,
                    null,
                    irp));
  }

  private static IoStatusBlock await(Consumer<Irp> call) throws InterruptedException {
    Irp irp = Irp.allocate();
    call.accept(irp);
    irp.await();
    require(irp.status());
    return irp.ioStatus();
  }

  /** Enables callbacks; that completes at once. */
  static void enable(WskSocket socket, int events) {
    require(control(socket, events, null));
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

  private static void require(NtStatus status) {
    if (!status.isSuccess()) {
      throw new IllegalStateException("cannot serve: " + status);
    }
  }
}
