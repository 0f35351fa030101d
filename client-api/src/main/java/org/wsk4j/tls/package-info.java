/**
 * TLS on connection-oriented sockets: an extension interface.
 *
 * <p>A program registers it on a socket with {@link org.wsk4j.control.WskIoctls#REGISTER_EXTENSION}
 * and gets a table of functions and a context for them:
 *
 * <pre>{@code
 * Out<WskExtensionControlOut> place = new Out<>();
 * socket.controlSocket(
 *     WskControlSocketType.IOCTL,
 *     WskIoctls.REGISTER_EXTENSION,
 *     new WskExtensionControlIn(WskTls.NPI_ID, context, null),
 *     NativeLayouts.EXTENSION_CONTROL_OUT.size(),
 *     place,
 *     null,
 *     null);
 * WskTlsProviderDispatch tls = (WskTlsProviderDispatch) place.require().providerDispatch();
 * tls.start(place.require().providerContext(), WskTlsParameters.client(keys).build(), irp);
 * }</pre>
 *
 * <ul>
 *   <li>{@link org.wsk4j.tls.WskTls}: the identifier of the interface, and its event
 *   <li>{@link org.wsk4j.tls.WskTlsProviderDispatch}: the functions
 *   <li>{@link org.wsk4j.tls.WskTlsClientDispatch} and {@link
 *       org.wsk4j.tls.WskTlsEstablishedEvent}: the callbacks
 *   <li>{@link org.wsk4j.tls.WskTlsParameters} and {@link
 *       org.wsk4j.tls.WskTlsClientAuthentication}: what a side offers and asks for
 *   <li>{@link org.wsk4j.tls.WskTlsSession}: what both sides have agreed on
 * </ul>
 *
 * <p>Threads: functions may be called from any thread and do not block; callbacks run on the event
 * loop of the socket.
 */
@NullMarked
package org.wsk4j.tls;

import org.jspecify.annotations.NullMarked;
