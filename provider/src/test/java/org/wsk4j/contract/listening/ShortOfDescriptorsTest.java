package org.wsk4j.contract.listening;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.transport.Transport;

/**
 * A listener without descriptors tries again in a measured way, and takes the connections that
 * waited when there are some: seen in a child process that may have few.
 */
@Timeout(90)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no limit that the shell could set")
class ShortOfDescriptorsTest {
  /** One at once, one every 100 ms of the second that the shortage lasts, and one for rounding. */
  private static final int MOST_TRIES = 12;

  private static List<String> lines = List.of();

  @BeforeAll
  static void runWithFewDescriptors() throws Exception {
    lines =
        ChildJvm.run(List.of(), "ulimit -n 300", ShortOfDescriptors.class, Duration.ofSeconds(80));
  }

  @EachTransport
  void shouldRecoverByItself(Transport on) {
    for (boolean conditional : new boolean[] {false, true}) {
      assertThat(lines).contains(ShortOfDescriptors.line(on, conditional));
      int from = lines.indexOf(ShortOfDescriptors.mark(on, conditional, "begins"));
      int to = lines.indexOf(ShortOfDescriptors.mark(on, conditional, "ends"));
      assertThat(from).isNotNegative().isLessThan(to);
      assertThat(lines.subList(from, to))
          .as(String.join("\n", lines))
          .filteredOn(line -> line.contains("Cannot accept on"))
          .hasSizeBetween(2, MOST_TRIES);
    }
  }
}
