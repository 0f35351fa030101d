package org.wsk4j.listen;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * Called when a connection has arrived and no accept request takes it (WskAcceptEvent). It must not
 * wait; it may call every function, also on the new socket. No callback of the new socket runs
 * before this one has returned (ACC-45).
 */
@FunctionalInterface
public interface WskAcceptEvent {
  /**
   * Takes or refuses a connection.
   *
   * @param socketContext the context given with the listening socket
   * @param flags {@code WskFlags.AT_DISPATCH_LEVEL} or 0
   * @param localAddress the concrete local address of the connection
   * @param remoteAddress the address of the peer
   * @param acceptSocket the new socket; {@code null} says that the listening socket no longer
   *     functions and has to be closed
   * @param acceptSocketContext receives the context for the callbacks of the new socket
   * @param acceptSocketDispatch receives the callbacks of the new socket; set it before enabling
   *     events on the socket in here
   * @return SUCCESS: the client owns the new socket and has to close it; REQUEST_NOT_ACCEPTED, and
   *     anything else: the connection is reset, and the socket must not be used
   */
  NtStatus onAccept(
      @Nullable Object socketContext,
      int flags,
      @Nullable SocketAddress localAddress,
      @Nullable SocketAddress remoteAddress,
      @Nullable WskConnectionSocket acceptSocket,
      Out<Object> acceptSocketContext,
      Out<WskClientConnectionDispatch> acceptSocketDispatch);
}
