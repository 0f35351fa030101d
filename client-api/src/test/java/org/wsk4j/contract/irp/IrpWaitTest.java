package org.wsk4j.contract.irp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.TestProvider;
import org.wsk4j.testing.TestScope;

@Timeout(30)
class IrpWaitTest {
  private final TestProvider provider = new TestProvider();
  private final List<Throwable> refused = new ArrayList<>();

  @Test
  @Rule("IRP-66")
  void shouldRefuseToWaitInsideARoutine(TestScope scope) throws InterruptedException {
    Irp other = scope.irp();
    provider.later(other);
    Irp irp = scope.irp();
    irp.setCompletionRoutine(
        (completed, context) -> {
          waitFor(other);
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    provider.inline(irp, NtStatus.SUCCESS, 0);

    assertThat(refused).hasSize(2);
    assertThat(refused)
        .allSatisfy(
            fault ->
                assertThat(fault)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(Thread.currentThread().getName())
                    .hasMessageContaining("never end"));

    // The refused wait has hurt neither of them, and the thread may wait again.
    assertThat(irp.await()).isEqualTo(NtStatus.SUCCESS);
    provider.completeNext(NtStatus.SUCCESS);
    assertThat(other.await()).isEqualTo(NtStatus.SUCCESS);
  }

  private void waitFor(Irp other) {
    try {
      assertThat(other.await(Duration.ofSeconds(20))).isTrue();
    } catch (IllegalStateException | InterruptedException e) {
      refused.add(e);
    }
    try {
      other.await();
    } catch (IllegalStateException | InterruptedException e) {
      refused.add(e);
    }
  }
}
