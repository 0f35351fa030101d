/**
 * The Netty edge: thin handlers that turn channel events into calls of the core, and requests into
 * operations of a channel.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.channel.LoopBound}: requests from any thread to one event loop,
 *       and a close that lets running calls leave first
 *   <li>{@link org.wsk4j.provider.channel.ConnectionChannel}: one end of a connection, with {@link
 *       org.wsk4j.provider.channel.ConnectionOwner}; its sending side is {@code Outgoing}, its
 *       beginning {@code ConnectionStart}
 *   <li>{@link org.wsk4j.provider.channel.ListenerChannel}: a listener, with {@link
 *       org.wsk4j.provider.channel.ListenerOwner}; what it keeps from its client under conditional
 *       accept waits in its {@code HiddenConnections}, each under a {@code ConnectionWatch}
 *   <li>{@link org.wsk4j.provider.channel.DatagramEnd}: a socket for datagrams, with {@link
 *       org.wsk4j.provider.channel.DatagramOwner}; its UDP socket and address are its {@code
 *       DatagramHold}
 *   <li>{@code Endpoint}: a Netty channel, opened and bound in one go, with its part in the {@code
 *       AddressHold} of its socket; {@code Reservation}: the address of a socket without a role
 *   <li>{@link org.wsk4j.provider.channel.Operation}: what requests ask for
 * </ul>
 *
 * <p>Threads: everything runs on the event loop of its channel, except what {@code LoopBound}
 * offers to foreign threads.
 */
@NullMarked
package org.wsk4j.provider.channel;

import org.jspecify.annotations.NullMarked;
