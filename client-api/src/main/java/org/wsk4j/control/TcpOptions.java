package org.wsk4j.control;

import static org.wsk4j.control.NativeLayouts.BYTES;
import static org.wsk4j.control.NativeLayouts.ULONG;
import static org.wsk4j.control.OptionLevel.IPPROTO_TCP;

import java.nio.ByteBuffer;

/**
 * The options of TCP (level IPPROTO_TCP). What {@link WskOptions} says of on/off options holds
 * here.
 */
public final class TcpOptions {
  /** On or off: small sends are not gathered; off at first (OPT-67). */
  public static final WskControlKey<Integer, Integer> NODELAY =
      WskControlKey.both("TCP_NODELAY", IPPROTO_TCP, 1, ULONG);

  /** On or off: urgent data as RFC 1122 has it. */
  public static final WskControlKey<Integer, Integer> EXPEDITED_1122 =
      WskControlKey.both("TCP_EXPEDITED_1122", IPPROTO_TCP, 2, ULONG);

  /** After how many idle seconds a connection is probed (OPT-69). */
  public static final WskControlKey<Integer, Integer> KEEPALIVE =
      WskControlKey.both("TCP_KEEPALIVE", IPPROTO_TCP, 3, ULONG);

  /** The longest segment, in bytes. */
  public static final WskControlKey<Void, Integer> MAXSEG =
      WskControlKey.outputOnly("TCP_MAXSEG", IPPROTO_TCP, 4, ULONG);

  /** For how many seconds data is sent again before the connection is given up. */
  public static final WskControlKey<Integer, Integer> MAXRT =
      WskControlKey.both("TCP_MAXRT", IPPROTO_TCP, 5, ULONG);

  /** On or off: the standard reading of the urgent pointer. */
  public static final WskControlKey<Integer, Integer> STDURG =
      WskControlKey.both("TCP_STDURG", IPPROTO_TCP, 6, ULONG);

  /** On or off: no urgent data. */
  public static final WskControlKey<Integer, Integer> NOURG =
      WskControlKey.both("TCP_NOURG", IPPROTO_TCP, 7, ULONG);

  /** Whether the next byte is urgent. */
  public static final WskControlKey<Void, Integer> ATMARK =
      WskControlKey.outputOnly("TCP_ATMARK", IPPROTO_TCP, 8, ULONG);

  /** On or off: connection requests are not repeated. */
  public static final WskControlKey<Integer, Integer> NOSYNRETRIES =
      WskControlKey.both("TCP_NOSYNRETRIES", IPPROTO_TCP, 9, ULONG);

  /** On or off: segments carry time stamps. */
  public static final WskControlKey<Integer, Integer> TIMESTAMPS =
      WskControlKey.both("TCP_TIMESTAMPS", IPPROTO_TCP, 10, ULONG);

  /** Whether the network card should serve the connection. */
  public static final WskControlKey<Integer, Integer> OFFLOAD_PREFERENCE =
      WskControlKey.both("TCP_OFFLOAD_PREFERENCE", IPPROTO_TCP, 11, ULONG);

  /** The congestion control. */
  public static final WskControlKey<Integer, Integer> CONGESTION_ALGORITHM =
      WskControlKey.both("TCP_CONGESTION_ALGORITHM", IPPROTO_TCP, 12, ULONG);

  /** On or off: the acknowledgement of the peer's end may wait. */
  public static final WskControlKey<Integer, Integer> DELAY_FIN_ACK =
      WskControlKey.both("TCP_DELAY_FIN_ACK", IPPROTO_TCP, 13, ULONG);

  /** As {@link #MAXRT}, in milliseconds. */
  public static final WskControlKey<Integer, Integer> MAXRTMS =
      WskControlKey.both("TCP_MAXRTMS", IPPROTO_TCP, 14, ULONG);

  /**
   * On or off: the data of WskConnectEx may go with the connection request, if the system can do
   * that and knows the peer; set before the connect. On a listening socket, set before the bind:
   * such data is taken (CON-42).
   */
  public static final WskControlKey<Integer, Integer> FASTOPEN =
      WskControlKey.both("TCP_FASTOPEN", IPPROTO_TCP, 15, ULONG);

  /** After how many probes without an answer a connection is given up, at most 255 (OPT-69). */
  public static final WskControlKey<Integer, Integer> KEEPCNT =
      WskControlKey.both("TCP_KEEPCNT", IPPROTO_TCP, 16, ULONG);

  /** The same option as {@link #KEEPALIVE}. */
  public static final WskControlKey<Integer, Integer> KEEPIDLE = KEEPALIVE;

  /** How many seconds lie between two probes (OPT-69). */
  public static final WskControlKey<Integer, Integer> KEEPINTVL =
      WskControlKey.both("TCP_KEEPINTVL", IPPROTO_TCP, 17, ULONG);

  /** On or off: a reported network error ends a connect. */
  public static final WskControlKey<Integer, Integer> FAIL_CONNECT_ON_ICMP_ERROR =
      WskControlKey.both("TCP_FAIL_CONNECT_ON_ICMP_ERROR", IPPROTO_TCP, 18, ULONG);

  /** The network error that ended a connect. */
  public static final WskControlKey<Void, ByteBuffer> ICMP_ERROR_INFO =
      WskControlKey.outputOnly("TCP_ICMP_ERROR_INFO", IPPROTO_TCP, 19, BYTES);

  /** On or off: the reading of the urgent pointer that BSD has. */
  public static final WskControlKey<Integer, Integer> BSDURGENT =
      WskControlKey.both("TCP_BSDURGENT", IPPROTO_TCP, 28672, ULONG);

  private TcpOptions() {}
}
