package org.wsk4j.provider.natives;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Addresses seen a short while ago, as objects and as the system lays them out, so that most
 * datagrams need neither made anew.
 *
 * <p>Threads: one at a time.
 */
final class RecentAddresses {
  /** A power of two. */
  private static final int COUNT = 64;

  private final @Nullable InetSocketAddress[] objects = new @Nullable InetSocketAddress[COUNT];
  private final ByteBuffer encoded =
      ByteBuffer.allocate(COUNT * NativeAddress.SIZE).order(ByteOrder.nativeOrder());

  /** Writes an address for sending. */
  void write(ByteBuffer memory, int at, int family, InetSocketAddress address) {
    int place = address.hashCode() & COUNT - 1;
    int known = place * NativeAddress.SIZE;
    if (objects[place] != address || encoded.getShort(known) != family) {
      NativeAddress.write(encoded, known, family, address);
      objects[place] = address;
    }
    for (int each = 0; each < NativeAddress.SIZE; each += Long.BYTES) {
      memory.putLong(at + each, encoded.getLong(known + each));
    }
  }

  /** Reads an address that was received; what lies behind it is zero. */
  InetSocketAddress read(ByteBuffer memory, int at) {
    int place = hash(memory, at) & COUNT - 1;
    int known = place * NativeAddress.SIZE;
    InetSocketAddress address = objects[place];
    if (address == null || !isSame(memory, at, known)) {
      address = NativeAddress.read(memory, at);
      objects[place] = address;
      for (int each = 0; each < NativeAddress.SIZE; each += Long.BYTES) {
        encoded.putLong(known + each, memory.getLong(at + each));
      }
    }
    return address;
  }

  private boolean isSame(ByteBuffer memory, int at, int known) {
    for (int each = 0; each < NativeAddress.SIZE; each += Long.BYTES) {
      if (memory.getLong(at + each) != encoded.getLong(known + each)) {
        return false;
      }
    }
    return true;
  }

  private static int hash(ByteBuffer memory, int at) {
    long sum = 0;
    for (int each = 0; each < NativeAddress.SIZE; each += Long.BYTES) {
      sum = sum * 31 + memory.getLong(at + each);
    }
    return (int) (sum * 0x9E3779B97F4A7C15L >>> Long.SIZE - 6);
  }
}
