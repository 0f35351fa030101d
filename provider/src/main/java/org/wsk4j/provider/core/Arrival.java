package org.wsk4j.provider.core;

import java.net.SocketAddress;

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
}
