package org.wsk4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** How counts, addresses and progress are read and written. */
class CommandLineFormsTest {

  @ParameterizedTest
  @CsvSource({"0,0", "500,500", "64k,65536", "16M,16777216", "1g,1073741824", "' 2k ',2048"})
  void shouldReadCountsOfBytes(String text, long count) {
    assertThat(new ByteCount().convert(text)).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "-1", "1.5m", "1t", "999999999999g", "9999999999999"})
  void shouldRefuseWhatIsNoCountOfBytes(String text) {
    assertThatThrownBy(() -> new ByteCount().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:7007,localhost,7007",
    "127.0.0.1:1,127.0.0.1,1",
    "[::1]:65535,::1,65535",
    "[fe80::1%eth0]:80,fe80::1%eth0,80"
  })
  void shouldReadHostAndPort(String text, String host, int port) {
    assertThat(new HostPort.Converter().convert(text)).isEqualTo(new HostPort(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "host", ":7", "::1:7", "[::1]", "host:", "host:0", "host:65536", "h:x"})
  void shouldRefuseWhatIsNoHostAndPort(String text) {
    assertThatThrownBy(() -> new HostPort.Converter().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "::1,[::1]:80",
    "::,[::]:80",
    "fe80::2:1,[fe80::2:1]:80",
    "2001:db8:0:1:1:1:1:1,[2001:db8:0:1:1:1:1:1]:80",
    "10.0.0.1,10.0.0.1:80"
  })
  void shouldShowAddressesAsPeopleWriteThem(String address, String shown) throws Exception {
    InetAddress parsed = InetAddress.getByName(address);
    assertThat(Advice.show(new InetSocketAddress(parsed, 80))).isEqualTo(shown);
  }

  @Test
  void shouldShowProgressWithRateAndTimeLeft() {
    ProgressLine line = new ProgressLine(System.err, false, 1_000_000_000);
    assertThat(line.line(0, 0))
        .isEqualTo("[                              ]   0%       0.0 MB/s               ");
    assertThat(line.line(500_000_000, 2))
        .isEqualTo("[===============               ]  50%     250.0 MB/s 2 s left      ");
    assertThat(line.line(1_000_000_000, 4))
        .isEqualTo("[==============================] 100%     250.0 MB/s 0 s left      ");
  }
}
