package org.wsk4j.listen;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.socket.WskSocket;

/**
 * A socket that waits for connections and accepts them (WSK_SOCKET with
 * WSK_PROVIDER_LISTEN_DISPATCH). Binding alone makes it listen. The scheme of {@link WskSocket}
 * holds for every function.
 */
public interface WskListeningSocket extends WskSocket {
  /**
   * Gives the socket a local address and starts to listen (WskBind).
   *
   * @param localAddress the address, of the socket's family; a wildcard listens on all local
   *     addresses, port 0 lets the system choose. Read during the call
   * @param flags reserved, 0
   * @param irp the request, required
   * @return see the scheme; INVALID_DEVICE_STATE if it is bound already; ADDRESS_ALREADY_EXISTS if
   *     the address is in use; INVALID_ADDRESS_COMPONENT if it is not local; ACCESS_DENIED if it
   *     may not be shared or used; NOT_IMPLEMENTED for a socket that was made for UDP
   */
  NtStatus bind(@Nullable SocketAddress localAddress, int flags, @Nullable Irp irp);

  /**
   * Accepts a connection (WskAccept): one that waits, or the next to arrive. Requests are served in
   * the order of the calls, and before the accept event. The new socket, a {@code
   * WskConnectionSocket}, is the object of the IRP; all its events are disabled.
   *
   * @param flags reserved; ignored
   * @param acceptSocketContext the context for the callbacks of the new socket
   * @param acceptSocketDispatch the callbacks of the new socket, or {@code null}
   * @param localAddress receives the concrete local address before the IRP completes, or {@code
   *     null}; left alone on failure
   * @param remoteAddress receives the address of the peer, likewise
   * @param irp the request, required; may be cancelled, and no connection is lost then
   * @return see the scheme; INVALID_DEVICE_STATE before bind
   */
  NtStatus accept(
      int flags,
      @Nullable Object acceptSocketContext,
      @Nullable WskClientConnectionDispatch acceptSocketDispatch,
      @Nullable Out<SocketAddress> localAddress,
      @Nullable Out<SocketAddress> remoteAddress,
      @Nullable Irp irp);

  /**
   * Decides about a pended request (WskInspectComplete).
   *
   * @param inspectId the request
   * @param action ACCEPT or REJECT
   * @param irp the request, required
   * @return see the scheme; INVALID_DEVICE_REQUEST without conditional accept; NOT_FOUND if no such
   *     request is pended
   */
  NtStatus inspectComplete(
      @Nullable WskInspectId inspectId, @Nullable WskInspectAction action, @Nullable Irp irp);

  /**
   * Tells the local address (WskGetLocalAddress), as bound, with the port chosen.
   *
   * @param localAddress receives the address before the IRP completes; left alone on failure
   * @param irp the request, required
   * @return see the scheme; INVALID_DEVICE_STATE before bind
   */
  NtStatus getLocalAddress(@Nullable Out<SocketAddress> localAddress, @Nullable Irp irp);
}
