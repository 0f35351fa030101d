package org.wsk4j.control;

import java.net.Inet4Address;

/**
 * A membership in an IPv4 group (IP_MREQ, 8 bytes).
 *
 * @param group the multicast address
 * @param interfaceAddress the address of the interface, or 0.0.0.0 to leave it to the system
 */
public record IpMreq(Inet4Address group, Inet4Address interfaceAddress) {}
