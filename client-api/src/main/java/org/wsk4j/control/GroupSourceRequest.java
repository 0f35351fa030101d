package org.wsk4j.control;

import java.net.SocketAddress;

/**
 * A membership in a group of either family for one source (GROUP_SOURCE_REQ, 264 bytes).
 *
 * @param interfaceIndex the interface, or 0 to leave it to the system
 * @param group the multicast address; its port means nothing
 * @param source the address of the sender; its port means nothing
 */
public record GroupSourceRequest(int interfaceIndex, SocketAddress group, SocketAddress source) {}
