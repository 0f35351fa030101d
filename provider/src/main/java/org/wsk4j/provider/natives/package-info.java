/**
 * Functions of the C library that Netty's native code does not offer, on Linux with 64 bits.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.natives.NativeSockets}: opens sockets of any kind, sends and
 *       receives many datagrams with one call, sets and reads options by their bytes
 *   <li>{@link org.wsk4j.provider.natives.MessageVector}: memory laid out as the system wants it:
 *       many datagrams with their addresses and control messages
 * </ul>
 *
 * <p>They are called through JNA. Where that cannot be loaded, {@link
 * org.wsk4j.provider.natives.NativeSockets#unavailabilityCause} says why, and nothing else here may
 * be used.
 *
 * <p>Threads: the functions have no state and never wait, since sockets are opened non-blocking;
 * memory is for one thread at a time.
 */
@NullMarked
package org.wsk4j.provider.natives;

import org.jspecify.annotations.NullMarked;
