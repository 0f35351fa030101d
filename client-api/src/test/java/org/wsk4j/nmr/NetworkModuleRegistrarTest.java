package org.wsk4j.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/** The registrar as an object. */
class NetworkModuleRegistrarTest {
  private static final NpiClientCharacteristics CLIENT =
      NpiClientCharacteristics.of(
          (binding, context, provider) -> NtStatus.NOINTERFACE,
          bindingContext -> NtStatus.SUCCESS,
          null,
          NpiRegistrationInstance.of(
              NpiId.of("5f3b8a62-4c2e-4c59-9f0b-8d4b8b6f7a10"), NpiModuleId.random(), null));

  @Test
  void shouldBeOneForTheProcessUnlessMadeAnew() {
    assertThat(NetworkModuleRegistrar.getDefault())
        .isNotNull()
        .isSameAs(NetworkModuleRegistrar.getDefault())
        .isNotSameAs(new NetworkModuleRegistrar());
  }

  @Test
  void shouldTakeAsManyRegistrationsAsItWasToldTo() {
    NetworkModuleRegistrar none = new NetworkModuleRegistrar(0);
    NetworkModuleRegistrar three = new NetworkModuleRegistrar(3);

    assertThat(none.registerClient(CLIENT, null, new Out<>()))
        .isSameAs(NtStatus.INSUFFICIENT_RESOURCES);
    for (int i = 0; i < 3; i++) {
      assertThat(three.registerClient(CLIENT, null, new Out<>())).isSameAs(NtStatus.SUCCESS);
    }
    assertThat(three.registerClient(CLIENT, null, new Out<>()))
        .isSameAs(NtStatus.INSUFFICIENT_RESOURCES);
    assertThatIllegalArgumentException().isThrownBy(() -> new NetworkModuleRegistrar(-1));
  }

  @Test
  void shouldForgetAllThatIsGone() {
    NetworkModuleRegistrar registrar = new NetworkModuleRegistrar(1);
    for (int i = 0; i < 100; i++) {
      Out<NmrClientHandle> handle = new Out<>();
      assertThat(registrar.registerClient(CLIENT, null, handle)).isSameAs(NtStatus.SUCCESS);
      assertThat(registrar.describe().lines()).hasSize(1);
      assertThat(registrar.deregisterClient(handle.get())).isSameAs(NtStatus.PENDING);
      assertThat(registrar.describe()).isEmpty();
    }
  }
}
