package org.wsk4j.nt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class OutTest {
  @Test
  void shouldBeEmptyAtFirst() {
    Out<String> out = new Out<>();

    assertThat(out.get()).isNull();
    assertThatIllegalStateException().isThrownBy(out::require);
    assertThat(out).hasToString("Out[null]");
  }

  @Test
  void shouldHoldTheValueStoredLast() {
    Out<String> out = new Out<>("first");
    assertThat(out.require()).isEqualTo("first");

    out.set("second");
    assertThat(out.get()).isEqualTo("second");
    assertThat(out).hasToString("Out[second]");

    out.set(null);
    assertThat(out.get()).isNull();
  }

  @Test
  void shouldHoldANumberWithoutABox() {
    LongOut out = new LongOut();
    assertThat(out.get()).isZero();

    out.set(Long.MIN_VALUE);
    assertThat(out.get()).isEqualTo(Long.MIN_VALUE);
    assertThat(new LongOut(7)).hasToString("LongOut[7]");
  }
}
