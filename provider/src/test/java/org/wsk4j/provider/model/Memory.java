package org.wsk4j.provider.model;

import java.nio.ByteBuffer;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;

/** Memory of a client, described by one MDL or by a chain of them, with an offset or without. */
final class Memory {
  private static final int MOST_OFFSET = 40;
  private static final int MOST_DIRECT = 1 << 14;
  private static final byte FILL = 0x5A;

  private final ByteBuffer backing;
  private final int offset;
  private final WskBuf buffer;

  Memory(Dice dice, int length) {
    offset = length > 0 && dice.oneIn(3) ? dice.below(MOST_OFFSET) : 0;
    int size = offset + length;
    boolean direct = length < MOST_DIRECT && dice.oneIn(4);
    backing = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    buffer = size == 0 ? new WskBuf() : new WskBuf(chain(dice, size), offset, length);
  }

  private Mdl chain(Dice dice, int size) {
    int first = dice.oneIn(3) ? offset + 1 + dice.below(size - offset + 1) : size;
    Mdl head = Mdl.of(backing.slice(0, Math.min(first, size)));
    Mdl last = head;
    for (int at = first; at < size; ) {
      int count = Math.min(size - at, 1 + dice.below(size));
      Mdl next = Mdl.of(backing.slice(at, count));
      last.setNext(next);
      last = next;
      at += count;
    }
    return head;
  }

  WskBuf buffer() {
    return buffer;
  }

  void put(byte[] bytes) {
    backing.put(offset, bytes);
  }

  byte[] get(int count) {
    byte[] bytes = new byte[count];
    backing.get(offset, bytes);
    return bytes;
  }

  /** Overwrites everything, so that it shows when it is used, or not used. */
  void fill() {
    for (int i = 0; i < backing.capacity(); i++) {
      backing.put(i, FILL);
    }
  }

  /** {@return whether it is as {@link #fill} left it behind so many bytes} */
  boolean isFilledBehind(int count) {
    for (int i = offset + count; i < backing.capacity(); i++) {
      if (backing.get(i) != FILL) {
        return false;
      }
    }
    return true;
  }
}
