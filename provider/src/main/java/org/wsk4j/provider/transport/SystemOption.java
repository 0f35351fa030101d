package org.wsk4j.provider.transport;

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
  INTERFACE6(0);

  private final int initial;

  SystemOption(int initial) {
    this.initial = initial;
  }

  /** {@return what packets have while it is not set, as systems come} */
  public int initial() {
    return initial;
  }
}
