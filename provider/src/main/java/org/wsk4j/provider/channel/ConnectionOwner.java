package org.wsk4j.provider.channel;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.provider.core.Indications;

/**
 * The socket behind a channel of a connection: its callbacks, and what it has to know.
 *
 * <p>Threads: called on the event loop of the channel.
 */
public interface ConnectionOwner extends Indications {
  /**
   * The channel has an address of its own now.
   *
   * @param localAddress the address
   */
  void bound(SocketAddress localAddress);

  /**
   * The channel is connected now.
   *
   * @param localAddress the concrete local address
   * @param remoteAddress the peer
   */
  void connected(SocketAddress localAddress, SocketAddress remoteAddress);

  /** The client has been told that the socket is connected: its callbacks may begin. */
  void opened();

  /**
   * Another number of bytes should be outstanding from now on.
   *
   * @param ideal how many
   */
  void backlogChanged(long ideal);

  /** The request that was to make the socket has failed: nobody will ever see or close it. */
  void neverMade();

  /**
   * The channel is gone and all its requests have completed.
   *
   * @param closeRequest the request to close the socket, if there was one, still to be completed
   */
  void closed(@Nullable Irp closeRequest);
}
