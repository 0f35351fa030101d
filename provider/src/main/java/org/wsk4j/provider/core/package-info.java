/**
 * The decisions of a socket, without I/O: no Netty, no thread, no clock.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.core.SocketState}, {@link org.wsk4j.provider.core.SocketPhase}:
 *       where a socket stands, and what calls are answered there
 *   <li>{@link org.wsk4j.provider.core.EventGate}: which callbacks may be called
 *   <li>{@link org.wsk4j.provider.core.ReceiveQueue}: received bytes to requests and events,
 *       through {@link org.wsk4j.provider.core.Indications}
 *   <li>{@link org.wsk4j.provider.core.SendQueue}: requests to the network, through {@link
 *       org.wsk4j.provider.core.SendSink}
 *   <li>{@link org.wsk4j.provider.core.DatagramReceiveQueue}, {@link
 *       org.wsk4j.provider.core.DatagramSendQueue}: the same for datagrams, through {@link
 *       org.wsk4j.provider.core.DatagramIndications} and {@link
 *       org.wsk4j.provider.core.DatagramSink}
 *   <li>{@link org.wsk4j.provider.core.AcceptQueue}: connections to requests and events, through
 *       {@link org.wsk4j.provider.core.Arrivals}
 *   <li>{@link org.wsk4j.provider.core.InspectQueue}: connections that the client inspects before
 *       the accept queue gets them, through {@link org.wsk4j.provider.core.Inspector}
 *   <li>{@link org.wsk4j.provider.core.AddressTable}: who may bind where, by the options of the
 *       sockets and, where those leave it open, by {@link org.wsk4j.provider.core.AddressAccess}
 * </ul>
 *
 * <p>Threads: the state and the gate are for all threads; the queues belong to the event loop of
 * their socket.
 */
@NullMarked
package org.wsk4j.provider.core;

import org.jspecify.annotations.NullMarked;
