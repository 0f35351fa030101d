/**
 * Typed keys for options, ioctls and client control codes, and the values they carry.
 *
 * <ul>
 *   <li>{@link org.wsk4j.control.WskControlKey} names an option or ioctl of a socket: {@link
 *       org.wsk4j.control.WskOptions}, {@link org.wsk4j.control.IpOptions}, {@link
 *       org.wsk4j.control.Ipv6Options}, {@link org.wsk4j.control.TcpOptions}, {@link
 *       org.wsk4j.control.UdpOptions} and {@link org.wsk4j.control.WskIoctls} hold the known ones,
 *       {@link org.wsk4j.control.OptionLevel} and {@link org.wsk4j.control.IoControlCodes} the
 *       numbers they are made of; {@link org.wsk4j.control.WskControlSocketType}: set, get, or
 *       ioctl
 *   <li>{@link org.wsk4j.control.WskClientControlKey} names an operation on the client as a whole;
 *       {@link org.wsk4j.control.WskClientControls} holds the known ones
 *   <li>{@link org.wsk4j.control.NativeLayout}: how a value looks in native memory; {@link
 *       org.wsk4j.control.NativeLayouts} holds those of all values
 *   <li>events: {@link org.wsk4j.control.WskEventCallbackControl}; conditional accept: {@link
 *       org.wsk4j.control.WskInspectId}; extensions: {@link
 *       org.wsk4j.control.WskExtensionControlIn} and {@link
 *       org.wsk4j.control.WskExtensionControlOut}
 *   <li>multicast groups: {@link org.wsk4j.control.IpMreq}, {@link org.wsk4j.control.IpMreqSource},
 *       {@link org.wsk4j.control.Ipv6Mreq}, {@link org.wsk4j.control.GroupRequest}, {@link
 *       org.wsk4j.control.GroupSourceRequest}
 *   <li>TCP: {@link org.wsk4j.control.KeepAliveValues}, {@link org.wsk4j.control.Linger}; IP:
 *       {@link org.wsk4j.control.PathMtuDiscovery}; TDI: {@link org.wsk4j.control.WskTdiMapInfo},
 *       {@link org.wsk4j.control.WskTdiMap}, {@link org.wsk4j.control.WskTdiBehavior}
 * </ul>
 *
 * <p>Threads: keys, layouts and values are immutable and may be used from any thread. A {@code
 * ByteBuffer} given as a value is lent like any other input.
 */
@NullMarked
package org.wsk4j.control;

import org.jspecify.annotations.NullMarked;
