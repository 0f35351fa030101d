package org.wsk4j.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClient;
import org.wsk4j.irp.Irp;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.FakeWskProvider;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuardedProviderDispatchTest {
  private final WskClient client = new WskClient() {};
  private final FakeWskProvider provider = new FakeWskProvider(new NetworkModuleRegistrar());
  private final GuardedProviderDispatch guard = new GuardedProviderDispatch(client, provider);

  @Test
  void shouldBeShutUntilOpenedAndAfterItsGateIsRunDown() {
    assertThat(socket(Irp.allocate())).isSameAs(NtStatus.INVALID_HANDLE);
    assertThat(provider.calls()).isZero();

    guard.open();
    socket(null);
    assertThat(provider.calls()).isEqualTo(1);

    guard.gate().beginRundown(() -> {});
    assertThat(socket(Irp.allocate())).isSameAs(NtStatus.INVALID_HANDLE);
    assertThat(provider.calls()).isEqualTo(1);
  }

  @Test
  void shouldTellOfTheReturnOfTheLastCall() {
    guard.open();
    AtomicInteger told = new AtomicInteger();
    provider.insideCalls(
        () -> {
          guard.gate().beginRundown(told::incrementAndGet);
          assertThat(told).hasValue(0);
          assertThat(guard.toString()).contains("1 calls in progress");
        });

    socket(Irp.allocate());

    assertThat(told).hasValue(1);
  }

  @Test
  void shouldLetAFaultOfTheProviderPassAndCountTheCallAsReturned() {
    guard.open();
    provider.insideCalls(
        () -> {
          throw new IllegalStateException("in use");
        });

    assertThatIllegalStateException().isThrownBy(() -> socket(Irp.allocate()));

    assertThat(guard.gate().references()).isZero();
  }

  @Test
  void shouldCompleteARefusedIrpThatWasCancelledBeforeAsCancelled() {
    Irp irp = Irp.allocate();
    irp.cancel();

    assertThat(socket(irp)).isSameAs(NtStatus.CANCELLED);
    assertThat(irp.status()).isSameAs(NtStatus.CANCELLED);
  }

  @Test
  void shouldLeaveAnIrpWithoutARoomForTheRoutineAlone() {
    Irp irp = Irp.allocate();
    irp.setNextStackLocation();

    assertThat(socket(irp)).isSameAs(NtStatus.INVALID_PARAMETER);

    assertThat(irp.isCompleted()).isFalse();
  }

  @Test
  void shouldNotGrowTheStackWhenARoutineTriesAgainAndAgain() {
    AtomicInteger attempts = new AtomicInteger();
    AtomicInteger deferred = new AtomicInteger();
    AtomicInteger marked = new AtomicInteger();
    AtomicInteger deepest = new AtomicInteger();
    Irp irp = Irp.allocate();
    irp.setCompletionRoutine(
        (completed, context) -> {
          deepest.accumulateAndGet(DispatchLevel.current().depth(), Math::max);
          marked.addAndGet(completed.pendingReturned() ? 1 : 0);
          boolean again = attempts.incrementAndGet() < 100_000;
          if (again && socket(completed) == NtStatus.PENDING) {
            deferred.incrementAndGet();
          }
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);

    socket(irp);

    assertThat(attempts).hasValue(100_000);
    assertThat(deepest).hasValue(16);
    assertThat(deferred.get()).isPositive().isEqualTo(marked.get());
    assertThat(irp.status()).isSameAs(NtStatus.INVALID_HANDLE);
  }

  private NtStatus socket(Irp irp) {
    return guard.socket(client, 2, 1, 6, 8, null, null, null, null, null, irp);
  }
}
