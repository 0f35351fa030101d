package org.wsk4j.control;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.wsk4j.net.SocketAddresses;

/**
 * SOCKET_ADDRESS_LIST: a count, an entry (pointer, length) for each address, then the addresses
 * (IOC-36). Where C has the pointer there is the offset of the address from the list's beginning.
 */
final class SocketAddressListLayout implements NativeLayout<List<SocketAddress>> {
  private static final int HEADER = 8;
  private static final int ENTRY = 16;

  @Override
  public int size() {
    return HEADER;
  }

  @Override
  public boolean isFixedSize() {
    return false;
  }

  @Override
  public int sizeOf(List<SocketAddress> value) {
    return HEADER
        + value.size() * ENTRY
        + value.stream().mapToInt(SocketAddresses::nativeSize).sum();
  }

  @Override
  public void encode(List<SocketAddress> value, ByteBuffer target) {
    ByteBuffer out = NativeLayouts.littleEndian(target);
    out.putInt(value.size()).putInt(0);
    long offset = HEADER + (long) value.size() * ENTRY;
    for (SocketAddress address : value) {
      int length = SocketAddresses.nativeSize(address);
      out.putLong(offset).putInt(length).putInt(0);
      offset += length;
    }
    value.forEach(address -> SocketAddresses.encode(address, out));
    target.position(target.position() + out.position());
  }

  @Override
  public List<SocketAddress> decode(ByteBuffer source) {
    ByteBuffer in = NativeLayouts.littleEndian(source);
    int count = require(in, HEADER).getInt();
    int end = HEADER;
    if (count < 0 || count > (in.limit() - HEADER) / ENTRY) {
      throw new IllegalArgumentException(count + " addresses in " + in.limit() + " bytes");
    }
    List<SocketAddress> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int entry = HEADER + i * ENTRY;
      ByteBuffer address = slice(in, in.getLong(entry), in.getInt(entry + Long.BYTES));
      list.add(SocketAddresses.decode(address));
      end = Math.max(end, (int) in.getLong(entry) + in.getInt(entry + Long.BYTES));
    }
    source.position(source.position() + end);
    return List.copyOf(list);
  }

  private static ByteBuffer slice(ByteBuffer in, long offset, int length) {
    if (offset < HEADER || length < 0 || offset > in.limit() - length) {
      throw new IllegalArgumentException("an address outside of its list, at " + offset);
    }
    return in.slice((int) offset, length);
  }

  private static ByteBuffer require(ByteBuffer in, int count) {
    if (in.limit() < count) {
      throw new IllegalArgumentException("no list in only " + in.limit() + " bytes");
    }
    return in;
  }
}
