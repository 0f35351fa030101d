package org.wsk4j.provider.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.Race;

@Timeout(60)
class StaticEventsTest {
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int RECEIVE_FROM = WskEventCallbackControl.RECEIVE_FROM;
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  private static final int SEND_BACKLOG = WskEventCallbackControl.SEND_BACKLOG;
  private static final int DISABLE = WskEventCallbackControl.DISABLE;
  private static final int ALL = RECEIVE | RECEIVE_FROM | ACCEPT | DISCONNECT | SEND_BACKLOG;
  private static final NpiId WSK = WskProviderCharacteristics.NPI_WSK_INTERFACE_ID;

  private final StaticEvents events = new StaticEvents();

  private NtStatus add(int mask) {
    return events.add(new WskEventCallbackControl(WSK, mask));
  }

  @Test
  void shouldBeginEmpty() {
    assertThat(events.seal()).isZero();
  }

  @Test
  @Rule({"CLI-64", "CLI-73", "EVT-37"})
  void shouldMixEventsOfAllCategoriesAndAddRequestsUp() {
    assertThat(add(RECEIVE | RECEIVE_FROM)).isSameAs(NtStatus.SUCCESS);
    assertThat(add(ACCEPT)).isSameAs(NtStatus.SUCCESS);
    assertThat(add(RECEIVE)).isSameAs(NtStatus.SUCCESS);
    assertThat(events.seal()).isEqualTo(RECEIVE | RECEIVE_FROM | ACCEPT);
  }

  @Test
  @Rule({"CLI-68", "CLI-72", "EVT-38"})
  void shouldTakeNothingMoreOnceASocketWasMade() {
    assertThat(add(ALL)).isSameAs(NtStatus.SUCCESS);
    assertThat(events.seal()).isEqualTo(0x10 | 0x40 | 0x80 | 0x100 | 0x200);
    StaticEvents other = new StaticEvents();
    assertThat(other.add(new WskEventCallbackControl(WSK, RECEIVE))).isSameAs(NtStatus.SUCCESS);
    assertThat(other.seal()).isEqualTo(RECEIVE);
    assertThat(other.add(new WskEventCallbackControl(WSK, ACCEPT)))
        .isSameAs(NtStatus.INVALID_DEVICE_STATE);
    assertThat(other.add(new WskEventCallbackControl(WSK, RECEIVE)))
        .isSameAs(NtStatus.INVALID_DEVICE_STATE);
    assertThat(other.seal()).isEqualTo(RECEIVE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0x20, 0x400, 0x40000000, DISABLE, DISABLE | RECEIVE, RECEIVE | 0x8})
  @Rule("CLI-74")
  void shouldRefuseMasksThatMeanNothing(int mask) {
    assertThat(add(mask)).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(events.seal()).isZero();
    assertThat(add(mask)).isSameAs(NtStatus.INVALID_PARAMETER);
  }

  private NtStatus of(@Nullable NpiId interfaceId) {
    return events.add(new WskEventCallbackControl(interfaceId, RECEIVE));
  }

  @Test
  @Rule("CLI-63")
  void shouldServeTheInterfaceOfWskAlone() {
    assertThat(events.add(null)).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(of(null)).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(of(new NpiId(UUID.randomUUID()))).isSameAs(NtStatus.NOT_SUPPORTED);
    assertThat(events.seal()).isZero();
  }

  /** A set, and what the two that raced on it saw. */
  private static final class Contest {
    final StaticEvents events = new StaticEvents();
    volatile @Nullable NtStatus answer;
    volatile int sealed = -1;
  }

  @Test
  void shouldEitherRefuseARequestOrGiveTheSocketItsEvents() throws InterruptedException {
    Race.on(Contest::new)
        .actor(one -> one.answer = one.events.add(new WskEventCallbackControl(WSK, ALL)))
        .actor(one -> one.sealed = one.events.seal())
        .run(
            Duration.ofMillis(500),
            one -> {
              boolean taken = one.answer == NtStatus.SUCCESS;
              assertThat(taken || one.answer == NtStatus.INVALID_DEVICE_STATE).isTrue();
              assertThat(one.sealed).isEqualTo(taken ? ALL : 0);
              assertThat(one.events.seal()).isEqualTo(taken ? ALL : 0);
            });
  }
}
