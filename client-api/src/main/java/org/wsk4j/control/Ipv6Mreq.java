package org.wsk4j.control;

import java.net.Inet6Address;

/**
 * A membership in an IPv6 group (IPV6_MREQ, 20 bytes).
 *
 * @param group the multicast address
 * @param interfaceIndex the interface, or 0 to leave it to the system
 */
public record Ipv6Mreq(Inet6Address group, int interfaceIndex) {}
