package org.wsk4j.provider.natives;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.wsk4j.net.SocketAddresses;

/** Addresses as the system lays them out ({@code sockaddr_in}, {@code sockaddr_in6}). */
final class NativeAddress {
  /** The room for one; a whole number of longs. */
  static final int SIZE = 32;

  private static final int PORT = 2;
  private static final int OCTETS_4 = 4;
  private static final int OCTETS_6 = 8;
  private static final int SCOPE = 24;
  private static final int LENGTH_4 = 16;
  private static final int LENGTH_6 = 28;

  private NativeAddress() {}

  /** How long addresses of a family are. */
  static int length(int family) {
    return family == NativeSockets.AF_INET6 ? LENGTH_6 : LENGTH_4;
  }

  /** Writes an address into cleared room; an IPv4 address gets the form of the family. */
  static void write(ByteBuffer memory, int at, int family, InetSocketAddress address) {
    clear(memory, at);
    memory.putShort(at, (short) family);
    memory.put(at + PORT, (byte) (address.getPort() >>> 8));
    memory.put(at + PORT + 1, (byte) address.getPort());
    if (family != NativeSockets.AF_INET6) {
      memory.put(at + OCTETS_4, SocketAddresses.unmap(address.getAddress()).getAddress());
      return;
    }
    Inet6Address inet6 = SocketAddresses.toMapped(address.getAddress());
    memory.put(at + OCTETS_6, inet6.getAddress());
    memory.putInt(at + SCOPE, inet6.getScopeId());
  }

  /** Clears the room of an address, so that what is there can be compared as a whole. */
  static void clear(ByteBuffer memory, int at) {
    for (int each = 0; each < SIZE; each += Long.BYTES) {
      memory.putLong(at + each, 0L);
    }
  }

  /** Reads an address; one of AF_INET6 stays one also where it is mapped. */
  static InetSocketAddress read(ByteBuffer memory, int at) {
    boolean inet6 = memory.getShort(at) == NativeSockets.AF_INET6;
    byte[] octets = new byte[inet6 ? 16 : 4];
    memory.get(at + (inet6 ? OCTETS_6 : OCTETS_4), octets);
    int port = Short.toUnsignedInt(memory.getShort(at + PORT));
    if (memory.order() == ByteOrder.LITTLE_ENDIAN) {
      port = Integer.reverseBytes(port) >>> 16;
    }
    return new InetSocketAddress(
        inet6 ? SocketAddresses.inet6(octets, memory.getInt(at + SCOPE)) : inet4(octets), port);
  }

  private static InetAddress inet4(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(octets.length + " bytes are no IPv4 address", e);
    }
  }
}
