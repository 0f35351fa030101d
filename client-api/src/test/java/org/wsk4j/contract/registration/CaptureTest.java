package org.wsk4j.contract.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.registration.WskRegistration.NO_WAIT;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.contract.Rule;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.FakeWskProvider;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureTest {
  private static final Duration ONE_MILLI = Duration.ofMillis(1);

  private final World world = new World();

  @AfterEach
  void nothingIsLeft() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {NO_WAIT, 1, 0x7FFFFFFF, 0x80000000, World.FOREVER})
  @Rule({"REG-24", "REG-25"})
  void shouldCaptureAReadyProviderWithoutWaiting(int timeout) {
    FakeWskProvider provider = world.provider();
    WskRegistration block = world.registered();
    Out<WskProviderNpi> npi = new Out<>();

    assertThat(block.captureProviderNpi(timeout, npi)).isSameAs(NtStatus.SUCCESS);

    assertThat(world.clock.waits()).isZero();
    assertThat(npi.require().client()).isSameAs(provider.client());
    assertThat(npi.require().dispatch()).isNotNull();
    block.releaseProviderNpi();
    block.deregister();
  }

  @Test
  @Rule({"REG-26", "REG-33", "REG-34"})
  void shouldNotWaitForAProviderWithNoWait() {
    WskRegistration block = world.registered();
    Out<WskProviderNpi> npi = new Out<>();

    assertThat(block.captureProviderNpi(NO_WAIT, npi)).isSameAs(NtStatus.DEVICE_NOT_READY);

    assertThat(world.clock.waits()).isZero();
    assertThat(npi.get()).isNull();
    block.deregister();
  }

  @Test
  @Rule({"REG-27", "REG-29", "REG-33", "REG-34"})
  void shouldGiveUpWhenTheTimeHasPassedAndNotBefore() {
    WskRegistration block = world.registered();
    Out<WskProviderNpi> npi = new Out<>();
    Background<NtStatus> capture =
        Background.call("capture", () -> block.captureProviderNpi(1000, npi));
    world.clock.awaitWaiting(1);

    world.clock.advance(Duration.ofMillis(1000).minusNanos(1));
    world.clock.awaitWaits(2);
    world.clock.advance(Duration.ofNanos(1));

    assertThat(capture.result()).isSameAs(NtStatus.DEVICE_NOT_READY);
    assertThat(npi.get()).isNull();
    block.deregister();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80000000, 0xFFFFFFFE})
  @Rule({"REG-23", "REG-27"})
  void shouldTakeTheTimeoutAsUnsigned(int timeout) {
    WskRegistration block = world.registered();
    Background<NtStatus> capture = World.captureInBackground(block, timeout);
    world.clock.awaitWaiting(1);

    world.clock.advance(Duration.ofMillis(Integer.toUnsignedLong(timeout)).minus(ONE_MILLI));
    world.clock.awaitWaits(2);
    world.clock.advance(ONE_MILLI);

    assertThat(capture.result()).isSameAs(NtStatus.DEVICE_NOT_READY);
    block.deregister();
  }

  @Test
  @Rule("REG-28")
  void shouldEndTheWaitWhenAProviderComes() {
    WskRegistration block = world.registered();
    Background<NtStatus> capture = World.captureInBackground(block, 60_000);
    world.clock.awaitWaiting(1);

    world.provider();

    assertThat(capture.result()).isSameAs(NtStatus.SUCCESS);
    block.releaseProviderNpi();
    block.deregister();
  }

  @Test
  @Rule("REG-30")
  void shouldWaitWithoutLimitUntilAProviderComes() {
    WskRegistration block = world.registered();
    Background<NtStatus> capture = World.captureInBackground(block, World.FOREVER);
    for (int century = 1; century <= 3; century++) {
      world.clock.awaitWaits(century);
      world.clock.advance(Duration.ofDays(36_525));
    }
    world.clock.awaitWaits(4);

    world.provider();

    assertThat(capture.result()).isSameAs(NtStatus.SUCCESS);
    block.releaseProviderNpi();
    block.deregister();
  }

  @ParameterizedTest
  @ValueSource(ints = {NO_WAIT, 1000, World.FOREVER})
  @Rule({"REG-31", "REG-33", "REG-42"})
  void shouldTellAtOnceThatTheVersionIsNotOffered(int timeout) {
    world.provider(0x0100, 0x0102);
    WskRegistration block = world.registered(0x0103);

    assertThat(World.capture(block, timeout)).isSameAs(NtStatus.NOINTERFACE);
    assertThat(World.capture(block, timeout)).isSameAs(NtStatus.NOINTERFACE);

    assertThat(world.clock.waits()).isZero();
    block.deregister();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, World.FOREVER})
  @Rule({"REG-30", "REG-32"})
  void shouldEndTheWaitWhenAnUnsuitableProviderComes(int timeout) {
    WskRegistration block = world.registered(0x0103);
    Background<NtStatus> capture = World.captureInBackground(block, timeout);
    world.clock.awaitWaiting(1);

    world.provider(0x0100, 0x0102);

    assertThat(capture.result()).isSameAs(NtStatus.NOINTERFACE);
    block.deregister();
  }

  @Test
  @Rule("REG-42")
  void shouldWaitAgainWhenTheUnsuitableProviderHasGone() {
    FakeWskProvider unsuitable = world.provider(0x0100, 0x0102);
    WskRegistration block = world.registered(0x0103);
    assertThat(World.capture(block, NO_WAIT)).isSameAs(NtStatus.NOINTERFACE);

    world.stop(unsuitable);

    assertThat(World.capture(block, NO_WAIT)).isSameAs(NtStatus.DEVICE_NOT_READY);
    Background<NtStatus> capture = World.captureInBackground(block, World.FOREVER);
    world.clock.awaitWaiting(1);
    world.provider(0x0103, 0x0103);
    assertThat(capture.result()).isSameAs(NtStatus.SUCCESS);
    block.releaseProviderNpi();
    block.deregister();
  }

  @Test
  @Rule("REG-43")
  void shouldCaptureAfterRegisteringAgainWithASupportedVersion() {
    world.provider(0x0100, 0x0102);
    WskRegistration block = world.registered(0x0200);
    assertThat(World.capture(block, NO_WAIT)).isSameAs(NtStatus.NOINTERFACE);
    int offered = World.queried(block).highestVersion();

    block.deregister();
    assertThat(block.register(World.npi(offered))).isSameAs(NtStatus.SUCCESS);

    assertThat(World.capture(block, NO_WAIT)).isSameAs(NtStatus.SUCCESS);
    block.releaseProviderNpi();
    block.deregister();
  }

  @Test
  @Rule({"REG-35", "REG-53"})
  void shouldLetAllBlockedCapturesSucceedAndCountEach() {
    WskRegistration block = world.registered();
    List<Background<NtStatus>> captures =
        Stream.generate(() -> World.captureInBackground(block, World.FOREVER)).limit(3).toList();
    world.clock.awaitWaiting(3);

    world.provider();

    assertThat(captures).extracting(Background::result).containsOnly(NtStatus.SUCCESS);
    ReleaseTest.releaseAll(block, 3);
    block.deregister();
  }

  @Test
  @Rule({"REG-36", "REG-37", "REG-40", "REG-61"})
  void shouldCountRepeatedCapturesOfTheSameBinding() {
    world.provider();
    WskRegistration block = world.registered();
    WskProviderNpi first = World.captured(block);
    assertThat(World.captured(block)).isEqualTo(first);
    assertThat(World.captured(block).client()).isSameAs(first.client());
    block.releaseProviderNpi();
    block.releaseProviderNpi();

    Background<Void> deregister = World.deregisterInBackground(block);
    world.clock.awaitWaiting(1);
    deregister.awaitBlocked();

    block.releaseProviderNpi();
    deregister.result();
  }

  @Test
  @Rule("REG-38")
  void shouldTakeTheReleaseOfAnotherThread() {
    world.provider();
    WskRegistration block = world.registered();
    World.captured(block);

    Background.run("release", block::releaseProviderNpi).result();

    block.deregister();
  }

  @Test
  @Rule("REG-39")
  void shouldCaptureAgainAfterTheLastRelease() {
    world.provider();
    WskRegistration block = world.registered();
    WskProviderNpi first = World.captured(block);
    block.releaseProviderNpi();

    WskProviderNpi again = World.captured(block);

    assertThat(again.client()).isSameAs(first.client());
    World.close(World.socket(again));
    block.releaseProviderNpi();
    block.deregister();
  }

  @Test
  @Rule("REG-46")
  void shouldNotBlockWithNoWaitWhileAnotherThreadDeregisters() {
    world.provider();
    WskRegistration block = world.registered();
    World.captured(block);
    Background<Void> deregister = World.deregisterInBackground(block);
    world.clock.awaitWaiting(1);

    assertThat(World.captureInBackground(block, NO_WAIT).result())
        .isSameAs(NtStatus.DEVICE_NOT_READY);

    assertThat(deregister.isDone()).isFalse();
    block.releaseProviderNpi();
    deregister.result();
  }

  @Test
  void shouldRefuseAMissingPlaceForTheResult() {
    world.provider();
    WskRegistration block = world.registered();

    assertThat(block.captureProviderNpi(NO_WAIT, null)).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(block.queryProviderCharacteristics(null)).isSameAs(NtStatus.INVALID_PARAMETER);

    block.deregister();
  }
}
