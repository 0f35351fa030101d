package org.wsk4j.provider.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePropertiesTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 53",
    "192.0.2.1:5353, 192.0.2.1, 5353",
    "[2001:db8::1], 2001:db8:0:0:0:0:0:1, 53",
    "[2001:db8::1]:54, 2001:db8:0:0:0:0:0:1, 54",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1, 53"
  })
  void shouldReadTheAddressOfAServer(String text, String address, int port) {
    assertThat(NameProperties.server(text).getAddress().getHostAddress()).isEqualTo(address);
    assertThat(NameProperties.server(text).getPort()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.test", "192.0.2.300", "1.2.3.4:x", "[::1", ""})
  void shouldNotLookUpTheNameOfAServer(String text) {
    assertThatThrownBy(() -> NameProperties.server(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
