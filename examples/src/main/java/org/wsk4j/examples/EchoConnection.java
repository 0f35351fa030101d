package org.wsk4j.examples;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.socket.WskFlags;

/**
 * How does a connection end? In order: both sides say that they have ended, then the socket is
 * closed; or broken: it is closed as soon as the system has given back what was lent to it.
 *
 * <p>The peer may end first (then everything is echoed and our side ends too), or we do, when the
 * server stops (then what still arrives is dropped until the peer ends as well). A graceful
 * disconnect goes out behind all earlier sends, so nothing has to be waited for before it.
 *
 * <p>Threads: any. All decisions are taken with the monitor held; WSK is called without it.
 */
abstract class EchoConnection {
  private static final Logger LOG = LoggerFactory.getLogger(EchoConnection.class);

  private final EchoServer server;
  private final WskConnectionSocket socket;
  private final Request disconnect;
  private final Request abort;
  private final Request close;
  private final Request secure;

  // All guarded by this.
  private int sends;
  private boolean endBegun;
  private boolean endDone;
  private boolean peerEnded;
  private boolean broken;
  private boolean closing;

  EchoConnection(EchoServer server, WskConnectionSocket socket) {
    this.server = server;
    this.socket = socket;
    disconnect = server.program().request(irp -> ourSideEnded(irp.status()));
    abort = server.program().request(irp -> broken());
    close = server.program().request(irp -> server.closed(this));
    secure = server.program().request(irp -> secured(irp.status()));
  }

  /**
   * Begins TLS, if the server wants it. Requests and events wait until that is done, so nothing
   * else has to.
   */
  final void secure() {
    TlsSettings tls = server.tls();
    if (tls != null) {
      tls.begin(socket, secure.submit());
    }
  }

  private void secured(NtStatus status) {
    if (!status.isSuccess()) {
      LOG.info("TLS with a peer has failed: {}", status);
      broken();
    }
  }

  final WskConnectionSocket socket() {
    return socket;
  }

  // ---- What the modes report

  /**
   * Notes that a send is about to be made.
   *
   * @return whether it should be; {@code false} if our side has ended, so that nothing can be sent
   */
  final synchronized boolean sendBegins() {
    if (endBegun) {
      return false;
    }
    sends++;
    return true;
  }

  /**
   * Notes that a send has completed.
   *
   * @return whether the connection goes on; {@code false} if its socket is being closed
   */
  final boolean sendEnded(NtStatus status, long bytes) {
    synchronized (this) {
      sends--;
      broken |= !status.isSuccess() && !endBegun;
    }
    server.echoed(bytes);
    return !closeIfOver();
  }

  /** The peer has ended its side, and all that it sent was seen: so do we. */
  final void peerEnded() {
    synchronized (this) {
      peerEnded = true;
    }
    end();
    closeIfOver();
  }

  /** The connection does not work any more. */
  final void broken() {
    synchronized (this) {
      broken = true;
    }
    closeIfOver();
  }

  // ---- What the server asks for

  /** Ends our side gracefully, behind everything that was echoed so far. */
  final void end() {
    synchronized (this) {
      if (endBegun || broken) {
        return;
      }
      endBegun = true;
    }
    socket.disconnect(null, 0, disconnect.submit());
  }

  /** Breaks the connection off: its peer did not end in time. */
  final void abort() {
    synchronized (this) {
      if (closing) {
        return;
      }
      endBegun = true;
    }
    socket.disconnect(null, WskFlags.ABORTIVE, abort.submit());
  }

  private void ourSideEnded(NtStatus status) {
    synchronized (this) {
      endDone = true;
      broken |= !status.isSuccess();
    }
    closeIfOver();
  }

  private boolean closeIfOver() {
    synchronized (this) {
      boolean over = broken || endDone && peerEnded;
      if (closing || !over || sends > 0) {
        return closing;
      }
      closing = true;
    }
    socket.closeSocket(close.submit());
    return true;
  }
}
