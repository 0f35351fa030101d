/**
 * What all sockets share.
 *
 * <ul>
 *   <li>{@link org.wsk4j.socket.WskSocket}: control and close; a basic socket is just that
 *   <li>{@link org.wsk4j.socket.WskSocketCategory}: the five categories
 *   <li>{@link org.wsk4j.socket.WskFlags}: the flag words
 *   <li>{@link org.wsk4j.socket.WskClientSocketDispatch}: what all tables of callbacks are
 * </ul>
 *
 * <p>Each category has a room of its own: {@code connection}, {@code datagram}, {@code listen},
 * {@code stream}.
 *
 * <p>Threads: every socket function may be called from any thread and never blocks. The event
 * callbacks of one socket run one after the other on its event loop, with {@link
 * org.wsk4j.socket.WskFlags#AT_DISPATCH_LEVEL} where the callback has flags: they may call every
 * function, and must not wait.
 */
@NullMarked
package org.wsk4j.socket;

import org.jspecify.annotations.NullMarked;
