package org.wsk4j.provider.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.-4",
        "0x7f.0.0.1",
        "a",
        "[::1]",
        "::1%",
        "1.2.3.4%1",
        ":::",
        "1::2::3",
        "12345::",
        "::1%99999999999",
        ":"
      })
  void shouldNotTakeThese(String text) {
    assertThat(Numeric.address(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "0:0:0:0:0:0:0:0, ::",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "fe80::1%3, fe80::1%3",
    "192.0.2.1, 192.0.2.1"
  })
  void shouldWriteThemShort(String text, String expected) {
    InetAddress address = Numeric.address(text);
    assertThat(address)
        .isNotNull()
        .isInstanceOf(text.contains(":") ? Inet6Address.class : Inet4Address.class);
    assertThat(Numeric.isAddress(text)).isTrue();
    assertThat(Numeric.text(address)).isEqualTo(expected);
    assertThat(Numeric.address(expected)).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "65535, 65535",
    "65536, -1",
    "99999, -1",
    "000080, -1",
    "00080, 80",
    "'', -1",
    "-1, -1",
    "'8 0', -1",
    "٣, -1"
  })
  void shouldReadPorts(String text, int expected) {
    assertThat(Numeric.port(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 7.2.0.192.in-addr.arpa.",
    "::ffff:192.0.2.7, 7.2.0.192.in-addr.arpa.",
    "::a1, 1.a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa."
  })
  void shouldTurnAddressesRound(String text, String expected) {
    InetAddress address = Numeric.address(text);
    assertThat(address).isNotNull();
    assertThat(Numeric.reverseName(address)).isEqualTo(expected);
  }
}
