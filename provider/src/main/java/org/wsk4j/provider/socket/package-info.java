/**
 * The objects that clients hold: sockets of each category, the client object, and the functions of
 * the provider as a whole.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.socket.ProviderFunctions}: the provider's table, with {@code
 *       SocketRules} and {@code SocketFactory} behind it
 *   <li>{@link org.wsk4j.provider.socket.ClientObject}: the binding of a client; {@code
 *       ClientControls}: its control codes
 *   <li>{@code AbstractSocket}: the frame of every request, and {@code BasicSocket}, which has
 *       nothing else
 *   <li>{@code AddressedSocket}: what has an address; {@code ListeningSocket} with {@code
 *       ListenerCallbacks}, {@code ConnectionSocket} with {@code ConnectionCallbacks}, and {@code
 *       StreamSocket}, which becomes one of them
 *   <li>{@code DatagramSocket} with {@code DatagramCallbacks}
 *   <li>{@code Callbacks}: the frame in which all callbacks run
 * </ul>
 *
 * <p>Threads: functions may be called from any thread; arguments and state are judged there, and
 * valid work is handed to the event loop of the socket.
 */
@NullMarked
package org.wsk4j.provider.socket;

import org.jspecify.annotations.NullMarked;
