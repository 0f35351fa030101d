package org.wsk4j.nmr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.wsk4j.contract.Rule;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/** Two threads that meet in the registrar at the same moment. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ConcurrentRegistrationTest {
  private static final int ROUNDS = 3_000;
  private static final NpiId NPI = NpiId.of("0b8c1f0e-15bb-4d3f-8d9b-3a0f5c6d7e01");

  private final NetworkModuleRegistrar nmr = new NetworkModuleRegistrar();
  private final AtomicInteger offers = new AtomicInteger();
  private final AtomicInteger attached = new AtomicInteger();
  private final AtomicInteger detached = new AtomicInteger();
  private final AtomicInteger cleanedUp = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  private final NpiClientCharacteristics client =
      NpiClientCharacteristics.of(
          (binding, context, provider) -> {
            offers.incrementAndGet();
            return nmr.clientAttachProvider(binding, null, null, new Out<>(), new Out<>());
          },
          this::detach,
          this::cleanup,
          NpiRegistrationInstance.of(NPI, NpiModuleId.random(), null));

  private final NpiProviderCharacteristics provider =
      NpiProviderCharacteristics.of(
          (binding, own, instance, context, dispatch, contextOut, dispatchOut) -> {
            attached.incrementAndGet();
            return NtStatus.SUCCESS;
          },
          this::detach,
          this::cleanup,
          NpiRegistrationInstance.of(NPI, NpiModuleId.random(), null));

  private NtStatus detach(Object bindingContext) {
    detached.incrementAndGet();
    return NtStatus.SUCCESS;
  }

  private void cleanup(Object bindingContext) {
    cleanedUp.incrementAndGet();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private <A, B> void atOnce(Callable<A> one, Callable<B> other) throws Exception {
    AtomicInteger missing = new AtomicInteger(2);
    Future<A> first = threads.submit(() -> whenBothAreHere(missing, one));
    Future<B> second = threads.submit(() -> whenBothAreHere(missing, other));
    first.get(10, TimeUnit.SECONDS);
    second.get(10, TimeUnit.SECONDS);
  }

  /** Spins, because threads that are woken come too far apart to race. */
  private static <T> T whenBothAreHere(AtomicInteger missing, Callable<T> action) throws Exception {
    missing.decrementAndGet();
    while (missing.get() > 0) {
      Thread.yield();
    }
    return action.call();
  }

  @Test
  @Rule({"NMR-04", "NMR-06", "NMR-48"})
  void shouldOfferExactlyOnceWhenBothRegisterAtOnceAndDetachOnceWhenBothLeaveAtOnce()
      throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      Out<NmrClientHandle> clientHandle = new Out<>();
      Out<NmrProviderHandle> providerHandle = new Out<>();

      atOnce(
          () -> nmr.registerClient(client, null, clientHandle),
          () -> nmr.registerProvider(provider, null, providerHandle));
      assertThat(offers).hasValue(round);
      assertThat(attached).hasValue(round);

      atOnce(
          () -> nmr.deregisterClient(clientHandle.get()),
          () -> nmr.deregisterProvider(providerHandle.get()));
      assertThat(nmr.waitForClientDeregisterComplete(clientHandle.get()))
          .isSameAs(NtStatus.SUCCESS);
      assertThat(nmr.waitForProviderDeregisterComplete(providerHandle.get()))
          .isSameAs(NtStatus.SUCCESS);
      assertThat(detached).hasValue(2 * round);
      assertThat(cleanedUp).hasValue(2 * round);
    }
  }

  @Test
  @Rule("NMR-51")
  void shouldLeaveNothingBehindWhenOneLeavesWhileTheOtherComes() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      Out<NmrClientHandle> clientHandle = new Out<>();
      Out<NmrProviderHandle> providerHandle = new Out<>();
      nmr.registerClient(client, null, clientHandle);

      atOnce(
          () -> nmr.deregisterClient(clientHandle.get()),
          () -> nmr.registerProvider(provider, null, providerHandle));
      assertThat(nmr.waitForClientDeregisterComplete(clientHandle.get()))
          .isSameAs(NtStatus.SUCCESS);
      assertThat(detached).hasValue(2 * attached.get());
      assertThat(cleanedUp).hasValue(2 * attached.get());

      nmr.deregisterProvider(providerHandle.get());
      assertThat(nmr.describe()).isEmpty();
    }
    assertThat(detached).hasValue(2 * attached.get());
  }
}
