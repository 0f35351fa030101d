package org.wsk4j.control;

import java.nio.ByteBuffer;

/**
 * How a value looks in native memory: its C layout on 64-bit Windows, little-endian.
 *
 * <p>Sizes that calls take and report are always those of this layout, also where the value itself
 * travels as a Java object. Implementations are immutable and may be used from any thread.
 *
 * @param <T> the type of the value
 */
public interface NativeLayout<T> {
  /** {@return the fixed size in bytes, or the smallest one where the size depends on the value} */
  int size();

  /** {@return whether every value has the same size} */
  boolean isFixedSize();

  /**
   * Tells how many bytes a value takes.
   *
   * @param value the value
   * @return its size in bytes
   */
  int sizeOf(T value);

  /**
   * Writes a value at the buffer's position, little-endian, and moves the position behind it.
   *
   * @param value the value
   * @param target the buffer, with at least {@link #sizeOf} bytes remaining
   * @throws IllegalArgumentException if the value holds references
   */
  void encode(T value, ByteBuffer target);

  /**
   * Reads a value from the buffer's position, little-endian, and moves the position behind it.
   *
   * @param source the buffer, with at least {@link #size} bytes remaining
   * @return the value
   * @throws IllegalArgumentException if the bytes are no such value, or if the type holds
   *     references
   */
  T decode(ByteBuffer source);

  /**
   * Tells whether values hold references to objects. They have a size then, but no bytes: they can
   * only travel as objects, and a raw key cannot stand for a typed one.
   *
   * @return whether encoding and decoding are impossible
   */
  default boolean holdsReferences() {
    return false;
  }
}
