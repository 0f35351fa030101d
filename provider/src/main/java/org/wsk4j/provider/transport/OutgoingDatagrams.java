package org.wsk4j.provider.transport;

import io.netty.channel.unix.Buffer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.provider.natives.MessageVector;

/**
 * Datagrams that are to be sent with one call of the system, numbered from 0 in their order. Short
 * ones and scattered ones are copied; long ones go out from the memory of the client.
 *
 * <p>Threads: one event loop.
 */
public final class OutgoingDatagrams {
  /** How many there are at most. */
  public static final int MOST = 64;

  /** Copying so much is cheaper than finding out where it is. */
  private static final int COPIED = 2048;

  /** Room for the longest datagram, and for many of the short ones. */
  private static final int COPIES = 256 * 1024;

  private final @Nullable ByteBuffer[] data = new @Nullable ByteBuffer[MOST];
  private final @Nullable InetSocketAddress[] remotes = new @Nullable InetSocketAddress[MOST];
  private final @Nullable ControlInfo[] control = new @Nullable ControlInfo[MOST];
  private final int[] segments = new int[MOST];

  private @Nullable ByteBuffer copies;
  private long copiesAddress;
  private final @Nullable ByteBuffer[] views = new @Nullable ByteBuffer[MOST];
  private @Nullable MessageVector vector;
  private int count;

  OutgoingDatagrams() {}

  // ---- As it is filled

  /** Forgets what was here. */
  public void clear() {
    for (int each = 0; each < count; each++) {
      data[each] = null;
      remotes[each] = null;
      control[each] = null;
    }
    count = 0;
    if (copies != null) {
      copies.clear();
    }
  }

  /**
   * Puts a datagram behind the others.
   *
   * @param first the memory in which its data begins, or {@code null} if it has none
   * @param offset where the data begins in that memory and those behind it
   * @param length how many bytes
   * @param remote where it goes
   * @return whether there was room for it
   */
  public boolean add(@Nullable Mdl first, long offset, int length, InetSocketAddress remote) {
    if (count == MOST) {
      return false;
    }
    Mdl mdl = first;
    long start = offset;
    while (mdl != null && start >= mdl.byteCount() && mdl.next() != null) {
      start -= mdl.byteCount();
      mdl = mdl.next();
    }
    boolean asItIs =
        length > COPIED && mdl != null && mdl.isDirect() && start + length <= mdl.byteCount();
    if (asItIs && mdl != null) {
      data[count] = mdl.buffer().limit((int) start + length).position((int) start);
    } else if (!copy(mdl, (int) start, length)) {
      return false;
    }
    remotes[count] = remote;
    control[count] = null;
    segments[count++] = 0;
    return true;
  }

  private boolean copy(@Nullable Mdl first, int offset, int length) {
    ByteBuffer place = copies();
    if (place.remaining() < length) {
      return false;
    }
    int begin = place.position();
    int from = offset;
    int left = length;
    for (Mdl each = first; each != null && left > 0; each = each.next()) {
      int part = Math.min(each.byteCount() - from, left);
      each.copyTo(from, part, place);
      left -= part;
      from = 0;
    }
    data[count] = view(count).limit(place.position()).position(begin);
    return true;
  }

  private ByteBuffer copies() {
    ByteBuffer made = copies;
    if (made == null) {
      made = ByteBuffer.allocateDirect(COPIES);
      copies = made;
    }
    return made;
  }

  private ByteBuffer view(int index) {
    ByteBuffer made = views[index];
    if (made == null) {
      made = copies().duplicate();
      views[index] = made;
    }
    return made.clear();
  }

  /**
   * Says how the last datagram is to be sent.
   *
   * @param information its control information, which the port can carry, or {@code null}
   * @param segment into datagrams of which size it is cut, or 0 if it stays whole
   */
  public void describe(@Nullable ControlInfo information, int segment) {
    control[count - 1] = information;
    segments[count - 1] = segment;
  }

  /** {@return how many there are} */
  public int count() {
    return count;
  }

  /**
   * {@return how long a datagram is}
   *
   * @param index which datagram
   */
  public int length(int index) {
    return data(index).remaining();
  }

  // ---- As the ports take it

  ByteBuffer data(int index) {
    return Objects.requireNonNull(data[index]);
  }

  InetSocketAddress remote(int index) {
    return Objects.requireNonNull(remotes[index]);
  }

  @Nullable ControlInfo control(int index) {
    return control[index];
  }

  int segment(int index) {
    return segments[index];
  }

  /** Where a datagram lies. */
  long address(int index) {
    ByteBuffer place = data(index);
    if (place != views[index]) {
      return Buffer.memoryAddress(place) + place.position();
    }
    if (copiesAddress == 0) {
      copiesAddress = Buffer.memoryAddress(copies());
    }
    return copiesAddress + place.position();
  }

  /** Memory to describe as many as there can be. */
  MessageVector vector() {
    MessageVector made = vector;
    if (made == null) {
      made = new MessageVector(MOST);
      vector = made;
    }
    return made;
  }
}
