package org.wsk4j.provider.channel;

import org.wsk4j.provider.core.ReceiveQueue;
import org.wsk4j.provider.core.SocketState;

/**
 * What goes wrong on a connection that stands: who has broken it, and whether it was broken at all.
 *
 * <p>Threads: owned by the event loop of the connection.
 */
final class ConnectionFaults {
  private final ConnectionChannel connection;
  private final Endpoint endpoint;
  private final SocketState state;
  private final ReceiveQueue receives;
  private final Outgoing sends;
  private final Securing securing;

  ConnectionFaults(
      ConnectionChannel connection,
      Endpoint endpoint,
      ReceiveQueue receives,
      Outgoing sends,
      Securing securing) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.receives = receives;
    this.sends = sends;
    this.securing = securing;
    state = connection.state();
  }

  /** Looks whether the peer has reset the connection without our having been told. */
  boolean noticeReset() {
    boolean reset = !sends.isEnding() && endpoint.isOver();
    if (reset) {
      broken();
    }
    return reset;
  }

  /** Something went wrong; if that was TLS, it is we who give up. */
  void broken(Throwable cause) {
    if (!securing.isFault(cause)) {
      broken();
    } else if (!securing.failIfDue()) {
      giveUp();
    }
  }

  /** Something went wrong. */
  void broken() {
    if (reset()) {
      connection.closeChannel(true);
    }
  }

  /** What the peer sends is of no use: breaks the connection off, and tells the client. */
  void giveUp() {
    if (connection.isUp()) {
      state.abort();
      connection.brokenOffByUs();
      connection.closeChannel(false);
    }
  }

  /** The channel is closed, by whomever. */
  void inactive() {
    if (!receives.isEndOfStream() || !sends.isEnded()) {
      reset();
    }
    connection.closeChannel(false);
  }

  /**
   * The peer has reset the connection, or as good as that, unless it is our loop that ends: what
   * that closes is dead. A handshake that has failed has ended the connection itself, and a peer
   * that has ended by TLS may leave.
   *
   * @return whether it was reset
   */
  private boolean reset() {
    if (connection.loop().isShuttingDown()) {
      connection.dieNow();
    }
    if (!connection.isUp() || securing.failIfDue() || securing.mayHaveLeft()) {
      return false;
    }
    state.reset();
    connection.brokenOffByPeer();
    return true;
  }
}
