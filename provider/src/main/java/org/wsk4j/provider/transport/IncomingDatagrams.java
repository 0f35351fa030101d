package org.wsk4j.provider.transport;

import io.netty.channel.unix.Buffer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.provider.natives.MessageVector;

/**
 * Datagrams that were received with one call of the system. They are numbered from 0 in the order
 * of arrival, and are gone with the next call.
 *
 * <p>Threads: one event loop.
 */
public final class IncomingDatagrams {
  /** How many there are at most. */
  static final int MOST = 64;

  /** More than any datagram has, so that none is cut. */
  private static final int LARGEST = 65_536;

  /** Places so far apart fall on different lines of a cache. */
  private static final int DISTANCE = LARGEST + 5 * 64;

  private final @Nullable ByteBuffer[] data = new @Nullable ByteBuffer[MOST];
  private final @Nullable InetSocketAddress[] senders = new @Nullable InetSocketAddress[MOST];
  private final int[] flags = new int[MOST];
  private final int[] joined = new int[MOST];
  private final @Nullable ControlInfo[] control = new @Nullable ControlInfo[MOST];
  private @Nullable MessageVector vector;
  private boolean more;

  IncomingDatagrams() {}

  // ---- What was received

  /**
   * {@return the bytes of a datagram, remaining; good until the next call}
   *
   * @param index which datagram
   */
  public ByteBuffer data(int index) {
    return Objects.requireNonNull(data[index]);
  }

  /**
   * {@return where a datagram came from}
   *
   * @param index which datagram
   */
  public InetSocketAddress sender(int index) {
    return Objects.requireNonNull(senders[index]);
  }

  /**
   * {@return how a datagram was sent: MSG_BCAST, MSG_MCAST or 0, as far as it is known}
   *
   * @param index which datagram
   */
  public int flags(int index) {
    return flags[index];
  }

  /**
   * {@return the control information of a datagram, or {@code null} if there is none}
   *
   * @param index which datagram
   */
  public @Nullable ControlInfo control(int index) {
    return control[index];
  }

  /**
   * {@return of which size the datagrams are that make up this one, or 0 if it is one}
   *
   * @param index which datagram
   */
  public int joined(int index) {
    return joined[index];
  }

  /**
   * {@return how many bytes the first ones have together}
   *
   * @param count how many of them
   */
  public long bytes(int count) {
    long sum = 0;
    for (int each = 0; each < count; each++) {
      sum += data(each).remaining();
    }
    return sum;
  }

  /** {@return whether there may have been more than the call could bring} */
  public boolean mayBeMore() {
    return more;
  }

  // ---- As the ports fill it

  /** Room for one datagram: the first. */
  ByteBuffer single() {
    ByteBuffer place = data[0];
    if (place == null) {
      place = ByteBuffer.allocateDirect(LARGEST);
      data[0] = place;
    }
    return place.clear();
  }

  /** The first datagram is the only one. */
  int singleFrom(@Nullable InetSocketAddress sender) {
    data(0).flip();
    note(0, sender, 0, null);
    more = true;
    return sender != null ? 1 : 0;
  }

  /** Memory for as many as one call can bring; all of it is ready to receive. */
  MessageVector vector() {
    MessageVector made = vector;
    if (made == null) {
      made = new MessageVector(MOST);
      ByteBuffer all = ByteBuffer.allocateDirect(MOST * DISTANCE);
      long address = Buffer.memoryAddress(all);
      for (int each = 0; each < MOST; each++) {
        data[each] = all.slice(each * DISTANCE, LARGEST);
        made.setData(each, address + (long) each * DISTANCE, LARGEST);
        made.expect(each, true);
      }
      vector = made;
    }
    return made;
  }

  void setMayBeMore(boolean mayBe) {
    more = mayBe;
  }

  void length(int index, int length) {
    data(index).position(0).limit(length);
  }

  void note(
      int index, @Nullable InetSocketAddress sender, int how, @Nullable ControlInfo information) {
    senders[index] = sender;
    flags[index] = how;
    control[index] = information;
    joined[index] = 0;
  }

  void noteJoined(int index, int size) {
    joined[index] = size;
  }
}
