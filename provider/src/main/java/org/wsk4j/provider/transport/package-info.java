/**
 * The transports: io_uring, epoll, kqueue and NIO behind one small interface.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.transport.Transport}: whether it is there, why not, its loops and
 *       channels, and what it can do ({@link org.wsk4j.provider.transport.TransportFeature})
 *   <li>{@link org.wsk4j.provider.transport.Transports}: all of them, and the choice ({@link
 *       org.wsk4j.provider.transport.TransportChoice}, {@link
 *       org.wsk4j.provider.transport.TransportUnavailableException})
 *   <li>{@link org.wsk4j.provider.transport.WskEventLoopGroup}: event loops, and how they end
 *       ({@link org.wsk4j.provider.transport.ShutdownResult})
 *   <li>{@link org.wsk4j.provider.transport.Statuses}: the one table from errors of the system and
 *       of Netty to statuses, by {@link org.wsk4j.provider.transport.IoOperation}
 *   <li>{@link org.wsk4j.provider.transport.DatagramPort}: a UDP socket on an event loop
 *   <li>{@link org.wsk4j.provider.transport.Closing}: when the system has let go of a socket
 *   <li>{@link org.wsk4j.provider.transport.TcpInfo}: how a connection fares
 * </ul>
 *
 * <p>Differences between transports live here, as data, and nowhere else. Threads: transports have
 * no state and may be used from any thread; only the shutdown of loops waits.
 */
@NullMarked
package org.wsk4j.provider.transport;

import org.jspecify.annotations.NullMarked;
