package org.wsk4j.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressInfoTest {
  @Test
  void shouldMakeHintsWithoutAddressAndName() {
    AddressInfo hints =
        AddressInfo.hints(
            AddressInfoFlags.PASSIVE, AddressFamily.INET6, SocketType.STREAM, Protocol.TCP);

    assertThat(hints)
        .isEqualTo(
            new AddressInfo(1, 23, SocketType.STREAM, Protocol.TCP, 0, null, null, null, null));
  }

  @Test
  void shouldListItsEntriesInOrder() {
    AddressInfo last = AddressInfo.hints(0, 2, 0, 0);
    AddressInfo first = new AddressInfo(0, 23, 0, 0, 0, "name", null, null, last);

    assertThat(first.entries()).containsExactly(first, last);
    assertThat(last.entries()).containsExactly(last);
  }
}
