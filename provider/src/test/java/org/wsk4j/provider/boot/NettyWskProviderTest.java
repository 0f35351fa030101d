package org.wsk4j.provider.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.registration.WskRegistration;

/** The provider as it is found and started. */
@Timeout(30)
class NettyWskProviderTest {
  @Test
  void shouldServeNobodyWhereItsTransportIsNotThere() {
    NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
    NettyWskProvider provider =
        new NettyWskProvider(ProviderConfiguration.fromSystemProperties().withTransport("pigeon"));
    provider.start(registrar);
    WskRegistration registration = new WskRegistration(registrar);

    assertThat(
            registration.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0))))
        .isEqualTo(NtStatus.SUCCESS);
    Out<WskProviderNpi> npi = new Out<>();
    assertThat(registration.captureProviderNpi(WskRegistration.NO_WAIT, npi))
        .isEqualTo(NtStatus.DEVICE_NOT_READY);

    registration.deregister();
    provider.stop();
  }

  @Test
  void shouldStopWithoutHavingBeenStarted() {
    NettyWskProvider provider = new NettyWskProvider();

    provider.stop();

    assertThat(provider.statistics().nothingOutstanding()).isTrue();
  }

  @Test
  void shouldStartAgainAfterAStop() {
    NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
    NettyWskProvider provider =
        new NettyWskProvider(ProviderConfiguration.fromSystemProperties().withTransport("nio"));
    WskRegistration registration = new WskRegistration(registrar);
    registration.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0)));
    for (int i = 0; i < 3; i++) {
      provider.start(registrar);
      Out<WskProviderNpi> npi = new Out<>();
      assertThat(registration.captureProviderNpi(WskRegistration.NO_WAIT, npi))
          .isEqualTo(NtStatus.SUCCESS);
      registration.releaseProviderNpi();
      provider.stop();
      assertThat(registration.captureProviderNpi(WskRegistration.NO_WAIT, npi))
          .isEqualTo(NtStatus.DEVICE_NOT_READY);
    }
    registration.deregister();
  }
}
