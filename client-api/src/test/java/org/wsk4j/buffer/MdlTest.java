package org.wsk4j.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MdlTest {
  @Test
  void shouldDescribeWhatRemainsOfABufferAndLeaveItAlone() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4}).position(1).limit(4);

    Mdl mdl = Mdl.of(buffer);
    buffer.position(0).limit(5);

    assertThat(mdl.byteCount()).isEqualTo(3);
    assertThat(mdl.buffer()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    mdl.buffer().put((byte) 9);
    assertThat(buffer.get(1)).isEqualTo((byte) 9);
    assertThat(buffer.position()).isZero();
  }

  @Test
  void shouldGiveEachReaderABufferOfItsOwn() {
    Mdl mdl = Mdl.of(new byte[8]);

    mdl.buffer().position(5).limit(6);

    assertThat(mdl.buffer().position()).isZero();
    assertThat(mdl.buffer().limit()).isEqualTo(8);
  }

  @Test
  void shouldRefuseAPartOutsideOfItsArray() {
    assertThatThrownBy(() -> Mdl.of(new byte[4], 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Mdl.of(new byte[4], -1, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldCountTheBytesOfItsChain() {
    Mdl last = Mdl.allocateDirect(3);
    Mdl first = Mdl.of(new byte[2]).setNext(last);

    assertThat(first.chainByteCount()).isEqualTo(5);
    assertThat(first.byteCount()).isEqualTo(2);
    assertThat(first.next()).isSameAs(last);
    assertThat(first.setNext(null).chainByteCount()).isEqualTo(2);
    assertThat(last).hasToString("Mdl[3 direct bytes]");
    assertThat(first.setNext(last)).hasToString("Mdl[2 heap bytes, chained]");
  }

  @Test
  void shouldKeepTheViewOfTheProvider() {
    Mdl mdl = Mdl.of(new byte[1]);
    Object view = new Object();
    assertThat(mdl.providerView()).isNull();

    mdl.setProviderView(view);

    assertThat(mdl.providerView()).isSameAs(view);
  }
}
