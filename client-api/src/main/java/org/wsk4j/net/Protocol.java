package org.wsk4j.net;

/** Protocol numbers of IP (IPPROTO_XXX). */
public final class Protocol {
  /** IPv4; as a level of options. */
  public static final int IP = 0;

  /** Hop-by-hop options of IPv6. */
  public static final int HOPOPTS = 0;

  /** Control messages of IPv4. */
  public static final int ICMP = 1;

  /** Group management of IPv4. */
  public static final int IGMP = 2;

  /** Gateway to gateway. */
  public static final int GGP = 3;

  /** IPv4 in IP. */
  public static final int IPV4 = 4;

  /** Stream protocol. */
  public static final int ST = 5;

  /** TCP. */
  public static final int TCP = 6;

  /** Core based trees. */
  public static final int CBT = 7;

  /** Exterior gateways. */
  public static final int EGP = 8;

  /** Interior gateways. */
  public static final int IGP = 9;

  /** PARC universal packets. */
  public static final int PUP = 12;

  /** UDP. */
  public static final int UDP = 17;

  /** Internet datagrams of XNS. */
  public static final int IDP = 22;

  /** Reliable data protocol. */
  public static final int RDP = 27;

  /** IPv6; as a level of options too. */
  public static final int IPV6 = 41;

  /** Routing header of IPv6. */
  public static final int ROUTING = 43;

  /** Fragment header of IPv6. */
  public static final int FRAGMENT = 44;

  /** Encapsulating security payload. */
  public static final int ESP = 50;

  /** Authentication header. */
  public static final int AH = 51;

  /** Control messages of IPv6. */
  public static final int ICMPV6 = 58;

  /** IPv6 without a next header. */
  public static final int NONE = 59;

  /** Destination options of IPv6. */
  public static final int DSTOPTS = 60;

  /** Net disk. */
  public static final int ND = 77;

  /** Wideband monitoring. */
  public static final int ICLFXBM = 78;

  /** Protocol independent multicast. */
  public static final int PIM = 103;

  /** Pragmatic general multicast. */
  public static final int PGM = 113;

  /** Layer 2 tunnels. */
  public static final int L2TP = 115;

  /** SCTP. */
  public static final int SCTP = 132;

  /** Raw IP packets. */
  public static final int RAW = 255;

  /** One more than the highest number. */
  public static final int MAX = 256;

  private Protocol() {}
}
