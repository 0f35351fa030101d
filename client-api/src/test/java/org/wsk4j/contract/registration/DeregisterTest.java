package org.wsk4j.contract.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.wsk4j.registration.WskRegistration.NO_WAIT;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.contract.Rule;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.FakeWskProvider;

/** Deregistration, and captures: what is refused, what is waited for. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeregisterTest {
  private final World world = new World();

  @AfterEach
  void nothingIsLeft() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {NO_WAIT, 1000, World.FOREVER})
  @Rule({"REG-47", "REG-48"})
  void shouldTurnAwayCapturesFromTheCallOn(int timeout) {
    world.provider();
    WskRegistration block = world.registered();
    World.captured(block);
    Background<Void> deregister = World.deregisterInBackground(block);
    world.clock.awaitWaiting(1);

    assertThat(World.capture(block, timeout)).isSameAs(NtStatus.DEVICE_NOT_READY);
    assertThat(deregister.isDone()).isFalse();
    block.releaseProviderNpi();
    deregister.result();
    assertThat(World.capture(block, timeout)).isSameAs(NtStatus.DEVICE_NOT_READY);

    assertThat(world.clock.waits()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {60_000, World.FOREVER})
  @Rule({"REG-30", "REG-49", "REG-51"})
  void shouldWakeBlockedCapturesAndNotWaitForAProvider(int timeout) {
    WskRegistration block = world.registered();
    List<Background<NtStatus>> captures =
        List.of(
            World.captureInBackground(block, timeout), World.captureInBackground(block, timeout));
    world.clock.awaitWaiting(2);

    block.deregister();

    assertThat(captures).extracting(Background::result).containsOnly(NtStatus.DEVICE_NOT_READY);
  }

  @Test
  @Rule("REG-50")
  void shouldCountACaptureThatSucceedsWhileDeregistering() {
    int successes = 0;
    for (int round = 0; round < 100 || successes == 0 && round < 10_000; round++) {
      WskRegistration block = world.registered();
      Background<NtStatus> capture = World.captureInBackground(block, World.FOREVER);
      world.clock.awaitWaiting(1);
      boolean providerFirst = round % 2 == 0;
      FakeWskProvider provider = providerFirst ? world.provider() : null;
      Background<Void> deregister = World.deregisterInBackground(block);
      if (!providerFirst) {
        provider = world.provider();
      }

      NtStatus status = capture.result();
      assertThat(status).isIn(NtStatus.SUCCESS, NtStatus.DEVICE_NOT_READY);
      if (status == NtStatus.SUCCESS) {
        successes++;
        deregister.awaitBlocked();
        block.releaseProviderNpi();
      }
      deregister.result();
      assertThatIllegalStateException().isThrownBy(block::releaseProviderNpi);
      world.stop(provider);
    }
    assertThat(successes).isPositive();
  }

  @Test
  @Rule({"REG-59", "REG-60"})
  void shouldBeOverWhenDeregisterReturns() {
    FakeWskProvider provider = world.provider();
    WskRegistration block = world.registered();
    World.captured(block);
    World.close(World.socket(World.captured(block)));
    ReleaseTest.releaseAll(block, 2);

    block.deregister();

    assertThat(world.clock.waits()).isZero();
    assertThat(provider.clients()).isEmpty();
    assertThat(world.registrar.describe()).doesNotContain("binding");
  }

  @Test
  @Rule({"REG-61", "REG-37"})
  void shouldWaitForCaptures() {
    world.provider();
    WskRegistration block = world.registered();
    World.captured(block);
    World.captured(block);
    Background<Void> deregister = World.deregisterInBackground(block);
    world.clock.awaitWaiting(1);

    block.releaseProviderNpi();
    deregister.awaitBlocked();
    block.releaseProviderNpi();

    deregister.result();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Rule("REG-62")
  void shouldWaitForCallsInProgress(boolean releasedBefore) {
    FakeWskProvider provider = world.provider();
    WskRegistration block = world.registered();
    WskProviderNpi npi = World.captured(block);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    provider.insideCalls(
        () -> {
          inside.countDown();
          await(goOn);
        });
    Background<Void> call =
        Background.run("call", () -> npi.dispatch().freeAddressInfo(npi.client(), null));
    await(inside);
    if (releasedBefore) {
      block.releaseProviderNpi();
    }

    Background<Void> deregister = World.deregisterInBackground(block);
    world.clock.awaitWaiting(1);
    if (!releasedBefore) {
      block.releaseProviderNpi();
    }
    deregister.awaitBlocked();
    goOn.countDown();

    call.result();
    deregister.result();
  }

  @Test
  @Rule("REG-73")
  void shouldReturnPromptlyAfterNoInterface() {
    world.provider();
    WskRegistration block = world.registered(0x0200);
    assertThat(World.capture(block, World.FOREVER)).isSameAs(NtStatus.NOINTERFACE);

    block.deregister();

    assertThat(world.clock.waits()).isZero();
  }

  @Test
  @Rule("REG-75")
  void shouldRefuseToDeregisterWhatIsNotRegistered() {
    world.provider();
    WskRegistration block = world.block();
    assertThatIllegalStateException().isThrownBy(block::deregister).withMessageContaining("NEW");
    block.register(World.npi(0x0100));
    World.captured(block);
    Background<Void> deregister = World.deregisterInBackground(block);
    world.clock.awaitWaiting(1);

    assertThatIllegalStateException()
        .isThrownBy(block::deregister)
        .withMessageContaining("DRAINING");

    deregister.awaitBlocked();
    block.releaseProviderNpi();
    deregister.result();
    assertThatIllegalStateException()
        .isThrownBy(block::deregister)
        .withMessageContaining("DEREGISTERED");
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
