package org.wsk4j.provider.resolve;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.InAddr;
import org.wsk4j.net.SocketAddresses;

/**
 * Addresses and ports as text. An IPv6 address may bear a scope, {@code fe80::1%2}, by number or by
 * the name of an interface; one in mapped form, {@code ::ffff:192.0.2.1}, stays an IPv6 address.
 */
final class Numeric {
  private static final int HIGHEST_PORT = 0xFFFF;
  private static final int LONGEST_PORT = 5;

  private Numeric() {}

  /** {@return whether this is an address, whose scope may still have to be looked up} */
  static boolean isAddress(String text) {
    return NetUtil.isValidIpV4Address(text) || isV6(text);
  }

  private static boolean isV6(String text) {
    String address = withoutScope(text);
    return !text.startsWith("[")
        && NetUtil.isValidIpV6Address(address)
        && (address.equals(text) || text.length() > address.length() + 1);
  }

  private static String withoutScope(String text) {
    int percent = text.indexOf('%');
    return percent < 0 ? text : text.substring(0, percent);
  }

  /** {@return whether this is an address with the name of an interface, which takes a look-up} */
  static boolean isScopedByName(String text) {
    int percent = text.indexOf('%');
    return percent >= 0 && number(text.substring(percent + 1), 10, Integer.MAX_VALUE) < 0;
  }

  /** {@return the address, or {@code null} if it is none, or of an interface that is not there} */
  static @Nullable InetAddress address(String text) {
    if (NetUtil.isValidIpV4Address(text)) {
      byte[] octets = NetUtil.createByteArrayFromIpAddressString(text);
      return octets == null ? null : InAddr.toAddress(ByteBuffer.wrap(octets).getInt());
    }
    if (!isV6(text)) {
      return null;
    }
    String address = withoutScope(text);
    int scope = address.length() == text.length() ? 0 : scope(text.substring(address.length() + 1));
    byte[] octets = NetUtil.createByteArrayFromIpAddressString(address);
    return octets == null || scope < 0 ? null : SocketAddresses.inet6(octets, scope);
  }

  private static int scope(String text) {
    int number = (int) number(text, 10, Integer.MAX_VALUE);
    if (number >= 0) {
      return number;
    }
    try {
      NetworkInterface named = NetworkInterface.getByName(text);
      return named != null ? named.getIndex() : -1;
    } catch (SocketException unknown) {
      return -1;
    }
  }

  /** {@return the port, or -1 if it is none} */
  static int port(String text) {
    return (int) number(text, LONGEST_PORT, HIGHEST_PORT);
  }

  /** A decimal number of ASCII digits; -1 for what is none. */
  private static long number(String text, int longest, long highest) {
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (text.isEmpty() || text.length() > longest || !digits) {
      return -1;
    }
    long value = Long.parseLong(text);
    return value <= highest ? value : -1;
  }

  /** {@return an address as text that {@link #address} understands, also elsewhere} */
  static String text(InetAddress address) {
    if (!(address instanceof Inet6Address v6)) {
      return NetUtil.toAddressString(address);
    }
    String text =
        SocketAddresses.isMapped(address)
            ? "::ffff:" + NetUtil.toAddressString(SocketAddresses.unmap(address))
            : NetUtil.toAddressString(v6);
    return v6.getScopeId() == 0 ? text : text + "%" + v6.getScopeId();
  }

  /** {@return the name under which name servers know an address} */
  static String reverseName(InetAddress address) {
    StringBuilder name = new StringBuilder();
    byte[] octets = SocketAddresses.unmap(address).getAddress();
    for (int i = octets.length - 1; i >= 0; i--) {
      int octet = Byte.toUnsignedInt(octets[i]);
      if (octets.length == 4) {
        name.append(octet).append('.');
      } else {
        name.append(Integer.toHexString(octet & 0xF)).append('.');
        name.append(Integer.toHexString(octet >> 4)).append('.');
      }
    }
    return name.append(octets.length == 4 ? "in-addr.arpa." : "ip6.arpa.").toString();
  }

  /** {@return the loopback addresses, or the wildcards; IPv6 first} */
  static List<InetAddress> special(boolean wildcard) {
    byte[] v6 = new byte[16];
    v6[15] = (byte) (wildcard ? 0 : 1);
    return List.of(SocketAddresses.inet6(v6, 0), InAddr.toAddress(wildcard ? 0 : 0x7F00_0001));
  }
}
