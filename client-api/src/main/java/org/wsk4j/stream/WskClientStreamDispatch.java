package org.wsk4j.stream;

import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.socket.WskClientSocketDispatch;

/**
 * The event callbacks of stream sockets (WSK_CLIENT_STREAM_DISPATCH): a table for each role that
 * the socket may take.
 *
 * @param listen the callbacks if it becomes a listener, or {@code null}
 * @param connect the callbacks if it becomes one end of a connection, or {@code null}
 */
public record WskClientStreamDispatch(
    @Nullable WskClientListenDispatch listen, @Nullable WskClientConnectionDispatch connect)
    implements WskClientSocketDispatch {}
