package org.wsk4j.buffer;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Describes memory for a request: our counterpart of a memory descriptor list.
 *
 * <p>An {@code Mdl} describes one run of bytes, and {@link #next} chains it to further ones; data
 * that is scattered over memory is one chain. What is described is fixed when the {@code Mdl} is
 * made; the position and limit of the buffer given there are read once and never changed.
 *
 * <p><b>Ownership.</b> The memory belongs to whoever made the {@code Mdl}. From the call that takes
 * it until the IRP of that call completes, the provider may read it (sends) or write it (receives)
 * at any time, and the owner leaves both the memory and the chain alone. After completion the
 * provider never touches it again. Memory that a provider indicates belongs to the provider; see
 * {@link WskBuf}.
 *
 * <p>A provider keeps its own view of the memory with the {@code Mdl}, so memory that is described
 * once and used for many requests is prepared once. Direct memory is what providers can hand to the
 * system without copying.
 *
 * <p>Threads: not synchronised; the hand-over of the request orders the accesses.
 */
public final class Mdl {
  private final ByteBuffer memory;
  private final int byteCount;
  private @Nullable Mdl next;
  private @Nullable Object providerView;

  private Mdl(ByteBuffer memory) {
    this.memory = memory;
    this.byteCount = memory.remaining();
  }

  /**
   * Describes what remains of a buffer, from its position to its limit.
   *
   * @param memory the buffer; its position and limit are not changed, now or later
   * @return a description of that memory, chained to nothing
   */
  public static Mdl of(ByteBuffer memory) {
    return new Mdl(memory.slice());
  }

  /**
   * Describes a part of a buffer.
   *
   * @param memory the buffer; its position and limit do not count, and are not changed
   * @param offset where the part begins, in bytes from the beginning of the buffer
   * @param length how long it is, in bytes
   * @return a description of that memory, chained to nothing
   * @throws IndexOutOfBoundsException if the part does not lie before the limit of the buffer
   */
  public static Mdl of(ByteBuffer memory, int offset, int length) {
    return new Mdl(memory.slice(offset, length));
  }

  /**
   * Describes all of a buffer that nobody else uses; for providers, which make a buffer for each
   * indication and save a further object so.
   *
   * @param memory the buffer, from its beginning to its limit; it is the description's from now on
   * @return a description of that memory, chained to nothing
   */
  public static Mdl taking(ByteBuffer memory) {
    return memory.position() == 0 ? new Mdl(memory) : of(memory);
  }

  /**
   * Describes a whole array.
   *
   * @param memory the array
   * @return a description of that memory, chained to nothing
   */
  public static Mdl of(byte[] memory) {
    return new Mdl(ByteBuffer.wrap(memory));
  }

  /**
   * Describes a part of an array.
   *
   * @param memory the array
   * @param offset where the part begins, in bytes
   * @param length how long it is, in bytes
   * @return a description of that memory, chained to nothing
   * @throws IndexOutOfBoundsException if the part does not lie inside the array
   */
  public static Mdl of(byte[] memory, int offset, int length) {
    return new Mdl(ByteBuffer.wrap(memory, offset, length).slice());
  }

  /**
   * Allocates direct memory and describes it.
   *
   * @param length how much, in bytes
   * @return a description of new memory, all zero, chained to nothing
   */
  public static Mdl allocateDirect(int length) {
    return new Mdl(ByteBuffer.allocateDirect(length));
  }

  /**
   * Gives access to the memory described here, without the rest of the chain.
   *
   * @return a buffer of its own over the whole memory: position 0, limit {@link #byteCount}
   */
  public ByteBuffer buffer() {
    return memory.duplicate();
  }

  /** {@return whether the memory lies outside of the heap} */
  public boolean isDirect() {
    return memory.isDirect();
  }

  /**
   * Copies a part of the memory described here, without the rest of the chain.
   *
   * @param offset where the part begins, in bytes
   * @param length how long it is, in bytes
   * @param target where it goes; its position moves behind it
   * @throws IndexOutOfBoundsException if the part does not lie inside the memory, or if the target
   *     has no room for it
   */
  public void copyTo(int offset, int length, ByteBuffer target) {
    target.put(target.position(), memory, offset, length);
    target.position(target.position() + length);
  }

  /** {@return how many bytes are described here, without the rest of the chain} */
  public int byteCount() {
    return byteCount;
  }

  /** {@return whether this memory can only be read, so that nothing can be received into it} */
  public boolean isReadOnly() {
    return memory.isReadOnly();
  }

  /** {@return how many bytes this and all further descriptions of the chain cover} */
  public long chainByteCount() {
    long sum = 0;
    for (Mdl mdl = this; mdl != null; mdl = mdl.next) {
      sum += mdl.byteCount;
    }
    return sum;
  }

  /** {@return the next description of the chain, or {@code null} at its end} */
  public @Nullable Mdl next() {
    return next;
  }

  /**
   * Chains this description to another.
   *
   * @param following the description that follows, or {@code null} to end the chain here
   * @return this description
   */
  public Mdl setNext(@Nullable Mdl following) {
    next = following;
    return this;
  }

  /**
   * {@return the provider's view of this memory, or {@code null} before the first use; for
   * providers}
   */
  public @Nullable Object providerView() {
    return providerView;
  }

  /**
   * Keeps the provider's view of this memory; for providers.
   *
   * @param view the view
   */
  public void setProviderView(@Nullable Object view) {
    providerView = view;
  }

  @Override
  public String toString() {
    return "Mdl["
        + byteCount
        + (memory.isDirect() ? " direct bytes" : " heap bytes")
        + (next != null ? ", chained]" : "]");
  }
}
