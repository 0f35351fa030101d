package org.wsk4j.net;

/** Name spaces that a question for addresses may be put to (NS_XXX). */
public final class NameSpace {
  /** All name spaces. */
  public static final int ALL = 0;

  /** Domain names. */
  public static final int DNS = 12;

  /** NetBIOS over TCP/IP. */
  public static final int NETBT = 13;

  /** Windows Internet naming. */
  public static final int WINS = 14;

  /** Network location. */
  public static final int NLA = 15;

  /** Bluetooth. */
  public static final int BTH = 16;

  /** Directory services. */
  public static final int NTDS = 32;

  /** Electronic mail. */
  public static final int EMAIL = 37;

  /** Names of peers. */
  public static final int PNRPNAME = 38;

  /** Clouds of peers. */
  public static final int PNRPCLOUD = 39;

  private NameSpace() {}
}
