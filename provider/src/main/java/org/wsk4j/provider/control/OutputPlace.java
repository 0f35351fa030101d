package org.wsk4j.provider.control;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.NativeLayout;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * Where a control call wants its output: an object for a typed key, bytes in native layout for a
 * raw one. Sizes are those of the native layout (decision 29).
 *
 * @param raw whether the key is a raw one
 * @param size room for the output, in native bytes
 * @param place where the output goes, or {@code null}
 * @param sizeReturned where its size goes without an IRP, or {@code null}
 */
public record OutputPlace(
    boolean raw, long size, @Nullable Out<?> place, @Nullable LongOut sizeReturned) {

  /** {@return whether nothing is asked for} */
  public boolean isNone() {
    return size == 0 && place == null;
  }

  /** How many bytes there is room for; a negative number if the arguments contradict each other. */
  private long room() {
    if (place == null) {
      return size == 0 ? 0 : -1;
    }
    if (!raw || size == 0) {
      return size;
    }
    return place.get() instanceof ByteBuffer bytes ? Math.min(size, bytes.remaining()) : -1;
  }

  /**
   * Checks that there is room for an output of fixed size.
   *
   * @param layout its native layout
   * @return SUCCESS or INVALID_PARAMETER
   */
  public NtStatus checkFixed(NativeLayout<?> layout) {
    return room() >= layout.size() ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER;
  }

  /**
   * Checks that there is room for an output whose size the caller cannot know; if not, the size is
   * told where no IRP is there to ask again with.
   *
   * @param needed its size
   * @param withIrp whether the call has an IRP
   * @return SUCCESS, INVALID_PARAMETER, or BUFFER_OVERFLOW
   */
  public NtStatus checkList(int needed, boolean withIrp) {
    long room = room();
    if (room < 0 || !withIrp && sizeReturned == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    if (room < needed) {
      returned(needed, withIrp);
      return NtStatus.BUFFER_OVERFLOW;
    }
    return NtStatus.SUCCESS;
  }

  /**
   * Stores an output; one of the checks has been asked.
   *
   * @param layout its native layout
   * @param value the value
   * @param <T> its Java type
   */
  @SuppressWarnings("unchecked") // a typed key and its place for the output have the same type
  public <T> void store(NativeLayout<T> layout, T value) {
    Out<?> target = place;
    if (target != null && raw && target.get() instanceof ByteBuffer bytes) {
      layout.encode(value, bytes);
    } else if (target != null) {
      ((Out<Object>) target).set(value);
    }
  }

  /**
   * Tells the size of an output to a caller without an IRP (CTL-34, CTL-35).
   *
   * @param bytes how many bytes were stored, or are needed
   * @param withIrp whether the call has an IRP
   */
  public void returned(long bytes, boolean withIrp) {
    LongOut target = sizeReturned;
    if (!withIrp && target != null) {
      target.set(bytes);
    }
  }
}
