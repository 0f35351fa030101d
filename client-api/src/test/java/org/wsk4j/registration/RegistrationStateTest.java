package org.wsk4j.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationStateTest {
  @ParameterizedTest
  @CsvSource({
    "NEW, REGISTERING",
    "REGISTERING, NEW REGISTERED DEREGISTERED",
    "REGISTERED, DRAINING",
    "DRAINING, DEREGISTERED",
    "DEREGISTERED, REGISTERING"
  })
  void shouldGoNowhereElse(RegistrationState from, String allowed) {
    for (RegistrationState next : RegistrationState.values()) {
      if (List.of(allowed.split(" ")).contains(next.name())) {
        assertThat(from.to(next)).isSameAs(next);
      } else {
        assertThatIllegalStateException().isThrownBy(() -> from.to(next));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NEW, true",
    "REGISTERING, false",
    "REGISTERED, false",
    "DRAINING, false",
    "DEREGISTERED, true"
  })
  void shouldBeFreeOutsideOfARegistration(RegistrationState state, boolean free) {
    assertThat(state.isFree()).isEqualTo(free);
  }
}
