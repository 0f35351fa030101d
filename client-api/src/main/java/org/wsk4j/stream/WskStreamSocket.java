package org.wsk4j.stream;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * A socket that is made undecided and becomes a listener or one end of a connection by whichever of
 * {@link #listen} and {@code connect} succeeds first (WSK_SOCKET with
 * WSK_PROVIDER_STREAM_DISPATCH).
 *
 * <p>It offers the functions of a connection-oriented socket, and accept and listen; functions of
 * the role that it has not taken fail with INVALID_DEVICE_STATE. Binding commits to nothing.
 */
public interface WskStreamSocket extends WskConnectionSocket {
  /**
   * Starts to listen on the address bound to (WskListen).
   *
   * @param irp the request, required; completes when listening is active
   * @return see the scheme of {@code WskSocket}; INVALID_DEVICE_STATE before bind, while
   *     connecting, and once a role was taken
   */
  NtStatus listen(@Nullable Irp irp);

  /**
   * Accepts a connection (WskAccept), exactly as a listening socket does. The new socket is
   * connection-oriented, not a stream socket.
   *
   * @param flags reserved; ignored
   * @param acceptSocketContext the context for the callbacks of the new socket
   * @param acceptSocketDispatch the callbacks of the new socket, or {@code null}
   * @param localAddress receives the concrete local address, or {@code null}; left alone on failure
   * @param remoteAddress receives the address of the peer, likewise
   * @param irp the request, required; may be cancelled
   * @return see the scheme of {@code WskSocket}; INVALID_DEVICE_STATE if it does not listen
   */
  NtStatus accept(
      int flags,
      @Nullable Object acceptSocketContext,
      @Nullable WskClientConnectionDispatch acceptSocketDispatch,
      @Nullable Out<SocketAddress> localAddress,
      @Nullable Out<SocketAddress> remoteAddress,
      @Nullable Irp irp);
}
