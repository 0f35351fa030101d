package org.wsk4j.provider.control;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.NativeLayout;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.completion.Completions;

/**
 * The arguments of one control call, and the ways to answer it.
 *
 * <p>Values travel as Java objects with typed keys, and as bytes in native layout with raw ones;
 * here both look the same. Sizes are those of the native layout (decision 29).
 *
 * @param type set, get or ioctl
 * @param key which operation
 * @param input the input, or {@code null}
 * @param outputSize room for the output, in native bytes
 * @param output where the output goes, or {@code null}
 * @param outputSizeReturned where its size goes without an IRP, or {@code null}
 * @param irp the request, begun and not marked pending, or {@code null}
 */
public record ControlCall(
    WskControlSocketType type,
    WskControlKey<?, ?> key,
    @Nullable Object input,
    long outputSize,
    @Nullable Out<?> output,
    @Nullable LongOut outputSizeReturned,
    @Nullable Irp irp) {

  /**
   * Reads the input.
   *
   * @param layout its native layout
   * @param valueType its Java type
   * @param <T> its Java type
   * @return the value, or {@code null} if it is missing, of another type, or of another size
   *     (decision 9)
   */
  <T> @Nullable T input(NativeLayout<T> layout, Class<T> valueType) {
    return input(key.isRaw(), input, layout, valueType);
  }

  /** {@return whether the input has exactly the size of a layout} */
  boolean hasInputOf(NativeLayout<?> layout) {
    return !(input instanceof ByteBuffer bytes) || bytes.remaining() == layout.size();
  }

  /**
   * Reads the input of a control call.
   *
   * @param raw whether it comes with a raw key
   * @param input the input
   * @param layout its native layout
   * @param valueType its Java type
   * @param <T> its Java type
   * @return the value, or {@code null} if it is missing, of another type, or too short
   */
  public static <T> @Nullable T input(
      boolean raw, @Nullable Object input, NativeLayout<T> layout, Class<T> valueType) {
    if (raw && input instanceof ByteBuffer bytes) {
      return decode(layout, bytes.duplicate());
    }
    return valueType.isInstance(input) ? valueType.cast(input) : null;
  }

  private static <T> @Nullable T decode(NativeLayout<T> layout, ByteBuffer bytes) {
    if (bytes.remaining() < layout.size()) {
      return null;
    }
    try {
      return layout.decode(bytes);
    } catch (IllegalArgumentException | BufferUnderflowException malformed) {
      return null;
    }
  }

  private OutputPlace place() {
    return new OutputPlace(key.isRaw(), outputSize, output, outputSizeReturned);
  }

  /**
   * Checks that there is room for an output of fixed size.
   *
   * @param layout its native layout
   * @return SUCCESS or INVALID_PARAMETER
   */
  NtStatus checkOutput(NativeLayout<?> layout) {
    return place().checkFixed(layout);
  }

  /**
   * Stores an output of fixed size; {@link #checkOutput} has been asked.
   *
   * @param layout its native layout
   * @param value the value
   * @param <T> its Java type
   */
  <T> void store(NativeLayout<T> layout, T value) {
    place().store(layout, value);
  }

  /** Answers without an output. */
  NtStatus answer(NtStatus status) {
    return irp == null ? status : Completions.finish(irp, status);
  }

  /**
   * Answers with an output of fixed size, if there is room for it.
   *
   * @param layout its native layout
   * @param value the value
   * @param <T> its Java type
   * @return what the call has to return
   */
  <T> NtStatus answer(NativeLayout<T> layout, T value) {
    NtStatus room = checkOutput(layout);
    if (room != NtStatus.SUCCESS) {
      return answer(room);
    }
    return answerStored(layout, value);
  }

  /**
   * Answers with an output whose size the caller cannot know (CTL-17, CTL-36).
   *
   * @param layout its native layout
   * @param value the value
   * @param <T> its Java type
   * @return what the call has to return
   */
  <T> NtStatus answerList(NativeLayout<T> layout, T value) {
    NtStatus room = place().checkList(layout.sizeOf(value), irp != null);
    return room != NtStatus.SUCCESS ? answer(room) : answerStored(layout, value);
  }

  private <T> NtStatus answerStored(NativeLayout<T> layout, T value) {
    store(layout, value);
    int size = layout.sizeOf(value);
    if (irp != null) {
      return Completions.finish(irp, NtStatus.SUCCESS, size, null);
    }
    place().returned(size, false);
    return NtStatus.SUCCESS;
  }
}
