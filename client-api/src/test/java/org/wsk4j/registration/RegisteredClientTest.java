package org.wsk4j.registration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.testing.FakeWskProvider;

/** What only shows when a call overtakes the state of the block. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegisteredClientTest {
  private final NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
  private final FakeWskProvider provider = new FakeWskProvider(registrar);
  private final RegisteredClient client =
      new RegisteredClient(registrar, null, new WskClientDispatch(0x0100), WaitClock.SYSTEM);

  @BeforeEach
  void register() {
    provider.start();
    client.register();
  }

  @AfterEach
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void deregister() {
    client.deregister();
    provider.stop();
    assertThat(registrar.describe()).isEmpty();
  }

  @Test
  void shouldTurnAwayACaptureThatComesAfterTheDrain() {
    client.drain();

    assertThat(client.capture(ChangeMonitor.FOR_EVER, new Out<>()))
        .isSameAs(NtStatus.DEVICE_NOT_READY);
  }

  @Test
  void shouldTellNothingAfterTheDrain() {
    assertThat(client.query(new Out<>())).isSameAs(NtStatus.SUCCESS);

    client.drain();

    assertThat(client.query(new Out<>())).isSameAs(NtStatus.DEVICE_NOT_READY);
  }

  @Test
  void shouldHaveNothingToReleaseAfterTheLastRelease() {
    client.capture(0, new Out<>());

    assertThat(client.release()).isTrue();
    assertThat(client.release()).isFalse();
  }
}
