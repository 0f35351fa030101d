package org.wsk4j.control;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A layout of one size. The functions it is made of get little-endian buffers of that size. */
final class FixedLayout<T> implements NativeLayout<T> {
  private final int size;
  private final BiConsumer<T, ByteBuffer> encoder;
  private final Function<ByteBuffer, T> decoder;
  private final boolean references;

  private FixedLayout(
      int size,
      BiConsumer<T, ByteBuffer> encoder,
      Function<ByteBuffer, T> decoder,
      boolean references) {
    this.size = size;
    this.encoder = encoder;
    this.decoder = decoder;
    this.references = references;
  }

  static <T> FixedLayout<T> of(
      int size, BiConsumer<T, ByteBuffer> encoder, Function<ByteBuffer, T> decoder) {
    return new FixedLayout<>(size, encoder, decoder, false);
  }

  static <T> FixedLayout<T> ofReferences(int size) {
    return new FixedLayout<>(
        size,
        (value, target) -> {
          throw new IllegalArgumentException(value + " holds references, which have no bytes");
        },
        source -> {
          throw new IllegalArgumentException("references cannot be read from bytes");
        },
        true);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isFixedSize() {
    return true;
  }

  @Override
  public int sizeOf(T value) {
    return size;
  }

  @Override
  public void encode(T value, ByteBuffer target) {
    encoder.accept(value, NativeLayouts.littleEndian(target));
    target.position(target.position() + size);
  }

  @Override
  public T decode(ByteBuffer source) {
    if (source.remaining() < size) {
      throw new IllegalArgumentException(
          "a value of " + size + " bytes in only " + source.remaining());
    }
    T value = decoder.apply(NativeLayouts.littleEndian(source));
    source.position(source.position() + size);
    return value;
  }

  @Override
  public boolean holdsReferences() {
    return references;
  }
}
