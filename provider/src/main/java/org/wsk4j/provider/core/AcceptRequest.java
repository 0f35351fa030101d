package org.wsk4j.provider.core;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.nt.Out;

/**
 * The arguments of one request to accept a connection.
 *
 * @param context the context for the callbacks of the new socket
 * @param dispatch the callbacks of the new socket
 * @param localAddress where the local address goes, if it is wanted
 * @param remoteAddress where the address of the peer goes, if it is wanted
 */
public record AcceptRequest(
    @Nullable Object context,
    @Nullable WskClientConnectionDispatch dispatch,
    @Nullable Out<SocketAddress> localAddress,
    @Nullable Out<SocketAddress> remoteAddress) {

  /** Writes the addresses of a connection where they are wanted. */
  void tell(Arrival arrival) {
    if (localAddress != null) {
      localAddress.set(arrival.localAddress());
    }
    if (remoteAddress != null) {
      remoteAddress.set(arrival.remoteAddress());
    }
  }
}
