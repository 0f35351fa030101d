package org.wsk4j.control;

import static org.wsk4j.control.NativeLayouts.BYTES;
import static org.wsk4j.control.NativeLayouts.GROUP_REQ;
import static org.wsk4j.control.NativeLayouts.GROUP_SOURCE_REQ;
import static org.wsk4j.control.NativeLayouts.IPV6_MREQ;
import static org.wsk4j.control.NativeLayouts.ULONG;
import static org.wsk4j.control.OptionLevel.IPPROTO_IPV6;

import java.nio.ByteBuffer;

/**
 * The options of IPv6 (level IPPROTO_IPV6), for sockets of AF_INET6 alone (OPT-73). What {@link
 * WskOptions} says of on/off options holds here, and what {@link IpOptions} says of groups.
 */
public final class Ipv6Options {
  /** Hop-by-hop options. */
  public static final WskControlKey<ByteBuffer, ByteBuffer> HOPOPTS =
      WskControlKey.both("IPV6_HOPOPTS", IPPROTO_IPV6, 1, BYTES);

  /** On or off: raw data begins with the header. */
  public static final WskControlKey<Integer, Integer> HDRINCL =
      WskControlKey.both("IPV6_HDRINCL", IPPROTO_IPV6, 2, ULONG);

  /** The hop limit of unicast packets sent, 1 to 255 (OPT-80). */
  public static final WskControlKey<Integer, Integer> UNICAST_HOPS =
      WskControlKey.both("IPV6_UNICAST_HOPS", IPPROTO_IPV6, 4, ULONG);

  /** The interface for multicasts, by index (OPT-87). */
  public static final WskControlKey<Integer, Integer> MULTICAST_IF =
      WskControlKey.both("IPV6_MULTICAST_IF", IPPROTO_IPV6, 9, ULONG);

  /** The hop limit of multicasts sent, 0 to 255, at first 1 (OPT-83). */
  public static final WskControlKey<Integer, Integer> MULTICAST_HOPS =
      WskControlKey.both("IPV6_MULTICAST_HOPS", IPPROTO_IPV6, 10, ULONG);

  /** On or off: hear the multicasts of this machine; on at first (OPT-84). */
  public static final WskControlKey<Integer, Integer> MULTICAST_LOOP =
      WskControlKey.both("IPV6_MULTICAST_LOOP", IPPROTO_IPV6, 11, ULONG);

  /** Joins a group (OPT-89). */
  public static final WskControlKey<Ipv6Mreq, Void> ADD_MEMBERSHIP =
      WskControlKey.inputOnly("IPV6_ADD_MEMBERSHIP", IPPROTO_IPV6, 12, IPV6_MREQ);

  /** The same option as {@link #ADD_MEMBERSHIP}. */
  public static final WskControlKey<Ipv6Mreq, Void> JOIN_GROUP = ADD_MEMBERSHIP;

  /** Leaves a group (OPT-89). */
  public static final WskControlKey<Ipv6Mreq, Void> DROP_MEMBERSHIP =
      WskControlKey.inputOnly("IPV6_DROP_MEMBERSHIP", IPPROTO_IPV6, 13, IPV6_MREQ);

  /** The same option as {@link #DROP_MEMBERSHIP}. */
  public static final WskControlKey<Ipv6Mreq, Void> LEAVE_GROUP = DROP_MEMBERSHIP;

  /** On or off: packets are not cut (OPT-82). */
  public static final WskControlKey<Integer, Integer> DONTFRAG =
      WskControlKey.both("IPV6_DONTFRAG", IPPROTO_IPV6, 14, ULONG);

  /** On or off: datagrams carry {@code In6PktInfo} (OPT-76). */
  public static final WskControlKey<Integer, Integer> PKTINFO =
      WskControlKey.both("IPV6_PKTINFO", IPPROTO_IPV6, 19, ULONG);

  /** On or off: datagrams carry their hop limit (OPT-77). */
  public static final WskControlKey<Integer, Integer> HOPLIMIT =
      WskControlKey.both("IPV6_HOPLIMIT", IPPROTO_IPV6, 21, ULONG);

  /** From how far away the socket may be reached. */
  public static final WskControlKey<Integer, Integer> PROTECTION_LEVEL =
      WskControlKey.both("IPV6_PROTECTION_LEVEL", IPPROTO_IPV6, 23, ULONG);

  /** On or off: datagrams carry the interface they came in by. */
  public static final WskControlKey<Integer, Integer> RECVIF =
      WskControlKey.both("IPV6_RECVIF", IPPROTO_IPV6, 24, ULONG);

  /** On or off: datagrams carry the address they were sent to. */
  public static final WskControlKey<Integer, Integer> RECVDSTADDR =
      WskControlKey.both("IPV6_RECVDSTADDR", IPPROTO_IPV6, 25, ULONG);

  /** Where a raw packet has its checksum. */
  public static final WskControlKey<Integer, Integer> CHECKSUM =
      WskControlKey.both("IPV6_CHECKSUM", IPPROTO_IPV6, 26, ULONG);

  /** On or off, set before bind: no IPv4 traffic; on at first (OPT-71). */
  public static final WskControlKey<Integer, Integer> V6ONLY =
      WskControlKey.both("IPV6_V6ONLY", IPPROTO_IPV6, 27, ULONG);

  /** On or off: use the list of interfaces below. */
  public static final WskControlKey<Integer, Integer> IFLIST =
      WskControlKey.both("IPV6_IFLIST", IPPROTO_IPV6, 28, ULONG);

  /** Adds an interface to the list. */
  public static final WskControlKey<Integer, Void> ADD_IFLIST =
      WskControlKey.inputOnly("IPV6_ADD_IFLIST", IPPROTO_IPV6, 29, ULONG);

  /** Takes an interface off the list. */
  public static final WskControlKey<Integer, Void> DEL_IFLIST =
      WskControlKey.inputOnly("IPV6_DEL_IFLIST", IPPROTO_IPV6, 30, ULONG);

  /** The interface for unicast packets, 0 for none in particular (OPT-95). */
  public static final WskControlKey<Integer, Integer> UNICAST_IF =
      WskControlKey.both("IPV6_UNICAST_IF", IPPROTO_IPV6, 31, ULONG);

  /** The routing header. */
  public static final WskControlKey<ByteBuffer, ByteBuffer> RTHDR =
      WskControlKey.both("IPV6_RTHDR", IPPROTO_IPV6, 32, BYTES);

  /** The list of interfaces. */
  public static final WskControlKey<Void, ByteBuffer> GET_IFLIST =
      WskControlKey.outputOnly("IPV6_GET_IFLIST", IPPROTO_IPV6, 33, BYTES);

  /** On or off: datagrams carry their routing header. */
  public static final WskControlKey<Integer, Integer> RECVRTHDR =
      WskControlKey.both("IPV6_RECVRTHDR", IPPROTO_IPV6, 38, ULONG);

  /** The traffic class byte of packets sent, 0 to 255 (OPT-81). */
  public static final WskControlKey<Integer, Integer> TCLASS =
      WskControlKey.both("IPV6_TCLASS", IPPROTO_IPV6, 39, ULONG);

  /** On or off: datagrams carry their traffic class, as a message of type IPV6_TCLASS (OPT-77). */
  public static final WskControlKey<Integer, Integer> RECVTCLASS =
      WskControlKey.both("IPV6_RECVTCLASS", IPPROTO_IPV6, 40, ULONG);

  /** On or off: datagrams carry their ECN codepoint (OPT-77). */
  public static final WskControlKey<Integer, Integer> ECN =
      WskControlKey.both("IPV6_ECN", IPPROTO_IPV6, 50, ULONG);

  /** The same option as {@link #ECN}. */
  public static final WskControlKey<Integer, Integer> RECVECN = ECN;

  /** On or off: datagrams carry extended packet information. */
  public static final WskControlKey<Integer, Integer> PKTINFO_EX =
      WskControlKey.both("IPV6_PKTINFO_EX", IPPROTO_IPV6, 51, ULONG);

  /** How the largest packet of a path is found, see {@link PathMtuDiscovery}. */
  public static final WskControlKey<Integer, Integer> MTU_DISCOVER =
      WskControlKey.both("IPV6_MTU_DISCOVER", IPPROTO_IPV6, 71, ULONG);

  /** The largest packet of the path, in bytes. */
  public static final WskControlKey<Void, Integer> MTU =
      WskControlKey.outputOnly("IPV6_MTU", IPPROTO_IPV6, 72, ULONG);

  /** The interface outside real-time traffic. */
  public static final WskControlKey<Integer, Integer> NRT_INTERFACE =
      WskControlKey.both("IPV6_NRT_INTERFACE", IPPROTO_IPV6, 74, ULONG);

  /** On or off: network errors arrive as datagrams with {@code InRecvErr} (OPT-77). */
  public static final WskControlKey<Integer, Integer> RECVERR =
      WskControlKey.both("IPV6_RECVERR", IPPROTO_IPV6, 75, ULONG);

  /** The largest packet to be assumed, in bytes. */
  public static final WskControlKey<Integer, Integer> USER_MTU =
      WskControlKey.both("IPV6_USER_MTU", IPPROTO_IPV6, 76, ULONG);

  /** Joins a group (OPT-90). */
  public static final WskControlKey<GroupRequest, Void> MCAST_JOIN_GROUP =
      WskControlKey.inputOnly("MCAST_JOIN_GROUP", IPPROTO_IPV6, 41, GROUP_REQ);

  /** Leaves a group (OPT-90). */
  public static final WskControlKey<GroupRequest, Void> MCAST_LEAVE_GROUP =
      WskControlKey.inputOnly("MCAST_LEAVE_GROUP", IPPROTO_IPV6, 42, GROUP_REQ);

  /** Refuses one source of a group. */
  public static final WskControlKey<GroupSourceRequest, Void> MCAST_BLOCK_SOURCE =
      WskControlKey.inputOnly("MCAST_BLOCK_SOURCE", IPPROTO_IPV6, 43, GROUP_SOURCE_REQ);

  /** Admits a refused source again. */
  public static final WskControlKey<GroupSourceRequest, Void> MCAST_UNBLOCK_SOURCE =
      WskControlKey.inputOnly("MCAST_UNBLOCK_SOURCE", IPPROTO_IPV6, 44, GROUP_SOURCE_REQ);

  /** Joins a group, for one source. */
  public static final WskControlKey<GroupSourceRequest, Void> MCAST_JOIN_SOURCE_GROUP =
      WskControlKey.inputOnly("MCAST_JOIN_SOURCE_GROUP", IPPROTO_IPV6, 45, GROUP_SOURCE_REQ);

  /** Leaves a group, for one source. */
  public static final WskControlKey<GroupSourceRequest, Void> MCAST_LEAVE_SOURCE_GROUP =
      WskControlKey.inputOnly("MCAST_LEAVE_SOURCE_GROUP", IPPROTO_IPV6, 46, GROUP_SOURCE_REQ);

  private Ipv6Options() {}
}
