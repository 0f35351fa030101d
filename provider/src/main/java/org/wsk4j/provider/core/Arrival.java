package org.wsk4j.provider.core;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskInspectId;

/**
 * A connection that has arrived at a listener and belongs to nobody yet.
 *
 * <p>Threads: used on the event loop of the listener.
 */
public interface Arrival {
  /** {@return the concrete local address, of the listener's family} */
  SocketAddress localAddress();

  /** {@return the address of the peer} */
  SocketAddress remoteAddress();

  /** Ends the connection by a reset. */
  void refuse();

  /** {@return the identifier under which the client has inspected it, or {@code null}} */
  default @Nullable WskInspectId inspectId() {
    return null;
  }

  /**
   * Notes that a socket takes the connection over now.
   *
   * @return the connection as the network made it
   */
  default Arrival take() {
    return this;
  }
}
