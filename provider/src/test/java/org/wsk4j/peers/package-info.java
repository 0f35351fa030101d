/**
 * Sockets of this provider against programs that know nothing of it: socat, nc, curl, openssl,
 * ping, and networks that delay, lose, double and reorder packets. A test is skipped, and says what
 * is missing, where its program is not installed.
 *
 * <ul>
 *   <li>{@link org.wsk4j.peers.Noise}: data that tells by its digest whether all of it came
 *   <li>{@link org.wsk4j.peers.Exchange}: both ends send and receive everything at the same time
 *   <li>{@link org.wsk4j.peers.Relay}: a relay for TCP, written on WSK sockets
 *   <li>{@link org.wsk4j.peers.Ports}: ports that foreign programs listen at
 *   <li>{@link org.wsk4j.peers.BadTunnel}: a path for packets that treats them badly
 * </ul>
 */
@NullMarked
package org.wsk4j.peers;

import org.jspecify.annotations.NullMarked;
