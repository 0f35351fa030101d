package org.wsk4j.control;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nmr.NpiId;

/**
 * Which events to enable or disable (WSK_EVENT_CALLBACK_CONTROL), for {@link
 * WskOptions#EVENT_CALLBACK} and for the static request of a client.
 *
 * <p>Enabling takes any combination of the flags that fit the socket; disabling takes {@link
 * #DISABLE} and exactly one flag.
 *
 * @param npiId the interface whose events are meant: that of WSK, or of an extension; a request
 *     without one is refused (OPT-41)
 * @param eventMask the flags
 */
public record WskEventCallbackControl(@Nullable NpiId npiId, int eventMask) {
  /** The ideal send backlog changed; connection-oriented sockets. */
  public static final int SEND_BACKLOG = 0x00000010;

  /** Data arrived; connection-oriented sockets. */
  public static final int RECEIVE = 0x00000040;

  /** The peer disconnected; connection-oriented sockets. */
  public static final int DISCONNECT = 0x00000080;

  /** Datagrams arrived; datagram sockets. */
  public static final int RECEIVE_FROM = 0x00000100;

  /** A connection arrived; listening sockets. */
  public static final int ACCEPT = 0x00000200;

  /** Disable instead of enable. */
  public static final int DISABLE = 0x80000000;
}
