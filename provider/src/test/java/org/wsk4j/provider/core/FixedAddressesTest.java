package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class FixedAddressesTest {
  private final InetSocketAddress one = new InetSocketAddress("127.0.0.1", 1);
  private final InetSocketAddress two = new InetSocketAddress("127.0.0.1", 2);
  private final FixedAddresses fixed = new FixedAddresses();

  @Test
  void shouldUseTheLastAndFallBackToTheOther() {
    assertThat(fixed.destination()).isNull();
    fixed.setRemote(one);
    fixed.setSendTo(two);
    assertThat(fixed.destination()).isEqualTo(two);
    fixed.setSendTo(null);
    assertThat(fixed.destination()).isEqualTo(one);
    fixed.setSendTo(two);
    fixed.setRemote(one);
    assertThat(fixed.destination()).isEqualTo(one);
    fixed.setRemote(null);
    assertThat(fixed.destination()).isEqualTo(two);
  }

  @Test
  void shouldAdmitTheRemoteAloneAndAllWithoutOne() {
    fixed.setSendTo(one);
    assertThat(fixed.admits(two)).isTrue();
    fixed.setRemote(one);
    assertThat(fixed.admits(two)).isFalse();
    assertThat(fixed.admits(new InetSocketAddress("127.0.0.1", 1))).isTrue();
  }
}
