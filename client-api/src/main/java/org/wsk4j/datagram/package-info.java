/**
 * Datagram sockets: all that the client calls and all that it is called with.
 *
 * <ul>
 *   <li>{@link org.wsk4j.datagram.WskDatagramSocket}: the functions
 *   <li>{@link org.wsk4j.datagram.WskClientDatagramDispatch}: the table of callbacks, with {@link
 *       org.wsk4j.datagram.WskReceiveFromEvent}
 *   <li>{@link org.wsk4j.datagram.WskDatagramIndication}: received datagrams
 * </ul>
 *
 * <p>Threads: functions from any thread; callbacks of one socket one after the other on its event
 * loop. With a static callback the first one may come before the completion routine of the bind has
 * run.
 */
@NullMarked
package org.wsk4j.datagram;

import org.jspecify.annotations.NullMarked;
