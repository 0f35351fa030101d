package org.wsk4j.control;

import static org.wsk4j.control.NativeLayouts.BYTES;
import static org.wsk4j.control.NativeLayouts.GROUP_REQ;
import static org.wsk4j.control.NativeLayouts.GROUP_SOURCE_REQ;
import static org.wsk4j.control.NativeLayouts.IN_ADDR;
import static org.wsk4j.control.NativeLayouts.IP_MREQ;
import static org.wsk4j.control.NativeLayouts.IP_MREQ_SOURCE;
import static org.wsk4j.control.NativeLayouts.NETWORK_ULONG;
import static org.wsk4j.control.NativeLayouts.ULONG;
import static org.wsk4j.control.OptionLevel.IPPROTO_IP;

import java.net.Inet4Address;
import java.nio.ByteBuffer;

/**
 * The options of IPv4 (level IPPROTO_IP). They are accepted on sockets of AF_INET6 too that are not
 * restricted to IPv6, and govern the IPv4 traffic of those (OPT-74). What {@link WskOptions} says
 * of on/off options holds here.
 *
 * <p>Groups are joined by sockets for datagrams, before or after the bind, as a whole or sender by
 * sender, and on each interface by itself; they are left when the socket closes. Statuses beside
 * SUCCESS: ADDRESS_ALREADY_EXISTS for what is joined already; INVALID_ADDRESS_COMPONENT for
 * leaving, blocking or admitting what is not joined, is blocked already or is not blocked, and for
 * an address that no interface has; INVALID_PARAMETER for what is no multicast address, for an
 * index without an interface, and where a whole group and single senders are taken for each other;
 * INSUFFICIENT_RESOURCES where the system lets a socket join no more; NOT_SUPPORTED where the
 * transport cannot do it (OPT-88 to OPT-94, OPC-31).
 */
public final class IpOptions {
  /** Options of the header. */
  public static final WskControlKey<ByteBuffer, ByteBuffer> OPTIONS =
      WskControlKey.both("IP_OPTIONS", IPPROTO_IP, 1, BYTES);

  /** On or off: raw data begins with the header. */
  public static final WskControlKey<Integer, Integer> HDRINCL =
      WskControlKey.both("IP_HDRINCL", IPPROTO_IP, 2, ULONG);

  /** The type of service byte of packets sent, 0 to 255 (OPT-81). */
  public static final WskControlKey<Integer, Integer> TOS =
      WskControlKey.both("IP_TOS", IPPROTO_IP, 3, ULONG);

  /** The time to live of unicast packets sent, 1 to 255 (OPT-80). */
  public static final WskControlKey<Integer, Integer> TTL =
      WskControlKey.both("IP_TTL", IPPROTO_IP, 4, ULONG);

  /**
   * The interface for multicasts: its address, or 0.x.x.x for the interface of index x; a get gives
   * the index (OPT-86).
   */
  public static final WskControlKey<Inet4Address, Integer> MULTICAST_IF =
      WskControlKey.of("IP_MULTICAST_IF", IPPROTO_IP, 9, IN_ADDR, ULONG);

  /** The time to live of multicasts sent, 0 to 255, at first 1 (OPT-83). */
  public static final WskControlKey<Integer, Integer> MULTICAST_TTL =
      WskControlKey.both("IP_MULTICAST_TTL", IPPROTO_IP, 10, ULONG);

  /** On or off: hear the multicasts of this machine; on at first (OPT-84). */
  public static final WskControlKey<Integer, Integer> MULTICAST_LOOP =
      WskControlKey.both("IP_MULTICAST_LOOP", IPPROTO_IP, 11, ULONG);

  /** Joins a group (OPT-88). */
  public static final WskControlKey<IpMreq, Void> ADD_MEMBERSHIP =
      WskControlKey.inputOnly("IP_ADD_MEMBERSHIP", IPPROTO_IP, 12, IP_MREQ);

  /** Leaves a group (OPT-88). */
  public static final WskControlKey<IpMreq, Void> DROP_MEMBERSHIP =
      WskControlKey.inputOnly("IP_DROP_MEMBERSHIP", IPPROTO_IP, 13, IP_MREQ);

  /** On or off: packets are not cut on their way (OPT-82). */
  public static final WskControlKey<Integer, Integer> DONTFRAGMENT =
      WskControlKey.both("IP_DONTFRAGMENT", IPPROTO_IP, 14, ULONG);

  /** Joins a group, for one source. */
  public static final WskControlKey<IpMreqSource, Void> ADD_SOURCE_MEMBERSHIP =
      WskControlKey.inputOnly("IP_ADD_SOURCE_MEMBERSHIP", IPPROTO_IP, 15, IP_MREQ_SOURCE);

  /** Leaves a group, for one source. */
  public static final WskControlKey<IpMreqSource, Void> DROP_SOURCE_MEMBERSHIP =
      WskControlKey.inputOnly("IP_DROP_SOURCE_MEMBERSHIP", IPPROTO_IP, 16, IP_MREQ_SOURCE);

  /** Refuses one source of a group. */
  public static final WskControlKey<IpMreqSource, Void> BLOCK_SOURCE =
      WskControlKey.inputOnly("IP_BLOCK_SOURCE", IPPROTO_IP, 17, IP_MREQ_SOURCE);

  /** Admits a refused source again. */
  public static final WskControlKey<IpMreqSource, Void> UNBLOCK_SOURCE =
      WskControlKey.inputOnly("IP_UNBLOCK_SOURCE", IPPROTO_IP, 18, IP_MREQ_SOURCE);

  /** On or off: datagrams carry {@code InPktInfo} (OPT-76). */
  public static final WskControlKey<Integer, Integer> PKTINFO =
      WskControlKey.both("IP_PKTINFO", IPPROTO_IP, 19, ULONG);

  /** On or off: datagrams carry their time to live (OPT-77). */
  public static final WskControlKey<Integer, Integer> HOPLIMIT =
      WskControlKey.both("IP_HOPLIMIT", IPPROTO_IP, 21, ULONG);

  /** The same option as {@link #HOPLIMIT}. */
  public static final WskControlKey<Integer, Integer> RECVTTL = HOPLIMIT;

  /** On or off: broadcasts are received. */
  public static final WskControlKey<Integer, Integer> RECEIVE_BROADCAST =
      WskControlKey.both("IP_RECEIVE_BROADCAST", IPPROTO_IP, 22, ULONG);

  /** On or off: datagrams carry the interface they came in by. */
  public static final WskControlKey<Integer, Integer> RECVIF =
      WskControlKey.both("IP_RECVIF", IPPROTO_IP, 24, ULONG);

  /** On or off: datagrams carry the address they were sent to. */
  public static final WskControlKey<Integer, Integer> RECVDSTADDR =
      WskControlKey.both("IP_RECVDSTADDR", IPPROTO_IP, 25, ULONG);

  /** On or off: use the list of interfaces below. */
  public static final WskControlKey<Integer, Integer> IFLIST =
      WskControlKey.both("IP_IFLIST", IPPROTO_IP, 28, ULONG);

  /** Adds an interface to the list. */
  public static final WskControlKey<Integer, Void> ADD_IFLIST =
      WskControlKey.inputOnly("IP_ADD_IFLIST", IPPROTO_IP, 29, ULONG);

  /** Takes an interface off the list. */
  public static final WskControlKey<Integer, Void> DEL_IFLIST =
      WskControlKey.inputOnly("IP_DEL_IFLIST", IPPROTO_IP, 30, ULONG);

  /**
   * The interface for unicast packets, 0 for none in particular; its native bytes are in network
   * order (OPT-95).
   */
  public static final WskControlKey<Integer, Integer> UNICAST_IF =
      WskControlKey.both("IP_UNICAST_IF", IPPROTO_IP, 31, NETWORK_ULONG);

  /** The routing header. */
  public static final WskControlKey<ByteBuffer, ByteBuffer> RTHDR =
      WskControlKey.both("IP_RTHDR", IPPROTO_IP, 32, BYTES);

  /** The list of interfaces. */
  public static final WskControlKey<Void, ByteBuffer> GET_IFLIST =
      WskControlKey.outputOnly("IP_GET_IFLIST", IPPROTO_IP, 33, BYTES);

  /** On or off: datagrams carry their routing header. */
  public static final WskControlKey<Integer, Integer> RECVRTHDR =
      WskControlKey.both("IP_RECVRTHDR", IPPROTO_IP, 38, ULONG);

  /** The traffic class of packets sent. */
  public static final WskControlKey<Integer, Integer> TCLASS =
      WskControlKey.both("IP_TCLASS", IPPROTO_IP, 39, ULONG);

  /**
   * On or off: datagrams carry their type of service byte, as a message of type IP_TOS (OPT-77).
   */
  public static final WskControlKey<Integer, Integer> RECVTCLASS =
      WskControlKey.both("IP_RECVTCLASS", IPPROTO_IP, 40, ULONG);

  /** The same option as {@link #RECVTCLASS}. */
  public static final WskControlKey<Integer, Integer> RECVTOS = RECVTCLASS;

  /** On or off: datagrams carry the interface they first came in by. */
  public static final WskControlKey<Integer, Integer> ORIGINAL_ARRIVAL_IF =
      WskControlKey.both("IP_ORIGINAL_ARRIVAL_IF", IPPROTO_IP, 47, ULONG);

  /** On or off: datagrams carry their ECN codepoint (OPT-77). */
  public static final WskControlKey<Integer, Integer> ECN =
      WskControlKey.both("IP_ECN", IPPROTO_IP, 50, ULONG);

  /** The same option as {@link #ECN}. */
  public static final WskControlKey<Integer, Integer> RECVECN = ECN;

  /** On or off: datagrams carry extended packet information. */
  public static final WskControlKey<Integer, Integer> PKTINFO_EX =
      WskControlKey.both("IP_PKTINFO_EX", IPPROTO_IP, 51, ULONG);

  /** How the filtering platform redirected a datagram. */
  public static final WskControlKey<ByteBuffer, ByteBuffer> WFP_REDIRECT_RECORDS =
      WskControlKey.both("IP_WFP_REDIRECT_RECORDS", IPPROTO_IP, 60, BYTES);

  /** What the redirecting filter left for the program. */
  public static final WskControlKey<ByteBuffer, ByteBuffer> WFP_REDIRECT_CONTEXT =
      WskControlKey.both("IP_WFP_REDIRECT_CONTEXT", IPPROTO_IP, 70, BYTES);

  /** How the largest packet of a path is found, see {@link PathMtuDiscovery}. */
  public static final WskControlKey<Integer, Integer> MTU_DISCOVER =
      WskControlKey.both("IP_MTU_DISCOVER", IPPROTO_IP, 71, ULONG);

  /** The largest packet of the path, in bytes. */
  public static final WskControlKey<Void, Integer> MTU =
      WskControlKey.outputOnly("IP_MTU", IPPROTO_IP, 73, ULONG);

  /** The interface outside real-time traffic. */
  public static final WskControlKey<Integer, Integer> NRT_INTERFACE =
      WskControlKey.both("IP_NRT_INTERFACE", IPPROTO_IP, 74, ULONG);

  /** On or off: network errors arrive as datagrams with {@code InRecvErr} (OPT-77). */
  public static final WskControlKey<Integer, Integer> RECVERR =
      WskControlKey.both("IP_RECVERR", IPPROTO_IP, 75, ULONG);

  /** The largest packet to be assumed, in bytes. */
  public static final WskControlKey<Integer, Integer> USER_MTU =
      WskControlKey.both("IP_USER_MTU", IPPROTO_IP, 76, ULONG);

  /** Joins a group (OPT-90). */
  public static final WskControlKey<GroupRequest, Void> MCAST_JOIN_GROUP =
      WskControlKey.inputOnly("MCAST_JOIN_GROUP", IPPROTO_IP, 41, GROUP_REQ);

  /** Leaves a group (OPT-90). */
  public static final WskControlKey<GroupRequest, Void> MCAST_LEAVE_GROUP =
      WskControlKey.inputOnly("MCAST_LEAVE_GROUP", IPPROTO_IP, 42, GROUP_REQ);

  /** Refuses one source of a group. */
  public static final WskControlKey<GroupSourceRequest, Void> MCAST_BLOCK_SOURCE =
      WskControlKey.inputOnly("MCAST_BLOCK_SOURCE", IPPROTO_IP, 43, GROUP_SOURCE_REQ);

  /** Admits a refused source again. */
  public static final WskControlKey<GroupSourceRequest, Void> MCAST_UNBLOCK_SOURCE =
      WskControlKey.inputOnly("MCAST_UNBLOCK_SOURCE", IPPROTO_IP, 44, GROUP_SOURCE_REQ);

  /** Joins a group, for one source. */
  public static final WskControlKey<GroupSourceRequest, Void> MCAST_JOIN_SOURCE_GROUP =
      WskControlKey.inputOnly("MCAST_JOIN_SOURCE_GROUP", IPPROTO_IP, 45, GROUP_SOURCE_REQ);

  /** Leaves a group, for one source. */
  public static final WskControlKey<GroupSourceRequest, Void> MCAST_LEAVE_SOURCE_GROUP =
      WskControlKey.inputOnly("MCAST_LEAVE_SOURCE_GROUP", IPPROTO_IP, 46, GROUP_SOURCE_REQ);

  private IpOptions() {}
}
