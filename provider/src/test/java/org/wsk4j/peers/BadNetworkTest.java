package org.wsk4j.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.provider.testing.ChildCases.assertPassed;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.testing.NetworkNamespace;
import org.wsk4j.provider.transport.Transport;

/**
 * Exchanges over a network that delays, loses, doubles and reorders packets: by netem, or through a
 * tunnel that does the same where the kernel has no netem.
 */
@Timeout(90)
class BadNetworkTest {
  private static final String IMPAIRMENTS = "delay 3ms 2ms loss 1% duplicate 1% reorder 25%";

  private static List<String> lines = List.of();

  @BeforeAll
  static void runInANamespace() throws Exception {
    ForeignProgram.assumeInstalled("socat", "socat");
    try (NetworkNamespace here = NetworkNamespace.create();
        NetworkNamespace elsewhere = NetworkNamespace.create()) {
      NetworkNamespace.join(here, elsewhere);
      here.address(BadNetwork.HERE + "/24");
      elsewhere.address(BadNetwork.THERE + "/24");
      boolean netem = here.netem(IMPAIRMENTS) && elsewhere.netem(IMPAIRMENTS);
      lines =
          ChildJvm.run(
              here.enter(),
              "",
              BadNetwork.class,
              Duration.ofSeconds(80),
              elsewhere.name(),
              netem ? "by netem" : BadNetwork.BY_TUNNEL);
    }
  }

  @EachTransport
  @Rule({"CLS-27", "DSC-01"})
  void shouldExchangeEverythingAllTheSame(Transport transport) {
    assertPassed(lines, transport, BadNetwork.ACCEPTS);
    assertPassed(lines, transport, BadNetwork.CONNECTS);
    assertPassed(lines, transport, BadNetwork.RELAYS);
  }

  @Test
  void shouldHaveMetABadNetwork() {
    assertThat(lines).contains(BadNetwork.MISBEHAVED);
  }
}
