package org.wsk4j.provider.memory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.ControlInfo;

/**
 * Copies of received datagrams. Those that came together share a block of memory, which is freed
 * with the last of them.
 *
 * <p>Threads: owned by the event loop of the socket.
 */
public final class DatagramCopies {
  /** A block is not longer, unless a datagram is. */
  private static final int LONGEST_BLOCK = 64 * 1024;

  private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

  private final RetainAccount account;
  private @Nullable ByteBuf block;

  /** The memory of the block; what has been copied ends at its position. */
  private ByteBuffer memory = NO_DATA;

  private long expected;

  /**
   * Makes a place for copies.
   *
   * @param account whose memory is counted while the client keeps it
   */
  public DatagramCopies(RetainAccount account) {
    this.account = account;
  }

  /**
   * Says how much may have to be copied soon.
   *
   * @param bytes the bytes of the datagrams that came together
   */
  public void expect(long bytes) {
    expected = bytes;
  }

  /**
   * Takes note that a datagram, one of those expected, is not copied.
   *
   * @param bytes its length
   */
  public void skip(int bytes) {
    expected -= bytes;
  }

  /**
   * Copies a datagram.
   *
   * @param datagram what remains of this buffer
   * @param remoteAddress the sender
   * @param flags how it was sent: MSG_BCAST, MSG_MCAST or 0
   * @param control the control information that came with it, or {@code null}
   * @return the copy, buffered
   */
  public DatagramIndication copyOf(
      ByteBuffer datagram, SocketAddress remoteAddress, int flags, @Nullable ControlInfo control) {
    int length = datagram.remaining();
    expected -= length;
    if (length == 0) {
      IndicationSteps steps = new IndicationSteps(account, null);
      return new DatagramIndication(steps, NO_DATA, 0, remoteAddress, flags, control);
    }
    ByteBuf shared = room(length);
    memory.put(datagram);
    IndicationSteps steps = new IndicationSteps(account, shared.retain());
    return new DatagramIndication(steps, memory, length, remoteAddress, flags, control);
  }

  private ByteBuf room(int length) {
    ByteBuf current = block;
    if (current == null || memory.remaining() < length) {
      finish();
      int size = (int) Math.max(length, Math.min(expected + length, LONGEST_BLOCK));
      current = ByteBufAllocator.DEFAULT.buffer(size, size);
      memory = current.nioBuffer(0, size);
      block = current;
    }
    return current;
  }

  /** Those that came together have been copied: what is left of the block is not used. */
  public void finish() {
    ByteBuf current = block;
    if (current != null) {
      block = null;
      memory = NO_DATA;
      current.release();
    }
  }
}
