package org.wsk4j.net;

/**
 * Types of control messages, each to be read together with its level: a number means another thing
 * at another level.
 */
public final class ControlType {
  /** At {@link Protocol#IP}: options of the IPv4 header. */
  public static final int IP_OPTIONS = 1;

  /** At {@link Protocol#IP}: the type of service byte, as an INT. */
  public static final int IP_TOS = 3;

  /** At {@link Protocol#IP}: the time to live, as an INT. */
  public static final int IP_TTL = 4;

  /** At {@link Protocol#IP}: packet information, {@link InPktInfo}. */
  public static final int IP_PKTINFO = 19;

  /** At {@link Protocol#IP}: the ECN codepoint, 0 to 3, as an INT. */
  public static final int IP_ECN = 50;

  /** At {@link Protocol#IP}: a reported network error, {@link InRecvErr}. */
  public static final int IP_RECVERR = 75;

  /** At {@link Protocol#IPV6}: packet information, {@link In6PktInfo}. */
  public static final int IPV6_PKTINFO = 19;

  /** At {@link Protocol#IPV6}: the hop limit, as an INT. */
  public static final int IPV6_HOPLIMIT = 21;

  /** At {@link Protocol#IPV6}: the routing header. */
  public static final int IPV6_RTHDR = 32;

  /** At {@link Protocol#IPV6}: the traffic class byte, as an INT. */
  public static final int IPV6_TCLASS = 39;

  /** At {@link Protocol#IPV6}: the ECN codepoint, 0 to 3, as an INT. */
  public static final int IPV6_ECN = 50;

  /** At {@link Protocol#IPV6}: a reported network error, {@link InRecvErr}. */
  public static final int IPV6_RECVERR = 75;

  /** At {@link Protocol#UDP}: into datagrams of which size a buffer is cut, as a DWORD. */
  public static final int UDP_SEND_MSG_SIZE = 2;

  /** At {@link Protocol#UDP}: of which size the joined datagrams are, as a DWORD. */
  public static final int UDP_COALESCED_INFO = 3;

  private ControlType() {}
}
