package org.wsk4j.provider.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.LogCapture;
import org.wsk4j.testing.TestScope;

/** Whole sockets under random operations, against a model of the contract. */
@Timeout(3600)
class WholeSocketModelTest {
  @EachTransport
  @Rule({"SND-10", "RCV-08", "RCV-50", "CLS-12", "EVT-28"})
  void shouldKeepTheContractWhateverHappens(Transport on, TestScope scope) {
    try (LogCapture log = LogCapture.of("org.wsk4j");
        LogCapture netty = LogCapture.of("io.netty")) {
      new ModelRun(on, scope).run();
      assertThat(log.problems()).isEmpty();
      assertThat(netty.problems()).isEmpty();
    }
  }
}
