package org.wsk4j.socket;

import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * What all sockets offer: control and close (WSK_SOCKET with WSK_PROVIDER_BASIC_DISPATCH).
 *
 * <p>A basic socket is just that; the interfaces of the other categories extend it, so any socket
 * can be controlled and closed without knowing what it is (BAS-17). The socket is the dispatch
 * table: the member {@code WskXxx(Socket, …)} of a table in C is the method {@code xxx(…)} here.
 *
 * <p><b>The scheme of every function that takes an IRP.</b> SUCCESS: the IRP has been completed
 * with success. PENDING: it will be completed later, and only then is the outcome known. Any other
 * status: the call failed, nothing happened, and the IRP has been completed with that status and
 * information 0. Its completion routine may run before the function returns. A missing IRP where
 * one is required returns INVALID_PARAMETER and does nothing else. Common to all functions:
 *
 * <ul>
 *   <li>INVALID_PARAMETER: an argument is missing or malformed, or reserved flags are set
 *   <li>INVALID_DEVICE_STATE: the socket is not in the state that the call needs
 *   <li>INVALID_HANDLE: the socket was closed; FILE_FORCED_CLOSED: it is being closed, or no longer
 *       functions and can only be closed
 *   <li>CANCELLED: cancellation of the IRP was requested, or the socket was closed meanwhile
 * </ul>
 *
 * <p><b>Threads.</b> Every function may be called from any thread, also from callbacks and
 * completion routines, and never blocks.
 */
public interface WskSocket {
  /**
   * Sets or gets an option of the socket, or performs an ioctl (WskControlSocket).
   *
   * @param requestType what to do with the key
   * @param key the option or ioctl
   * @param input the input, or {@code null} where the operation has none; read during the call, or
   *     until completion where the call returns PENDING
   * @param outputSize room for the output in native bytes (see {@link WskControlKey}); 0 if none
   * @param output where the output goes, or {@code null} where the operation has none
   * @param outputSizeReturned without an IRP: receives the native bytes stored, or needed where the
   *     status is BUFFER_OVERFLOW; ignored with one; may be {@code null} where the size is fixed
   * @param irp the request; for some operations optional. Its information is the count of native
   *     bytes stored
   * @param <I> the type of the input
   * @param <O> the type of the output
   * @return see the scheme above; EVENT_PENDING if an event was disabled without an IRP while its
   *     callback runs; NOT_SUPPORTED for an unknown option or ioctl; INVALID_DEVICE_REQUEST for one
   *     of another category; INVALID_PARAMETER also for an unknown level; BUFFER_OVERFLOW for a
   *     list that does not fit; REQUEST_NOT_ACCEPTED if there is no IRP and the work cannot be done
   *     inline
   */
  <I, O> NtStatus controlSocket(
      WskControlSocketType requestType,
      WskControlKey<I, O> key,
      @Nullable I input,
      long outputSize,
      @Nullable Out<O> output,
      @Nullable LongOut outputSizeReturned,
      @Nullable Irp irp);

  /**
   * Closes the socket (WskCloseSocket). Requests still pending are completed with CANCELLED, event
   * callbacks in progress finish, none starts any more, and the IRP completes last (CLS-08 to
   * CLS-13). Closing a connection that was not disconnected by both sides aborts it (CLS-22).
   * Retained indications stay with the client, who still has to release them.
   *
   * @param irp the request, required; always completes with SUCCESS for an open socket
   * @return see the scheme above; INVALID_HANDLE if the socket was closed before
   */
  NtStatus closeSocket(@Nullable Irp irp);
}
