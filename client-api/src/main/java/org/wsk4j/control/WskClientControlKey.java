package org.wsk4j.control;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Names a control operation on a client as a whole, with the types of its input and output.
 *
 * <p>{@link WskClientControls} holds the known ones. A {@link #raw} key asks for any other number,
 * or hands over bytes in native layout; a raw key and a typed one of the same number mean the same.
 *
 * @param <I> the type of the input
 * @param <O> the type of the output
 */
public final class WskClientControlKey<I, O> {
  private final String name;
  private final int code;
  private final @Nullable NativeLayout<I> input;
  private final @Nullable NativeLayout<O> output;
  private final boolean raw;

  private WskClientControlKey(
      String name,
      int code,
      @Nullable NativeLayout<I> input,
      @Nullable NativeLayout<O> output,
      boolean raw) {
    this.name = name;
    this.code = code;
    this.input = input;
    this.output = output;
    this.raw = raw;
  }

  static <I, O> WskClientControlKey<I, O> of(
      String name, int code, @Nullable NativeLayout<I> input, @Nullable NativeLayout<O> output) {
    return new WskClientControlKey<>(name, code, input, output, false);
  }

  /**
   * Makes a key from a number, for inputs and outputs in native layout: little-endian bytes from a
   * buffer's position to its limit.
   *
   * @param code the number of the operation
   * @return the key
   */
  public static WskClientControlKey<ByteBuffer, ByteBuffer> raw(int code) {
    return new WskClientControlKey<>("client control code " + code, code, null, null, true);
  }

  /** {@return the Windows name, or the number of a raw key} */
  public String name() {
    return name;
  }

  /** {@return the number} */
  public int code() {
    return code;
  }

  /** {@return the native layout of the input, or {@code null} where there is none or it is raw} */
  public @Nullable NativeLayout<I> input() {
    return input;
  }

  /** {@return the native layout of the output, or {@code null} where there is none or it is raw} */
  public @Nullable NativeLayout<O> output() {
    return output;
  }

  /** {@return whether inputs and outputs are bytes in native layout} */
  public boolean isRaw() {
    return raw;
  }

  /** {@return whether the operation needs an IRP; the other known ones must have none (CLI-19)} */
  public boolean requiresIrp() {
    return code == WskClientControls.TRANSPORT_LIST_CHANGE_CODE;
  }

  @Override
  public String toString() {
    return name;
  }
}
