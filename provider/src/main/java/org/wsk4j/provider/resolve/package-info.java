/**
 * Names: the addresses of a host and port of a service, and the names of an address and port.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.resolve.Names}: takes the requests; what needs no look-up is
 *       answered inside the call, the rest on a thread of its own
 *   <li>{@link org.wsk4j.provider.resolve.AddressQuestion}, {@link
 *       org.wsk4j.provider.resolve.NameQuestion}: what is asked, and whether it can be
 *   <li>{@link org.wsk4j.provider.resolve.NameSettings}: files, servers and bounds
 * </ul>
 *
 * <p>Inside: {@code NameRequest} is a request, which ends once; {@code AddressSearch} and {@code
 * NameSearch} find the answer, in {@code Sources}: the files of the system, read again when they
 * change, and name servers. {@code DnsLookup} asks these one after the other, each exchange through
 * Netty's resolver.
 *
 * <p>Threads: requests and cancellations come from any thread and never wait. Everything that may
 * take time (files, interfaces, the network) happens on one thread, {@code wsk4j-names}, which
 * serves no socket; most classes here are used on it alone.
 */
@NullMarked
package org.wsk4j.provider.resolve;

import org.jspecify.annotations.NullMarked;
