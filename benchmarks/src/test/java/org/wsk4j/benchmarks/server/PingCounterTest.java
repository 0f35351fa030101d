package org.wsk4j.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PingCounterTest {
  private static final String LINE = "PING \r\n";
  private static final String SHORT_LINE = "PING\r\n";
  private static final String ARRAY = "*1\r\n$4\r\nPING\r\n";

  @Test
  void shouldCountEachFormOfRequest() {
    assertThat(new PingCounter().count(bytes(LINE + ARRAY + SHORT_LINE + ARRAY + LINE)))
        .isEqualTo(5);
  }

  @Test
  void shouldCountTheSameHoweverTheRequestsAreCut() {
    String requests = ARRAY + LINE + SHORT_LINE + ARRAY;
    for (int cut = 0; cut <= requests.length(); cut++) {
      PingCounter counter = new PingCounter();
      int first = counter.count(bytes(requests.substring(0, cut)));
      int second = counter.count(bytes(requests.substring(cut)));
      assertThat(first + second).as("cut at %d", cut).isEqualTo(4);
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
