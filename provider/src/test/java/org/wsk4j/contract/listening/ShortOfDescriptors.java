package org.wsk4j.contract.listening;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.boot.NettyWskProvider;
import org.wsk4j.provider.boot.ProviderConfiguration;
import org.wsk4j.provider.testing.AllDescriptors;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TransportMatrix;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.socket.WskFlags;

/**
 * Runs where few descriptors may be open: listeners, with and without conditional accept, whose
 * peers connect while all descriptors are taken, and wait until some are free again. Writes one
 * line for each of them.
 */
final class ShortOfDescriptors {
  private static final int PEERS = 5;
  private static final long PATIENCE_SECONDS = 10;
  private static final long SHORT_MILLIS = 1000;

  private final BlockingQueue<WskConnectionSocket> accepted = new LinkedBlockingQueue<>();
  private final WskProviderNpi wsk;

  private ShortOfDescriptors(WskProviderNpi wsk) {
    this.wsk = wsk;
  }

  /** The line that is written when all went well. */
  static String line(Transport transport, boolean conditional) {
    return transport.name() + (conditional ? " conditional" : " plain") + " recovered";
  }

  /** What the marks around the time of shortage begin with. */
  static String mark(Transport transport, boolean conditional, String what) {
    return transport.name() + (conditional ? " conditional " : " plain ") + what;
  }

  public static void main(String[] arguments) throws Exception {
    for (Transport transport : TransportMatrix.transports()) {
      NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
      NettyWskProvider provider =
          new NettyWskProvider(
              ProviderConfiguration.fromSystemProperties().withTransport(transport.name()));
      provider.start(registrar);
      WskRegistration registration = new WskRegistration(registrar);
      registration.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0)));
      Out<WskProviderNpi> captured = new Out<>();
      registration.captureProviderNpi(WskRegistration.NO_WAIT, captured);
      ShortOfDescriptors program = new ShortOfDescriptors(captured.require());
      program.run(transport, false);
      program.run(transport, true);
      registration.releaseProviderNpi();
      registration.deregister();
      provider.stop();
    }
  }

  private void run(Transport transport, boolean conditional) throws Exception {
    WskListeningSocket listener = listener(conditional);
    InetSocketAddress address = address(listener);
    // All classes are loaded by the first round, so that nothing else needs a descriptor later.
    SocketChannel first = SocketChannel.open(address);
    close(next());
    first.close();
    List<SocketChannel> peers = new ArrayList<>();
    for (int i = 0; i < PEERS; i++) {
      peers.add(SocketChannel.open());
    }
    AllDescriptors taken = AllDescriptors.take();
    System.out.println(mark(transport, conditional, "begins"));
    try {
      for (SocketChannel peer : peers) {
        peer.connect(address);
      }
      WskConnectionSocket early = accepted.poll(SHORT_MILLIS, TimeUnit.MILLISECONDS);
      if (early != null) {
        throw new AssertionError("a connection was accepted without a descriptor");
      }
    } finally {
      System.out.println(mark(transport, conditional, "ends"));
      taken.close();
    }
    for (SocketChannel peer : peers) {
      WskConnectionSocket socket = next();
      close(socket);
      peer.close();
    }
    await(listener::closeSocket);
    System.out.println(line(transport, conditional));
  }

  // ---- The listener

  private WskListeningSocket listener(boolean conditional) throws InterruptedException {
    WskClientListenDispatch table =
        new WskClientListenDispatch(
            this::accept,
            (context, local, remote, id) -> WskInspectAction.ACCEPT,
            (context, id) -> NtStatus.SUCCESS);
    WskListeningSocket listener =
        await(
                irp ->
                    wsk.dispatch()
                        .socket(
                            wsk.client(),
                            AddressFamily.INET,
                            SocketType.STREAM,
                            Protocol.TCP,
                            WskFlags.LISTEN_SOCKET,
                            null,
                            table,
                            null,
                            null,
                            null,
                            irp))
            .object(WskListeningSocket.class);
    WskControlSocketType set = WskControlSocketType.SET_OPTION;
    await(
        irp ->
            listener.controlSocket(
                set, WskOptions.CONDITIONAL_ACCEPT, conditional ? 1 : 0, 0, null, null, irp));
    await(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    WskEventCallbackControl accept =
        new WskEventCallbackControl(
            WskProviderCharacteristics.NPI_WSK_INTERFACE_ID, WskEventCallbackControl.ACCEPT);
    await(
        irp -> listener.controlSocket(set, WskOptions.EVENT_CALLBACK, accept, 0, null, null, irp));
    return listener;
  }

  private NtStatus accept(
      @Nullable Object context,
      int flags,
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      @Nullable WskConnectionSocket socket,
      Out<Object> socketContext,
      Out<WskClientConnectionDispatch> socketDispatch) {
    if (socket == null) {
      throw new AssertionError("the listener is dead");
    }
    accepted.add(socket);
    return NtStatus.SUCCESS;
  }

  private static InetSocketAddress address(WskListeningSocket listener)
      throws InterruptedException {
    Out<SocketAddress> place = new Out<>();
    await(irp -> listener.getLocalAddress(place, irp));
    return (InetSocketAddress) place.require();
  }

  private WskConnectionSocket next() throws InterruptedException {
    WskConnectionSocket socket = accepted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (socket == null) {
      throw new AssertionError("no connection was accepted");
    }
    return socket;
  }

  private static void close(WskConnectionSocket socket) throws InterruptedException {
    await(socket::closeSocket);
  }

  private static Irp await(TestClient.Call call) throws InterruptedException {
    Irp irp = Irp.allocate();
    call.with(irp);
    NtStatus status = irp.await();
    if (status != NtStatus.SUCCESS) {
      throw new AssertionError(status.toString());
    }
    return irp;
  }
}
