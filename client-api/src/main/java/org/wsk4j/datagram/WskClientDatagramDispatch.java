package org.wsk4j.datagram;

import org.jspecify.annotations.Nullable;
import org.wsk4j.socket.WskClientSocketDispatch;

/**
 * The event callbacks of datagram sockets (WSK_CLIENT_DATAGRAM_DISPATCH). {@code null} means that
 * the event is not implemented; it can then not be enabled.
 *
 * @param receiveFromEvent datagrams have arrived
 */
public record WskClientDatagramDispatch(@Nullable WskReceiveFromEvent receiveFromEvent)
    implements WskClientSocketDispatch {}
