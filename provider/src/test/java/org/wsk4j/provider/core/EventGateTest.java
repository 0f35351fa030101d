package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.Race;

@Timeout(60)
class EventGateTest {
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;
  private static final int RECEIVE_FROM = WskEventCallbackControl.RECEIVE_FROM;
  private static final int SEND_BACKLOG = WskEventCallbackControl.SEND_BACKLOG;
  private static final List<Integer> ALL =
      List.of(RECEIVE, DISCONNECT, ACCEPT, RECEIVE_FROM, SEND_BACKLOG);
  private static final Duration A_MOMENT = Duration.ofMillis(500);

  private final EventGate gate = new EventGate();

  private void assertOpen(int... events) {
    List<Integer> open = IntStream.of(events).boxed().toList();
    for (int event : ALL) {
      assertThat(gate.isOpen(event)).as("%x", event).isEqualTo(open.contains(event));
    }
  }

  @Test
  void shouldBeginWithAllEventsDisabled() {
    assertOpen();
    assertThat(gate.enabled()).isZero();
    ALL.forEach(event -> assertThat(gate.enter(event)).isFalse());
  }

  @Test
  void shouldTakeBackWhatHasNoCallback() {
    gate.enable(RECEIVE | DISCONNECT);
    gate.enableStatically(SEND_BACKLOG);
    gate.keep(RECEIVE | ACCEPT);
    assertOpen(RECEIVE);
    assertThat(gate.disable(SEND_BACKLOG, false)).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(ints = {RECEIVE, DISCONNECT, ACCEPT, RECEIVE_FROM, SEND_BACKLOG})
  void shouldKeepTheEventsApart(int event) {
    gate.enable(event);
    assertOpen(event);
    assertThat(gate.enabled()).isEqualTo(event);

    assertThat(gate.enter(event)).isTrue();
    for (int other : ALL) {
      assertThat(gate.disable(other, true))
          .isSameAs(other == event ? NtStatus.PENDING : NtStatus.SUCCESS);
    }
    for (int other : ALL) {
      assertThat(gate.disable(other, true))
          .isSameAs(other == event ? NtStatus.PENDING : NtStatus.SUCCESS);
    }
    gate.leave(event);
    gate.drained();
    assertOpen();
    gate.enableStatically(event);
    assertOpen(event);
    for (int other : ALL) {
      assertThat(gate.disable(other, true))
          .isSameAs(other == event ? NtStatus.NOT_SUPPORTED : NtStatus.SUCCESS);
    }
  }

  @Test
  void shouldAddWhatIsEnabled() {
    gate.enable(RECEIVE | SEND_BACKLOG);
    gate.enable(DISCONNECT);
    gate.enable(RECEIVE);

    assertOpen(RECEIVE, SEND_BACKLOG, DISCONNECT);
    assertThat(gate.enabled()).isEqualTo(RECEIVE | SEND_BACKLOG | DISCONNECT);
  }

  @Test
  void shouldDisableOneEventAndLeaveTheOthers() {
    gate.enable(RECEIVE | DISCONNECT);

    assertThat(gate.disable(RECEIVE, true)).isSameAs(NtStatus.SUCCESS);
    assertOpen(DISCONNECT);
    assertThat(gate.disable(RECEIVE, true)).isSameAs(NtStatus.SUCCESS);
    assertOpen(DISCONNECT);
    assertThat(gate.enter(RECEIVE)).isFalse();
  }

  @Test
  void shouldNotDisableWhatIsEnabledStatically() {
    gate.enableStatically(RECEIVE);
    gate.enable(RECEIVE | DISCONNECT);

    assertThat(gate.disable(RECEIVE, true)).isSameAs(NtStatus.NOT_SUPPORTED);
    assertThat(gate.enter(RECEIVE)).isTrue();
    assertThat(gate.disable(RECEIVE, false)).isSameAs(NtStatus.NOT_SUPPORTED);
    gate.leave(RECEIVE);
    assertThat(gate.disable(DISCONNECT, true)).isSameAs(NtStatus.SUCCESS);
    assertOpen(RECEIVE);
  }

  @Test
  void shouldSayThatTheCallbackRunsWhenItIsDisabled() {
    gate.enable(RECEIVE | DISCONNECT);
    assertThat(gate.enter(RECEIVE)).isTrue();

    assertThat(gate.disable(DISCONNECT, false)).isSameAs(NtStatus.SUCCESS);
    assertThat(gate.disable(RECEIVE, false)).isSameAs(NtStatus.PENDING);
    assertThat(gate.disable(RECEIVE, false)).isSameAs(NtStatus.PENDING);
    gate.leave(RECEIVE);
    assertThat(gate.disable(RECEIVE, false)).isSameAs(NtStatus.SUCCESS);
    assertOpen();
  }

  @Test
  void shouldOpenAgainAfterTheDrainAlone() {
    gate.enable(RECEIVE | DISCONNECT);
    assertThat(gate.enter(RECEIVE)).isTrue();
    assertThat(gate.disable(RECEIVE, true)).isSameAs(NtStatus.PENDING);
    gate.enable(RECEIVE);

    assertThat(gate.enabled()).isEqualTo(RECEIVE | DISCONNECT);
    assertOpen(DISCONNECT);
    gate.leave(RECEIVE);
    assertOpen(DISCONNECT);
    assertThat(gate.enter(RECEIVE)).isFalse();
    gate.drained();
    assertOpen(RECEIVE, DISCONNECT);
    assertThat(gate.enter(RECEIVE)).isTrue();
  }

  @Test
  void shouldOpenAgainWhenTheCallbackHasReturnedIfNobodyWaitsForTheDrain() {
    gate.enable(RECEIVE);
    assertThat(gate.enter(RECEIVE)).isTrue();
    assertThat(gate.disable(RECEIVE, false)).isSameAs(NtStatus.PENDING);
    gate.enable(RECEIVE);
    gate.leave(RECEIVE);

    assertOpen(RECEIVE);
  }

  @Test
  void shouldNotDrainWhatWasNotRunning() {
    gate.enable(RECEIVE);
    assertThat(gate.disable(RECEIVE, true)).isSameAs(NtStatus.SUCCESS);
    gate.enable(RECEIVE);

    assertOpen(RECEIVE);
  }

  @Test
  void shouldHoldAllBackUntilLetGo() {
    gate.hold();
    gate.enable(RECEIVE);
    gate.enableStatically(DISCONNECT);

    assertThat(gate.isHeld()).isTrue();
    assertOpen();
    assertThat(gate.enter(RECEIVE)).isFalse();
    gate.letGo();
    assertThat(gate.isHeld()).isFalse();
    assertOpen(RECEIVE, DISCONNECT);
  }

  @Test
  void shouldHoldAllBackWhileVeiled() {
    gate.enable(RECEIVE | DISCONNECT);
    assertThat(gate.isVeiled()).isFalse();
    assertThat(gate.veil()).isTrue();
    assertThat(gate.veil()).isFalse();
    assertThat(gate.isVeiled()).isTrue();
    assertOpen();
    assertThat(gate.enter(RECEIVE)).isFalse();
    gate.enable(SEND_BACKLOG);
    assertThat(gate.enabled()).isEqualTo(RECEIVE | DISCONNECT | SEND_BACKLOG);
    gate.unveil();
    assertOpen(RECEIVE, DISCONNECT, SEND_BACKLOG);
    assertThat(gate.veil()).isTrue();
  }

  @Test
  void shouldLetNothingStartOnceShut() {
    gate.enable(RECEIVE | DISCONNECT);
    gate.hold();
    assertThat(gate.disable(RECEIVE, true)).isSameAs(NtStatus.SUCCESS);
    gate.shut();
    gate.letGo();
    gate.enable(RECEIVE);

    assertOpen();
    ALL.forEach(event -> assertThat(gate.enter(event)).isFalse());
  }

  @Test
  void shouldLetARunningCallbackReturnOnceShut() {
    gate.enable(RECEIVE);
    assertThat(gate.enter(RECEIVE)).isTrue();
    gate.shut();

    assertThat(gate.disable(RECEIVE, true)).isSameAs(NtStatus.PENDING);
    gate.leave(RECEIVE);
    assertThat(gate.disable(RECEIVE, true)).isSameAs(NtStatus.SUCCESS);
  }

  /** A gate, and the callback that may be running behind it. */
  private static final class Called {
    final EventGate gate = new EventGate();
    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger calls = new AtomicInteger();
    final AtomicBoolean quiet = new AtomicBoolean();
    final AtomicBoolean broken = new AtomicBoolean();

    Called() {
      gate.enable(RECEIVE | DISCONNECT);
    }

    /** What the event loop does. */
    void call() {
      for (int i = 0; i < 3; i++) {
        boolean quietBefore = quiet.get();
        if (gate.enter(RECEIVE)) {
          running.incrementAndGet();
          calls.incrementAndGet();
          broken.compareAndSet(false, quietBefore || quiet.get());
          running.decrementAndGet();
          gate.leave(RECEIVE);
        }
      }
    }

    void disable() {
      if (gate.disable(RECEIVE, true) == NtStatus.SUCCESS) {
        broken.compareAndSet(false, running.get() != 0);
        quiet.set(true);
      }
    }
  }

  @Test
  void shouldNeverCallBehindADisableThatFoundNothingRunning() throws InterruptedException {
    Race.on(Called::new)
        .actor(Called::call)
        .actor(Called::disable)
        .actor(one -> one.gate.disable(DISCONNECT, true))
        .run(
            A_MOMENT,
            one -> {
              assertThat(one.broken).isFalse();
              assertThat(one.gate.enabled()).isZero();
            });
  }

  @Test
  void shouldNeverCallADrainingEventThatIsEnabledAgain() throws InterruptedException {
    AtomicInteger drains = new AtomicInteger();
    Race.on(Called::new)
        .actor(Called::call)
        .actor(
            one -> {
              if (one.gate.disable(RECEIVE, true) == NtStatus.PENDING) {
                one.gate.enable(RECEIVE);
                drains.incrementAndGet();
                one.quiet.set(true);
              }
            })
        .run(
            A_MOMENT,
            one -> {
              // Only a call that was running may have seen the mark, so no second one began.
              boolean drained = one.quiet.get();
              int callsBefore = one.calls.get();
              one.call();
              assertThat(one.calls.get()).isEqualTo(callsBefore);
              one.gate.drained();
              one.quiet.set(false);
              assertThat(one.gate.isOpen(RECEIVE)).isEqualTo(drained);
            });
  }

  @Test
  void shouldNeverCallBehindShut() throws InterruptedException {
    Race.on(Called::new)
        .actor(Called::call)
        .actor(one -> one.gate.shut())
        .actor(one -> one.gate.enable(RECEIVE_FROM))
        .run(
            A_MOMENT,
            one -> {
              int before = one.calls.get();
              one.call();
              assertThat(one.calls.get()).isEqualTo(before);
              assertThat(one.gate.enabled()).isEqualTo(RECEIVE | DISCONNECT | RECEIVE_FROM);
            });
  }
}
