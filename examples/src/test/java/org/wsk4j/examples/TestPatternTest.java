package org.wsk4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.wsk4j.buffer.WskBuf;

class TestPatternTest {
  private final TestPattern pattern = new TestPattern();

  @Test
  void shouldFitItselfAtAnyPlace() {
    for (long position = 0; position < 8L << 30; position += 777_777_777) {
      byte[] piece = pattern.piece(new WskBuf(), position, TestPattern.LONGEST).toByteArray();
      assertThat(pattern.firstDifference(position, ByteBuffer.wrap(piece))).isEqualTo(-1);
      assertThat(Byte.toUnsignedInt(piece[0])).isEqualTo(pattern.at(position));
    }
  }

  @Test
  void shouldFindTheFirstByteThatDiffers() {
    byte[] piece = pattern.piece(new WskBuf(), 5_000_000_000L, 1000).toByteArray();
    piece[997] ^= 1;
    piece[998] ^= 1;
    assertThat(pattern.firstDifference(5_000_000_000L, ByteBuffer.wrap(piece))).isEqualTo(997);
  }

  @Test
  void shouldNotFitItselfMovedByTheSizeOfABuffer() {
    for (int size = 1; size <= 1 << 22; size *= 2) {
      byte[] piece = pattern.piece(new WskBuf(), size, 1000).toByteArray();
      assertThat(pattern.firstDifference(0, ByteBuffer.wrap(piece))).isNotNegative();
    }
  }
}
