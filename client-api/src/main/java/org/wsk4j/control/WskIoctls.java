package org.wsk4j.control;

import static org.wsk4j.control.NativeLayouts.BOOLEAN;
import static org.wsk4j.control.NativeLayouts.BYTES;
import static org.wsk4j.control.NativeLayouts.EXTENSION_CONTROL_IN;
import static org.wsk4j.control.NativeLayouts.EXTENSION_CONTROL_OUT;
import static org.wsk4j.control.NativeLayouts.GUID;
import static org.wsk4j.control.NativeLayouts.INSPECT_ID;
import static org.wsk4j.control.NativeLayouts.KEEPALIVE_VALUES;
import static org.wsk4j.control.NativeLayouts.SIZE_T;
import static org.wsk4j.control.NativeLayouts.SOCKADDR;
import static org.wsk4j.control.NativeLayouts.SOCKET_ADDRESS_LIST;
import static org.wsk4j.control.NativeLayouts.ULONG;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/**
 * The ioctls of WSK, and those of Winsock, each with the types of its input and output. The level
 * of an ioctl means nothing (CTL-04). How the numbers are composed is told by {@link
 * IoControlCodes}.
 */
public final class WskIoctls {
  /** Fixes the peer of a datagram socket, for sends and receives; no input clears it (IOC-02). */
  public static final WskControlKey<SocketAddress, Void> SET_REMOTE_ADDRESS =
      WskControlKey.inputOnly("SIO_WSK_SET_REMOTE_ADDRESS", 0, 0x8F000001, SOCKADDR);

  /** Registers the program for an extension on this socket (EXT-04). */
  public static final WskControlKey<WskExtensionControlIn, WskExtensionControlOut>
      REGISTER_EXTENSION =
          WskControlKey.of(
              "SIO_WSK_REGISTER_EXTENSION",
              0,
              0xCF000002,
              EXTENSION_CONTROL_IN,
              EXTENSION_CONTROL_OUT);

  /** How many bytes should wait to be sent, so that the connection stays busy (IOC-19). */
  public static final WskControlKey<Void, Long> QUERY_IDEAL_SEND_BACKLOG =
      WskControlKey.outputOnly("SIO_WSK_QUERY_IDEAL_SEND_BACKLOG", 0, 0x4F000003, SIZE_T);

  /** How many received bytes the program has not taken yet (IOC-23). */
  public static final WskControlKey<Void, Long> QUERY_RECEIVE_BACKLOG =
      WskControlKey.outputOnly("SIO_WSK_QUERY_RECEIVE_BACKLOG", 0, 0x4F000004, SIZE_T);

  /** Which request for a connection a conditionally accepted socket was (IOC-26). */
  public static final WskControlKey<Void, WskInspectId> QUERY_INSPECT_ID =
      WskControlKey.outputOnly("SIO_WSK_QUERY_INSPECT_ID", 0, 0x4F000005, INSPECT_ID);

  /** Fixes the destination of a datagram socket, for sends alone; no input clears it (IOC-16). */
  public static final WskControlKey<SocketAddress, Void> SET_SENDTO_ADDRESS =
      WskControlKey.inputOnly("SIO_WSK_SET_SENDTO_ADDRESS", 0, 0x8F000006, SOCKADDR);

  /**
   * The connection becomes silent for good: sends and disconnects fail, what arrives is thrown
   * away, and closing is all that is left (IOC-31 to IOC-34). What the system sends by itself, and
   * the reset of the close, a provider may be unable to keep back. NOT_SUPPORTED on connections
   * within this host; INVALID_DEVICE_STATE while a send or a disconnect is pending.
   */
  public static final WskControlKey<Void, Void> SET_TCP_SILENT_MODE =
      WskControlKey.plain("SIO_WSK_SET_TCP_SILENT_MODE", 0, 0x2F000007);

  /** Discards what waits to be sent. */
  public static final WskControlKey<Void, Void> FLUSH =
      WskControlKey.plain("SIO_FLUSH", 0, 0x28000004);

  /** The broadcast address of the family. */
  public static final WskControlKey<Void, SocketAddress> GET_BROADCAST_ADDRESS =
      WskControlKey.outputOnly("SIO_GET_BROADCAST_ADDRESS", 0, 0x48000005, SOCKADDR);

  /** A function of a user-mode provider. */
  public static final WskControlKey<UUID, Long> GET_EXTENSION_FUNCTION_POINTER =
      WskControlKey.of("SIO_GET_EXTENSION_FUNCTION_POINTER", 0, 0xC8000006, GUID, SIZE_T);

  /** On or off: hear one's own multicasts. */
  public static final WskControlKey<Integer, Void> MULTIPOINT_LOOPBACK =
      WskControlKey.inputOnly("SIO_MULTIPOINT_LOOPBACK", 0, 0x88000009, ULONG);

  /** How far multicasts go. */
  public static final WskControlKey<Integer, Void> MULTICAST_SCOPE =
      WskControlKey.inputOnly("SIO_MULTICAST_SCOPE", 0, 0x8800000A, ULONG);

  /** The local address from which a destination is reached. */
  public static final WskControlKey<SocketAddress, SocketAddress> ROUTING_INTERFACE_QUERY =
      WskControlKey.both("SIO_ROUTING_INTERFACE_QUERY", 0, 0xC8000014, SOCKADDR);

  /** Completes when the interface to a destination changes. */
  public static final WskControlKey<SocketAddress, Void> ROUTING_INTERFACE_CHANGE =
      WskControlKey.inputOnly("SIO_ROUTING_INTERFACE_CHANGE", 0, 0x88000015, SOCKADDR);

  /** The local addresses of the socket's family, with port 0 (IOC-35). */
  public static final WskControlKey<Void, List<SocketAddress>> ADDRESS_LIST_QUERY =
      WskControlKey.outputOnly("SIO_ADDRESS_LIST_QUERY", 0, 0x48000016, SOCKET_ADDRESS_LIST);

  /** Completes when the local addresses of the socket's family change (IOC-41). */
  public static final WskControlKey<Void, Void> ADDRESS_LIST_CHANGE =
      WskControlKey.plain("SIO_ADDRESS_LIST_CHANGE", 0, 0x28000017);

  /** The device of the provider below. */
  public static final WskControlKey<Void, Long> QUERY_TARGET_PNP_HANDLE =
      WskControlKey.outputOnly("SIO_QUERY_TARGET_PNP_HANDLE", 0, 0x48000018, SIZE_T);

  /** Orders addresses, the best to connect to first (IOC-45). */
  public static final WskControlKey<List<SocketAddress>, List<SocketAddress>> ADDRESS_LIST_SORT =
      WskControlKey.both("SIO_ADDRESS_LIST_SORT", 0, 0xC8000019, SOCKET_ADDRESS_LIST);

  /** Which processor serves the connection. */
  public static final WskControlKey<Void, ByteBuffer> QUERY_RSS_PROCESSOR_INFO =
      WskControlKey.outputOnly("SIO_QUERY_RSS_PROCESSOR_INFO", 0, 0x48000025, BYTES);

  /** Receive all packets of an interface. */
  public static final WskControlKey<Integer, Void> RCVALL =
      WskControlKey.inputOnly("SIO_RCVALL", 0, 0x98000001, ULONG);

  /** Receive all multicast packets of an interface. */
  public static final WskControlKey<Integer, Void> RCVALL_MCAST =
      WskControlKey.inputOnly("SIO_RCVALL_MCAST", 0, 0x98000002, ULONG);

  /** Receive all packets of group management of an interface. */
  public static final WskControlKey<Integer, Void> RCVALL_IGMPMCAST =
      WskControlKey.inputOnly("SIO_RCVALL_IGMPMCAST", 0, 0x98000003, ULONG);

  /** Switches the probing of an idle connection, with its times (IOC-50). */
  public static final WskControlKey<KeepAliveValues, Void> KEEPALIVE_VALS =
      WskControlKey.inputOnly("SIO_KEEPALIVE_VALS", 0, 0x98000004, KEEPALIVE_VALUES);

  /** The interface for unicast packets. */
  public static final WskControlKey<Integer, Void> UCAST_IF =
      WskControlKey.inputOnly("SIO_UCAST_IF", 0, 0x98000006, ULONG);

  /** On or off: send broadcasts by one interface alone. */
  public static final WskControlKey<Integer, Void> LIMIT_BROADCASTS =
      WskControlKey.inputOnly("SIO_LIMIT_BROADCASTS", 0, 0x98000007, ULONG);

  /** Binds to an interface. */
  public static final WskControlKey<Integer, Void> INDEX_BIND =
      WskControlKey.inputOnly("SIO_INDEX_BIND", 0, 0x98000008, ULONG);

  /** The interface for multicast packets. */
  public static final WskControlKey<Integer, Void> INDEX_MCASTIF =
      WskControlKey.inputOnly("SIO_INDEX_MCASTIF", 0, 0x98000009, ULONG);

  /** Joins a group on an interface. */
  public static final WskControlKey<ByteBuffer, Void> INDEX_ADD_MCAST =
      WskControlKey.inputOnly("SIO_INDEX_ADD_MCAST", 0, 0x9800000A, BYTES);

  /** Leaves a group on an interface. */
  public static final WskControlKey<ByteBuffer, Void> INDEX_DEL_MCAST =
      WskControlKey.inputOnly("SIO_INDEX_DEL_MCAST", 0, 0x9800000B, BYTES);

  /**
   * On or off, datagram sockets: a port that is unreachable is reported by one receive, which fails
   * with PORT_UNREACHABLE; off at first. NOT_SUPPORTED where the transport cannot tell (IOC-54).
   */
  public static final WskControlKey<Integer, Void> UDP_CONNRESET =
      WskControlKey.inputOnly("SIO_UDP_CONNRESET", 0, 0x9800000C, ULONG);

  /** On or off: a network that is unreachable is reported by a receive. */
  public static final WskControlKey<Integer, Void> UDP_NETRESET =
      WskControlKey.inputOnly("SIO_UDP_NETRESET", 0, 0x9800000F, ULONG);

  /** On or off, before connecting: a shorter way between sockets of one machine (IOC-46). */
  public static final WskControlKey<Boolean, Void> LOOPBACK_FAST_PATH =
      WskControlKey.inputOnly("SIO_LOOPBACK_FAST_PATH", 0, 0x98000010, BOOLEAN);

  /** How long to wait for the answer to a connection request, and how often to repeat it. */
  public static final WskControlKey<ByteBuffer, Void> TCP_INITIAL_RTO =
      WskControlKey.inputOnly("SIO_TCP_INITIAL_RTO", 0, 0x98000011, BYTES);

  /** The processor that serves the socket. */
  public static final WskControlKey<ByteBuffer, Void> CPU_AFFINITY =
      WskControlKey.inputOnly("SIO_CPU_AFFINITY", 0, 0x98000015, BYTES);

  /** Statistics of a connection; the input is the version of their layout. */
  public static final WskControlKey<Integer, ByteBuffer> TCP_INFO =
      WskControlKey.of("SIO_TCP_INFO", 0, 0xD8000027, ULONG, BYTES);

  /** Reserves a range of ports. */
  public static final WskControlKey<ByteBuffer, ByteBuffer> ACQUIRE_PORT_RESERVATION =
      WskControlKey.both("SIO_ACQUIRE_PORT_RESERVATION", 0, 0x98000064, BYTES);

  /** Gives reserved ports back. */
  public static final WskControlKey<Long, Void> RELEASE_PORT_RESERVATION =
      WskControlKey.inputOnly("SIO_RELEASE_PORT_RESERVATION", 0, 0x98000065, SIZE_T);

  /** Takes the socket's port from a reservation. */
  public static final WskControlKey<Long, Void> ASSOCIATE_PORT_RESERVATION =
      WskControlKey.inputOnly("SIO_ASSOCIATE_PORT_RESERVATION", 0, 0x98000066, SIZE_T);

  /** The handle of the socket in the filtering platform. */
  public static final WskControlKey<Void, Long> QUERY_WFP_ALE_ENDPOINT_HANDLE =
      WskControlKey.outputOnly("SIO_QUERY_WFP_ALE_ENDPOINT_HANDLE", 0, 0x580000CD, SIZE_T);

  /** Whether receiving is spread over processors (IOC-55). */
  public static final WskControlKey<Void, Boolean> QUERY_RSS_SCALABILITY_INFO =
      WskControlKey.outputOnly("SIO_QUERY_RSS_SCALABILITY_INFO", 0, 0x580000D2, BOOLEAN);

  /** How the filtering platform redirected the connection. */
  public static final WskControlKey<Void, ByteBuffer> QUERY_WFP_CONNECTION_REDIRECT_RECORDS =
      WskControlKey.outputOnly("SIO_QUERY_WFP_CONNECTION_REDIRECT_RECORDS", 0, 0x980000DC, BYTES);

  /** What the redirecting filter left for the program. */
  public static final WskControlKey<Void, ByteBuffer> QUERY_WFP_CONNECTION_REDIRECT_CONTEXT =
      WskControlKey.outputOnly("SIO_QUERY_WFP_CONNECTION_REDIRECT_CONTEXT", 0, 0x980000DD, BYTES);

  /** Passes records of redirection on to another connection. */
  public static final WskControlKey<ByteBuffer, Void> SET_WFP_CONNECTION_REDIRECT_RECORDS =
      WskControlKey.inputOnly("SIO_SET_WFP_CONNECTION_REDIRECT_RECORDS", 0, 0x980000DE, BYTES);

  /** Configures time stamps of packets. */
  public static final WskControlKey<ByteBuffer, Void> TIMESTAMPING =
      WskControlKey.inputOnly("SIO_TIMESTAMPING", 0, 0x980000EB, BYTES);

  /** How many bytes can be read; a code of user mode (IOC-57). */
  public static final WskControlKey<Void, Integer> FIONREAD =
      WskControlKey.outputOnly("FIONREAD", 0, 0x4004667F, ULONG);

  /** On or off: calls do not block; a code of user mode (IOC-57). */
  public static final WskControlKey<Integer, Void> FIONBIO =
      WskControlKey.inputOnly("FIONBIO", 0, 0x8004667E, ULONG);

  /** The interfaces with their IPv4 addresses. */
  public static final WskControlKey<Void, ByteBuffer> GET_INTERFACE_LIST =
      WskControlKey.outputOnly("SIO_GET_INTERFACE_LIST", 0, 0x4004747F, BYTES);

  /** The ideal send backlog; a code of user mode. */
  public static final WskControlKey<Void, Integer> IDEAL_SEND_BACKLOG_QUERY =
      WskControlKey.outputOnly("SIO_IDEAL_SEND_BACKLOG_QUERY", 0, 0x4004747B, ULONG);

  /** Completes when the ideal send backlog changes; a code of user mode. */
  public static final WskControlKey<Void, Void> IDEAL_SEND_BACKLOG_CHANGE =
      WskControlKey.plain("SIO_IDEAL_SEND_BACKLOG_CHANGE", 0, 0x2000747A);

  private WskIoctls() {}
}
