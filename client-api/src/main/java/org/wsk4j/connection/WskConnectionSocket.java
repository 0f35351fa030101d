package org.wsk4j.connection;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.socket.WskSocket;

/**
 * One end of a connection (WSK_SOCKET with WSK_PROVIDER_CONNECTION_DISPATCH). It is made by {@code
 * WskSocket}, then bound and connected; or connected at once by {@code WskSocketConnect}; or
 * accepted by a listening socket.
 *
 * <p>The scheme of {@link WskSocket} holds for every function with an IRP. Buffers follow the rules
 * of {@code org.wsk4j.buffer}: lent from the call until the IRP completes.
 */
public interface WskConnectionSocket extends WskSocket {
  /**
   * Gives the socket a local address (WskBind).
   *
   * @param localAddress the address, of the socket's family; a wildcard and port 0 let the system
   *     choose. Read during the call
   * @param flags reserved, 0
   * @param irp the request, required
   * @return see the scheme; INVALID_DEVICE_STATE if it is bound already; ADDRESS_ALREADY_EXISTS if
   *     the address is in use; INVALID_ADDRESS_COMPONENT if it is not local; ACCESS_DENIED if it
   *     may not be shared or used
   */
  NtStatus bind(@Nullable SocketAddress localAddress, int flags, @Nullable Irp irp);

  /**
   * Connects a bound socket (WskConnect).
   *
   * @param remoteAddress the peer, of the socket's family. Read during the call
   * @param flags reserved, 0
   * @param irp the request, required; may be cancelled
   * @return see the scheme; INVALID_DEVICE_STATE before bind; CONNECTION_ACTIVE if it is connected;
   *     CONNECTION_REFUSED, IO_TIMEOUT, HOST_UNREACHABLE, NETWORK_UNREACHABLE as the network
   *     answers
   */
  NtStatus connect(@Nullable SocketAddress remoteAddress, int flags, @Nullable Irp irp);

  /**
   * Tells the local address (WskGetLocalAddress): from bind on; concrete once connected.
   *
   * @param localAddress receives the address before the IRP completes; left alone on failure
   * @param irp the request, required
   * @return see the scheme; INVALID_DEVICE_STATE before bind
   */
  NtStatus getLocalAddress(@Nullable Out<SocketAddress> localAddress, @Nullable Irp irp);

  /**
   * Tells the address of the peer (WskGetRemoteAddress), also after the connection has ended.
   *
   * @param remoteAddress receives the address before the IRP completes; left alone on failure
   * @param irp the request, required
   * @return see the scheme; INVALID_DEVICE_STATE if it was never connected
   */
  NtStatus getRemoteAddress(@Nullable Out<SocketAddress> remoteAddress, @Nullable Irp irp);

  /**
   * Sends data (WskSend). Sends leave in the order of the calls and complete in that order, each
   * when the system has taken its last byte, never in part (SND-04, SND-08, SND-10). Nothing is
   * completed early by copying. How much to have outstanding is the caller's to bound.
   *
   * @param buffer the data; lent until completion
   * @param flags {@code WskFlags.NODELAY} or 0; {@code OOB} is NOT_SUPPORTED
   * @param irp the request, required; its information is the count of bytes sent. May be cancelled
   *     while none of its bytes has gone out
   * @return see the scheme; INVALID_DEVICE_STATE before connect and after a graceful disconnect;
   *     CONNECTION_RESET after the peer reset; CONNECTION_ABORTED after an abortive disconnect
   */
  NtStatus send(@Nullable WskBuf buffer, int flags, @Nullable Irp irp);

  /**
   * Receives data (WskReceive). Requests are filled in the order of the calls; each completes as
   * soon as at least one byte is there. Information 0 with SUCCESS is the end of the stream, except
   * for a buffer of length 0, which takes nothing and resumes suspended receive events (RCV-39,
   * RCV-41).
   *
   * @param buffer where the data goes; lent until completion
   * @param flags {@code WskFlags.WAITALL}: complete only when full or at the end; {@code DRAIN},
   *     with a buffer of length 0: discard everything until the peer disconnects; not both
   * @param irp the request, required; its information is the count of bytes received. May be
   *     cancelled, and loses no byte then
   * @return see the scheme; INVALID_DEVICE_STATE before connect; CONNECTION_RESET,
   *     CONNECTION_ABORTED as for {@link #send}
   */
  NtStatus receive(@Nullable WskBuf buffer, int flags, @Nullable Irp irp);

  /**
   * Ends the connection (WskDisconnect), gracefully after all earlier sends, or by a reset. The
   * socket still has to be closed. After a graceful one data can be received until the peer
   * disconnects its side.
   *
   * @param buffer final data sent before the end, or {@code null}; not allowed with ABORTIVE
   * @param flags {@code WskFlags.ABORTIVE} or 0
   * @param irp the request, required; may be cancelled at any time. The end of stream then still
   *     goes out, behind the buffer if that has begun to go out; the buffer itself is the caller's
   *     again. A rest of it that is too long for the provider to keep resets the connection
   * @return see the scheme; INVALID_DEVICE_STATE before connect; IO_TIMEOUT if the provider bounds
   *     graceful disconnects and this one took longer, so that the connection was aborted
   */
  NtStatus disconnect(@Nullable WskBuf buffer, int flags, @Nullable Irp irp);

  /**
   * Gives retained indications back (WskRelease): the element given and all that are linked behind
   * it. All or none are released. Works from any thread, also inside the callback that then answers
   * PENDING, and also after the socket was closed.
   *
   * @param dataIndication the first element
   * @return SUCCESS; INVALID_PARAMETER if there is none, or if one of the elements is not retained
   *     on this socket
   */
  NtStatus release(@Nullable WskDataIndication dataIndication);

  /**
   * Connects a bound socket and sends data with the connection, or right after it (WskConnectEx).
   *
   * @param remoteAddress the peer, of the socket's family. Read during the call
   * @param buffer the data, at most 65,535 bytes, or {@code null}; lent until completion
   * @param flags reserved, 0
   * @param irp the request, required; its information is the count of bytes sent
   * @return as {@link #connect}; BUFFER_OVERFLOW if the data is too long
   */
  NtStatus connectEx(
      @Nullable SocketAddress remoteAddress, @Nullable WskBuf buffer, int flags, @Nullable Irp irp);

  /**
   * Sends data with control information (WskSendEx).
   *
   * @param buffer as for {@link #send}
   * @param flags as for {@link #send}
   * @param controlInfo control information, or {@code null}; no message is supported on TCP. Read
   *     during the call
   * @param irp as for {@link #send}
   * @return as {@link #send}; NOT_SUPPORTED for control information
   */
  NtStatus sendEx(
      @Nullable WskBuf buffer, int flags, @Nullable ControlInfo controlInfo, @Nullable Irp irp);

  /**
   * Receives data with control information (WskReceiveEx), in one queue with {@link #receive}.
   *
   * @param buffer as for {@link #receive}
   * @param flags as for {@link #receive}
   * @param controlInfo receives the control information, empty on TCP; {@code null} if it is not
   *     wanted
   * @param controlFlags reserved, {@code null}
   * @param irp as for {@link #receive}
   * @return as {@link #receive}
   */
  NtStatus receiveEx(
      @Nullable WskBuf buffer,
      int flags,
      @Nullable Out<ControlInfo> controlInfo,
      @Nullable Out<Integer> controlFlags,
      @Nullable Irp irp);
}
