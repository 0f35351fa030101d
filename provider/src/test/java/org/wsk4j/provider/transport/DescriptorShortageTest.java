package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.EachTransport;

/** What happens without descriptors, seen in a child process that may have few. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no limit that the shell could set")
class DescriptorShortageTest {
  private static List<String> lines = List.of();

  @BeforeAll
  static void runWithFewDescriptors() throws Exception {
    lines =
        ChildJvm.run(List.of(), "ulimit -n 300", DescriptorShortage.class, Duration.ofSeconds(50));
  }

  @EachTransport
  void shouldTellThatTooManyFilesAreOpen(Transport transport) {
    NtStatus expected = NtStatus.TOO_MANY_OPENED_FILES;

    assertThat(lines)
        .contains(DescriptorShortage.line(transport, IoOperation.OPEN, expected))
        .contains(DescriptorShortage.line(transport, IoOperation.ACCEPT, expected));
  }
}
