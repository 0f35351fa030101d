package org.wsk4j.provider.channel;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;

/** Makes one run of direct memory of the data of a datagram, which may lie scattered. */
final class Gathering {
  private Gathering() {}

  /**
   * Gives the data of a datagram.
   *
   * @param first where it begins, or {@code null} if there is none
   * @param offset where in that
   * @param length how many bytes
   * @param memory where it is put together if it is not one run of direct memory already
   * @return a buffer with the data remaining
   */
  static ByteBuffer of(@Nullable Mdl first, long offset, int length, Supplier<ByteBuffer> memory) {
    if (first != null && offset + length <= first.byteCount()) {
      ByteBuffer whole = first.buffer();
      if (whole.isDirect()) {
        return whole.limit((int) offset + length).position((int) offset);
      }
    }
    return gather(first, (int) offset, length, memory.get().clear());
  }

  private static ByteBuffer gather(@Nullable Mdl first, int offset, int length, ByteBuffer place) {
    int from = offset;
    int left = length;
    for (Mdl each = first; each != null && left > 0; each = each.next()) {
      int count = Math.min(each.byteCount() - from, left);
      place.put(each.buffer().limit(from + count).position(from));
      left -= count;
      from = 0;
    }
    return place.flip();
  }
}
