package org.wsk4j.provider.control;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskReceiveExEvent;
import org.wsk4j.control.WskExtensionControlIn;
import org.wsk4j.control.WskExtensionControlOut;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.provider.transport.GroupChange;
import org.wsk4j.provider.transport.GroupMembership;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskSocketCategory;

/**
 * What control operations need of a socket. What a category cannot do it answers with
 * INVALID_DEVICE_REQUEST; the table of operations sees to that before it asks.
 *
 * <p>Threads: called on the thread of the control call, unless stated.
 */
public interface ControlTarget extends EventTarget {
  /** {@return the category} */
  WskSocketCategory category();

  /** {@return whether the transport of the socket is TCP} */
  boolean isTcp();

  /** {@return the protocol of a raw socket, 0 if it is none} */
  int rawProtocol();

  /** {@return whether it is a raw socket} */
  default boolean isRaw() {
    return rawProtocol() != 0;
  }

  /** {@return the family of its addresses} */
  int addressFamily();

  /** {@return its state} */
  SocketState state();

  /** {@return the values of its options} */
  SocketOptions options();

  /** {@return the security descriptors of its client} */
  DescriptorCache descriptors();

  /**
   * Tells whether the network end can carry an option over to the system.
   *
   * @param option which
   * @return whether it can
   */
  boolean offers(SystemOption option);

  /**
   * Registers an extension on the socket.
   *
   * @param wanted the extension, by its identifier, and what the client brings
   * @param place where goes what the client gets
   * @return SUCCESS, or what the call is answered
   */
  NtStatus registerExtension(WskExtensionControlIn wanted, Out<WskExtensionControlOut> place);

  /**
   * Tells whether the transport of the socket can do something.
   *
   * @param feature what
   * @return whether it can
   */
  boolean can(TransportFeature feature);

  /** {@return what requests wait in that complete when the system changes} */
  ChangeWatch changes();

  /** A value has changed that the network end has to know. */
  void optionsChanged();

  /**
   * {@return SUCCESS if the client has the callbacks that conditional accept needs; NOT_SUPPORTED
   * where the provider was set up not to offer it}
   */
  NtStatus checkInspectCallbacks();

  /** {@return the identifier under which this connection was inspected, or {@code null}} */
  @Nullable WskInspectId inspectId();

  /** {@return how many bytes should be outstanding to keep the connection busy} */
  long idealSendBacklog();

  /**
   * Has work done on the event loop of the socket, in order with its requests; inline if this is
   * the loop.
   *
   * @param irp the request of the work, begun and not marked pending
   * @param work the work, which completes the request
   * @return what the call has to return
   */
  NtStatus onLoop(Irp irp, LoopWork work);

  /** {@return how many received bytes nobody has taken yet; on the loop} */
  long receiveBacklog();

  /**
   * {@return SUCCESS if the connection has become silent, else why not, NOT_SUPPORTED where it
   * cannot; on the loop}
   */
  NtStatus becomeSilent();

  /**
   * Changes what the socket hears of multicast groups; on the loop.
   *
   * @param change what to do
   * @param membership the group, and the sender where the change needs one
   * @return SUCCESS, or why it cannot be done
   */
  default NtStatus changeGroups(GroupChange change, GroupMembership membership) {
    return NtStatus.INVALID_DEVICE_REQUEST;
  }

  /**
   * Sets the callback that stands in for the receive event, or another one; what runs now may still
   * be the one before.
   *
   * @param callback the callback
   */
  void setReceiveExEvent(WskReceiveExEvent callback);

  /**
   * Fixes the remote address.
   *
   * @param address the address, or {@code null} to clear it
   * @return SUCCESS, or why it cannot be one
   */
  default NtStatus fixRemoteAddress(@Nullable InetSocketAddress address) {
    return NtStatus.INVALID_DEVICE_REQUEST;
  }

  /**
   * Fixes the send-to address.
   *
   * @param address the address, or {@code null} to clear it
   * @return SUCCESS, or why it cannot be one
   */
  default NtStatus fixSendToAddress(@Nullable InetSocketAddress address) {
    return NtStatus.INVALID_DEVICE_REQUEST;
  }

  /** Work for the event loop of a socket. */
  @FunctionalInterface
  interface LoopWork {
    /**
     * Does the work and completes its request.
     *
     * @param pended whether the request was marked pending
     * @return what the call has to return
     */
    NtStatus run(boolean pended);
  }
}
