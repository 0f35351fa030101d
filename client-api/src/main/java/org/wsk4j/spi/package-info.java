/**
 * How a provider is found and started, and how its sockets are extended.
 *
 * <ul>
 *   <li>{@link org.wsk4j.spi.WskProviderModule}: what a provider contributes as a service
 *   <li>{@link org.wsk4j.spi.WskProviders}: starts the providers found, once in a process
 *   <li>{@link org.wsk4j.spi.WskExtensionModule}: an extension interface, which a provider offers
 *       on its sockets
 *   <li>{@link org.wsk4j.spi.WskExtension}: an extension, registered on one socket
 *   <li>{@link org.wsk4j.spi.WskExtensionSocket}: what an extension may do with a socket
 * </ul>
 *
 * <p>Threads: starting and stopping may block, and is refused where waiting is forbidden.
 */
@NullMarked
package org.wsk4j.spi;

import org.jspecify.annotations.NullMarked;
