package org.wsk4j.irp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.wsk4j.nt.NtStatus;

class IoStatusBlockTest {
  @Test
  void shouldSayWhetherTheRequestSucceeded() {
    assertThat(new IoStatusBlock(NtStatus.SUCCESS, 0, null).isSuccess()).isTrue();
    assertThat(new IoStatusBlock(NtStatus.BUFFER_OVERFLOW, 5, null).isSuccess()).isFalse();
    assertThat(new IoStatusBlock(NtStatus.CANCELLED, 0, null).isSuccess()).isFalse();
  }

  @Test
  void shouldGiveTheObjectOrSayWhyThereIsNone() {
    assertThat(new IoStatusBlock(NtStatus.SUCCESS, 0, "made").require(String.class))
        .isEqualTo("made");
    assertThatIllegalStateException()
        .isThrownBy(() -> new IoStatusBlock(NtStatus.SUCCESS, 0, "x").require(Integer.class))
        .withMessageContaining("no Integer");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> new IoStatusBlock(NtStatus.CONNECTION_REFUSED, 0, null).require(String.class))
        .withMessageContaining("CONNECTION_REFUSED");
  }
}
