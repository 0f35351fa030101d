package org.wsk4j.provider.channel;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.provider.core.Arrivals;
import org.wsk4j.provider.core.Inspector;

/**
 * The socket behind a channel that listens: its callbacks, and what it has to know.
 *
 * <p>Threads: called on the event loop of the channel.
 */
public interface ListenerOwner extends Arrivals, Inspector {
  /**
   * The channel listens now.
   *
   * @param localAddress its address, with the port chosen
   */
  void bound(SocketAddress localAddress);

  /**
   * Tells whether a peer may connect.
   *
   * @param remoteAddress the peer
   * @return whether it is of a family that the socket serves
   */
  boolean serves(SocketAddress remoteAddress);

  /** {@return whether connections are inspected before they are accepted} */
  boolean inspects();

  /**
   * Puts an address into the form that the socket reports.
   *
   * @param address an address of the system
   * @return the address, mapped where an IPv6 socket serves an IPv4 peer
   */
  SocketAddress inFamily(SocketAddress address);

  /**
   * The channel is gone and all its requests have completed.
   *
   * @param closeRequest the request to close the socket, still to be completed
   */
  void closed(@Nullable Irp closeRequest);
}
