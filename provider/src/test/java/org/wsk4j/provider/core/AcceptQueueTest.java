package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.AcceptingClient.Accept;
import org.wsk4j.provider.testing.Nesting;

@Timeout(60)
class AcceptQueueTest {
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  private static final int SEND_BACKLOG = WskEventCallbackControl.SEND_BACKLOG;

  private final AcceptingClient client = new AcceptingClient(2);

  // ---- Requests

  @Test
  @Rule({"ACC-01", "ACC-11"})
  void shouldCompleteInlineWithTheOldestConnectionThatWaits() {
    client.arrive("x", "y");
    Accept first = client.accept("a");
    Accept second = client.accept("b");

    assertThat(first.answer).isSameAs(NtStatus.SUCCESS);
    assertThat(first.pendingReturned).isFalse();
    assertThat(second.answer).isSameAs(NtStatus.SUCCESS);
    assertThat(client.happened())
        .containsExactly(
            "adopted x context of a with table",
            "a SUCCESS socket x",
            "opened x",
            "adopted y context of b with table",
            "b SUCCESS socket y",
            "opened y");
  }

  @Test
  @Rule({"ACC-03", "ACC-09", "ACC-10"})
  void shouldGiveEachConnectionToTheOldestRequest() {
    Accept first = client.accept("a");
    client.acceptElsewhere("b");
    client.accept("c");
    assertThat(first.answer).isSameAs(NtStatus.PENDING);
    client.arrive("x", "y");

    assertThat(first.pendingReturned).isTrue();
    assertThat(client.happened())
        .containsExactly(
            "adopted x context of a with table",
            "a SUCCESS socket x",
            "opened x",
            "adopted y context of b with table",
            "b SUCCESS socket y",
            "opened y");
    client.arrive("z");
    assertThat(client.happened()).contains("c SUCCESS socket z");
  }

  @Test
  @Rule("ACC-18")
  void shouldTellTheAddressesWhenARequestCompletes() {
    Accept request = client.accept("a");
    assertThat(request.local.get()).isNull();
    Accept cancelled = client.accept("b");
    client.queue.cancel(cancelled.irp);
    client.arrive("x");

    assertThat(request.local.get()).isEqualTo(InetSocketAddress.createUnresolved("local-x", 1));
    assertThat(request.remote.get()).isEqualTo(InetSocketAddress.createUnresolved("remote-x", 2));
    assertThat(cancelled.local.get()).isNull();
    assertThat(cancelled.remote.get()).isNull();
  }

  @Test
  void shouldDoWithoutPlacesForTheAddresses() {
    Accept request = client.request("a");
    request.irp.context().target = new AcceptRequest(null, null, null, null);
    client.post(request);
    client.arrive("x");
    assertThat(client.happened())
        .containsExactly("adopted x null", "a SUCCESS socket x", "opened x");
  }

  @Test
  @Rule({"LSN-56", "ACC-25"})
  void shouldLetNoEventsBeInheritedThroughARequest() {
    client.enable(RECEIVE | DISCONNECT);
    client.accept("a");
    client.arrive("x");
    assertThat(client.inherited).containsEntry("x", 0);
  }

  @Test
  @Rule("ACC-61")
  void shouldCancelARequestAndLoseNoConnection() {
    Accept first = client.accept("a");
    client.accept("b");
    assertThat(client.queue.cancel(first.irp)).isTrue();
    assertThat(client.queue.cancel(first.irp)).isFalse();
    assertThat(client.happened()).containsExactly("a CANCELLED");
    client.arrive("x");
    assertThat(client.happened()).contains("b SUCCESS socket x");
  }

  @Test
  void shouldRefuseAConnectionOfWhichNoSocketCanBeMadeAndKeepTheRequest() {
    client.hopeless.add("x");
    Accept request = client.accept("a");
    client.arrive("x");
    assertThat(client.happened()).containsExactly("refused x");
    client.arrive("y");
    assertThat(client.happened()).contains("a SUCCESS socket y");
    assertThat(request.completions).isOne();
  }

  @Test
  void shouldTakeTheNextWhenNoSocketCanBeMadeInline() {
    client.hopeless.add("x");
    client.arrive("x", "y");
    Accept request = client.accept("a");
    assertThat(request.answer).isSameAs(NtStatus.PENDING);
    assertThat(client.happened()).containsExactly("refused x");
    client.runLater();
    assertThat(request.pendingReturned).isTrue();
    assertThat(client.happened()).contains("a SUCCESS socket y");
  }

  @Test
  void shouldQueueWhatARoutinePostsBehindWhatWaits() {
    Accept again = client.request("again");
    client.post(client.request("a").then(() -> client.post(again)));
    client.accept("b");
    client.arrive("x", "y", "z");
    assertThat(again.answer).isSameAs(NtStatus.PENDING);
    assertThat(client.happened())
        .filteredOn(line -> line.contains("SUCCESS"))
        .containsExactly("a SUCCESS socket x", "b SUCCESS socket y", "again SUCCESS socket z");
  }

  @Test
  void shouldOpenASocketWhenItsRequestHasCompleted() {
    client.arrive("x", "y");
    Accept again = client.request("again");
    client.post(client.request("a").then(() -> client.post(again)));
    assertThat(client.happened())
        .containsExactly(
            "adopted x context of a with table",
            "a SUCCESS socket x",
            "adopted y context of again with table",
            "again SUCCESS socket y",
            "opened y",
            "opened x");
  }

  @Test
  void shouldNeitherNestWithoutEndNorLoseTheOrder() {
    int count = 5000;
    for (int i = 0; i < count; i++) {
      client.queue.arrived(client.named("n" + i));
    }
    List<Integer> order = new ArrayList<>();
    int[] deepest = new int[1];
    chain(0, count, order, deepest);
    while (client.hasWorkForLater()) {
      client.runLater();
    }
    assertThat(order).hasSize(count).isSorted();
    assertThat(deepest[0]).isBetween(2, 17);
    assertThat(client.happened())
        .filteredOn(line -> line.contains("SUCCESS"))
        .hasSize(count)
        .startsWith("r0 SUCCESS socket n0")
        .endsWith("r4999 SUCCESS socket n4999");
  }

  @Test
  void shouldLeaveWhatIsTooDeepForLaterInOrder() {
    client.arrive("x", "y");
    DispatchLevel level = DispatchLevel.current();
    for (int i = 0; i < 16; i++) {
      level.raise();
    }
    Accept deep = client.accept("deep");
    for (int i = 0; i < 16; i++) {
      level.lower();
    }
    Accept next = client.accept("next");

    assertThat(deep.answer).isSameAs(NtStatus.PENDING);
    assertThat(next.answer).isSameAs(NtStatus.PENDING);
    assertThat(client.happened()).isEmpty();
    client.runLater();
    assertThat(client.happened())
        .containsSubsequence(
            "deep SUCCESS socket x", "opened x", "next SUCCESS socket y", "opened y");
    assertThat(deep.pendingReturned).isTrue();
  }

  private void chain(int number, int count, List<Integer> order, int[] deepest) {
    if (number < count) {
      client.post(
          client
              .request("r" + number)
              .then(
                  () -> {
                    order.add(number);
                    deepest[0] = Math.max(deepest[0], DispatchLevel.current().depth());
                    chain(number + 1, count, order, deepest);
                  }));
    }
  }

  // ---- The event

  @Test
  @Rule({"ACC-28", "ACC-30", "ACC-59", "ACC-60"})
  void shouldOfferEachConnectionOnceAndOnlyIfEnabled() {
    client.arrive("x", "y");
    client.enable(RECEIVE);
    assertThat(client.happened()).isEmpty();
    client.enableAccept();
    assertThat(client.happened())
        .containsExactly(
            "event x", "adopted x null", "opened x", "event y", "adopted y null", "opened y");
    client.arrive("z");
    assertThat(client.happened()).containsExactly("event z", "adopted z null", "opened z");
  }

  @Test
  @Rule({"ACC-29", "ACC-31", "ACC-34"})
  void shouldServeRequestsBeforeTheEvent() {
    client.enableAccept();
    client.accept("a");
    client.arrive("x", "y");
    assertThat(client.happened())
        .containsExactly(
            "adopted x context of a with table",
            "a SUCCESS socket x",
            "opened x",
            "event y",
            "adopted y null",
            "opened y");
  }

  @Test
  @Rule({"ACC-39", "ACC-40", "ACC-41"})
  void shouldTakeWhatTheCallbackFillsIn() {
    client.enableAccept();
    client.onAccept =
        (context, dispatch) -> {
          context.set("mine");
          dispatch.set(AcceptingClient.TABLE);
          return NtStatus.SUCCESS;
        };
    client.arrive("x", "y");
    assertThat(client.happened())
        .contains("adopted x mine with table", "adopted y mine with table");
  }

  static List<NtStatus> refusals() {
    return List.of(NtStatus.REQUEST_NOT_ACCEPTED, NtStatus.UNSUCCESSFUL, NtStatus.PENDING);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  @Rule({"ACC-49", "ACC-51", "ACC-52", "ACC-53"})
  void shouldDiscardWhatTheCallbackDoesNotWantAndGoOn(NtStatus refusal) {
    client.enableAccept();
    client.onAccept =
        (context, dispatch) -> {
          client.onAccept = (others, table) -> NtStatus.SUCCESS;
          context.set("mine");
          return refusal;
        };
    client.arrive("x", "y");
    assertThat(client.happened())
        .containsExactly("event x", "discarded x", "event y", "adopted y null", "opened y");
    assertThat(client.accept("a").answer).isSameAs(NtStatus.PENDING);
  }

  @Test
  void shouldRefuseWithoutAnOfferWhatNoSocketCanBeMadeOf() {
    client.hopeless.add("x");
    client.enableAccept();
    client.arrive("y", "x");
    assertThat(client.happened())
        .containsExactly("event y", "adopted y null", "opened y", "refused x");
    assertThat(client.gate.disable(ACCEPT, false)).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  @Rule({"LSN-55", "LSN-57"})
  void shouldLetAcceptedSocketsInheritWhatWasEnabledWhenTheyWereOffered() {
    client.enableAccept();
    client.onAccept =
        (context, dispatch) -> {
          client.gate.enable(DISCONNECT | SEND_BACKLOG);
          return NtStatus.SUCCESS;
        };
    client.gate.enable(RECEIVE);
    client.arrive("x", "y");
    assertThat(client.inherited)
        .containsEntry("x", RECEIVE)
        .containsEntry("y", RECEIVE | DISCONNECT | SEND_BACKLOG);
  }

  @Test
  @Rule("ACC-65")
  void shouldServeARequestOfTheCallbackWithTheNextConnection() {
    client.enableAccept();
    client.onAccept =
        (context, dispatch) -> {
          assertThat(client.accept("inside").answer).isSameAs(NtStatus.PENDING);
          return NtStatus.SUCCESS;
        };
    client.arrive("x", "y");
    assertThat(client.happened())
        .containsExactly(
            "event x",
            "adopted x null",
            "opened x",
            "adopted y context of inside with table",
            "inside SUCCESS socket y",
            "opened y");
  }

  @Test
  void shouldTakeConnectionsThatArriveInsideTheCallback() {
    client.enableAccept();
    client.onAccept =
        (context, dispatch) -> {
          client.onAccept = (others, table) -> NtStatus.SUCCESS;
          client.arrive("y");
          return NtStatus.SUCCESS;
        };
    client.arrive("x");
    assertThat(client.happened())
        .filteredOn(line -> line.startsWith("event"))
        .containsExactly("event x", "event y");
  }

  @Test
  @Rule({"ACC-33", "EVT-35"})
  void shouldKeepConnectionsThatComeBehindADisable() {
    client.enableAccept();
    client.onAccept =
        (context, dispatch) -> {
          assertThat(client.gate.disable(ACCEPT, true)).isSameAs(NtStatus.PENDING);
          client.gate.enable(ACCEPT);
          return NtStatus.SUCCESS;
        };
    client.arrive("x", "y");
    assertThat(client.happened()).containsExactly("event x", "adopted x null", "opened x");
    client.gate.drained();
    client.onAccept = (context, dispatch) -> NtStatus.SUCCESS;
    client.queue.pump();
    assertThat(client.happened()).containsExactly("event y", "adopted y null", "opened y");
  }

  @Test
  void shouldTellWhatFollowsTheCallbackApartFromIt() {
    client.enableAccept();
    List<NtStatus> answers = new ArrayList<>();
    client.whenOpened = () -> answers.add(client.gate.disable(ACCEPT, false));
    client.arrive("x");
    assertThat(answers).containsExactly(NtStatus.SUCCESS);
  }

  // ---- How many to take from the system

  @Test
  void shouldWantArrivalsUpToTheBoundAndBeyondForThoseWhoTakeThem() {
    assertThat(client.queue.wantsArrivals()).isTrue();
    client.arrive("x");
    assertThat(client.queue.wantsArrivals()).isTrue();
    client.arrive("y");
    assertThat(client.queue.wantsArrivals()).isFalse();
    client.gate.enable(RECEIVE);
    assertThat(client.queue.wantsArrivals()).isFalse();
    client.gate.enable(ACCEPT);
    assertThat(client.queue.wantsArrivals()).isTrue();
    client.gate.disable(ACCEPT, false);
    client.accept("a");
    client.accept("b");
    client.accept("c");
    assertThat(client.queue.wantsArrivals()).isTrue();
    assertThat(client.happened()).noneMatch(line -> line.startsWith("event"));
  }

  @Test
  void shouldWantNothingThatNobodyTakesWithoutRoom() {
    AcceptingClient narrow = new AcceptingClient(0);
    assertThat(narrow.queue.wantsArrivals()).isFalse();
    Accept request = narrow.accept("a");
    assertThat(narrow.queue.wantsArrivals()).isTrue();
    narrow.queue.cancel(request.irp);
    assertThat(narrow.queue.wantsArrivals()).isFalse();
  }

  // ---- Close

  @Test
  @Rule({"ACC-62", "ACC-04"})
  void shouldResetConnectionsThatWaitAndCancelRequestsWhenItCloses() {
    client.arrive("x", "y");
    client.queue.close(NtStatus.CANCELLED);
    assertThat(client.happened()).containsExactly("refused x", "refused y");

    AcceptingClient other = new AcceptingClient(2);
    Accept request = other.accept("a");
    other.accept("b");
    other.queue.close(NtStatus.CANCELLED);
    assertThat(other.happened()).containsExactly("a CANCELLED", "b CANCELLED");
    assertThat(request.irp.information()).isZero();
  }

  @Test
  void shouldCancelWhatRoutinesPostWhenItCloses() {
    client.post(client.request("a").then(() -> client.accept("again")));
    client.queue.close(NtStatus.FILE_FORCED_CLOSED);
    assertThat(client.happened())
        .containsExactly("a FILE_FORCED_CLOSED", "again FILE_FORCED_CLOSED");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldLetACallbackEndInWhichTheListenerIsClosed(boolean taken) {
    client.enableAccept();
    client.onAccept =
        (context, dispatch) -> {
          client.accept("inside");
          client.gate.shut();
          client.queue.close(NtStatus.CANCELLED);
          return taken ? NtStatus.SUCCESS : NtStatus.REQUEST_NOT_ACCEPTED;
        };
    client.arrive("x", "y");
    List<String> happened = client.happened();
    assertThat(happened).startsWith("event x", "refused y", "inside CANCELLED");
    assertThat(happened.subList(3, happened.size()))
        .isEqualTo(taken ? List.of("adopted x null", "opened x") : List.of("discarded x"));
  }

  @Test
  @Rule({"ACC-54", "ACC-55", "ACC-58"})
  void shouldDieOnceAndTellThroughAnOpenEventAlone() {
    client.accept("a");
    client.queue.die();
    client.queue.pump();
    assertThat(client.happened()).containsExactly("a FILE_FORCED_CLOSED");
    client.enableAccept();
    client.queue.pump();
    assertThat(client.happened()).containsExactly("dead");
    client.queue.pump();
    assertThat(client.happened()).isEmpty();
    // The callback has been left.
    assertThat(client.gate.disable(ACCEPT, false)).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  void shouldResetConnectionsThatWaitWhenItDies() {
    client.arrive("x", "y");
    client.queue.die();
    client.queue.pump();
    assertThat(client.happened()).containsExactly("refused x", "refused y");
  }

  @Test
  @Rule("IRP-68")
  void shouldCallNothingWhereRoutinesAreNestedTooDeep() {
    client.gate.enable(ACCEPT);
    Nesting.tooDeep(() -> client.arrive("x"));
    assertThat(client.happened()).isEmpty();
    client.runLater();
    assertThat(client.happened()).contains("event x");
  }
}
