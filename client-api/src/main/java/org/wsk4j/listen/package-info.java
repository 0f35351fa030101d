/**
 * Listening sockets: accept, inspect, abort.
 *
 * <ul>
 *   <li>{@link org.wsk4j.listen.WskListeningSocket}: the functions
 *   <li>{@link org.wsk4j.listen.WskClientListenDispatch}: the table of callbacks; {@link
 *       org.wsk4j.listen.WskAcceptEvent}, {@link org.wsk4j.listen.WskInspectEvent} with {@link
 *       org.wsk4j.listen.WskInspectAction}, {@link org.wsk4j.listen.WskAbortEvent}
 * </ul>
 *
 * <p>The order of events for one connection: under conditional accept first an inspect event; then
 * either one accept event, or one accept request that completes, or one abort event.
 *
 * <p>Threads: functions from any thread; callbacks of one socket one after the other on its event
 * loop.
 */
@NullMarked
package org.wsk4j.listen;

import org.jspecify.annotations.NullMarked;
