package org.wsk4j.net;

/** Sizes of C structures in native memory on 64-bit Windows, in bytes. */
public final class NativeSizes {
  /** An IPv4 address with its port (SOCKADDR_IN). */
  public static final int SOCKADDR_IN = 16;

  /** An IPv6 address with port and scope (SOCKADDR_IN6). */
  public static final int SOCKADDR_IN6 = 28;

  /** Room for any address (SOCKADDR_STORAGE). */
  public static final int SOCKADDR_STORAGE = 128;

  /** The data of packet information for IPv4 (IN_PKTINFO). */
  public static final int IN_PKTINFO = 8;

  /** The data of packet information for IPv6 (IN6_PKTINFO). */
  public static final int IN6_PKTINFO = 20;

  /** The data of a reported network error (IN_RECVERR). */
  public static final int IN_RECVERR = 12;

  /** A membership in an IPv4 group (IP_MREQ). */
  public static final int IP_MREQ = 8;

  /** A membership in an IPv6 group (IPV6_MREQ). */
  public static final int IPV6_MREQ = 20;

  /** The header of one object of control information (CMSGHDR). */
  public static final int CMSGHDR = 16;

  private NativeSizes() {}
}
