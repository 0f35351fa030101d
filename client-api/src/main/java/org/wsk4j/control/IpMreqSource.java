package org.wsk4j.control;

import java.net.Inet4Address;

/**
 * A membership in an IPv4 group for one source (IP_MREQ_SOURCE, 12 bytes).
 *
 * @param group the multicast address
 * @param source the address of the sender
 * @param interfaceAddress the address of the interface, or 0.0.0.0 to leave it to the system
 */
public record IpMreqSource(
    Inet4Address group, Inet4Address source, Inet4Address interfaceAddress) {}
