package org.wsk4j.control;

import static org.wsk4j.control.NativeLayouts.ULONG;
import static org.wsk4j.control.OptionLevel.IPPROTO_UDP;

/**
 * The options of UDP (level IPPROTO_UDP). What {@link WskOptions} says of on/off options holds
 * here.
 */
public final class UdpOptions {
  /** On or off, IPv4 alone: datagrams go out without a checksum (OPT-98). */
  public static final WskControlKey<Integer, Integer> NOCHECKSUM =
      WskControlKey.both("UDP_NOCHECKSUM", IPPROTO_UDP, 1, ULONG);

  /**
   * Into datagrams of which size each buffer is cut, in bytes; 0, at first: not at all (OPT-96).
   */
  public static final WskControlKey<Integer, Integer> SEND_MSG_SIZE =
      WskControlKey.both("UDP_SEND_MSG_SIZE", IPPROTO_UDP, 2, ULONG);

  /**
   * Up to which size datagrams of one sender may be joined, in bytes; 0, at first: not at all
   * (OPT-97).
   */
  public static final WskControlKey<Integer, Integer> RECV_MAX_COALESCED_SIZE =
      WskControlKey.both("UDP_RECV_MAX_COALESCED_SIZE", IPPROTO_UDP, 3, ULONG);

  /** How much of a datagram its checksum covers. */
  public static final WskControlKey<Integer, Integer> CHECKSUM_COVERAGE =
      WskControlKey.both("UDP_CHECKSUM_COVERAGE", IPPROTO_UDP, 20, ULONG);

  private UdpOptions() {}
}
