package org.wsk4j.irp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;

class IrpContextTest {
  private final Mdl third = Mdl.of(new byte[5]);
  private final Mdl second = Mdl.of(new byte[0]).setNext(third);
  private final Mdl first = Mdl.of(new byte[4]).setNext(second);
  private final IrpContext context = new IrpContext();

  private void standsAt(Mdl mdl, long offset, long remaining) {
    assertThat(context.mdl).isSameAs(mdl);
    assertThat(context.offset).isEqualTo(offset);
    assertThat(context.remaining).isEqualTo(remaining);
  }

  @Test
  void shouldWalkThroughTheRegionAndPassOverEmptyPieces() {
    context.setRegion(new WskBuf(first, 1, 6));
    assertThat(context.length).isEqualTo(6);
    standsAt(first, 1, 6);
    context.advance(2);
    standsAt(first, 3, 4);
    context.advance(1);
    standsAt(third, 0, 3);
    context.advance(2);
    standsAt(third, 2, 1);
    context.rewind();
    standsAt(first, 1, 6);
  }

  /** What lies behind the region is nobody's business. */
  @Test
  void shouldStayWhereTheRegionEnds() {
    context.setRegion(new WskBuf(first, 0, 4));
    context.advance(4);
    standsAt(first, 4, 0);
  }

  @Test
  void shouldForgetTheRegionBefore() {
    context.setRegion(new WskBuf(first, 1, 6));
    context.setRegion(null);
    assertThat(context.first).isNull();
    assertThat(context.start).isZero();
    assertThat(context.length).isZero();
    standsAt(null, 0, 0);
  }
}
