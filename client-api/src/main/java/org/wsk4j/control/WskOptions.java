package org.wsk4j.control;

import static org.wsk4j.control.NativeLayouts.BYTES;
import static org.wsk4j.control.NativeLayouts.EVENT_CALLBACK_CONTROL;
import static org.wsk4j.control.NativeLayouts.SECURITY_DESCRIPTOR;
import static org.wsk4j.control.NativeLayouts.SIZE_T;
import static org.wsk4j.control.NativeLayouts.SOCKADDR;
import static org.wsk4j.control.NativeLayouts.ULONG;
import static org.wsk4j.control.OptionLevel.SOL_SOCKET;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.wsk4j.security.SecurityDescriptor;

/**
 * The options of WSK and of the socket level, each with the types of its values. {@link IpOptions},
 * {@link Ipv6Options}, {@link TcpOptions} and {@link UdpOptions} hold those of the protocols.
 *
 * <p>On/off options are numbers, since any non-zero value means on; a get gives 0 or 1 (CTL-19).
 * Where a page of Winsock defines an option that WSK lacks, the key is here so that it can be asked
 * for and gets its status.
 */
public final class WskOptions {
  /** The number below the options of WSK's own (WSK_SO_BASE). */
  public static final int WSK_SO_BASE = 0x00004000;

  /** The longest queue of connections that user-mode programs can ask of a listener (SOMAXCONN). */
  public static final int SOMAXCONN = 0x7FFFFFFF;

  /**
   * Who may share the socket's address: a cached descriptor, set before bind; a get is an
   * acquisition to be released (SEC-13 to SEC-20).
   */
  public static final WskControlKey<SecurityDescriptor, SecurityDescriptor> SECURITY =
      WskControlKey.both("SO_WSK_SECURITY", SOL_SOCKET, 0x00004001, SECURITY_DESCRIPTOR);

  /** Enables or disables event callbacks (OPT-31 to OPT-60). */
  public static final WskControlKey<WskEventCallbackControl, Void> EVENT_CALLBACK =
      WskControlKey.inputOnly(
          "SO_WSK_EVENT_CALLBACK", SOL_SOCKET, 0x00004002, EVENT_CALLBACK_CONTROL);

  /** On or off: debugging output. */
  public static final WskControlKey<Integer, Integer> DEBUG =
      WskControlKey.both("SO_DEBUG", SOL_SOCKET, 0x00000001, ULONG);

  /** Whether the socket listens. */
  public static final WskControlKey<Void, Integer> ACCEPTCONN =
      WskControlKey.outputOnly("SO_ACCEPTCONN", SOL_SOCKET, 0x00000002, ULONG);

  /** On or off, set before bind: share the local address with others who want that too (OPT-15). */
  public static final WskControlKey<Integer, Integer> REUSEADDR =
      WskControlKey.both("SO_REUSEADDR", SOL_SOCKET, 0x00000004, ULONG);

  /**
   * On or off: probe an idle connection; accepted sockets begin with the listener's value (OPT-19).
   */
  public static final WskControlKey<Integer, Integer> KEEPALIVE =
      WskControlKey.both("SO_KEEPALIVE", SOL_SOCKET, 0x00000008, ULONG);

  /** On or off: send by the interface alone, without routing. */
  public static final WskControlKey<Integer, Integer> DONTROUTE =
      WskControlKey.both("SO_DONTROUTE", SOL_SOCKET, 0x00000010, ULONG);

  /** On or off: datagrams may be sent to broadcast addresses (OPT-03). */
  public static final WskControlKey<Integer, Integer> BROADCAST =
      WskControlKey.both("SO_BROADCAST", SOL_SOCKET, 0x00000020, ULONG);

  /** On or off: bypass hardware where possible. */
  public static final WskControlKey<Integer, Integer> USELOOPBACK =
      WskControlKey.both("SO_USELOOPBACK", SOL_SOCKET, 0x00000040, ULONG);

  /** Whether closing waits for unsent data. */
  public static final WskControlKey<Linger, Linger> LINGER =
      WskControlKey.both("SO_LINGER", SOL_SOCKET, 0x00000080, NativeLayouts.LINGER);

  /** On or off: urgent data among the other data. */
  public static final WskControlKey<Integer, Integer> OOBINLINE =
      WskControlKey.both("SO_OOBINLINE", SOL_SOCKET, 0x00000100, ULONG);

  /** On or off: closing does not wait; the opposite of {@link #LINGER}. */
  public static final WskControlKey<Integer, Integer> DONTLINGER =
      WskControlKey.both("SO_DONTLINGER", SOL_SOCKET, 0xFFFFFF7F, ULONG);

  /** On or off, set before bind: nobody else may bind to the local address (OPT-13). */
  public static final WskControlKey<Integer, Integer> EXCLUSIVEADDRUSE =
      WskControlKey.both("SO_EXCLUSIVEADDRUSE", SOL_SOCKET, 0xFFFFFFFB, ULONG);

  /**
   * The size of the send buffer in bytes: stored, and one input of the ideal send backlog (OPT-66).
   */
  public static final WskControlKey<Integer, Integer> SNDBUF =
      WskControlKey.both("SO_SNDBUF", SOL_SOCKET, 0x00001001, ULONG);

  /**
   * How many received bytes may wait; accepted sockets begin with the listener's value (OPT-24).
   */
  public static final WskControlKey<Integer, Integer> RCVBUF =
      WskControlKey.both("SO_RCVBUF", SOL_SOCKET, 0x00001002, ULONG);

  /** How much room makes a socket writable. */
  public static final WskControlKey<Integer, Integer> SNDLOWAT =
      WskControlKey.both("SO_SNDLOWAT", SOL_SOCKET, 0x00001003, ULONG);

  /** How much data makes a socket readable. */
  public static final WskControlKey<Integer, Integer> RCVLOWAT =
      WskControlKey.both("SO_RCVLOWAT", SOL_SOCKET, 0x00001004, ULONG);

  /** How long a blocking send may take, in milliseconds. */
  public static final WskControlKey<Integer, Integer> SNDTIMEO =
      WskControlKey.both("SO_SNDTIMEO", SOL_SOCKET, 0x00001005, ULONG);

  /** How long a blocking receive may take, in milliseconds. */
  public static final WskControlKey<Integer, Integer> RCVTIMEO =
      WskControlKey.both("SO_RCVTIMEO", SOL_SOCKET, 0x00001006, ULONG);

  /** The error that is pending on the socket; reading clears it. */
  public static final WskControlKey<Void, Integer> ERROR =
      WskControlKey.outputOnly("SO_ERROR", SOL_SOCKET, 0x00001007, ULONG);

  /** The type of the socket, see {@code SocketType} (OPT-62). */
  public static final WskControlKey<Void, Integer> TYPE =
      WskControlKey.outputOnly("SO_TYPE", SOL_SOCKET, 0x00001008, ULONG);

  /** Addresses, type and protocol of the socket. */
  public static final WskControlKey<Void, ByteBuffer> BSP_STATE =
      WskControlKey.outputOnly("SO_BSP_STATE", SOL_SOCKET, 0x00001009, BYTES);

  /** Reserved. */
  public static final WskControlKey<Void, Integer> GROUP_ID =
      WskControlKey.outputOnly("SO_GROUP_ID", SOL_SOCKET, 0x00002001, ULONG);

  /** Reserved. */
  public static final WskControlKey<Integer, Integer> GROUP_PRIORITY =
      WskControlKey.both("SO_GROUP_PRIORITY", SOL_SOCKET, 0x00002002, ULONG);

  /** The longest datagram that can be sent, in bytes (OPT-65). */
  public static final WskControlKey<Void, Integer> MAX_MSG_SIZE =
      WskControlKey.outputOnly("SO_MAX_MSG_SIZE", SOL_SOCKET, 0x00002003, ULONG);

  /** On or off, set before bind: each request for a connection is inspected first (OPT-08). */
  public static final WskControlKey<Integer, Integer> CONDITIONAL_ACCEPT =
      WskControlKey.both("SO_CONDITIONAL_ACCEPT", SOL_SOCKET, 0x00003002, ULONG);

  /** On or off: delay the accept until data is there. */
  public static final WskControlKey<Integer, Integer> PAUSE_ACCEPT =
      WskControlKey.both("SO_PAUSE_ACCEPT", SOL_SOCKET, 0x00003003, ULONG);

  /** The network compartment. */
  public static final WskControlKey<Integer, Integer> COMPARTMENT_ID =
      WskControlKey.both("SO_COMPARTMENT_ID", SOL_SOCKET, 0x00003004, ULONG);

  /** On or off: choose ports at random. */
  public static final WskControlKey<Integer, Integer> RANDOMIZE_PORT =
      WskControlKey.both("SO_RANDOMIZE_PORT", SOL_SOCKET, 0x00003005, ULONG);

  /** On or off: allocate ports for each address of the machine. */
  public static final WskControlKey<Integer, Integer> PORT_SCALABILITY =
      WskControlKey.both("SO_PORT_SCALABILITY", SOL_SOCKET, 0x00003006, ULONG);

  /** On or off: defer the choice of a port until connect. */
  public static final WskControlKey<Integer, Integer> REUSE_UNICASTPORT =
      WskControlKey.both("SO_REUSE_UNICASTPORT", SOL_SOCKET, 0x00003007, ULONG);

  /** On or off: share a port for multicast reception alone. */
  public static final WskControlKey<Integer, Integer> REUSE_MULTICASTPORT =
      WskControlKey.both("SO_REUSE_MULTICASTPORT", SOL_SOCKET, 0x00003008, ULONG);

  /** On or off: datagrams carry the time of their arrival. */
  public static final WskControlKey<Integer, Integer> TIMESTAMP =
      WskControlKey.both("SO_TIMESTAMP", SOL_SOCKET, 0x0000300A, ULONG);

  /** An identifier for the time stamp of a datagram that is sent. */
  public static final WskControlKey<Integer, Integer> TIMESTAMP_ID =
      WskControlKey.both("SO_TIMESTAMP_ID", SOL_SOCKET, 0x0000300B, ULONG);

  /** The destination before a connection was redirected. */
  public static final WskControlKey<Void, SocketAddress> ORIGINAL_DST =
      WskControlKey.outputOnly("SO_ORIGINAL_DST", SOL_SOCKET, 0x0000300F, SOCKADDR);

  /** The longest datagram that can be sent, in bytes. */
  public static final WskControlKey<Void, Integer> MAXDG =
      WskControlKey.outputOnly("SO_MAXDG", SOL_SOCKET, 0x00007009, ULONG);

  /** The longest datagram that the path takes without fragments, in bytes. */
  public static final WskControlKey<Void, Integer> MAXPATHDG =
      WskControlKey.outputOnly("SO_MAXPATHDG", SOL_SOCKET, 0x0000700A, ULONG);

  /** Takes over the properties of the listening socket whose handle is given. */
  public static final WskControlKey<Long, Void> UPDATE_ACCEPT_CONTEXT =
      WskControlKey.inputOnly("SO_UPDATE_ACCEPT_CONTEXT", SOL_SOCKET, 0x0000700B, SIZE_T);

  /** For how many seconds the socket has been connected. */
  public static final WskControlKey<Void, Integer> CONNECT_TIME =
      WskControlKey.outputOnly("SO_CONNECT_TIME", SOL_SOCKET, 0x0000700C, ULONG);

  /** Completes the properties of a socket that was connected. */
  public static final WskControlKey<Void, Void> UPDATE_CONNECT_CONTEXT =
      WskControlKey.plain("SO_UPDATE_CONNECT_CONTEXT", SOL_SOCKET, 0x00007010);

  private WskOptions() {}
}
