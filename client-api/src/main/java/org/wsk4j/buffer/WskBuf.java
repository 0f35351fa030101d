package org.wsk4j.buffer;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * A region of an {@link Mdl} chain: where the data of a request begins and how long it is
 * (WSK_BUF).
 *
 * <p>The data is the {@code length} bytes that begin {@code offset} bytes into the first {@code
 * Mdl} and go on through the chain; the offset has to lie inside the first one. With length 0 the
 * chain may be missing, and the offset then means nothing.
 *
 * <p><b>Ownership.</b> A provider reads this object during the call it is given to and not later:
 * it may be changed and reused as soon as the call has returned, also after PENDING. The memory
 * behind it follows the rules of {@link Mdl}. The object inside an indication belongs to the
 * provider, together with its memory: it may be read during the callback, and longer only if the
 * callback answers PENDING, until it is released.
 *
 * <p>Threads: not synchronised.
 */
public final class WskBuf {
  private @Nullable Mdl mdl;
  private long offset;
  private long length;

  /** Makes an empty region: no memory, length 0. */
  public WskBuf() {}

  /**
   * Makes a region.
   *
   * @param mdl the chain, or {@code null} for none
   * @param offset where the data begins in the first {@code Mdl}, in bytes
   * @param length how much data there is, in bytes
   */
  public WskBuf(@Nullable Mdl mdl, long offset, long length) {
    set(mdl, offset, length);
  }

  /**
   * Makes a region that covers a whole chain.
   *
   * @param mdl the chain
   * @return the region
   */
  public static WskBuf of(Mdl mdl) {
    return new WskBuf(mdl, 0, mdl.chainByteCount());
  }

  /**
   * Makes a region that covers a buffer from its position to its limit.
   *
   * @param memory the buffer, which stays as it is
   * @return the region
   */
  public static WskBuf of(ByteBuffer memory) {
    return of(Mdl.of(memory));
  }

  /**
   * Makes a region that covers an array.
   *
   * @param memory the array
   * @return the region
   */
  public static WskBuf of(byte[] memory) {
    return of(Mdl.of(memory));
  }

  /**
   * Changes the region.
   *
   * @param newMdl the chain, or {@code null} for none
   * @param newOffset where the data begins in the first {@code Mdl}, in bytes
   * @param newLength how much data there is, in bytes
   * @return this object
   */
  public WskBuf set(@Nullable Mdl newMdl, long newOffset, long newLength) {
    mdl = newMdl;
    offset = newOffset;
    length = newLength;
    return this;
  }

  /** {@return the first description of the memory, or {@code null} for none} */
  public @Nullable Mdl mdl() {
    return mdl;
  }

  /** {@return where the data begins in the first {@code Mdl}, in bytes} */
  public long offset() {
    return offset;
  }

  /** {@return how much data there is, in bytes} */
  public long length() {
    return length;
  }

  /**
   * Checks that the region lies inside the memory it names.
   *
   * @return SUCCESS, or INVALID_PARAMETER if the length is negative or longer than the chain
   *     supplies, if there is a length without memory, or if the offset does not lie inside the
   *     first {@code Mdl}
   */
  public NtStatus check() {
    Mdl first = mdl;
    if (first == null) {
      return length == 0 ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER;
    }
    boolean offsetInside = offset >= 0 && (offset < first.byteCount() || isEmptyAtEnd(first));
    if (!offsetInside || length < 0) {
      return NtStatus.INVALID_PARAMETER;
    }
    long missing = length - (first.byteCount() - offset);
    for (Mdl more = first.next(); missing > 0 && more != null; more = more.next()) {
      missing -= more.byteCount();
    }
    return missing > 0 ? NtStatus.INVALID_PARAMETER : NtStatus.SUCCESS;
  }

  /**
   * Checks that data can be received into the region.
   *
   * @return SUCCESS, or INVALID_PARAMETER if {@link #check} says so, or if some of the memory that
   *     the region reaches can only be read
   */
  public NtStatus checkWritable() {
    NtStatus inside = check();
    if (inside != NtStatus.SUCCESS) {
      return inside;
    }
    long left = length;
    long start = offset;
    for (Mdl part = mdl; left > 0 && part != null; part = part.next()) {
      if (part.isReadOnly()) {
        return NtStatus.INVALID_PARAMETER;
      }
      left -= part.byteCount() - start;
      start = 0;
    }
    return NtStatus.SUCCESS;
  }

  /** No byte is named, so the offset may stand just behind the last one. */
  private boolean isEmptyAtEnd(Mdl first) {
    return length == 0 && offset == first.byteCount();
  }

  /**
   * Copies the data out.
   *
   * @return a new array with the {@code length} bytes of the region
   * @throws IllegalStateException if the region does not lie inside its memory
   */
  public byte[] toByteArray() {
    if (check() != NtStatus.SUCCESS) {
      throw new IllegalStateException(this + " does not lie inside its memory");
    }
    byte[] copy = new byte[Math.toIntExact(length)];
    int filled = 0;
    int start = (int) offset;
    for (Mdl part = mdl; filled < copy.length && part != null; part = part.next()) {
      int count = Math.min(part.byteCount() - start, copy.length - filled);
      part.buffer().get(start, copy, filled, count);
      filled += count;
      start = 0;
    }
    return copy;
  }

  @Override
  public String toString() {
    return "WskBuf[offset=" + offset + ", length=" + length + ", " + mdl + "]";
  }
}
