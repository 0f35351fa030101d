package org.wsk4j.provider.control;

/** How many bytes a program can send with one datagram (OPT-65, DGS-29). */
public final class MessageLengths {
  /** With UDP over IPv4. */
  public static final int UDP_IPV4 = 65_507;

  /** With UDP over IPv6. */
  public static final int UDP_IPV6 = 65_527;

  /** What the length of a packet can say; over IPv6 that leaves the header out. */
  private static final int PACKET = 65_535;

  private static final int IPV4_HEADER = 20;

  private MessageLengths() {}

  /**
   * With a raw socket.
   *
   * @param ipv6 whether it is one of IPv6
   * @param headerIncluded whether the program writes the header of the packet
   * @return how many
   */
  public static int raw(boolean ipv6, boolean headerIncluded) {
    return ipv6 || headerIncluded ? PACKET : PACKET - IPV4_HEADER;
  }
}
