package org.wsk4j.provider.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wsk4j.nt.NtStatus;

class SocketOptionsTest {
  private final SocketOptions options = new SocketOptions();

  @Test
  void shouldKeepWhatABindReadsUntilItFails() {
    assertThat(setReuse(true)).isSameAs(NtStatus.SUCCESS);
    options.seal();
    assertThat(setReuse(false)).isSameAs(NtStatus.INVALID_DEVICE_STATE);
    assertThat(options.reuseAddress()).isTrue();

    options.unseal();
    assertThat(setReuse(false)).isSameAs(NtStatus.SUCCESS);
    assertThat(options.reuseAddress()).isFalse();
  }

  private NtStatus setReuse(boolean on) {
    return options.beforeBind(
        () -> {
          options.setReuseAddress(on);
          return NtStatus.SUCCESS;
        });
  }
}
