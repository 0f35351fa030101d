package org.wsk4j.provider.transport;

/** Numbers and layouts of Linux with 64 bits that have to do with datagrams. */
final class Linux {
  static final int SOL_SOCKET = 1;
  static final int SOL_IP = 0;
  static final int SOL_IPV6 = 41;
  static final int SOL_UDP = 17;

  static final int IP_TOS = 1;
  static final int IP_TTL = 2;
  static final int IP_PKTINFO = 8;
  static final int IP_RECVERR = 11;
  static final int IP_RECVTTL = 12;
  static final int IP_RECVTOS = 13;

  static final int IPV6_RECVERR = 25;
  static final int IPV6_RECVPKTINFO = 49;
  static final int IPV6_PKTINFO = 50;
  static final int IPV6_RECVHOPLIMIT = 51;
  static final int IPV6_HOPLIMIT = 52;
  static final int IPV6_RECVTCLASS = 66;
  static final int IPV6_TCLASS = 67;

  static final int UDP_SEGMENT = 103;
  static final int UDP_GRO = 104;

  /** {@code cmsghdr}: a length of 8 bytes, level, type. */
  static final int CMSG_HEADER = 16;

  static final int CMSG_LEVEL = 8;
  static final int CMSG_TYPE = 12;

  /** {@code in_pktinfo}: interface, local address, destination in the header. */
  static final int IN_PKTINFO = 12;

  static final int IN_PKTINFO_SOURCE = 4;
  static final int IN_PKTINFO_ADDRESS = 8;

  /** {@code in6_pktinfo}: address, interface. */
  static final int IN6_PKTINFO = 20;

  static final int IN6_PKTINFO_INTERFACE = 16;

  static final int ENXIO = -6;
  static final int EIO = -5;
  static final int ENODEV = -19;
  static final int EINVAL = -22;
  static final int EMSGSIZE = -90;
  static final int EADDRNOTAVAIL = -99;
  static final int ENETUNREACH = -101;
  static final int ECONNREFUSED = -111;

  private Linux() {}

  /** How much room a control message with so much data takes, up to the next one. */
  static int space(long length) {
    return (int) (CMSG_HEADER + length + 7 & ~7L);
  }
}
