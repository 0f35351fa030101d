package org.wsk4j.control;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes as they are. */
final class BytesLayout implements NativeLayout<ByteBuffer> {
  @Override
  public int size() {
    return 0;
  }

  @Override
  public boolean isFixedSize() {
    return false;
  }

  @Override
  public int sizeOf(ByteBuffer value) {
    return value.remaining();
  }

  @Override
  public void encode(ByteBuffer value, ByteBuffer target) {
    target.put(value.duplicate());
  }

  @Override
  public ByteBuffer decode(ByteBuffer source) {
    ByteBuffer copy = ByteBuffer.allocate(source.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    return copy.put(source).flip();
  }
}
