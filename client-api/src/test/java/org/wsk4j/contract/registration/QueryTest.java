package org.wsk4j.contract.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.registration.WskRegistration.NO_WAIT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.contract.Rule;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.testing.Background;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueryTest {
  private final World world = new World();

  @AfterEach
  void nothingIsLeft() {
    world.close();
  }

  @Test
  @Rule("REG-77")
  void shouldTellTheRangeOfTheCapturedProvider() {
    world.provider(0x0100, 0x0103);
    WskRegistration block = world.registered();
    assertThat(World.queried(block)).isEqualTo(new WskProviderCharacteristics(0x0103, 0x0100));
    World.captured(block);

    assertThat(World.queried(block)).isEqualTo(new WskProviderCharacteristics(0x0103, 0x0100));

    block.releaseProviderNpi();
    block.deregister();
  }

  @Test
  @Rule("REG-78")
  void shouldTellTheRangeThatDoesNotHoldTheVersion() {
    world.provider(0x0100, 0x0103);
    WskRegistration block = world.registered(0x0200);
    assertThat(World.capture(block, NO_WAIT)).isSameAs(NtStatus.NOINTERFACE);

    WskProviderCharacteristics range = World.queried(block);

    assertThat(range).isEqualTo(new WskProviderCharacteristics(0x0103, 0x0100));
    assertThat(range.offers(0x0200)).isFalse();
    block.deregister();
  }

  @Test
  @Rule({"REG-79", "REG-80"})
  void shouldNotWaitForAProvider() {
    WskRegistration block = world.block();
    Out<WskProviderCharacteristics> out = new Out<>();
    assertThat(block.queryProviderCharacteristics(out)).isSameAs(NtStatus.DEVICE_NOT_READY);
    block.register(World.npi(0x0100));

    assertThat(block.queryProviderCharacteristics(out)).isSameAs(NtStatus.DEVICE_NOT_READY);
    assertThat(out.get()).isNull();
    assertThat(world.clock.waits()).isZero();

    world.stop(world.provider());
    assertThat(World.query(block)).isSameAs(NtStatus.DEVICE_NOT_READY);
    block.deregister();
    world.provider();
    assertThat(World.query(block)).isSameAs(NtStatus.DEVICE_NOT_READY);
  }

  @Test
  @Rule("REG-81")
  void shouldNotCountAsACapture() {
    world.provider();
    WskRegistration block = world.registered();
    World.queried(block);
    World.queried(block);

    ReleaseTest.releaseAll(block, 0);
    block.deregister();

    assertThat(world.clock.waits()).isZero();
  }

  @Test
  void shouldTellNothingFromTheCallOfDeregisterOn() {
    world.provider();
    WskRegistration block = world.registered();
    World.captured(block);
    Background<Void> deregister = World.deregisterInBackground(block);
    world.clock.awaitWaiting(1);

    assertThat(World.query(block)).isSameAs(NtStatus.DEVICE_NOT_READY);

    block.releaseProviderNpi();
    deregister.result();
  }
}
