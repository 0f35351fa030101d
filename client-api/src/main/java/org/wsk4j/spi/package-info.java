/**
 * How a provider is found and started.
 *
 * <ul>
 *   <li>{@link org.wsk4j.spi.WskProviderModule}: what a provider contributes as a service
 *   <li>{@link org.wsk4j.spi.WskProviders}: starts the providers found, once in a process
 * </ul>
 *
 * <p>Threads: starting and stopping may block, and is refused where waiting is forbidden.
 */
@NullMarked
package org.wsk4j.spi;

import org.jspecify.annotations.NullMarked;
