/**
 * Stream sockets: undecided, then a listener or one end of a connection.
 *
 * <ul>
 *   <li>{@link org.wsk4j.stream.WskStreamSocket}: the functions
 *   <li>{@link org.wsk4j.stream.WskClientStreamDispatch}: a table of callbacks for each role
 * </ul>
 *
 * <p>Threads: as for the role that the socket takes.
 */
@NullMarked
package org.wsk4j.stream;

import org.jspecify.annotations.NullMarked;
