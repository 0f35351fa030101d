package org.wsk4j.provider.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.wsk4j.buffer.Mdl;

class MdlViewsTest {
  private static final byte[] BYTES = {1, 2, 3, 4, 5, 6};

  @Test
  void shouldShowTheMemoryItselfAndMakeTheViewOnce() {
    byte[] memory = BYTES.clone();
    Mdl mdl = Mdl.of(memory, 1, 4);
    ByteBuf view = MdlViews.of(mdl);

    assertThat(ByteBufUtil.getBytes(view)).containsExactly(2, 3, 4, 5);
    memory[2] = 33;
    assertThat(view.getByte(1)).isEqualTo((byte) 33);
    assertThat(MdlViews.of(mdl)).isSameAs(view);
  }

  @Test
  void shouldShowDirectMemoryWithoutACopy() {
    ByteBuffer memory = ByteBuffer.allocateDirect(6).put(BYTES).flip();
    ByteBuf view = MdlViews.of(Mdl.of(memory.position(2).limit(5)));

    assertThat(view.isDirect()).isTrue();
    assertThat(ByteBufUtil.getBytes(view)).containsExactly(3, 4, 5);
    memory.put(2, (byte) 33);
    assertThat(view.getByte(0)).isEqualTo((byte) 33);
  }

  @Test
  void shouldSurviveTheSlicesMadeOfIt() {
    Mdl mdl = Mdl.of(BYTES);
    for (int i = 0; i < 3; i++) {
      ByteBuf slice = MdlViews.of(mdl).retainedSlice(1, 2);
      assertThat(ByteBufUtil.getBytes(slice)).containsExactly(2, 3);
      slice.release();
    }
    assertThat(MdlViews.of(mdl).refCnt()).isOne();
  }
}
