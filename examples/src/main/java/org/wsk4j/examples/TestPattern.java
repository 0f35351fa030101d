package org.wsk4j.examples;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;

/**
 * A stream of bytes without an end that sender and receiver both know.
 *
 * <p>It repeats after a prime number of bytes, so data that is lost, doubled or moved by the size
 * of any buffer does not fit. Sends are made straight from it, and comparing is one vectorised
 * call.
 *
 * <p>Threads: not synchronised.
 */
final class TestPattern {
  private static final int PERIOD = 1_048_573;

  /** How long a piece of the stream can be at most, in bytes. */
  static final int LONGEST = 256 * 1024;

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(PERIOD + LONGEST);
  private final Mdl memory;

  TestPattern() {
    SplittableRandom random = new SplittableRandom(7007);
    for (int i = 0; i < PERIOD; i++) {
      bytes.put(i, (byte) random.nextInt());
    }
    bytes.put(PERIOD, bytes, 0, LONGEST);
    memory = Mdl.of(bytes);
  }

  /**
   * Describes a piece of the stream.
   *
   * @param target what to set
   * @param position where the piece begins in the stream
   * @param length how long it is, at most {@link #LONGEST}
   * @return the target
   */
  WskBuf piece(WskBuf target, long position, int length) {
    return target.set(memory, position % PERIOD, length);
  }

  /**
   * Compares received bytes with the stream.
   *
   * @param position where the bytes stand in the stream
   * @param received the bytes, between position and limit, at most {@link #LONGEST}
   * @return how many bytes from the first are equal, or -1 if all are
   */
  int firstDifference(long position, ByteBuffer received) {
    int start = (int) (position % PERIOD);
    bytes.limit(start + received.remaining()).position(start);
    int difference = bytes.mismatch(received);
    bytes.clear();
    return difference;
  }

  /** {@return the byte at a place of the stream, 0 to 255} */
  int at(long position) {
    return Byte.toUnsignedInt(bytes.get((int) (position % PERIOD)));
  }
}
