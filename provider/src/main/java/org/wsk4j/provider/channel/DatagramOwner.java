package org.wsk4j.provider.channel;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.provider.core.DatagramIndications;

/**
 * The socket behind a network end for datagrams: its callback, and what it has to know.
 *
 * <p>Threads: called on the event loop of the network end.
 */
public interface DatagramOwner extends DatagramIndications {
  /** {@return the protocol of a raw socket, 0 if it is a UDP socket} */
  int rawProtocol();

  /**
   * The network end has an address now.
   *
   * @param localAddress its address, with the port chosen
   */
  void bound(SocketAddress localAddress);

  /**
   * Judges a datagram, and puts the address of its sender into the form that the socket reports.
   *
   * @param sender the address, as the system tells it
   * @param flags how the datagram was sent: MSG_BCAST, MSG_MCAST or 0
   * @return the address, mapped where an IPv6 socket serves an IPv4 peer; {@code null} if the
   *     socket does not take the datagram
   */
  @Nullable SocketAddress admitted(InetSocketAddress sender, int flags);

  /**
   * The network end is gone and all its requests have completed.
   *
   * @param closeRequest the request to close the socket, still to be completed
   */
  void closed(@Nullable Irp closeRequest);
}
