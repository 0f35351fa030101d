package org.wsk4j.control;

import org.wsk4j.net.Protocol;

/** The levels at which options are found (CTL-03). */
public final class OptionLevel {
  /** Options of sockets in general and of WSK. */
  public static final int SOL_SOCKET = 0x0000FFFF;

  /** Another number for the level of IPv4, in user mode. */
  public static final int SOL_IP = 0x0000FFFB;

  /** Another number for the level of IPv6, in user mode. */
  public static final int SOL_IPV6 = 0x0000FFFA;

  /** Options of IPv4. */
  public static final int IPPROTO_IP = Protocol.IP;

  /** Options of IPv6. */
  public static final int IPPROTO_IPV6 = Protocol.IPV6;

  /** Options of TCP. */
  public static final int IPPROTO_TCP = Protocol.TCP;

  /** Options of UDP. */
  public static final int IPPROTO_UDP = Protocol.UDP;

  private OptionLevel() {}
}
