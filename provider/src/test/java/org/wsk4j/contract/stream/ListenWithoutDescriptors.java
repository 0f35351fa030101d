package org.wsk4j.contract.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.AllDescriptors;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.testing.TransportMatrix;
import org.wsk4j.provider.transport.IoOperation;
import org.wsk4j.provider.transport.Statuses;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.stream.WskStreamSocket;

/**
 * Runs where few descriptors may be open: on each transport takes them all, tries roles of bound
 * stream sockets, gives the descriptors back, and takes the other role. Writes one line for each
 * transport and step: these and the status.
 */
final class ListenWithoutDescriptors {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Transport transport;
  private final WskProviderNpi npi;
  private final List<WskSocket> sockets = new ArrayList<>();

  private ListenWithoutDescriptors(Transport transport, WskProviderNpi npi) {
    this.transport = transport;
    this.npi = npi;
  }

  /** One line of the output. */
  static String line(Transport transport, String step, NtStatus status) {
    return String.join(" ", transport.name(), step, status.name());
  }

  public static void main(String[] arguments) throws Exception {
    for (Transport transport : TransportMatrix.transports()) {
      WskRegistration registration = new WskRegistration(RunningProvider.on(transport).registrar());
      registration.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0)));
      Out<WskProviderNpi> npi = new Out<>();
      registration.captureProviderNpi(WskRegistration.NO_WAIT, npi);
      try (ServerSocket peer = new ServerSocket(0, 1, TestClient.loopback(2, 0).getAddress())) {
        new ListenWithoutDescriptors(transport, npi.require()).run(peer);
      }
      registration.releaseProviderNpi();
      registration.deregister();
    }
    System.exit(0);
  }

  private void run(ServerSocket peer) throws Exception {
    InetSocketAddress to = (InetSocketAddress) peer.getLocalSocketAddress();
    // All classes are loaded by the first time, so that nothing else needs a descriptor later.
    Statuses.of(failureOfOpen(), IoOperation.OPEN);
    succeed(socket()::listen);
    WskStreamSocket connected = socket();
    succeed(irp -> connected.connect(to, 0, irp));
    peer.accept().close();
    WskStreamSocket toConnect = socket();
    WskStreamSocket toListen = socket();
    // Channels that are being closed give their descriptors back first.
    RunningProvider.on(transport).drain();
    AllDescriptors taken = AllDescriptors.take();
    NtStatus listen;
    NtStatus connect;
    try {
      listen = result(toConnect::listen);
      connect = result(irp -> toListen.connect(to, 0, irp));
    } finally {
      taken.close();
    }
    print("listen", listen);
    print("connect", connect);
    print("connect-after-listen", result(irp -> toConnect.connect(to, 0, irp)));
    print("listen-after-connect", result(toListen::listen));
    new Socket(local(toListen).getAddress(), local(toListen).getPort()).close();
    Irp accept = Irp.allocate();
    print("accept", result(irp -> toListen.accept(0, null, null, null, null, irp), accept));
    sockets.add(accept.object(WskConnectionSocket.class));
    for (WskSocket socket : sockets) {
      succeed(socket::closeSocket);
    }
  }

  private void print(String step, NtStatus status) {
    System.out.println(line(transport, step, status));
  }

  private WskStreamSocket socket() throws InterruptedException {
    Irp made = Irp.allocate();
    npi.dispatch()
        .socket(
            npi.client(),
            AddressFamily.INET,
            SocketType.STREAM,
            Protocol.TCP,
            WskFlags.STREAM_SOCKET,
            null,
            null,
            null,
            null,
            null,
            made);
    WskStreamSocket socket = made.object(WskStreamSocket.class);
    sockets.add(socket);
    succeed(irp -> socket.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    return socket;
  }

  private static InetSocketAddress local(WskStreamSocket socket) throws InterruptedException {
    Out<SocketAddress> place = new Out<>();
    succeed(irp -> socket.getLocalAddress(place, irp));
    return (InetSocketAddress) place.require();
  }

  private static NtStatus result(Call call) throws InterruptedException {
    return result(call, Irp.allocate());
  }

  private static NtStatus result(Call call, Irp irp) throws InterruptedException {
    NtStatus returned = call.with(irp);
    if (!irp.await(PATIENCE)) {
      throw new AssertionError(irp + " does not complete");
    }
    if (returned != NtStatus.PENDING && returned != irp.status()) {
      throw new AssertionError(returned + " is returned, completed is " + irp);
    }
    return irp.status();
  }

  private static void succeed(Call call) throws InterruptedException {
    NtStatus status = result(call);
    if (status != NtStatus.SUCCESS) {
      throw new AssertionError(status.toString());
    }
  }

  /** {@return what the system says when there are no descriptors} */
  private Throwable failureOfOpen() throws IOException {
    AllDescriptors taken = AllDescriptors.take();
    try {
      transport.openConnection(StandardProtocolFamily.INET);
      throw new AssertionError("a socket was opened without a descriptor");
    } catch (RuntimeException e) {
      return e;
    } finally {
      taken.close();
    }
  }
}
