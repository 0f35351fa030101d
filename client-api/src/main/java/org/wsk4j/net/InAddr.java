package org.wsk4j.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** IPv4 addresses as numbers, the first octet in the highest byte (INADDR_XXX). */
public final class InAddr {
  /** 0.0.0.0, the wildcard. */
  public static final int ANY = 0x00000000;

  /** 127.0.0.1. */
  public static final int LOOPBACK = 0x7F000001;

  /** 255.255.255.255, all hosts of this network. */
  public static final int BROADCAST = 0xFFFFFFFF;

  /** What stands for no address; the same number as {@link #BROADCAST}. */
  public static final int NONE = 0xFFFFFFFF;

  private InAddr() {}

  /**
   * Makes an address of a number.
   *
   * @param number the number, to be read without sign
   * @return the address
   */
  public static Inet4Address toAddress(int number) {
    byte[] octets = {
      (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
    };
    try {
      return (Inet4Address) InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError("four octets are an address", e);
    }
  }

  /**
   * Makes a number of an address.
   *
   * @param address the address
   * @return the number, to be read without sign
   */
  public static int toNumber(Inet4Address address) {
    return address.hashCode();
  }
}
