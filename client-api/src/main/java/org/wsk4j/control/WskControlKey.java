package org.wsk4j.control;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Names an option or an ioctl of a socket, with the types of its input and output.
 *
 * <p>{@link WskOptions} and {@link WskIoctls} hold the known ones. A {@link #raw} key asks for any
 * other number, or hands over bytes in native layout; providers recognise an operation by its
 * numbers, so a raw key and a typed one of the same numbers mean the same.
 *
 * @param <I> the type of the input
 * @param <O> the type of the output
 */
public final class WskControlKey<I, O> {
  private final String name;
  private final int level;
  private final int code;
  private final @Nullable NativeLayout<I> input;
  private final @Nullable NativeLayout<O> output;
  private final boolean raw;

  WskControlKey(
      String name,
      int level,
      int code,
      @Nullable NativeLayout<I> input,
      @Nullable NativeLayout<O> output,
      boolean raw) {
    this.name = name;
    this.level = level;
    this.code = code;
    this.input = input;
    this.output = output;
    this.raw = raw;
  }

  static <I, O> WskControlKey<I, O> of(
      String name, int level, int code, NativeLayout<I> input, NativeLayout<O> output) {
    return new WskControlKey<>(name, level, code, input, output, false);
  }

  static <T> WskControlKey<T, T> both(String name, int level, int code, NativeLayout<T> layout) {
    return new WskControlKey<>(name, level, code, layout, layout, false);
  }

  static <I> WskControlKey<I, Void> inputOnly(
      String name, int level, int code, NativeLayout<I> input) {
    return new WskControlKey<>(name, level, code, input, null, false);
  }

  static <O> WskControlKey<Void, O> outputOnly(
      String name, int level, int code, NativeLayout<O> output) {
    return new WskControlKey<>(name, level, code, null, output, false);
  }

  static WskControlKey<Void, Void> plain(String name, int level, int code) {
    return new WskControlKey<>(name, level, code, null, null, false);
  }

  /**
   * Makes a key of an ioctl whose input is a callback of the program. A callback has the size of a
   * pointer and no bytes, so it travels as an object only; no input clears it.
   *
   * @param name the Windows name
   * @param code the number
   * @param <I> the type of the callback
   * @return the key
   */
  public static <I> WskControlKey<I, Void> callback(String name, int code) {
    return inputOnly(name, 0, code, FixedLayout.ofReferences(8));
  }

  /**
   * Makes a key from numbers, for inputs and outputs in native layout: little-endian bytes from a
   * buffer's position to its limit.
   *
   * @param level the level; ignored for an ioctl
   * @param code the number of the option or ioctl
   * @return the key
   */
  public static WskControlKey<ByteBuffer, ByteBuffer> raw(int level, int code) {
    String name = String.format("level 0x%X, code 0x%08X", level, code);
    return new WskControlKey<>(name, level, code, null, null, true);
  }

  /** {@return the Windows name, or the numbers of a raw key} */
  public String name() {
    return name;
  }

  /** {@return the level of an option; 0 for an ioctl} */
  public int level() {
    return level;
  }

  /** {@return the number, to be read without sign} */
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

  @Override
  public String toString() {
    return name;
  }
}
