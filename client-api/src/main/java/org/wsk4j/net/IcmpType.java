package org.wsk4j.net;

/** Types of the ICMP messages that {@link InRecvErr} reports. */
public final class IcmpType {
  /** IPv4: the destination cannot be reached. */
  public static final int V4_DST_UNREACH = 3;

  /** IPv4: the packet lived too long. */
  public static final int V4_TIME_EXCEEDED = 11;

  /** IPv6: the destination cannot be reached. */
  public static final int V6_DST_UNREACH = 1;

  /** IPv6: the packet is longer than a link can take. */
  public static final int V6_PACKET_TOO_BIG = 2;

  /** IPv6: the packet lived too long. */
  public static final int V6_TIME_EXCEEDED = 3;

  private IcmpType() {}
}
