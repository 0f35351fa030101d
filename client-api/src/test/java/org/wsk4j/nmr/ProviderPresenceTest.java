package org.wsk4j.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/** What a client that refused a provider can find out about it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProviderPresenceTest {
  private static final NpiId NPI = NpiId.of("{c1fb5d0e-49b4-4a0c-9c3f-3f4c5d6e7f80}");
  private static final NpiModuleId MODULE = NpiModuleId.random();

  private final NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
  private final AtomicReference<NmrBindingHandle> offer = new AtomicReference<>();

  @Test
  void shouldTellWhetherARefusedProviderIsStillThere() {
    NmrClientHandle client = register();
    NmrProviderHandle provider = registerProvider();

    assertThat(registrar.isProviderRegistered(offer.get())).isTrue();
    registrar.deregisterProvider(provider);
    assertThat(registrar.isProviderRegistered(offer.get())).isFalse();

    registrar.waitForProviderDeregisterComplete(provider);
    registerProvider();
    assertThat(registrar.isProviderRegistered(offer.get())).isTrue();
    registrar.deregisterClient(client);
    assertThat(registrar.isProviderRegistered(offer.get())).isTrue();
  }

  @Test
  void shouldRefuseHandlesOfOthers() {
    register();
    registerProvider();
    NetworkModuleRegistrar other = new NetworkModuleRegistrar();

    assertThatIllegalStateException().isThrownBy(() -> other.isProviderRegistered(offer.get()));
  }

  private NmrClientHandle register() {
    Out<NmrClientHandle> handle = new Out<>();
    NpiClientCharacteristics client =
        NpiClientCharacteristics.of(
            (binding, context, provider) -> {
              offer.set(binding);
              return NtStatus.NOINTERFACE;
            },
            context -> NtStatus.SUCCESS,
            null,
            NpiRegistrationInstance.of(NPI, MODULE, null));
    assertThat(registrar.registerClient(client, null, handle)).isSameAs(NtStatus.SUCCESS);
    return handle.require();
  }

  private NmrProviderHandle registerProvider() {
    Out<NmrProviderHandle> handle = new Out<>();
    NpiProviderCharacteristics provider =
        NpiProviderCharacteristics.of(
            (binding, context, client, clientContext, clientTable, providerContext, table) ->
                NtStatus.SUCCESS,
            context -> NtStatus.SUCCESS,
            null,
            NpiRegistrationInstance.of(NPI, MODULE, null));
    assertThat(registrar.registerProvider(provider, null, handle)).isSameAs(NtStatus.SUCCESS);
    return handle.require();
  }
}
