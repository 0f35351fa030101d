package org.wsk4j.control;

import java.net.SocketAddress;

/**
 * A membership in a group of either family (GROUP_REQ, 136 bytes).
 *
 * @param interfaceIndex the interface, or 0 to leave it to the system
 * @param group the multicast address; its port means nothing
 */
public record GroupRequest(int interfaceIndex, SocketAddress group) {}
