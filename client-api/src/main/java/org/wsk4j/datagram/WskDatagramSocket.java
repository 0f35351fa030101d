package org.wsk4j.datagram;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.buffer.WskBufList;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.socket.WskSocket;

/**
 * A socket that sends and receives datagrams (WSK_SOCKET with WSK_PROVIDER_DATAGRAM_DISPATCH). It
 * has to be bound before anything else. The scheme of {@link WskSocket} holds for every function
 * with an IRP; buffers are lent from the call until the IRP completes.
 */
public interface WskDatagramSocket extends WskSocket {
  /**
   * Gives the socket a local address (WskBind); from then on datagrams are received.
   *
   * @param localAddress the address, of the socket's family: unicast, wildcard or multicast; port 0
   *     lets the system choose. Read during the call
   * @param flags reserved, 0
   * @param irp the request, required
   * @return see the scheme; INVALID_DEVICE_STATE if it is bound already; ADDRESS_ALREADY_EXISTS if
   *     the address is in use; INVALID_ADDRESS_COMPONENT if it is not local; ACCESS_DENIED if it
   *     may not be shared or used
   */
  NtStatus bind(@Nullable SocketAddress localAddress, int flags, @Nullable Irp irp);

  /**
   * Sends one datagram (WskSendTo).
   *
   * @param buffer the datagram; its memory is lent until completion
   * @param flags reserved, 0
   * @param remoteAddress the destination, of the socket's family; {@code null} for the address
   *     fixed on the socket. Read during the call
   * @param controlInfo control information, or {@code null}. Read during the call
   * @param irp the request, required; its information is the count of bytes sent
   * @return see the scheme; INVALID_DEVICE_STATE before bind; INVALID_BUFFER_SIZE if it is too
   *     long; INVALID_ADDRESS_COMPONENT for a destination that cannot be; ACCESS_DENIED for a
   *     broadcast without SO_BROADCAST; NOT_SUPPORTED for control information that the transport
   *     cannot do; NETWORK_UNREACHABLE, HOST_UNREACHABLE
   */
  NtStatus sendTo(
      @Nullable WskBuf buffer,
      int flags,
      @Nullable SocketAddress remoteAddress,
      @Nullable ControlInfo controlInfo,
      @Nullable Irp irp);

  /**
   * Sends one datagram for each element of a list, in its order, all to one destination
   * (WskSendMessages).
   *
   * @param bufferList the datagrams; the list and its memory are lent until completion
   * @param flags reserved, 0
   * @param remoteAddress as for {@link #sendTo}
   * @param controlInfo as for {@link #sendTo}; applies to every element
   * @param irp the request, required; its information is the sum of bytes sent
   * @return as {@link #sendTo}; the first failure ends the list
   */
  NtStatus sendMessages(
      @Nullable WskBufList bufferList,
      int flags,
      @Nullable SocketAddress remoteAddress,
      @Nullable ControlInfo controlInfo,
      @Nullable Irp irp);

  /**
   * Receives one datagram (WskReceiveFrom). Requests are served in the order of the calls. All
   * outputs are written before the IRP completes.
   *
   * @param buffer where the datagram goes; its memory is lent until completion
   * @param flags reserved, 0
   * @param remoteAddress receives the sender, or {@code null}
   * @param controlLength in: room for control information in native bytes; out: native bytes
   *     stored; {@code null}: none is wanted, and {@code controlInfo} and {@code controlFlags} are
   *     ignored
   * @param controlInfo receives the control information that fits
   * @param controlFlags receives MSG_BCAST, MSG_MCAST, MSG_TRUNC, MSG_CTRUNC, or {@code null}
   * @param irp the request, required; its information is the count of bytes stored. May be
   *     cancelled, and loses no datagram then
   * @return see the scheme; INVALID_DEVICE_STATE before bind; BUFFER_OVERFLOW, in the IRP, for a
   *     datagram that was cut
   */
  NtStatus receiveFrom(
      @Nullable WskBuf buffer,
      int flags,
      @Nullable Out<SocketAddress> remoteAddress,
      @Nullable LongOut controlLength,
      @Nullable Out<ControlInfo> controlInfo,
      @Nullable LongOut controlFlags,
      @Nullable Irp irp);

  /**
   * Gives retained indications back (WskRelease): the element given and all that are linked behind
   * it. All or none are released. Works from any thread, also inside the callback that then answers
   * PENDING, and also after the socket was closed.
   *
   * @param dataIndication the first element
   * @return SUCCESS; INVALID_PARAMETER if there is none, or if one of the elements is not retained
   *     on this socket
   */
  NtStatus release(@Nullable WskDatagramIndication dataIndication);

  /**
   * Tells the local address (WskGetLocalAddress), as bound, with the port chosen.
   *
   * @param localAddress receives the address before the IRP completes; left alone on failure
   * @param irp the request, required
   * @return see the scheme; INVALID_DEVICE_STATE before bind
   */
  NtStatus getLocalAddress(@Nullable Out<SocketAddress> localAddress, @Nullable Irp irp);
}
