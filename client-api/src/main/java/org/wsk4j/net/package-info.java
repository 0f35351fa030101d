/**
 * Addresses, protocols, and what travels beside the data.
 *
 * <ul>
 *   <li>{@link org.wsk4j.net.AddressFamily}, {@link org.wsk4j.net.SocketType}, {@link
 *       org.wsk4j.net.Protocol}: the numbers that say which socket is wanted; {@link
 *       org.wsk4j.net.WskTransport}: a combination that is to be had
 *   <li>{@link org.wsk4j.net.SocketAddresses}: families, native layouts, IPv4 addresses in IPv6
 *       form; {@link org.wsk4j.net.InAddr}: IPv4 addresses as numbers
 *   <li>{@link org.wsk4j.net.ControlInfo}: control information, a sequence of {@link
 *       org.wsk4j.net.ControlMessage}s of the kinds in {@link org.wsk4j.net.ControlType}: {@link
 *       org.wsk4j.net.InPktInfo}, {@link org.wsk4j.net.In6PktInfo}, {@link org.wsk4j.net.InRecvErr}
 *       (with {@link org.wsk4j.net.IcmpType}), {@link org.wsk4j.net.IntControlMessage}, and {@link
 *       org.wsk4j.net.RawControlMessage} for all others
 *   <li>{@link org.wsk4j.net.MessageFlags}: what is said of a datagram received
 *   <li>{@link org.wsk4j.net.AddressInfo} with {@link org.wsk4j.net.AddressInfoFlags}, {@link
 *       org.wsk4j.net.NameSpace}, {@link org.wsk4j.net.NameSpaceProvider} and {@link
 *       org.wsk4j.net.NameInfoFlags}: questions for addresses and names
 *   <li>{@link org.wsk4j.net.NativeSizes}: sizes of C structures
 * </ul>
 *
 * <p>Threads: all values are immutable and may be used from any thread.
 */
@NullMarked
package org.wsk4j.net;

import org.jspecify.annotations.NullMarked;
