package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.provider.testing.ChildCases;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.EachTransport;

/** Where the C library cannot be called, datagrams move, and the rest is refused. */
@Timeout(90)
class WithoutNativeCallsTest {
  private static List<String> lines = List.of();

  @BeforeAll
  static void runWithoutThem() throws Exception {
    lines = ChildJvm.run(List.of(), "", WithoutNativeCalls.class, Duration.ofSeconds(80));
  }

  @EachTransport
  void shouldMoveDatagrams(Transport transport) {
    ChildCases.assertPassed(lines, transport, WithoutNativeCalls.MOVES);
  }

  @EachTransport
  void shouldRefuseTheRest(Transport transport) {
    ChildCases.assertPassed(lines, transport, WithoutNativeCalls.REFUSES);
  }

  @Test
  void shouldSayOnceWhy() {
    assertThat(lines.stream().filter(it -> it.contains("Datagrams go one by one"))).hasSize(1);
  }
}
