package org.wsk4j.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.wsk4j.registration.WskRegistration.INFINITE_WAIT;
import static org.wsk4j.registration.WskRegistration.NO_WAIT;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.irp.Irp;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.FakeSocket;
import org.wsk4j.testing.FakeWskProvider;
import org.wsk4j.testing.LogCapture;

/** Providers that come and go, one after the other and several at a time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProviderChangeTest {
  private final NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
  private final HandMovedClock clock = new HandMovedClock();
  private final WskRegistration block = clock.registration(registrar);
  private final LogCapture log = LogCapture.of(WskRegistration.class);

  @AfterEach
  void nothingIsLeft() {
    log.close();
    assertThat(registrar.describe()).isEmpty();
  }

  @Test
  void shouldCaptureTheOldestProviderAndThenTheNext() {
    FakeWskProvider oldest = provider().start();
    FakeWskProvider next = provider().start();
    register();
    FakeWskProvider youngest = provider().start();

    assertThat(captureAndRelease().client()).isSameAs(oldest.client());
    oldest.stop();
    assertThat(captureAndRelease().client()).isSameAs(next.client());
    oldest.start();
    assertThat(captureAndRelease().client()).isSameAs(next.client());
    next.stop();
    assertThat(captureAndRelease().client()).isSameAs(youngest.client());

    youngest.stop();
    assertThat(captureAndRelease().client()).isSameAs(oldest.client());
    oldest.stop();
    assertThat(capture(NO_WAIT)).isSameAs(NtStatus.DEVICE_NOT_READY);
    assertThat(block.toString()).endsWith("providers]");
    block.deregister();
  }

  @Test
  void shouldGiveANewClientObjectAfterTheProviderWasReplaced() {
    FakeWskProvider provider = provider().start();
    register();
    WskProviderNpi before = captureAndRelease();

    provider.stop();
    provider.start();
    WskProviderNpi after = captured();

    assertThat(after.client()).isNotSameAs(before.client());
    assertThat(socket(before)).isSameAs(NtStatus.INVALID_HANDLE);
    assertThat(socket(after)).isSameAs(NtStatus.SUCCESS);
    provider.client().openSockets().forEach(ProviderChangeTest::close);
    block.releaseProviderNpi();
    block.deregister();
    provider.stop();
  }

  @Test
  void shouldHoldAProviderThatGoesUntilItsCapturesAreReleased() {
    FakeWskProvider provider = provider().start();
    register();
    captured();
    captured();

    provider.beginStop();
    Background<Void> stopped = Background.run("stop", provider::awaitStopped).awaitBlocked();
    assertThat(capture(NO_WAIT)).isSameAs(NtStatus.DEVICE_NOT_READY);
    assertThat(block.queryProviderCharacteristics(new Out<>())).isSameAs(NtStatus.DEVICE_NOT_READY);
    block.releaseProviderNpi();
    stopped.awaitBlocked();
    block.releaseProviderNpi();

    stopped.result();
    block.deregister();
  }

  @Test
  void shouldHoldAProviderThatGoesUntilCallsHaveReturnedAndSocketsAreClosed() {
    FakeWskProvider provider = provider().start();
    register();
    WskProviderNpi npi = captured();
    assertThat(socket(npi)).isSameAs(NtStatus.SUCCESS);
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
    provider.beginStop();
    Background<Void> stopped = Background.run("stop", provider::awaitStopped).awaitBlocked();

    block.releaseProviderNpi();
    stopped.awaitBlocked();
    goOn.countDown();
    call.result();
    stopped.awaitBlocked();
    provider.client().openSockets().forEach(ProviderChangeTest::close);

    stopped.result();
    block.deregister();
  }

  @Test
  void shouldLetBlockedCapturesWaitForTheSuccessorOfAProviderThatGoes() {
    FakeWskProvider going = provider().start();
    register();
    captured();
    going.beginStop();
    Background<NtStatus> capture = Background.call("capture", () -> capture(INFINITE_WAIT));
    clock.awaitWaiting(1);

    FakeWskProvider successor = provider().start();

    assertThat(capture.result()).isSameAs(NtStatus.SUCCESS);
    block.releaseProviderNpi();
    going.awaitStopped();
    block.releaseProviderNpi();
    block.deregister();
    successor.stop();
  }

  @Test
  void shouldUndoTheOldestCaptureFirst() {
    FakeWskProvider going = provider().start();
    register();
    WskProviderNpi old = captured();
    going.beginStop();
    FakeWskProvider successor = provider().start();
    WskProviderNpi young = captured();

    block.releaseProviderNpi();

    going.awaitStopped();
    assertThat(socket(old)).isSameAs(NtStatus.INVALID_HANDLE);
    assertThat(socket(young)).isSameAs(NtStatus.SUCCESS);
    successor.client().openSockets().forEach(ProviderChangeTest::close);
    block.releaseProviderNpi();
    assertThatIllegalStateException().isThrownBy(block::releaseProviderNpi);
    block.deregister();
    successor.stop();
  }

  @Test
  void shouldWaitForCapturesOfAllProvidersWhenDeregistering() {
    FakeWskProvider going = provider().start();
    register();
    captured();
    going.beginStop();
    FakeWskProvider successor = provider().start();
    captured();
    Background<Void> deregister = Background.run("deregister", block::deregister);
    clock.awaitWaiting(1);

    block.releaseProviderNpi();
    deregister.awaitBlocked();
    block.releaseProviderNpi();

    deregister.result();
    going.awaitStopped();
    successor.stop();
  }

  @Test
  void shouldPreferASuitableProviderToAnOlderUnsuitableOne() {
    FakeWskProvider unsuitable = provider().offering(0x0200, 0x0201).start();
    FakeWskProvider suitable = provider().start();
    register();

    assertThat(captureAndRelease().client()).isSameAs(suitable.client());
    assertThat(queried()).isEqualTo(new WskProviderCharacteristics(0x0100, 0x0100));
    suitable.stop();
    assertThat(capture(INFINITE_WAIT)).isSameAs(NtStatus.NOINTERFACE);
    assertThat(queried()).isEqualTo(new WskProviderCharacteristics(0x0201, 0x0200));
    unsuitable.stop();
    assertThat(capture(NO_WAIT)).isSameAs(NtStatus.DEVICE_NOT_READY);
    block.deregister();
  }

  @Test
  void shouldForgetEachUnsuitableProviderWhenItHasGone() {
    FakeWskProvider first = provider().offering(0x0200, 0x0200).start();
    FakeWskProvider second = provider().offering(0x0300, 0x0300).start();
    register();

    first.stop();
    assertThat(queried()).isEqualTo(new WskProviderCharacteristics(0x0300, 0x0300));
    first.start();
    second.stop();
    assertThat(queried()).isEqualTo(new WskProviderCharacteristics(0x0200, 0x0200));
    assertThat(capture(NO_WAIT)).isSameAs(NtStatus.NOINTERFACE);
    first.stop();

    assertThat(block.toString()).contains("unsuitable");
    assertThat(capture(NO_WAIT)).isSameAs(NtStatus.DEVICE_NOT_READY);
    assertThat(block.toString()).doesNotContain("unsuitable");
    block.deregister();
  }

  @Test
  void shouldNotCollectUnsuitableProvidersThatComeAndGo() {
    register();
    for (int i = 0; i < 3; i++) {
      FakeWskProvider provider = provider().offering(0x0200, 0x0200).start();
      assertThat(block.toString().split("unsuitable", -1)).hasSize(2);
      provider.stop();
    }
    block.deregister();
  }

  @Test
  void shouldTakeARefusalByTheProviderAsUnsuitable() {
    FakeWskProvider refusing = provider().answering(NtStatus.NOINTERFACE).start();
    register();

    assertThat(capture(INFINITE_WAIT)).isSameAs(NtStatus.NOINTERFACE);

    refusing.stop();
    assertThat(capture(NO_WAIT)).isSameAs(NtStatus.DEVICE_NOT_READY);
    block.deregister();
  }

  @Test
  void shouldTakeAFailureOfTheProviderAsNoProvider() {
    FakeWskProvider failing = provider().answering(NtStatus.INSUFFICIENT_RESOURCES).start();
    register();

    assertThat(capture(NO_WAIT)).isSameAs(NtStatus.DEVICE_NOT_READY);
    assertThat(block.queryProviderCharacteristics(new Out<>())).isSameAs(NtStatus.DEVICE_NOT_READY);

    assertThat(log.problems()).singleElement().asString().contains("INSUFFICIENT_RESOURCES");
    failing.stop();
    block.deregister();
  }

  @Test
  void shouldIgnoreProvidersWithoutARange() {
    FakeWskProvider strange = provider().withCharacteristics("not a range").start();
    FakeWskProvider empty = provider().withCharacteristics(null).start();
    register();

    assertThat(capture(NO_WAIT)).isSameAs(NtStatus.DEVICE_NOT_READY);

    assertThat(log.problems()).hasSize(2).allMatch(problem -> problem.endsWith("ignored"));
    strange.stop();
    empty.stop();
    block.deregister();
  }

  @Test
  void shouldAttachToNobodyWhileDeregistering() {
    FakeWskProvider provider = provider().start();
    register();
    captured();
    Background<Void> deregister = Background.run("deregister", block::deregister);
    clock.awaitWaiting(1);

    FakeWskProvider late = provider().start();

    assertThat(late.clients()).isEmpty();
    block.releaseProviderNpi();
    deregister.result();
    provider.stop();
    late.stop();
  }

  @Test
  void shouldTellWhatItIsDoing() {
    assertThat(block).hasToString("WskRegistration[NEW]");
    FakeWskProvider provider = provider().offering(0x0100, 0x0103).start();
    register();
    captured();
    captured();

    assertThat(block.toString())
        .startsWith("WskRegistration[REGISTERED, version 1.0, 0 waiting")
        .contains("1.0 to 1.3", "attached", "2 captures", "0 calls in progress");

    block.releaseProviderNpi();
    block.releaseProviderNpi();
    block.deregister();
    assertThat(block.toString()).startsWith("WskRegistration[DEREGISTERED");
    provider.stop();
  }

  @Test
  void shouldRefuseToDeregisterInsideACallbackOfTheRegistrarAndStayRegistered() {
    register();
    AtomicReference<Throwable> refused = new AtomicReference<>();
    FakeWskProvider provider =
        provider().whenAttaching(() -> refused.set(catchThrowable(block::deregister)));

    provider.start();

    assertThat(refused.get()).isInstanceOf(IllegalStateException.class);
    captureAndRelease();
    block.deregister();
    provider.stop();
  }

  private FakeWskProvider provider() {
    return new FakeWskProvider(registrar);
  }

  private void register() {
    WskClientNpi npi = new WskClientNpi(null, new WskClientDispatch(0x0100));
    assertThat(block.register(npi)).isSameAs(NtStatus.SUCCESS);
  }

  private NtStatus capture(int timeout) {
    return block.captureProviderNpi(timeout, new Out<>());
  }

  private WskProviderNpi captured() {
    Out<WskProviderNpi> out = new Out<>();
    assertThat(block.captureProviderNpi(NO_WAIT, out)).isSameAs(NtStatus.SUCCESS);
    return out.require();
  }

  private WskProviderNpi captureAndRelease() {
    WskProviderNpi npi = captured();
    block.releaseProviderNpi();
    return npi;
  }

  private WskProviderCharacteristics queried() {
    Out<WskProviderCharacteristics> out = new Out<>();
    assertThat(block.queryProviderCharacteristics(out)).isSameAs(NtStatus.SUCCESS);
    return out.require();
  }

  private static NtStatus socket(WskProviderNpi npi) {
    return npi.dispatch()
        .socket(npi.client(), 2, 1, 6, 8, null, null, null, null, null, Irp.allocate());
  }

  private static void close(FakeSocket socket) {
    socket.closeSocket(Irp.allocate());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
