package org.wsk4j.tls;

import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * The functions of the TLS extension; the provider dispatch of {@link
 * org.wsk4j.control.WskExtensionControlOut}. Each takes the provider context that came with it
 * (EXT-14).
 *
 * <p><b>What TLS changes on a socket.</b> All rules of connections hold on: sends complete when the
 * system has taken them, receives and the receive event give the data of the peer in order, nobody
 * reads what nobody wants. In addition:
 *
 * <ul>
 *   <li>A graceful disconnect sends close_notify, then ends the stream. An abortive one, and the
 *       close of a socket that was not disconnected, reset the connection as they do without TLS.
 *   <li>The close_notify of the peer is the end of its stream: receives of no bytes, the disconnect
 *       event. Its later FIN or reset is no news. With TLS 1.3 we may go on sending; before, the
 *       protocol ends both directions with it: sends complete with CONNECTION_DISCONNECTED, and a
 *       graceful disconnect is still to be made.
 *   <li>A FIN without close_notify is a stream that may have been cut short by anybody: behind the
 *       data that came before it, receives complete with CONNECTION_DISCONNECTED, and the
 *       disconnect event is called with {@link org.wsk4j.socket.WskFlags#ABORTIVE}.
 *   <li>Data that is not authentic, or breaks the protocol, breaks the connection off: requests
 *       complete with CONNECTION_ABORTED, and the disconnect event is called as above.
 *   <li>{@link org.wsk4j.control.WskIoctls#SET_TCP_SILENT_MODE} is NOT_SUPPORTED: TLS answers by
 *       itself.
 * </ul>
 *
 * <p>Threads: any; nothing blocks.
 */
public interface WskTlsProviderDispatch {
  /**
   * Begins TLS on a connected socket, inside the accept callback at the earliest.
   *
   * <p>What was received and not taken belongs to the handshake, and so does what follows. All
   * sends must have completed. While the handshake runs, receives wait for data behind it, sends
   * and disconnects wait for its end, where they can still be cancelled, and no data is indicated.
   *
   * <p>If the handshake fails, the connection is broken off, and all its requests complete with
   * CONNECTION_ABORTED. Cancelling the request breaks it off too.
   *
   * @param providerContext what the registration gave
   * @param parameters what to offer and to ask for
   * @param irp the request; when it succeeds, its object is the {@link WskTlsSession}
   * @return as the request is completed, or PENDING:
   *     <ul>
   *       <li>SUCCESS: the session is established
   *       <li>INVALID_PARAMETER: an argument is missing or of another registration, or the
   *           parameters name versions, cipher suites or hosts that do not exist; nothing was
   *           changed
   *       <li>INVALID_DEVICE_STATE: the socket is not connected, one side has ended, a send is not
   *           complete, or TLS was begun before; nothing was changed
   *       <li>FILE_FORCED_CLOSED, INVALID_HANDLE: the socket closes, or is closed
   *       <li>ACCESS_DENIED: this side does not trust the certificate of the peer
   *       <li>REQUEST_NOT_ACCEPTED: the peer has refused, by an alert
   *       <li>INVALID_NETWORK_RESPONSE: what the peer sends is not TLS
   *       <li>IO_TIMEOUT: the handshake has taken too long
   *       <li>CONNECTION_DISCONNECTED: the peer has ended the connection before the handshake was
   *           over
   *       <li>CONNECTION_RESET: it has reset it
   *       <li>CONNECTION_ABORTED: the sides share no version, cipher suite or application protocol,
   *           the protocol was violated, or this side has aborted the connection
   *       <li>CANCELLED: the request was cancelled, or the socket was closed
   *     </ul>
   */
  NtStatus start(
      @Nullable Object providerContext, @Nullable WskTlsParameters parameters, @Nullable Irp irp);

  /**
   * Tells what was agreed on.
   *
   * @param providerContext what the registration gave
   * @param session where the answer goes
   * @return SUCCESS; INVALID_PARAMETER if an argument is missing; INVALID_DEVICE_STATE if no
   *     session is established; FILE_FORCED_CLOSED or INVALID_HANDLE if the socket closes or is
   *     closed
   */
  NtStatus querySession(@Nullable Object providerContext, @Nullable Out<WskTlsSession> session);

  /**
   * Tells why a handshake has failed, for logs.
   *
   * @param providerContext what the registration gave
   * @param cause where the answer goes
   * @return SUCCESS; INVALID_PARAMETER if an argument is missing; INVALID_DEVICE_STATE if none has
   *     failed; FILE_FORCED_CLOSED or INVALID_HANDLE if the socket closes or is closed
   */
  NtStatus queryFailure(@Nullable Object providerContext, @Nullable Out<Throwable> cause);
}
