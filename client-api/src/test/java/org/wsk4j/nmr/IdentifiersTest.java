package org.wsk4j.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

/** Identifiers of interfaces and modules, and the records around them. */
class IdentifiersTest {
  private static final String GUID = "2227e803-8d8b-11d4-abad-009027719e09";

  @Test
  void shouldReadGuidsWithAndWithoutBraces() {
    assertThat(NpiId.of(GUID)).isEqualTo(NpiId.of("{" + GUID.toUpperCase() + "}"));
    assertThat(NpiModuleId.of(GUID)).isEqualTo(NpiModuleId.of("{" + GUID.toUpperCase() + "}"));
    assertThat(NpiId.of(GUID)).hasToString("{" + GUID + "}");
    assertThat(NpiModuleId.of(GUID)).hasToString("{" + GUID + "}");
  }

  @Test
  void shouldRefuseWhatIsNoGuid() {
    assertThatIllegalArgumentException().isThrownBy(() -> NpiId.of("{" + GUID));
    assertThatIllegalArgumentException().isThrownBy(() -> NpiModuleId.of("wsk"));
    assertThatNullPointerException().isThrownBy(() -> new NpiId(null));
    assertThatNullPointerException().isThrownBy(() -> new NpiModuleId(null));
  }

  @Test
  void shouldMakeModuleIdsUnlikeAllOthers() {
    assertThat(NpiModuleId.random()).isNotEqualTo(NpiModuleId.random());
  }

  @Test
  void shouldDescribeAnOnlyImplementationWithVersionAndNumberZero() {
    NpiId npi = NpiId.of(GUID);
    NpiModuleId module = NpiModuleId.random();

    assertThat(NpiRegistrationInstance.of(npi, module, "characteristics"))
        .isEqualTo(new NpiRegistrationInstance(0, npi, module, 0, "characteristics"));
  }
}
