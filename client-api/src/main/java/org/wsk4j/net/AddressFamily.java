package org.wsk4j.net;

/** Address families (AF_XXX). */
public final class AddressFamily {
  /** No particular family. */
  public static final int UNSPEC = 0;

  /** Addresses in the file system. */
  public static final int UNIX = 1;

  /** IPv4. */
  public static final int INET = 2;

  /** NetBIOS. */
  public static final int NETBIOS = 17;

  /** IPv6. */
  public static final int INET6 = 23;

  /** Infrared. */
  public static final int IRDA = 26;

  /** Bluetooth. */
  public static final int BTH = 32;

  /** Link-layer addresses. */
  public static final int LINK = 33;

  /** Between virtual machines and their host. */
  public static final int HYPERV = 34;

  private AddressFamily() {}
}
