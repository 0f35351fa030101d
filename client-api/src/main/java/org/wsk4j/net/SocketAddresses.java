package org.wsk4j.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of sockets: their families, their native layouts, and IPv4 addresses in IPv6 form.
 *
 * <p>{@link InetAddress} turns {@code ::ffff:a.b.c.d} into an IPv4 address wherever it can. Sockets
 * of AF_INET6 take and give such addresses in 16 bytes, so every address on its way to or from such
 * a socket goes through {@link #inet6} or {@link #toMapped}, which keep them.
 */
public final class SocketAddresses {
  private static final int MAPPED_PREFIX = 12;

  private SocketAddresses() {}

  /**
   * Tells the family of an address.
   *
   * @param address the address, or {@code null}
   * @return see {@link AddressFamily}; {@link AddressFamily#UNSPEC} for none, for a host name that
   *     was not resolved, and for what else is no address of a known family
   */
  public static int family(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      return family(inet.getAddress());
    }
    return address instanceof UnixDomainSocketAddress ? AddressFamily.UNIX : AddressFamily.UNSPEC;
  }

  private static int family(@Nullable InetAddress address) {
    if (address instanceof Inet4Address) {
      return AddressFamily.INET;
    }
    return address instanceof Inet6Address ? AddressFamily.INET6 : AddressFamily.UNSPEC;
  }

  /**
   * Tells how many bytes an address takes in native layout.
   *
   * @param address the address
   * @return 16 or 28
   * @throws IllegalArgumentException if the family is neither AF_INET nor AF_INET6
   */
  public static int nativeSize(SocketAddress address) {
    return switch (family(address)) {
      case AddressFamily.INET -> NativeSizes.SOCKADDR_IN;
      case AddressFamily.INET6 -> NativeSizes.SOCKADDR_IN6;
      default -> throw new IllegalArgumentException("no internet address: " + address);
    };
  }

  /**
   * Writes an address in native layout (SOCKADDR_IN or SOCKADDR_IN6) and moves the position behind
   * it. The flow information of IPv6 is 0.
   *
   * @param address the address
   * @param target the buffer, with at least {@link #nativeSize} bytes remaining, of any byte order
   * @throws IllegalArgumentException if the family is neither AF_INET nor AF_INET6
   */
  public static void encode(SocketAddress address, ByteBuffer target) {
    int family = family(address);
    if (family != AddressFamily.INET && family != AddressFamily.INET6) {
      throw new IllegalArgumentException("no internet address: " + address);
    }
    InetSocketAddress inet = (InetSocketAddress) address;
    putLittle(target, 2, family);
    target.put((byte) (inet.getPort() >>> 8)).put((byte) inet.getPort());
    if (inet.getAddress() instanceof Inet6Address v6) {
      putLittle(target, 4, 0);
      target.put(v6.getAddress());
      putLittle(target, 4, v6.getScopeId());
    } else {
      target.put(inet.getAddress().getAddress());
      putLittle(target, 8, 0);
    }
  }

  private static void putLittle(ByteBuffer target, int count, int value) {
    for (int i = 0; i < count; i++) {
      target.put((byte) (i < Integer.BYTES ? value >>> 8 * i : 0));
    }
  }

  /**
   * Reads an address in native layout and moves the position behind it. The flow information of
   * IPv6 is skipped.
   *
   * @param source the buffer, of any byte order
   * @return the address
   * @throws IllegalArgumentException if the family is neither AF_INET nor AF_INET6, or if there are
   *     fewer bytes than its layout takes
   */
  public static InetSocketAddress decode(ByteBuffer source) {
    require(source, 2);
    int start = source.position();
    int family =
        Byte.toUnsignedInt(source.get(start)) | Byte.toUnsignedInt(source.get(start + 1)) << 8;
    return switch (family) {
      case AddressFamily.INET -> decodeIn(source);
      case AddressFamily.INET6 -> decodeIn6(source);
      default -> throw new IllegalArgumentException("no internet address: family " + family);
    };
  }

  private static InetSocketAddress decodeIn(ByteBuffer source) {
    require(source, NativeSizes.SOCKADDR_IN);
    source.position(source.position() + 2);
    int port = bigShort(source);
    byte[] octets = new byte[4];
    source.get(octets);
    source.position(source.position() + 8);
    return new InetSocketAddress(inet4(octets), port);
  }

  private static InetSocketAddress decodeIn6(ByteBuffer source) {
    require(source, NativeSizes.SOCKADDR_IN6);
    source.position(source.position() + 2);
    int port = bigShort(source);
    source.position(source.position() + 4);
    byte[] octets = new byte[16];
    source.get(octets);
    int scope = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      scope |= Byte.toUnsignedInt(source.get()) << 8 * i;
    }
    return new InetSocketAddress(inet6(octets, scope), port);
  }

  private static int bigShort(ByteBuffer source) {
    return Byte.toUnsignedInt(source.get()) << 8 | Byte.toUnsignedInt(source.get());
  }

  private static void require(ByteBuffer source, int count) {
    if (source.remaining() < count) {
      throw new IllegalArgumentException(
          "an address of " + count + " bytes in only " + source.remaining());
    }
  }

  /**
   * Makes an IPv6 address that stays one, also where it is an IPv4 address in mapped form.
   *
   * @param octets 16 bytes
   * @param scopeId the scope, or 0 for none
   * @return the address
   * @throws IllegalArgumentException if there are not 16 bytes
   */
  public static Inet6Address inet6(byte[] octets, int scopeId) {
    try {
      return Inet6Address.getByAddress(null, octets, scopeId == 0 ? -1 : scopeId);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(octets.length + " bytes are no IPv6 address", e);
    }
  }

  private static Inet4Address inet4(byte[] octets) {
    return InAddr.toAddress(ByteBuffer.wrap(octets).getInt());
  }

  /**
   * Tells whether an address is the wildcard of its family; {@code ::ffff:0.0.0.0} counts as one.
   *
   * @param address the address
   * @return whether it names no particular address
   */
  public static boolean isWildcard(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        && inet.getAddress() != null
        && unmap(inet.getAddress()).isAnyLocalAddress();
  }

  /**
   * Tells whether an address is that of a multicast group, also in mapped form.
   *
   * @param address the address
   * @return whether it names a group
   */
  public static boolean isMulticast(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        && inet.getAddress() != null
        && unmap(inet.getAddress()).isMulticastAddress();
  }

  /**
   * Tells whether an address is an IPv4 address in IPv6 form, {@code ::ffff:a.b.c.d}.
   *
   * @param address the address
   * @return whether it is 16 bytes long and mapped
   */
  public static boolean isMapped(InetAddress address) {
    return address instanceof Inet6Address && isMapped(address.getAddress());
  }

  /**
   * Tells whether a socket's address is an IPv4 address in IPv6 form.
   *
   * @param address the address
   * @return whether it is 16 bytes long and mapped
   */
  public static boolean isMapped(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        && inet.getAddress() != null
        && isMapped(inet.getAddress());
  }

  private static boolean isMapped(byte[] octets) {
    for (int i = 0; i < MAPPED_PREFIX - 2; i++) {
      if (octets[i] != 0) {
        return false;
      }
    }
    return octets[10] == (byte) 0xFF && octets[11] == (byte) 0xFF;
  }

  /**
   * Gives an address the form that sockets of AF_INET6 use.
   *
   * @param address the address
   * @return the mapped form of an IPv4 address; an IPv6 address as it is
   */
  public static Inet6Address toMapped(InetAddress address) {
    if (address instanceof Inet6Address v6) {
      return v6;
    }
    byte[] octets = new byte[16];
    octets[10] = (byte) 0xFF;
    octets[11] = (byte) 0xFF;
    System.arraycopy(address.getAddress(), 0, octets, MAPPED_PREFIX, 4);
    return inet6(octets, 0);
  }

  /**
   * Gives a socket's address the form that sockets of AF_INET6 use.
   *
   * @param address the address, resolved
   * @return with the mapped form of an IPv4 address; an IPv6 address as it is
   */
  public static InetSocketAddress toMapped(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address
        ? address
        : new InetSocketAddress(toMapped(address.getAddress()), address.getPort());
  }

  /**
   * Turns a mapped address into the IPv4 address that it stands for.
   *
   * @param address the address
   * @return the IPv4 address, or the address as it is if it is not mapped
   */
  public static InetAddress unmap(InetAddress address) {
    if (!isMapped(address)) {
      return address;
    }
    return inet4(Arrays.copyOfRange(address.getAddress(), MAPPED_PREFIX, 16));
  }

  /**
   * Turns a socket's mapped address into the IPv4 address that it stands for.
   *
   * @param address the address, resolved
   * @return with the IPv4 address, or as it is if it is not mapped
   */
  public static InetSocketAddress unmap(InetSocketAddress address) {
    return isMapped(address)
        ? new InetSocketAddress(unmap(address.getAddress()), address.getPort())
        : address;
  }
}
