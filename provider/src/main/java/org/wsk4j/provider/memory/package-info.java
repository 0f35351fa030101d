/**
 * Memory between client and network: the client's as Netty sees it, ours as the client sees it, and
 * who keeps how much.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.memory.MdlViews}: an {@code Mdl} as a buffer of Netty
 *   <li>{@link org.wsk4j.provider.memory.DataIndication}: received bytes as an element of a list
 *   <li>{@link org.wsk4j.provider.memory.DatagramIndication}: a received datagram as such an
 *       element, in memory that {@link org.wsk4j.provider.memory.DatagramCopies} has made
 *   <li>{@code IndicationSteps}: the way of either to the client and back
 *   <li>{@link org.wsk4j.provider.memory.Releasable}: how a list of either kind is released
 *   <li>{@link org.wsk4j.provider.memory.RetainAccount}: bytes that a client keeps
 * </ul>
 *
 * <p>Threads: stated on each type.
 */
@NullMarked
package org.wsk4j.provider.memory;

import org.jspecify.annotations.NullMarked;
