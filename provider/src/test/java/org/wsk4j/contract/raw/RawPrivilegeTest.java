package org.wsk4j.contract.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.provider.testing.ChildCases.assertPassed;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.wsk4j.contract.Rule;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;

/** Raw sockets in a process that lacks CAP_NET_RAW. */
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the capability is one of Linux")
class RawPrivilegeTest {
  private static List<String> lines = List.of();

  @BeforeAll
  static void runWithoutTheCapability() throws Exception {
    ForeignProgram.assumeInstalled("setpriv", "util-linux");
    List<String> without = List.of("setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw");
    lines = ChildJvm.run(without, "", WithoutPrivilege.class, Duration.ofSeconds(40));
  }

  @EachTransport
  @Rule({"SOC-31", "SOC-34", "SOC-04"})
  void shouldBeDenied(Transport on) {
    assertPassed(lines, on, WithoutPrivilege.REFUSED);
    if (on.can(TransportFeature.RAW_SOCKETS)) {
      assertThat(lines)
          .anyMatch(line -> line.contains("this process lacks the capability CAP_NET_RAW"));
    }
  }

  @EachTransport
  @Rule("CLI-32")
  void shouldNotBeListed(Transport on) {
    assertPassed(lines, on, WithoutPrivilege.NOT_LISTED);
  }
}
