package org.wsk4j.provider.transport;

import java.util.EnumSet;
import java.util.Set;

/**
 * Options that govern the packets of a socket and that only the system has; {@link
 * Transport#options} says which of them a transport can set. Interfaces are given by their index, 0
 * for none.
 */
public enum SystemOption {
  /** The time to live of IPv4 packets. */
  TTL(64),
  /** The type of service of IPv4 packets. */
  TOS(0),
  /** By which interface IPv4 packets leave. */
  INTERFACE(0),
  /** The hop limit of IPv6 packets. */
  HOPS(64),
  /** The traffic class of IPv6 packets. */
  TRAFFIC_CLASS(0),
  /** By which interface IPv6 packets leave. */
  INTERFACE6(0),
  /** The time to live of IPv4 multicasts. */
  GROUP_TTL(1),
  /** The hop limit of IPv6 multicasts. */
  GROUP_HOPS(1),
  /** By which interface IPv4 multicasts leave. */
  GROUP_INTERFACE(0),
  /** By which interface IPv6 multicasts leave. */
  GROUP_INTERFACE6(0),
  /** Whether IPv4 datagrams are not cut on their way; what is too long for it is refused. */
  WHOLE(0),
  /** Whether IPv6 datagrams are not cut; what is too long for their way is refused. */
  WHOLE6(0);

  /** Those that connections have. */
  public static final Set<SystemOption> OF_CONNECTIONS = Set.copyOf(EnumSet.range(TTL, INTERFACE6));

  private final int initial;

  SystemOption(int initial) {
    this.initial = initial;
  }

  /** {@return what packets have while it is not set, as systems come} */
  public int initial() {
    return initial;
  }
}
