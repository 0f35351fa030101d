package org.wsk4j.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.Transports;

class TransportMatrixTest {
  @Test
  void shouldFindEveryTransportThatIsRequired() {
    for (Transport transport : Transports.all()) {
      if (TransportMatrix.required().contains(transport.name())) {
        assertThat(transport.isAvailable())
            .withFailMessage(
                "%s is required and not available: %s. Exclude it with -D%s=%s if this system"
                    + " cannot have it.",
                transport, transport.unavailabilityCause(), TransportMatrix.EXCLUDED, transport)
            .isTrue();
      }
    }
  }

  @Test
  void shouldTestSomething() {
    assertThat(TransportMatrix.transports()).isNotEmpty();
  }

  @EachTransport
  void shouldNameTheTransportInTheDisplayName(Transport transport, TestInfo test) {
    assertThat(test.getDisplayName()).isEqualTo("[" + transport.name() + "]");
  }
}
