package org.wsk4j.contract.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.wsk4j.contract.Rule;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.transport.Transport;

/**
 * Roles that cannot be taken because descriptors are short, seen in a child process that may have
 * few.
 */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no limit that the shell could set")
class FailedRoleTest {
  private static List<String> lines = List.of();

  @BeforeAll
  static void runWithFewDescriptors() throws Exception {
    lines =
        ChildJvm.run(
            List.of(), "ulimit -n 300", ListenWithoutDescriptors.class, Duration.ofSeconds(50));
  }

  private static void shows(Transport on, String step, NtStatus status) {
    assertThat(lines).contains(ListenWithoutDescriptors.line(on, step, status));
  }

  @EachTransport
  @Rule({"STM-16", "STM-20"})
  void shouldConnectAfterAListenThatFailed(Transport on) {
    shows(on, "listen", NtStatus.TOO_MANY_OPENED_FILES);
    shows(on, "connect-after-listen", NtStatus.SUCCESS);
  }

  @EachTransport
  @Rule("STM-21")
  void shouldListenAfterAConnectThatFailed(Transport on) {
    shows(on, "connect", NtStatus.TOO_MANY_OPENED_FILES);
    shows(on, "listen-after-connect", NtStatus.SUCCESS);
    shows(on, "accept", NtStatus.SUCCESS);
  }
}
