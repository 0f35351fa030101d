/**
 * The TLS extension, contributed as a service like any other one.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.tls.TlsExtension}: the service
 *   <li>{@code TlsRegistration}: TLS on one socket
 *   <li>{@code TlsFunctions}: the functions, the same for all sockets
 *   <li>{@code Engines}, {@code Sessions}: from parameters to engines of the JDK, and from their
 *       sessions to what a program sees
 * </ul>
 *
 * <p>The stream itself is secured where the network end of the connection is, in {@code channel}.
 *
 * <p>Threads: any.
 */
@NullMarked
package org.wsk4j.provider.tls;

import org.jspecify.annotations.NullMarked;
