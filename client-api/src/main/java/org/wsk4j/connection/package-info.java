/**
 * Connection-oriented sockets: all that the client calls and all that it is called with.
 *
 * <ul>
 *   <li>{@link org.wsk4j.connection.WskConnectionSocket}: the functions
 *   <li>{@link org.wsk4j.connection.WskClientConnectionDispatch}: the table of callbacks; {@link
 *       org.wsk4j.connection.WskReceiveEvent}, {@link org.wsk4j.connection.WskDisconnectEvent},
 *       {@link org.wsk4j.connection.WskSendBacklogEvent}; and {@link
 *       org.wsk4j.connection.WskReceiveExEvent}, set through {@link
 *       org.wsk4j.connection.WskConnectionIoctls}
 *   <li>{@link org.wsk4j.connection.WskDataIndication}: received data
 * </ul>
 *
 * <p>The order of events on one socket: any number of receive events, then at most one graceful
 * disconnect event, and at any point at most one abortive disconnect event, after which nothing
 * follows. No event before the IRP that made or connected the socket has completed, none after a
 * close has been requested.
 *
 * <p>Threads: functions from any thread; callbacks of one socket one after the other on its event
 * loop.
 */
@NullMarked
package org.wsk4j.connection;

import org.jspecify.annotations.NullMarked;
