package org.wsk4j.provider.natives;

import io.netty.channel.unix.Buffer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory for many datagrams, laid out for the system ({@code mmsghdr[]} with one piece of data, an
 * address and room for control messages each). It is made once and used again and again.
 *
 * <p>Where the data of a datagram lies is set for each with {@link #setData}; the memory is the
 * caller's, who keeps it reachable.
 *
 * <p>Threads: one at a time.
 */
public final class MessageVector {
  /** How much room each datagram has for control messages. */
  public static final int CONTROL_SIZE = 256;

  private static final int HEADER_SIZE = 64;
  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int PIECES = 16;
  private static final int PIECE_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int FLAGS = 48;
  private static final int LENGTH = 56;

  private static final int PIECE_SIZE = 16;
  private static final int PIECE_LENGTH = 8;

  private final int capacity;
  private final ByteBuffer memory;
  private final long address;
  private final int pieces;
  private final int names;
  private final int controls;
  private final RecentAddresses sent = new RecentAddresses();
  private final RecentAddresses received = new RecentAddresses();

  /**
   * Makes memory for so many datagrams.
   *
   * @param capacity how many, at least 1
   */
  public MessageVector(int capacity) {
    this.capacity = capacity;
    pieces = capacity * HEADER_SIZE;
    names = pieces + capacity * PIECE_SIZE;
    controls = names + capacity * NativeAddress.SIZE;
    memory =
        ByteBuffer.allocateDirect(controls + capacity * CONTROL_SIZE)
            .order(ByteOrder.nativeOrder());
    address = Buffer.memoryAddress(memory);
    for (int each = 0; each < capacity; each++) {
      int header = header(each);
      memory.putLong(header + NAME, address + name(each));
      memory.putLong(header + PIECES, address + piece(each));
      memory.putLong(header + PIECE_COUNT, 1L);
      memory.putLong(header + CONTROL, address + control(each));
    }
  }

  /** {@return how many datagrams there is memory for} */
  public int capacity() {
    return capacity;
  }

  /** The address of a datagram's header. */
  long address(int index) {
    return address + header(index);
  }

  /**
   * Says where the data of a datagram is, or goes.
   *
   * @param index which datagram
   * @param place its address
   * @param length how long it is, or at most may be
   */
  public void setData(int index, long place, int length) {
    memory.putLong(piece(index), place);
    memory.putLong(piece(index) + PIECE_LENGTH, length);
  }

  /**
   * Says where a datagram goes.
   *
   * @param index which datagram
   * @param family the family of the socket
   * @param remote the address
   */
  public void setRemote(int index, int family, InetSocketAddress remote) {
    sent.write(memory, name(index), family, remote);
    memory.putInt(header(index) + NAME_LENGTH, NativeAddress.length(family));
  }

  /**
   * Makes a datagram ready to be received: with room for the address and for control messages.
   *
   * @param index which datagram
   * @param withControl whether control messages are wanted
   */
  public void expect(int index, boolean withControl) {
    int header = header(index);
    NativeAddress.clear(memory, name(index));
    memory.putInt(header + NAME_LENGTH, NativeAddress.SIZE);
    memory.putLong(header + CONTROL_LENGTH, withControl ? CONTROL_SIZE : 0);
    memory.putInt(header + FLAGS, 0);
  }

  /**
   * Says how long the control messages of a datagram are that is to be sent.
   *
   * @param index which datagram
   * @param length the length, up to {@link #CONTROL_SIZE}
   */
  public void setControlLength(int index, int length) {
    memory.putLong(header(index) + CONTROL_LENGTH, length);
  }

  /**
   * {@return how long the control messages of a datagram are}
   *
   * @param index which datagram
   */
  public int controlLength(int index) {
    return (int) memory.getLong(header(index) + CONTROL_LENGTH);
  }

  /** {@return the memory, in the order of the system, in which {@link #control} is a position} */
  public ByteBuffer memory() {
    return memory;
  }

  /**
   * {@return where the control messages of a datagram begin in {@link #memory}}
   *
   * @param index which datagram
   */
  public int control(int index) {
    return controls + index * CONTROL_SIZE;
  }

  void setLength(int index, int length) {
    memory.putInt(header(index) + LENGTH, length);
  }

  /**
   * {@return how many bytes of a datagram were received or sent}
   *
   * @param index which datagram
   */
  public int length(int index) {
    return memory.getInt(header(index) + LENGTH);
  }

  /**
   * {@return what the system says of a received datagram: {@link NativeSockets#MSG_TRUNC}, {@link
   * NativeSockets#MSG_CTRUNC} and others}
   *
   * @param index which datagram
   */
  public int flags(int index) {
    return memory.getInt(header(index) + FLAGS);
  }

  /**
   * {@return where a datagram came from}
   *
   * @param index which datagram
   */
  public InetSocketAddress remote(int index) {
    return received.read(memory, name(index));
  }

  private static int header(int index) {
    return index * HEADER_SIZE;
  }

  private int piece(int index) {
    return pieces + index * PIECE_SIZE;
  }

  private int name(int index) {
    return names + index * NativeAddress.SIZE;
  }
}
