package org.wsk4j.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * Control information: what travels beside the data of a datagram, a sequence of {@link
 * ControlMessage}s.
 *
 * <p>It is made of messages, or of bytes in native layout, and gives both. In native layout each
 * message is a header of 16 bytes (length as SIZE_T, level, type), its data, and padding to the
 * next multiple of 8; the length counts header and data. Bytes are looked at when they are first
 * asked for; {@link #check} tells whether they are well-formed.
 *
 * <p>Threads: the content does not change, so it may be used from any thread.
 */
public final class ControlInfo {
  private final @Nullable ByteBuffer bytes;
  private volatile @Nullable List<ControlMessage> messages;

  private ControlInfo(@Nullable ByteBuffer bytes, @Nullable List<ControlMessage> messages) {
    this.bytes = bytes;
    this.messages = messages;
  }

  /**
   * Makes control information of messages.
   *
   * @param messages the messages, in this order; none means that there is no control information
   * @return the control information
   */
  public static ControlInfo of(ControlMessage... messages) {
    return new ControlInfo(null, List.of(messages));
  }

  /**
   * Makes control information of messages.
   *
   * @param messages the messages, in this order; the list is copied
   * @return the control information
   */
  public static ControlInfo of(List<ControlMessage> messages) {
    return new ControlInfo(null, List.copyOf(messages));
  }

  /**
   * Makes control information of bytes in native layout, well-formed or not.
   *
   * @param bytes little-endian bytes from the buffer's position to its limit, which are copied; the
   *     buffer stays as it is
   * @return the control information
   */
  public static ControlInfo wrap(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    ByteBuffer own = ByteBuffer.wrap(copy).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return new ControlInfo(own, null);
  }

  /**
   * Tells whether the content is well-formed.
   *
   * @return SUCCESS; INVALID_PARAMETER if the length of a message is below the size of the header
   *     or runs past the end (DGS-47). Bytes at the end that are too few for a header do no harm
   *     (DGS-48)
   */
  public NtStatus check() {
    if (messages == null) {
      messages = CmsgCodec.decode(requireBytes());
    }
    return messages == CmsgCodec.MALFORMED ? NtStatus.INVALID_PARAMETER : NtStatus.SUCCESS;
  }

  /**
   * {@return the messages in their order, each in its most specific type; unmodifiable}
   *
   * @throws IllegalStateException if the bytes are not well-formed, see {@link #check}
   */
  public List<ControlMessage> messages() {
    if (check() != NtStatus.SUCCESS) {
      throw new IllegalStateException("these bytes are no control information: " + this);
    }
    return messages;
  }

  /**
   * Walks over the messages in their order.
   *
   * @param action called with each
   * @throws IllegalStateException if the bytes are not well-formed, see {@link #check}
   */
  public void forEach(Consumer<? super ControlMessage> action) {
    messages().forEach(action);
  }

  /**
   * Finds the first message of a kind.
   *
   * @param level see {@link Protocol}
   * @param type see {@link ControlType}
   * @return the message, or {@code null} if there is none
   * @throws IllegalStateException if the bytes are not well-formed, see {@link #check}
   */
  public @Nullable ControlMessage find(int level, int type) {
    for (ControlMessage message : messages()) {
      if (message.level() == level && message.type() == type) {
        return message;
      }
    }
    return null;
  }

  /**
   * Cuts the control information down to what fits into limited room: whole messages from the
   * beginning, up to the first that does not fit. The padding of the last one may be missing.
   *
   * @param room how much room there is, in native bytes
   * @return this object if everything fits, else what fits of it
   * @throws IllegalStateException if the bytes are not well-formed, see {@link #check}
   */
  public ControlInfo fitting(long room) {
    List<ControlMessage> all = messages();
    int count = 0;
    long used = 0;
    while (count < all.size() && used + all.get(count).nativeLength() <= room) {
      used += all.get(count++).nativeSpace();
    }
    return count == all.size() ? this : of(all.subList(0, count));
  }

  /** {@return the size in native bytes: that of the bytes given, or of all messages, padded} */
  public int nativeSize() {
    ByteBuffer given = bytes;
    return given != null ? given.remaining() : CmsgCodec.sizeOf(messages());
  }

  /**
   * Writes the native layout and moves the position behind it.
   *
   * @param target the buffer, with at least {@link #nativeSize} bytes remaining, of any byte order
   */
  public void encode(ByteBuffer target) {
    ByteBuffer given = bytes;
    if (given != null) {
      target.put(given.duplicate());
    } else {
      CmsgCodec.encode(messages(), target);
    }
  }

  /** {@return the native layout as a little-endian buffer of its own} */
  public ByteBuffer toBytes() {
    ByteBuffer target = ByteBuffer.allocate(nativeSize());
    encode(target);
    return target.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer requireBytes() {
    ByteBuffer given = bytes;
    if (given == null) {
      throw new IllegalStateException("control information of neither bytes nor messages");
    }
    return given;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ControlInfo that && toBytes().equals(that.toBytes());
  }

  @Override
  public int hashCode() {
    return toBytes().hashCode();
  }

  @Override
  public String toString() {
    return check() == NtStatus.SUCCESS
        ? "ControlInfo" + messages
        : "ControlInfo[" + nativeSize() + " malformed bytes]";
  }
}
