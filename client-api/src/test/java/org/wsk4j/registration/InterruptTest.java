package org.wsk4j.registration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.irp.Irp;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.FakeSocket;
import org.wsk4j.testing.FakeWskProvider;

/** Interrupts end no wait, and are not lost (OP-12). */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptTest {
  private final NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
  private final HandMovedClock clock = new HandMovedClock();
  private final WskRegistration block = clock.registration(registrar);

  @Test
  void shouldNotEndACapture() {
    register();
    Background<Boolean> capture =
        Background.call(
            "capture",
            () ->
                block.captureProviderNpi(WskRegistration.INFINITE_WAIT, new Out<>())
                        == NtStatus.SUCCESS
                    && Thread.interrupted());
    clock.awaitWaits(1);

    capture.interrupt();
    clock.awaitWaits(2);
    FakeWskProvider provider = new FakeWskProvider(registrar).start();

    assertThat(capture.result()).isTrue();
    block.releaseProviderNpi();
    block.deregister();
    provider.stop();
  }

  @Test
  void shouldNotEndADeregistration() {
    register();
    FakeWskProvider provider = new FakeWskProvider(registrar).start();
    Out<WskProviderNpi> npi = new Out<>();
    block.captureProviderNpi(WskRegistration.NO_WAIT, npi);
    Irp irp = Irp.allocate();
    npi.require()
        .dispatch()
        .socket(npi.require().client(), 2, 1, 6, 8, null, null, null, null, null, irp);
    Background<Boolean> deregister =
        Background.call(
            "deregister",
            () -> {
              block.deregister();
              return Thread.interrupted();
            });
    clock.awaitWaits(1);

    deregister.interrupt();
    clock.awaitWaits(2);
    block.releaseProviderNpi();
    deregister.awaitBlocked();
    deregister.interrupt();
    deregister.awaitBlocked();
    irp.object(FakeSocket.class).closeSocket(Irp.allocate());

    assertThat(deregister.result()).isTrue();
    provider.stop();
  }

  private void register() {
    block.register(new WskClientNpi(null, new WskClientDispatch(0x0100)));
  }
}
