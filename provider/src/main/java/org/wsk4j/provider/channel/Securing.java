package org.wsk4j.provider.channel;

import io.netty.handler.ssl.SslClosedEngineException;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.ReceiveQueue;

/**
 * The TLS of a connection, if it has any: it is made with the first request for it, so that other
 * connections do without.
 *
 * <p>Threads: owned by the event loop of the connection.
 */
final class Securing {
  private final ConnectionChannel connection;
  private final Endpoint endpoint;
  private final ReceiveQueue receives;
  private final Outgoing sends;
  private @Nullable TlsLayer layer;

  Securing(ConnectionChannel connection, Endpoint endpoint, ReceiveQueue receives, Outgoing sends) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.receives = receives;
    this.sends = sends;
  }

  /** Performs a request inside its call; {@return what the call has to return} */
  NtStatus perform(Irp irp) {
    return layer().perform(irp);
  }

  /** Performs a request that is marked pending. */
  void begin(Irp irp) {
    layer().begin(irp);
  }

  private TlsLayer layer() {
    TlsLayer made = layer;
    if (made == null) {
      made = new TlsLayer(connection, endpoint, receives, sends);
      layer = made;
    }
    return made;
  }

  boolean cancel(Irp irp) {
    return layer != null && layer.cancel(irp);
  }

  /** The connection ends. */
  void end(NtStatus why) {
    if (layer != null) {
      layer.end(why);
    }
  }

  /** {@return what encrypts, or {@code null} if nothing does} */
  @Nullable TlsHandler handler() {
    return layer != null ? layer.handler() : null;
  }

  /** The peer sends no more. */
  void inputEnded() {
    if (layer != null) {
      layer.inputEnded();
    } else {
      receives.endOfStream();
    }
  }

  /** The peer has said by TLS that its stream ends. */
  void closeNotified() {
    if (layer != null) {
      layer.closeNotified();
    }
  }

  /** Whether the peer has said so and need not hear of our end. */
  boolean mayHaveLeft() {
    return layer != null && layer.mayHaveLeft();
  }

  /**
   * What sends are answered that TLS has refused because the peer has ended: before version 1.3
   * that ends both directions. The connection goes on.
   *
   * @param cause why a batch has failed
   * @return CONNECTION_DISCONNECTED, or {@code null} if it has failed for another reason
   */
  @Nullable NtStatus refusal(Throwable cause) {
    boolean refused = cause instanceof SslClosedEngineException && connection.isUp();
    return refused && layer != null && layer.isPeerEnded()
        ? NtStatus.CONNECTION_DISCONNECTED
        : null;
  }

  /** Whether it is the handshake that has failed; the connection is broken off for that then. */
  boolean failIfDue() {
    return layer != null && layer.failIfDue();
  }

  /** Whether it is TLS that has failed, and not the connection under it. */
  boolean isFault(Throwable cause) {
    return layer != null && TlsFailures.isOfTls(cause);
  }
}
