package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.listen.WskInspectAction.ACCEPT;
import static org.wsk4j.listen.WskInspectAction.PEND;
import static org.wsk4j.listen.WskInspectAction.REJECT;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.InspectingClient.Decision;
import org.wsk4j.provider.testing.Nesting;

@Timeout(60)
class InspectQueueTest {
  private final InspectingClient client = new InspectingClient(2, 3);

  // ---- Answers of the inspect event

  @Test
  @Rule({"INS-17", "INS-19", "INS-27"})
  void shouldInspectBeforeARequestThatWaitsIsServed() {
    client.onInspect = name -> ACCEPT;
    client.accepting.accept("a");
    client.arrive("x");
    assertThat(client.happened())
        .containsExactly(
            "inspect x", "adopted x context of a with table", "a SUCCESS socket x", "opened x");
    assertThat(client.isWatched("x")).isFalse();
  }

  @Test
  @Rule({"INS-18", "INS-28"})
  void shouldInspectWhileNobodyAcceptsAndKeepWhatMayPass() {
    client.onInspect = name -> ACCEPT;
    client.arrive("x", "y");
    assertThat(client.happened()).containsExactly("inspect x", "inspect y");
    assertThat(client.isWatched("x")).isTrue();
    client.accepting.accept("a");
    assertThat(client.happened()).contains("a SUCCESS socket x");
    client.accepting.enableAccept();
    assertThat(client.happened()).contains("event y");
  }

  @Test
  @Rule("INS-31")
  void shouldForgetWhatIsRejected() {
    client.onInspect = name -> REJECT;
    client.accepting.accept("a");
    client.arrive("x");
    assertThat(client.happened()).containsExactly("inspect x", "refused x");
    client.onInspect = name -> ACCEPT;
    client.arrive("y");
    assertThat(client.happened()).contains("a SUCCESS socket y");
  }

  @Test
  @Rule({"INS-33", "INS-35", "INS-38", "INS-39"})
  void shouldKeepWhatIsPendedUntilItIsDecided() {
    client.accepting.enableAccept();
    client.arrive("x", "y");
    client.onInspect = name -> ACCEPT;
    client.arrive("z");
    assertThat(client.happened())
        .containsExactly(
            "inspect x", "inspect y", "inspect z", "event z", "adopted z null", "opened z");
    assertThat(client.decideElsewhere("y", ACCEPT).irp.status()).isSameAs(NtStatus.SUCCESS);
    assertThat(client.happened())
        .containsExactly("ACCEPT y SUCCESS", "event y", "adopted y null", "opened y");
    assertThat(client.decide("x", REJECT).answer).isSameAs(NtStatus.SUCCESS);
    assertThat(client.happened()).containsExactly("refused x", "REJECT x SUCCESS");
  }

  @Test
  void shouldDeliverAfterAnInlineDecisionHasReturned() {
    client.accepting.enableAccept();
    client.arrive("x");
    client.accepting.happened();
    client.decide("x", ACCEPT);
    assertThat(client.accepting.happened()).containsExactly("ACCEPT x SUCCESS");
    assertThat(client.happened()).containsExactly("event x", "adopted x null", "opened x");
  }

  @Test
  @Rule({"INS-45", "INS-46"})
  void shouldKnowNoConnectionThatIsNotPended() {
    client.accepting.enableAccept();
    client.onInspect = name -> name.equals("x") ? PEND : ACCEPT;
    client.arrive("x", "accepted");
    client.onInspect = name -> REJECT;
    client.arrive("rejected");
    client.decide("x", ACCEPT);
    client.happened();
    for (String name : List.of("x", "accepted", "rejected", "never")) {
      Decision late = client.decide(name, ACCEPT);
      assertThat(late.answer).isSameAs(NtStatus.NOT_FOUND);
      assertThat(late.completions).isEqualTo(1);
    }
    client.onInspect = name -> PEND;
    client.arrive("y");
    client.leave("y");
    client.happened();
    assertThat(client.decideElsewhere("y", ACCEPT).irp.status()).isSameAs(NtStatus.NOT_FOUND);
    assertThat(client.happened()).containsExactly("ACCEPT y NOT_FOUND");
  }

  // ---- Decisions while the inspect event runs

  @Test
  @Rule("INS-49")
  void shouldApplyADecisionMadeBeforeTheEventReturnedWhenItHas() {
    client.accepting.enableAccept();
    List<Decision> decisions = new ArrayList<>();
    client.onInspect =
        name -> {
          decisions.add(client.decide(name, ACCEPT));
          assertThat(decisions.get(0).answer).isSameAs(NtStatus.PENDING);
          assertThat(client.decide(name, REJECT).answer).isSameAs(NtStatus.NOT_FOUND);
          client.queue.pump();
          assertThat(client.accepting.happened())
              .containsExactly("inspect x", "REJECT x NOT_FOUND");
          return PEND;
        };
    client.arrive("x");
    assertThat(client.happened())
        .containsExactly("ACCEPT x SUCCESS", "event x", "adopted x null", "opened x");
    assertThat(client.isWatched("x")).isFalse();
    assertThat(decisions.get(0).pendingReturned).isTrue();
    client.onInspect =
        name -> {
          client.decideElsewhere(name, REJECT);
          return PEND;
        };
    client.arrive("y");
    assertThat(client.happened()).containsExactly("inspect y", "refused y", "REJECT y SUCCESS");
  }

  @Test
  @Rule("INS-45")
  void shouldRefuseADecisionOfWhatTheEventItselfDecides() {
    client.onInspect =
        name -> {
          client.decide(name, ACCEPT);
          return REJECT;
        };
    client.accepting.accept("a");
    client.arrive("x");
    assertThat(client.happened()).containsExactly("inspect x", "refused x", "ACCEPT x NOT_FOUND");
    client.onInspect =
        name -> {
          client.decide(name, REJECT);
          return ACCEPT;
        };
    client.arrive("y");
    assertThat(client.happened())
        .startsWith("inspect y", "REJECT y NOT_FOUND")
        .contains("a SUCCESS socket y");
  }

  @Test
  @Rule({"INS-52", "INS-56"})
  void shouldNestNoCallbackInAnother() {
    client.accepting.enableAccept();
    client.arrive("x");
    client.happened();
    client.onInspect =
        name -> {
          client.decide("x", ACCEPT);
          client.queue.pump();
          client.arrive("z");
          assertThat(client.accepting.happened()).contains("ACCEPT x SUCCESS");
          client.onInspect = any -> PEND;
          return PEND;
        };
    client.arrive("y");
    assertThat(client.happened())
        .containsExactly("inspect z", "event x", "adopted x null", "opened x");
    client.onAbort = () -> client.decide("z", ACCEPT);
    client.leave("y");
    assertThat(client.happened())
        .containsExactly(
            "refused y", "abort y", "ACCEPT z SUCCESS", "event z", "adopted z null", "opened z");
  }

  // ---- Peers that go away

  @Test
  @Rule({"INS-29", "INS-41", "INS-50", "INS-53"})
  void shouldAbortWhatIsPendedOrWaits() {
    client.arrive("pended", "decided");
    client.onInspect = name -> ACCEPT;
    client.arrive("accepted");
    client.decide("decided", ACCEPT);
    client.happened();
    for (String name : List.of("accepted", "pended", "decided")) {
      client.leave(name);
      assertThat(client.happened()).containsExactly("refused " + name, "abort " + name);
      client.leave(name);
      assertThat(client.happened()).isEmpty();
    }
    client.accepting.accept("a");
    assertThat(client.happened()).isEmpty();
  }

  @Test
  @Rule({"INS-30", "INS-40", "INS-51"})
  void shouldAbortNothingThatWasDeliveredOrRejected() {
    client.arrive("x", "y");
    client.decide("y", REJECT);
    client.decide("x", ACCEPT);
    client.accepting.accept("a");
    assertThat(client.happened()).contains("a SUCCESS socket x");
    client.leave("x");
    client.leave("y");
    assertThat(client.happened()).isEmpty();
  }

  @Test
  @Rule("INS-29")
  void shouldAbortWhatNoSocketCanBeMadeOf() {
    client.onInspect = name -> ACCEPT;
    client.accepting.hopeless.add("x");
    client.arrive("x");
    client.accepting.accept("a");
    assertThat(client.happened()).containsExactly("inspect x", "refused x", "abort x");
  }

  // ---- Bounds and the end

  @Test
  @Rule("INS-24")
  void shouldNumberEachConnectionAnew() {
    client.onInspect = name -> REJECT;
    HashSet<Long> keys = new HashSet<>();
    HashSet<Integer> serialNumbers = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      client.arrive("x" + i);
      keys.add(client.id("x" + i).key());
      serialNumbers.add(client.id("x" + i).serialNumber());
    }
    assertThat(keys).hasSize(100);
    assertThat(serialNumbers).hasSize(100);
  }

  @Test
  void shouldTakeNoMoreThanTheBound() {
    client.accepting.enableAccept();
    assertThat(client.queue.wantsArrivals()).isTrue();
    client.arrive("x", "y");
    assertThat(client.queue.wantsArrivals()).isTrue();
    client.arrive("z");
    assertThat(client.queue.wantsArrivals()).isFalse();
    client.accepting.gate.disable(WskEventCallbackControl.ACCEPT, false);
    client.decide("x", ACCEPT);
    assertThat(client.queue.wantsArrivals()).as("accepted, not delivered").isFalse();
    client.accepting.accept("a");
    assertThat(client.queue.wantsArrivals()).as("delivered").isTrue();
    client.leave("y");
    client.decide("z", ACCEPT);
    client.onInspect = name -> ACCEPT;
    client.arrive("w");
    assertThat(client.queue.wantsArrivals()).as("as many wait as may").isFalse();
  }

  @Test
  void shouldCountWhatTheLoopHasNotComeTo() {
    client.accepting.enableAccept();
    client.arriveUnseen("x", "y");
    assertThat(client.queue.wantsArrivals()).isTrue();
    client.arriveUnseen("z");
    assertThat(client.queue.wantsArrivals()).isFalse();
  }

  @Test
  @Rule("INS-62")
  void shouldDropAtOnceWhatTheLoopHasNotComeToWhenItCloses() {
    client.arriveUnseen("x", "y");
    client.queue.close(NtStatus.CANCELLED);
    assertThat(client.happened()).containsExactly("refused x", "refused y");
    client.queue.pump();
    assertThat(client.happened()).isEmpty();
  }

  @Test
  @Rule("INS-62")
  void shouldDropAllWithoutAWordWhenItCloses() {
    client.arrive("pended");
    client.onInspect = name -> ACCEPT;
    client.arrive("accepted");
    client.happened();
    client.accepting.gate.shut();
    client.arrive("new");
    client.queue.close(NtStatus.CANCELLED);
    assertThat(client.happened())
        .containsExactlyInAnyOrder("refused pended", "refused accepted", "refused new");
    client.leave("pended");
    client.leave("accepted");
    assertThat(client.happened()).isEmpty();
    assertThat(client.decide("pended", ACCEPT).answer).isSameAs(NtStatus.NOT_FOUND);
  }

  @Test
  @Rule("INS-62")
  void shouldStartNoCallbackBehindAClosedGate() {
    client.arrive("x");
    client.happened();
    client.accepting.gate.shut();
    client.leave("x");
    client.arrive("y");
    assertThat(client.happened()).containsExactly("refused x", "refused y");
  }

  @Test
  void shouldEndRequestsToAcceptWhenItCloses() {
    client.accepting.accept("a");
    client.queue.close(NtStatus.FILE_FORCED_CLOSED);
    assertThat(client.happened()).containsExactly("a FILE_FORCED_CLOSED");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Rule({"INS-37", "ACC-54", "ACC-55"})
  void shouldTellOfItsDeathAndOfNothingElse(boolean inspects) {
    client.arrive("pended", "gone");
    client.accepting.enableAccept();
    client.happened();
    client.arriveUnseen("new");
    client.goUnseen("gone");
    client.accepting.happened();
    client.queue.die(inspects);
    assertThat(client.accepting.happened())
        .containsExactlyInAnyOrder("refused new", "refused pended");
    client.queue.pump();
    assertThat(client.happened())
        .isEqualTo(inspects ? List.of("inspect dead", "dead") : List.of("dead"));
    client.queue.pump();
    assertThat(client.happened()).isEmpty();
    assertThat(client.decide("pended", ACCEPT).answer).isSameAs(NtStatus.NOT_FOUND);
  }

  @Test
  void shouldTellNothingOfItsDeathBehindAClosedGate() {
    client.queue.die(true);
    client.accepting.gate.shut();
    client.queue.pump();
    assertThat(client.happened()).isEmpty();
  }

  @Test
  void shouldAbortNothingThatWaitedForASocketWhenItDies() {
    client.onInspect = name -> ACCEPT;
    client.arrive("accepted");
    client.happened();
    client.queue.die(true);
    client.queue.pump();
    assertThat(client.happened()).containsExactly("refused accepted", "inspect dead");
  }

  @Test
  @Rule("IRP-68")
  void shouldCallNothingWhereRoutinesAreNestedTooDeep() {
    Nesting.tooDeep(() -> client.arrive("x"));
    assertThat(client.accepting.happened()).isEmpty();
    client.accepting.runLater();
    assertThat(client.happened()).containsExactly("inspect x");
  }
}
