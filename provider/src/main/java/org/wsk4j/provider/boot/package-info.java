/**
 * Where the provider is put together: its service entry, its configuration, its wiring.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.boot.NettyWskProvider}: the network module
 *   <li>{@link org.wsk4j.provider.boot.ProviderConfiguration}: how it is set up
 * </ul>
 *
 * <p>Threads: starting and stopping may block; the rest may come from any thread.
 */
@NullMarked
package org.wsk4j.provider.boot;

import org.jspecify.annotations.NullMarked;
