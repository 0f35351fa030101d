package org.wsk4j.contract.control;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.provider.testing.ChildCases;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.NetworkNamespace;
import org.wsk4j.provider.transport.Transport;

/** Requests that wait until the system changes, in a network namespace where it does. */
@Timeout(120)
class ChangingSystemTest {
  private static List<String> lines = List.of();

  @BeforeAll
  static void runInside() throws Exception {
    try (NetworkNamespace space = NetworkNamespace.create()) {
      lines = ChildJvm.run(space.enter(), ":", ChangingSystem.class, Duration.ofSeconds(100));
    }
  }

  @EachTransport
  @Rule({"IOC-42", "IOC-44"})
  void shouldTellAllThatWaitOfNewAndLostAddresses(Transport on) {
    ChildCases.assertPassed(lines, on, ChangingSystem.ADDRESSES);
  }

  @EachTransport
  @Rule({"CLI-37", "CLI-38", "CLI-40", "CLI-41", "CLI-46"})
  void shouldTellAllThatWaitOfNewAndLostTransports(Transport on) {
    ChildCases.assertPassed(lines, on, ChangingSystem.TRANSPORTS);
  }
}
