package org.wsk4j.contract.closing;

import static org.wsk4j.provider.testing.ChildCases.assertPassed;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.NetworkNamespace;
import org.wsk4j.provider.transport.Transport;

/** When a connection ends by a reset and when it does not, as the system has counted it. */
@Timeout(60)
class SentResetsTest {
  private static List<String> lines = List.of();

  @BeforeAll
  static void runInANamespace() throws Exception {
    try (NetworkNamespace alone = NetworkNamespace.create()) {
      lines = ChildJvm.run(alone.enter(), "", SentResets.class, Duration.ofSeconds(50));
    }
  }

  @EachTransport
  @Rule({"CLS-22", "CLS-23", "CLS-24", "DSC-02"})
  void shouldResetWhatHasNotEnded(Transport transport) {
    assertPassed(lines, transport, SentResets.CLOSED);
    assertPassed(lines, transport, SentResets.ABORTED);
    assertPassed(lines, transport, SentResets.WE_HAVE_ENDED);
    assertPassed(lines, transport, SentResets.THE_PEER_HAS_ENDED);
  }

  @EachTransport
  @Rule({"CLS-25", "DSC-46"})
  void shouldResetNothingThatHasEnded(Transport transport) {
    assertPassed(lines, transport, SentResets.BOTH_HAVE_ENDED);
    assertPassed(lines, transport, SentResets.ABORTED_WHEN_BOTH_HAD_ENDED);
  }
}
