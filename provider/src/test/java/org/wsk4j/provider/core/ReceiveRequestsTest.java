package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.socket.WskFlags;

/** The receive queue as requests see it, while no event is enabled. */
@Timeout(60)
class ReceiveRequestsTest {
  private final ReceivingClient client = new ReceivingClient();

  @AfterEach
  void shouldLeaveNothingBehind() {
    client.close();
  }

  private Receive posted(String name, int flags, int length) {
    Receive request = Receive.of(name, flags, length);
    client.post(request);
    return request;
  }

  @Test
  @Rule({"RCV-01", "RCV-03", "RCV-06"})
  void shouldCompleteInlineWithWhatIsBuffered() {
    client.arrive("abcd");
    Receive first = posted("a", 0, 3);
    Receive second = posted("b", 0, 3);

    assertThat(first.answer).isSameAs(NtStatus.SUCCESS);
    assertThat(first.pendingReturned).isFalse();
    assertThat(second.answer).isSameAs(NtStatus.SUCCESS);
    assertThat(client.happened()).containsExactly("a SUCCESS 3 abc", "b SUCCESS 1 d");
    assertThat(second.leftTheRestAlone()).isTrue();
    assertThat(client.queue.backlog()).isZero();
  }

  @Test
  @Rule("RCV-02")
  void shouldWaitForBytes() {
    Receive request = posted("a", 0, 3);
    assertThat(request.answer).isSameAs(NtStatus.PENDING);
    assertThat(client.happened()).isEmpty();
    client.arrive("x");

    assertThat(client.happened()).containsExactly("a SUCCESS 1 x");
    assertThat(request.pendingReturned).isTrue();
    assertThat(request.completions).isOne();
  }

  @Test
  @Rule({"RCV-07", "RCV-08"})
  void shouldFillTheRequestsInTheOrderOfTheCalls() {
    posted("a", 0, 2);
    client.postElsewhere(Receive.of("b", 0, 3));
    posted("c", 0, 1);
    client.arrive("uv", "wxyz");

    assertThat(client.happened())
        .containsExactly("a SUCCESS 2 uv", "b SUCCESS 3 wxy", "c SUCCESS 1 z");
    client.arrive("1", "2", "3");
    posted("d", 0, 8);
    assertThat(client.happened()).containsExactly("d SUCCESS 3 123");
  }

  @Test
  @Rule({"RCV-04", "RCV-05"})
  void shouldWriteBehindTheOffsetAndAlongTheChain() {
    Receive part = Receive.chained("a", 0, 5, 2, 1, 4);
    client.post(part);
    client.arrive("vwxyz");
    Receive all = Receive.chained("b", 0, 1, 3, 2);
    client.arrive("123", "456");
    client.post(all);

    assertThat(client.happened()).containsExactly("a SUCCESS 5 vwxyz", "b SUCCESS 5 12345");
    assertThat(part.leftTheRestAlone()).isTrue();
    assertThat(all.leftTheRestAlone()).isTrue();
    assertThat(client.queue.backlog()).isOne();
  }

  @Test
  void shouldPassOverEmptyPiecesOfTheChain() {
    Receive request = Receive.chained("a", WskFlags.WAITALL, 0, 1, 0, 0, 2, 0);
    client.post(request);
    client.arrive("x", "", "yz");

    assertThat(client.happened()).containsExactly("a SUCCESS 3 xyz");
  }

  @Test
  void shouldTakeNoNoteOfArrivalsWithoutBytes() {
    posted("a", 0, 1);
    client.arrive("");

    assertThat(client.happened()).isEmpty();
  }

  // ---- Zero length

  @Test
  @Rule({"RCV-28", "RCV-39", "RCV-40"})
  void shouldCompleteARequestWithoutLengthAtOnce() {
    assertThat(posted("a", 0, 0).answer).isSameAs(NtStatus.SUCCESS);
    assertThat(posted("b", WskFlags.WAITALL, 0).answer).isSameAs(NtStatus.SUCCESS);
    client.arrive("x");
    posted("c", 0, 0);
    client.endOfStream();
    posted("d", 0, 0);
    posted("e", 0, 1);

    assertThat(client.happened())
        .containsExactly(
            "a SUCCESS 0", "b SUCCESS 0", "c SUCCESS 0", "d SUCCESS 0", "e SUCCESS 1 x");
  }

  @Test
  void shouldKeepARequestWithoutLengthInItsPlace() {
    posted("a", 0, 1);
    assertThat(posted("b", 0, 0).answer).isSameAs(NtStatus.PENDING);
    posted("c", 0, 1);
    assertThat(client.happened()).isEmpty();
    client.arrive("x");

    assertThat(client.happened()).containsExactly("a SUCCESS 1 x", "b SUCCESS 0");
  }

  // ---- WAITALL

  @Test
  @Rule({"RCV-23", "RCV-27", "RCV-29"})
  void shouldFillAllOfARequestThatWaitsForAll() {
    client.arrive("ab");
    posted("a", WskFlags.WAITALL, 4);
    posted("b", 0, 9);
    client.arrive("c");
    assertThat(client.happened()).isEmpty();
    client.arrive("def");
    assertThat(client.happened()).containsExactly("a SUCCESS 4 abcd", "b SUCCESS 2 ef");

    client.arrive("ghi");
    assertThat(posted("c", WskFlags.WAITALL, 2).answer).isSameAs(NtStatus.SUCCESS);
    assertThat(client.happened()).containsExactly("c SUCCESS 2 gh");
  }

  @Test
  @Rule("RCV-24")
  void shouldEndARequestThatWaitsForAllWithWhatItGot() {
    client.post(Receive.chained("a", WskFlags.WAITALL, 1, 2, 4));
    client.arrive("abc");
    client.endOfStream();
    posted("b", WskFlags.WAITALL, 2);

    assertThat(client.happened()).containsExactly("a SUCCESS 3 abc", "b SUCCESS 0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Rule("RCV-25")
  void shouldFailARequestThatWaitsForAllWithoutACount(boolean byPeer) {
    posted("a", WskFlags.WAITALL, 4);
    posted("b", 0, 4);
    client.arrive("abc");
    NtStatus status = byPeer ? NtStatus.CONNECTION_RESET : NtStatus.CONNECTION_ABORTED;
    client.fail(status, byPeer);

    assertThat(client.happened())
        .containsExactly("a " + status.name() + " 0", "b " + status.name() + " 0");
  }

  @Test
  @Rule("RCV-26")
  void shouldPutBackWhatACancelledRequestHasCollected() {
    Receive request = Receive.chained("a", WskFlags.WAITALL, 2, 2, 0, 2, 9);
    client.post(request);
    client.arrive("abc");
    client.arrive("de");
    assertThat(client.queue.backlog()).isZero();
    assertThat(client.queue.cancel(request.irp)).isTrue();
    assertThat(client.queue.backlog()).isEqualTo(5);
    client.arrive("fg");
    posted("b", 0, 4);
    posted("c", 0, 9);

    assertThat(client.happened())
        .containsExactly("a CANCELLED 0", "b SUCCESS 4 abcd", "c SUCCESS 3 efg");
  }

  @Test
  void shouldServeThoseBehindACancelledRequestWithWhatItHasCollected() {
    Receive request = posted("a", WskFlags.WAITALL, 9);
    posted("b", 0, 2);
    posted("c", WskFlags.WAITALL, 2);
    posted("d", 0, 2);
    client.arrive("abc");
    client.arrive("de");
    client.queue.cancel(request.irp);

    assertThat(client.happened())
        .containsExactly("a CANCELLED 0", "b SUCCESS 2 ab", "c SUCCESS 2 cd", "d SUCCESS 1 e");
  }

  @Test
  void shouldCancelARequestThatHasCollectedNothing() {
    Receive first = posted("a", 0, 2);
    Receive second = posted("b", WskFlags.WAITALL, 2);
    posted("c", 0, 2);
    assertThat(client.queue.cancel(second.irp)).isTrue();
    assertThat(client.queue.cancel(first.irp)).isTrue();
    assertThat(client.queue.cancel(first.irp)).isFalse();
    client.arrive("x");

    assertThat(client.happened())
        .containsExactly("b CANCELLED 0", "a CANCELLED 0", "c SUCCESS 1 x");
  }

  @Test
  void shouldLetTheRoutineOfACancelledRequestHaveWhatItHasCollected() {
    Receive again = Receive.of("again", 0, 9);
    Receive request = Receive.of("a", WskFlags.WAITALL, 9).then(() -> client.post(again));
    client.post(request);
    client.arrive("abc");
    client.queue.cancel(request.irp);

    assertThat(client.happened()).containsExactly("a CANCELLED 0", "again SUCCESS 3 abc");
    assertThat(again.answer).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  @Rule("RCV-22")
  void shouldCancelWhatWaitsWhenTheSocketCloses() {
    posted("a", WskFlags.WAITALL, 4);
    posted("b", 0, 4);
    posted("c", WskFlags.DRAIN, 0);
    client.arrive("ab");
    client.queue.close();

    assertThat(client.happened())
        .containsExactly("a CANCELLED 0", "b CANCELLED 0", "c CANCELLED 0");
  }

  // ---- DRAIN

  @Test
  @Rule({"RCV-30", "RCV-32", "RCV-35"})
  void shouldDiscardUntilTheEndOfTheStream() {
    client.arrive("ab");
    assertThat(posted("a", WskFlags.DRAIN, 0).answer).isSameAs(NtStatus.PENDING);
    assertThat(client.queue.backlog()).isZero();
    client.arrive("cd");
    client.arrive("ef");
    assertThat(client.queue.backlog()).isZero();
    assertThat(client.queue.wantsData()).isTrue();
    assertThat(client.happened()).isEmpty();
    client.endOfStream();
    posted("b", WskFlags.DRAIN, 0);

    assertThat(client.happened()).containsExactly("a SUCCESS 0", "b SUCCESS 0");
  }

  @Test
  @Rule("RCV-33")
  void shouldEndADrainWithTheFailureOfTheConnection() {
    posted("a", WskFlags.DRAIN, 0);
    client.arrive("ab");
    client.fail(NtStatus.CONNECTION_RESET, true);
    assertThat(client.happened()).containsExactly("a CONNECTION_RESET 0");
  }

  @Test
  @Rule("RCV-34")
  void shouldReceiveAgainWhatComesBehindACancelledDrain() {
    Receive drain = posted("a", WskFlags.DRAIN, 0);
    client.arrive("ab");
    client.queue.cancel(drain.irp);
    client.arrive("cd");
    posted("b", 0, 9);
    assertThat(client.happened()).containsExactly("a CANCELLED 0", "b SUCCESS 2 cd");
  }

  @Test
  void shouldDiscardOnlyWhenADrainIsTheOldest() {
    posted("a", 0, 2);
    Receive drain = posted("b", WskFlags.DRAIN, 0);
    posted("c", 0, 2);
    client.arrive("xyz");
    assertThat(client.happened()).containsExactly("a SUCCESS 2 xy");
    client.arrive("uv");
    client.queue.cancel(drain.irp);
    client.arrive("w");
    assertThat(client.happened()).containsExactly("b CANCELLED 0", "c SUCCESS 1 w");
  }

  // ---- Ends

  @Test
  @Rule({"RCV-15", "RCV-16", "RCV-17"})
  void shouldReportTheEndOfTheStreamBehindTheLastByteAndForGood() {
    posted("a", 0, 2);
    posted("b", 0, 2);
    posted("c", 0, 2);
    client.queue.received(client.element("xyz"));
    client.endOfStream();
    assertThat(client.happened()).containsExactly("a SUCCESS 2 xy", "b SUCCESS 1 z", "c SUCCESS 0");
    assertThat(client.queue.isEndOfStream()).isTrue();

    assertThat(posted("d", 0, 2).answer).isSameAs(NtStatus.SUCCESS);
    client.arrive("late");
    posted("e", 0, 2);
    assertThat(client.happened()).containsExactly("d SUCCESS 0", "e SUCCESS 0");
  }

  @Test
  @Rule({"RCV-18", "RCV-19"})
  void shouldFailEveryRequestOfABrokenConnection() {
    client.arrive("lost");
    client.fail(NtStatus.CONNECTION_RESET, true);
    assertThat(client.queue.backlog()).isZero();
    Receive late = posted("a", 0, 2);
    client.fail(NtStatus.CONNECTION_ABORTED, false);
    client.arrive("late");
    posted("b", WskFlags.WAITALL, 2);
    posted("c", 0, 0);

    assertThat(late.answer).isSameAs(NtStatus.CONNECTION_RESET);
    assertThat(client.happened())
        .containsExactly("a CONNECTION_RESET 0", "b CONNECTION_RESET 0", "c CONNECTION_RESET 0");
  }

  @Test
  void shouldNotReportTheEndOfAStreamThatBroke() {
    client.arrive("ab");
    client.endOfStream();
    client.fail(NtStatus.CONNECTION_RESET, true);
    posted("a", 0, 2);
    assertThat(client.happened()).containsExactly("a CONNECTION_RESET 0");
  }

  // ---- Routines that call back

  @Test
  void shouldQueueWhatARoutinePostsBehindWhatWaits() {
    Receive again = Receive.of("again", 0, 2);
    client.post(Receive.of("a", 0, 2).then(() -> client.post(again)));
    posted("b", 0, 2);
    client.arrive("uvwxyz");

    assertThat(client.happened())
        .containsExactly("a SUCCESS 2 uv", "b SUCCESS 2 wx", "again SUCCESS 2 yz");
    assertThat(again.answer).isSameAs(NtStatus.PENDING);
  }

  @Test
  void shouldCompleteInlineWhatARoutineOfAnInlineCompletionPosts() {
    Receive again = Receive.of("again", 0, 2);
    client.arrive("uvwx");
    client.post(Receive.of("a", 0, 2).then(() -> client.post(again)));

    assertThat(client.happened()).containsExactly("a SUCCESS 2 uv", "again SUCCESS 2 wx");
    assertThat(again.answer).isSameAs(NtStatus.SUCCESS);
    assertThat(again.pendingReturned).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"LOOP_CALL", "FAILED"})
  void shouldNeitherNestWithoutEndNorLoseTheOrder(Chain kind) {
    List<Integer> order = new ArrayList<>();
    int[] deepest = new int[1];
    int count = 5000;
    if (kind == Chain.FAILED) {
      client.fail(NtStatus.CONNECTION_RESET, false);
    }
    client.arrive("x".repeat(count));
    chain(0, count, order, deepest);
    while (client.hasWorkForLater()) {
      client.runLater();
    }

    assertThat(order).hasSize(count).isSorted();
    assertThat(deepest[0]).isBetween(2, 17);
    assertThat(client.happened()).hasSize(count);
  }

  private enum Chain {
    LOOP_CALL,
    FAILED
  }

  private void chain(int number, int count, List<Integer> order, int[] deepest) {
    if (number == count) {
      return;
    }
    Receive request = Receive.of("r", 0, 1);
    request.then(
        () -> {
          order.add(number);
          deepest[0] = Math.max(deepest[0], DispatchLevel.current().depth());
          chain(number + 1, count, order, deepest);
        });
    client.post(request);
  }

  // ---- How much to read

  @Test
  void shouldWantDataUpToTheReadAheadAndBeyondForARequest() {
    assertThat(client.queue.wantsData()).isTrue();
    client.arrive("x".repeat(63));
    assertThat(client.queue.wantsData()).isTrue();
    client.arrive("x");
    assertThat(client.queue.wantsData()).isFalse();
    posted("a", WskFlags.WAITALL, 100);
    assertThat(client.queue.wantsData()).isTrue();
    client.endOfStream();
    assertThat(client.queue.wantsData()).isFalse();
  }

  @Test
  void shouldWantNothingFromABrokenConnection() {
    client.fail(NtStatus.CONNECTION_RESET, true);
    assertThat(client.queue.wantsData()).isFalse();
  }

  @Test
  @Rule({"RCV-90", "RCV-91"})
  void shouldCountWhatIsBufferedAsBacklog() {
    client.arrive("abc", "de");
    assertThat(client.queue.backlog()).isEqualTo(5);
    posted("a", 0, 4);
    assertThat(client.queue.backlog()).isOne();
    posted("b", 0, 4);
    assertThat(client.queue.backlog()).isZero();
  }

  @Test
  @Rule({"RCV-76", "RCV-77", "REL-17"})
  void shouldDieOnceAndTellThroughAnOpenEventAlone() {
    client.enableAll();
    posted("a", WskFlags.WAITALL, 5);
    client.arrive("xy");
    client.die();
    client.die();
    client.arrive("z");
    client.fail(NtStatus.CONNECTION_RESET, true);

    assertThat(client.happened()).containsExactly("a FILE_FORCED_CLOSED 0", "dead");
    assertThat(client.queue.wantsData()).isFalse();
    assertThat(client.queue.backlog()).isZero();
  }

  @Test
  @Rule("RCV-76")
  void shouldTellOfTheDeathWhenTheCallbacksMayBegin() {
    client.gate.hold();
    client.enableAll();
    client.die();
    assertThat(client.happened()).isEmpty();
    client.gate.letGo();
    client.queue.pump();

    assertThat(client.happened()).containsExactly("dead");
  }

  @Test
  @Rule("RCV-22")
  void shouldGiveNothingOutWhenTheGateIsShut() {
    posted("a", 0, 1);
    client.gate.shut();
    client.arrive("x");
    assertThat(client.happened()).isEmpty();
    client.queue.close();

    assertThat(client.happened()).containsExactly("a CANCELLED 0");
  }

  @Test
  void shouldPutWhatACancelledRequestHasCollectedBeforeWhatCameBehind() {
    Receive request = posted("a", WskFlags.WAITALL, 9);
    client.arrive("abc");
    client.queue.received(client.element("de"));
    client.queue.cancel(request.irp);
    posted("b", WskFlags.WAITALL, 5);
    assertThat(client.happened()).containsExactly("a CANCELLED 0", "b SUCCESS 5 abcde");
  }

  @Test
  void shouldSayWhetherThePeerHasEndedItsSide() {
    assertThat(client.queue.isEndOfStream()).isFalse();
    client.arrive("a");
    client.endOfStream();
    assertThat(client.queue.isEndOfStream()).isTrue();
  }

  @Test
  @Rule("RCV-83")
  void shouldTellThatThereIsNoControlInformation() {
    Out<ControlInfo> place = new Out<>();
    Receive request = Receive.of("a", 0, 1);
    request.irp.context().target = place;
    client.post(request);
    assertThat(place.get()).isNull();
    client.arrive("x");
    assertThat(client.happened()).containsExactly("a SUCCESS 1 x");
    assertThat(place.require()).isEqualTo(ControlInfo.of());
  }
}
