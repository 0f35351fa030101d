package org.wsk4j.examples;

import static org.wsk4j.net.AddressFamily.INET;
import static org.wsk4j.net.Protocol.TCP;
import static org.wsk4j.net.SocketType.STREAM;
import static org.wsk4j.socket.WskFlags.LISTEN_SOCKET;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.registration.WskRegistration;

/**
 * What is the least that an echo server needs? It serves one peer, with one request at a time, on a
 * thread that may wait; and it ends as a program should. The README quotes it.
 */
public final class SmallestEcho {
  private SmallestEcho() {}

  /**
   * Serves one peer.
   *
   * @param args the port; 7007 if there is none
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    serve(new InetSocketAddress("127.0.0.1", args.length > 0 ? Integer.parseInt(args[0]) : 7007));
  }

  // README: from here
  static void serve(InetSocketAddress address) throws InterruptedException {
    WskRegistration registration = new WskRegistration();
    registration.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0)));
    Out<WskProviderNpi> captured = new Out<>();
    registration.captureProviderNpi(WskRegistration.INFINITE_WAIT, captured);
    WskProviderNpi wsk = captured.require();

    Irp irp = Irp.allocate(); // the request: one at a time, so one is enough
    wsk.dispatch()
        .socket(wsk.client(), INET, STREAM, TCP, LISTEN_SOCKET, null, null, null, null, null, irp);
    WskListeningSocket listener = done(irp).object(WskListeningSocket.class);
    listener.bind(address, 0, irp); // binding alone makes it listen
    done(irp);
    listener.accept(0, null, null, null, null, irp);
    WskConnectionSocket peer = done(irp).object(WskConnectionSocket.class);

    WskBuf buffer = WskBuf.of(ByteBuffer.allocateDirect(64 * 1024));
    for (peer.receive(buffer, 0, irp); done(irp).information() > 0; peer.receive(buffer, 0, irp)) {
      peer.send(new WskBuf(buffer.mdl(), 0, irp.information()), 0, irp);
      done(irp);
    }
    peer.disconnect(null, 0, irp); // 0 bytes: the peer has ended its side, so this side does too
    done(irp);
    peer.closeSocket(irp);
    done(irp);
    listener.closeSocket(irp);
    done(irp);
    registration.releaseProviderNpi();
    registration.deregister(); // returns when nothing is left
  }

  /** Waits for the request, which every function completes exactly once. */
  private static Irp done(Irp irp) throws InterruptedException {
    NtStatus status = irp.await();
    if (!status.isSuccess()) {
      throw new IllegalStateException(status.toString());
    }
    return irp;
  }
  // README: to here
}
