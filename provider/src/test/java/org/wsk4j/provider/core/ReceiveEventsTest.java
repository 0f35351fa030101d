package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.memory.DataIndication;
import org.wsk4j.provider.testing.Nesting;
import org.wsk4j.socket.WskFlags;

/** The receive queue with events enabled. */
@Timeout(60)
class ReceiveEventsTest {
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;

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

  /** Answers the next callback so, and those after it with SUCCESS. */
  private void answerOnce(NtStatus answer) {
    client.onReceive =
        (first, bytes, accepted) -> {
          client.onReceive = (others, count, all) -> NtStatus.SUCCESS;
          return answer;
        };
  }

  private void acceptOnce(long count) {
    client.onReceive =
        (first, bytes, accepted) -> {
          client.onReceive = (others, number, all) -> NtStatus.SUCCESS;
          accepted.set(count);
          return NtStatus.SUCCESS;
        };
  }

  @Test
  @Rule({"RCV-42", "RCV-44", "RCV-45", "RCV-57"})
  void shouldIndicateWhatArrivesAsOneListAndOnlyIfEnabled() {
    client.arrive("ab");
    client.enable(DISCONNECT);
    assertThat(client.happened()).isEmpty();
    client.enable(RECEIVE);
    client.arrive("c", "", "de");
    client.arrive("f");

    assertThat(client.happened()).containsExactly("event ab", "event cde", "event f");
    assertThat(client.flags).isEqualTo(WskFlags.AT_DISPATCH_LEVEL);
  }

  @Test
  void shouldGiveNothingOutWhileTheGateIsVeiled() {
    client.enableAll().gate.veil();
    client.arrive("ab");
    Receive waiting = posted("a", 0, 1);
    Receive other = posted("b", 0, 9);
    client.queue.pump();
    assertThat(client.happened()).isEmpty();

    client.queue.unveil();
    client.queue.pump();
    assertThat(client.happened()).containsExactly("a SUCCESS 1 a", "b SUCCESS 1 b");
    assertThat(waiting).isNotSameAs(other);
  }

  @Test
  void shouldTellOfAFailureThoughTheGateIsVeiled() {
    client.gate.veil();
    posted("a", 0, 1);
    client.queue.fail(NtStatus.CONNECTION_ABORTED, true);
    client.queue.pump();
    assertThat(client.happened()).containsExactly("a CONNECTION_ABORTED 0");
  }

  @Test
  void shouldGiveOutWhatCameBeforeAStreamWasCutShort() {
    client.enable(DISCONNECT);
    client.arrive("ab");
    client.queue.truncated(NtStatus.CONNECTION_DISCONNECTED);
    client.queue.pump();
    posted("a", WskFlags.WAITALL, 9);
    client.queue.pump();
    posted("b", 0, 9);

    assertThat(client.happened())
        .containsExactly("a SUCCESS 2 ab", "disconnect abortive", "b CONNECTION_DISCONNECTED 0");
    assertThat(client.flags).isEqualTo(WskFlags.ABORTIVE | WskFlags.AT_DISPATCH_LEVEL);
  }

  @Test
  @Rule("RCV-46")
  void shouldNotIndicateAnArrivalWithoutBytes() {
    client.enableAll().arrive("");
    assertThat(client.happened()).isEmpty();
  }

  @Test
  @Rule("RCV-72")
  void shouldServeRequestsBeforeTheEvent() {
    client.enableAll();
    posted("a", 0, 2);
    posted("b", 0, 2);
    client.arrive("uvwxyz");

    assertThat(client.happened()).containsExactly("a SUCCESS 2 uv", "b SUCCESS 2 wx", "event yz");
  }

  @Test
  void shouldNotIndicateWhileARequestIsFilledOrDrains() {
    client.enableAll();
    Receive all = posted("a", WskFlags.WAITALL, 4);
    client.arrive("ab");
    assertThat(client.happened()).isEmpty();
    Receive drain = posted("b", WskFlags.DRAIN, 0);
    client.queue.cancel(all.irp);
    assertThat(client.happened()).containsExactly("a CANCELLED 0");
    client.arrive("cd");
    client.queue.cancel(drain.irp);
    client.arrive("ef");
    assertThat(client.happened()).containsExactly("b CANCELLED 0", "event ef");
  }

  @Test
  void shouldIndicateWhatACancelledRequestHasCollected() {
    client.enableAll();
    Receive all = posted("a", WskFlags.WAITALL, 9);
    client.arrive("abc");
    client.queue.cancel(all.irp);

    assertThat(client.happened()).containsExactly("a CANCELLED 0", "event abc");
  }

  // ---- Answers

  @ParameterizedTest
  @CsvSource({"2, 2, cdef", "1, 1, bcdef", "4, 4, ef", "5, 5, f"})
  @Rule({"RCV-53", "RCV-54", "RCV-55", "RCV-66"})
  void shouldKeepWhatWasNotAcceptedAndCallAgainAfterAReceive(
      long accepted, String shown, String rest) {
    client.enableAll();
    acceptOnce(accepted);
    client.arrive("ab", "cd", "ef");
    client.arrive("gh");
    assertThat(client.happened()).containsExactly("event abcdef took " + shown);
    assertThat(client.queue.backlog()).isEqualTo(8 - accepted);

    posted("a", 0, rest.length());
    assertThat(client.happened()).containsExactly("a SUCCESS " + rest.length() + " " + rest);
    client.runLater();
    assertThat(client.happened()).containsExactly("event gh");
    client.arrive("ij");
    assertThat(client.happened()).containsExactly("event ij");
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, Long.MAX_VALUE})
  @Rule({"RCV-51", "RCV-52", "RCV-70"})
  void shouldTakeAllAsAccepted(long accepted) {
    client.enableAll();
    acceptOnce(accepted);
    client.arrive("abcdef");
    assertThat(client.queue.backlog()).isZero();
    client.arrive("x");
    assertThat(client.happened().get(1)).isEqualTo("event x");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  @Rule("RCV-69")
  void shouldTakeAcceptingNothingAsARefusal(long accepted) {
    client.enableAll();
    acceptOnce(accepted);
    client.arrive("abc");
    client.arrive("def");
    assertThat(client.happened()).containsExactly("event abc took " + accepted);
    posted("a", 0, 0);
    client.runLater();
    assertThat(client.happened()).containsExactly("a SUCCESS 0", "event abcdef");
  }

  static List<NtStatus> refusals() {
    return List.of(NtStatus.DATA_NOT_ACCEPTED, NtStatus.UNSUCCESSFUL, NtStatus.EVENT_PENDING);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  @Rule({"RCV-62", "RCV-63", "RCV-64", "RCV-71", "RCV-41"})
  void shouldKeepAllOfWhatWasRefusedUntilAReceiveHasCompleted(NtStatus refusal) {
    client.enableAll();
    client.onReceive =
        (first, bytes, accepted) -> {
          client.onReceive = (others, count, all) -> NtStatus.SUCCESS;
          accepted.set(2);
          return refusal;
        };
    client.arrive("abc");
    client.arrive("d");
    assertThat(client.happened()).containsExactly("event abc " + refusal.name());

    assertThat(posted("a", 0, 0).answer).isSameAs(NtStatus.SUCCESS);
    assertThat(client.happened()).containsExactly("a SUCCESS 0");
    client.runLater();
    assertThat(client.happened()).containsExactly("event abcd");
  }

  @Test
  @Rule({"RCV-58", "RCV-59", "RCV-60", "RCV-61", "RCV-92"})
  void shouldLeaveWhatIsKeptToTheClientAndGoOn() {
    client.enableAll();
    client.onReceive =
        (first, bytes, accepted) -> {
          accepted.set(1);
          return NtStatus.PENDING;
        };
    client.arrive("abc", "d");
    client.arrive("ef");
    assertThat(client.happened()).containsExactly("event abcd PENDING", "event ef PENDING");
    assertThat(client.queue.backlog()).isZero();
    assertThat(client.account.bytes()).isEqualTo(6);
    posted("a", 0, 9);
    client.arrive("gh");
    assertThat(client.happened()).containsExactly("a SUCCESS 2 gh");
    assertThat(client.retained)
        .extracting(each -> new String(each.buffer().toByteArray(), StandardCharsets.UTF_8))
        .containsExactly("abc", "d", "ef");
    client.release(client.retained.get(1));
    assertThat(client.account.bytes()).isEqualTo(5);
  }

  @Test
  @Rule("RCV-49")
  void shouldAskForReleaseWhenMuchIsKept() {
    client.enableAll();
    client.onReceive = (first, bytes, accepted) -> NtStatus.PENDING;
    client.arrive("x".repeat(33));
    assertThat(client.flags).isEqualTo(WskFlags.AT_DISPATCH_LEVEL);
    client.arrive("x");
    assertThat(client.flags).isEqualTo(WskFlags.AT_DISPATCH_LEVEL | WskFlags.RELEASE_ASAP);
    client.release(client.retained.get(0));
    client.arrive("x");
    assertThat(client.flags).isEqualTo(WskFlags.AT_DISPATCH_LEVEL);
  }

  // ---- Suspension

  @Test
  @Rule("RCV-67")
  void shouldNotEndASuspensionByEnabling() {
    client.enableAll();
    answerOnce(NtStatus.DATA_NOT_ACCEPTED);
    client.arrive("abc");
    client.happened();
    client.enable(RECEIVE);
    assertThat(client.gate.disable(RECEIVE, false)).isSameAs(NtStatus.SUCCESS);
    client.enable(RECEIVE);
    client.arrive("d");
    assertThat(client.happened()).isEmpty();
    assertThat(client.queue.backlog()).isEqualTo(4);
  }

  @Test
  void shouldNotEndASuspensionByACancelledReceive() {
    client.enableAll();
    acceptOnce(2);
    client.arrive("abc");
    Receive all = posted("a", WskFlags.WAITALL, 9);
    client.queue.pump();
    assertThat(client.queue.backlog()).isZero();
    client.queue.cancel(all.irp);
    client.arrive("d");
    assertThat(client.happened()).containsExactly("event abc took 2", "a CANCELLED 0");
    assertThat(client.queue.backlog()).isEqualTo(2);
  }

  @Test
  @Rule({"RCV-56", "RCV-75"})
  void shouldServeAReceivePostedInsideTheCallbackFromWhatItLeaves() {
    client.enableAll();
    Receive inside = Receive.of("a", 0, 2);
    client.onReceive =
        (first, bytes, accepted) -> {
          client.onReceive = (others, count, all) -> NtStatus.SUCCESS;
          assertThat(client.post(inside)).isSameAs(NtStatus.PENDING);
          accepted.set(1);
          return NtStatus.SUCCESS;
        };
    client.arrive("abcdef");

    assertThat(client.happened())
        .containsExactly("event abcdef took 1", "a SUCCESS 2 bc", "event def");
  }

  @Test
  void shouldKeepAReceivePostedInsideACallbackThatTakesAll() {
    client.enableAll();
    client.onReceive =
        (first, bytes, accepted) -> {
          client.onReceive = (others, count, all) -> NtStatus.SUCCESS;
          client.post(Receive.of("a", 0, 4));
          return NtStatus.SUCCESS;
        };
    client.arrive("ab");
    assertThat(client.happened()).containsExactly("event ab");
    client.arrive("cdefg");
    assertThat(client.happened()).containsExactly("a SUCCESS 4 cdef", "event g");
  }

  @Test
  void shouldNotRunACallbackInsideTheCallThatResumesIt() {
    client.enableAll();
    answerOnce(NtStatus.DATA_NOT_ACCEPTED);
    client.arrive("abc");
    client.happened();
    client.endOfStream();
    Receive request = Receive.of("a", 0, 2);
    client.post(request);
    assertThat(client.happened()).containsExactly("a SUCCESS 2 ab");
    client.runLater();
    assertThat(client.happened()).containsExactly("event c", "disconnect");
    assertThat(client.hasWorkForLater()).isFalse();
  }

  @Test
  void shouldNotAskForLaterWorkWhenThereIsNone() {
    client.enableAll();
    posted("a", 0, 0);
    client.enable(DISCONNECT);
    client.endOfStream();
    client.happened();
    posted("b", 0, 1);
    assertThat(client.hasWorkForLater()).isFalse();
  }

  // ---- What happens inside the callback

  @Test
  void shouldPutBytesThatArriveInsideTheCallbackBehindWhatItLeaves() {
    client.enableAll();
    client.onReceive =
        (first, bytes, accepted) -> {
          client.onReceive = (others, count, all) -> NtStatus.SUCCESS;
          client.arrive("xyz");
          client.endOfStream();
          accepted.set(1);
          return NtStatus.SUCCESS;
        };
    client.arrive("ab", "cd");
    assertThat(client.happened()).containsExactly("event abcd took 1");
    posted("a", 0, 9);
    client.runLater();
    assertThat(client.happened()).containsExactly("a SUCCESS 6 bcdxyz", "disconnect");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUCCESS", "DATA_NOT_ACCEPTED", "PENDING"})
  void shouldDropWhatIsLeftWhenTheConnectionBreaksInsideTheCallback(String answer) {
    client.enableAll();
    client.onReceive =
        (first, bytes, accepted) -> {
          client.post(Receive.of("a", 0, 1));
          client.arrive("x");
          client.fail(NtStatus.CONNECTION_ABORTED, false);
          accepted.set(1);
          return status(answer);
        };
    client.arrive("ab", "cd");

    assertThat(client.happened()).hasSize(2).contains("a CONNECTION_ABORTED 0");
    assertThat(client.queue.backlog()).isZero();
    assertThat(client.retained).hasSize(answer.equals("PENDING") ? 2 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUCCESS", "DATA_NOT_ACCEPTED", "PENDING"})
  @Rule("CLS-18")
  void shouldLetACallbackEndInWhichTheSocketIsClosed(String answer) {
    client.enableAll();
    client.onReceive =
        (first, bytes, accepted) -> {
          client.post(Receive.of("a", 0, 1));
          client.gate.shut();
          client.queue.close();
          accepted.set(2);
          return status(answer);
        };
    client.arrive("ab", "cd");
    client.arrive("ef");

    assertThat(client.happened()).hasSize(2).contains("a CANCELLED 0");
    assertThat(client.queue.backlog()).isZero();
    assertThat(client.retained).hasSize(answer.equals("PENDING") ? 2 : 0);
  }

  private static NtStatus status(String name) {
    return switch (name) {
      case "SUCCESS" -> NtStatus.SUCCESS;
      case "PENDING" -> NtStatus.PENDING;
      default -> NtStatus.DATA_NOT_ACCEPTED;
    };
  }

  @Test
  void shouldNotIndicateAgainWhatTheClientReleasedInsideTheCallback() {
    client.enableAll();
    client.onReceive =
        (first, bytes, accepted) -> {
          client.onReceive = (others, count, all) -> NtStatus.SUCCESS;
          DataIndication second = first.following();
          assertThat(second).isNotNull();
          assertThat(second.claim(client.account)).isTrue();
          second.freeClaimed();
          return NtStatus.DATA_NOT_ACCEPTED;
        };
    client.arrive("ab", "cd", "ef");
    posted("a", 0, 0);
    client.runLater();
    assertThat(client.happened())
        .containsExactly("event abcdef DATA_NOT_ACCEPTED", "a SUCCESS 0", "event abef");
  }

  @Test
  @Rule({"EVT-30", "EVT-34"})
  void shouldNotCallBehindADisableInsideTheCallback() {
    client.enableAll();
    client.onReceive =
        (first, bytes, accepted) -> {
          assertThat(client.gate.disable(RECEIVE, true)).isSameAs(NtStatus.PENDING);
          client.gate.enable(RECEIVE);
          client.post(Receive.of("a", 0, 0));
          accepted.set(1);
          client.onReceive = (others, count, all) -> NtStatus.SUCCESS;
          return NtStatus.SUCCESS;
        };
    client.arrive("abc");
    client.arrive("d");
    assertThat(client.happened()).containsExactly("event abc took 1", "a SUCCESS 0");
    client.gate.drained();
    client.queue.pump();
    assertThat(client.happened()).containsExactly("event bcd");
  }

  // ---- Ends

  @Test
  @Rule({"DSC-31", "DSC-35", "DSC-36", "DSC-43"})
  void shouldReportAGracefulEndOnceBehindTheLastByte() {
    client.enableAll();
    posted("a", 0, 2);
    posted("b", 0, 2);
    client.queue.received(client.element("x"));
    client.endOfStream();
    client.endOfStream();
    client.arrive("late");

    assertThat(client.happened()).containsExactly("a SUCCESS 1 x", "b SUCCESS 0", "disconnect");
  }

  @Test
  void shouldHoldAGracefulEndBackWhileBytesAreLeft() {
    client.enableAll();
    acceptOnce(1);
    client.arrive("abc");
    client.endOfStream();
    assertThat(client.happened()).containsExactly("event abc took 1");
    posted("a", 0, 1);
    client.runLater();
    assertThat(client.happened()).containsExactly("a SUCCESS 1 b", "event c", "disconnect");
  }

  @Test
  void shouldReportAGracefulEndWhenTheLastBytesAreKept() {
    client.enableAll();
    client.onReceive = (first, bytes, accepted) -> NtStatus.PENDING;
    client.queue.received(client.element("x"));
    client.endOfStream();
    assertThat(client.happened()).containsExactly("event x PENDING", "disconnect");
  }

  @Test
  @Rule({"DSC-32", "DSC-39"})
  void shouldReportAnAbortiveEndAtOnceAndOnce() {
    client.enableAll();
    answerOnce(NtStatus.DATA_NOT_ACCEPTED);
    client.arrive("abc");
    client.happened();
    client.fail(NtStatus.CONNECTION_RESET, true);
    client.fail(NtStatus.CONNECTION_RESET, true);
    client.endOfStream();
    assertThat(client.happened()).containsExactly("disconnect abortive");
  }

  @Test
  void shouldReportAnAbortiveEndBehindAGracefulOne() {
    client.enableAll();
    client.endOfStream();
    client.fail(NtStatus.CONNECTION_RESET, true);
    assertThat(client.happened()).containsExactly("disconnect", "disconnect abortive");
  }

  @Test
  void shouldNotReportWhatThisSideDid() {
    client.enableAll();
    client.fail(NtStatus.CONNECTION_ABORTED, false);
    assertThat(client.happened()).isEmpty();
  }

  @Test
  @Rule({"DSC-41", "DSC-42", "RCV-79"})
  void shouldReportWhatCameBeforeTheEventsWereEnabled() {
    client.arrive("abc");
    client.endOfStream();
    client.enable(DISCONNECT);
    assertThat(client.happened()).isEmpty();
    client.enable(RECEIVE);
    assertThat(client.happened()).containsExactly("event abc", "disconnect");
  }

  @Test
  void shouldReportAnAbortiveEndWhenItIsEnabled() {
    client.endOfStream();
    client.fail(NtStatus.CONNECTION_RESET, true);
    client.enable(DISCONNECT);
    assertThat(client.happened()).containsExactly("disconnect abortive");
  }

  @Test
  void shouldCallNothingWhileHeldBack() {
    client.gate.hold();
    client.enableAll();
    client.arrive("abc");
    client.endOfStream();
    assertThat(client.happened()).isEmpty();
    client.gate.letGo();
    client.queue.pump();
    assertThat(client.happened()).containsExactly("event abc", "disconnect");
  }

  @Test
  void shouldCallNothingOnceShut() {
    client.enableAll();
    client.gate.shut();
    client.arrive("abc");
    client.endOfStream();
    client.fail(NtStatus.CONNECTION_RESET, true);
    assertThat(client.happened()).isEmpty();
  }

  @Test
  void shouldCompleteWhatTheDisconnectCallbackPosts() {
    client.enableAll();
    client.onDisconnect = () -> client.post(Receive.of("a", 0, 4));
    client.endOfStream();
    assertThat(client.happened()).containsExactly("disconnect", "a SUCCESS 0");
  }

  // ---- How much to read

  @Test
  @Rule("RCV-65")
  void shouldWantMoreWhileTheEventTakesItAndUpToTheReadAheadWhileSuspended() {
    client.enableAll();
    answerOnce(NtStatus.DATA_NOT_ACCEPTED);
    client.arrive("x".repeat(60));
    assertThat(client.queue.wantsData()).isTrue();
    client.arrive("xxxx");
    assertThat(client.queue.wantsData()).isFalse();
    posted("a", 0, 1);
    assertThat(client.queue.wantsData()).isTrue();
    client.runLater();
    assertThat(client.queue.wantsData()).isTrue();
  }

  @Test
  @Rule("REL-17")
  void shouldWantNothingForTheEventWhileTheClientKeepsTooMuch() {
    client.enableAll();
    client.onReceive = (first, bytes, accepted) -> NtStatus.PENDING;
    client.arrive("x".repeat(48));
    assertThat(client.queue.wantsData()).isFalse();
    Receive request = posted("a", 0, 1);
    assertThat(client.queue.wantsData()).isTrue();
    client.queue.cancel(request.irp);
    assertThat(client.queue.wantsData()).isFalse();
    assertThat(client.hasWorkForLater()).isFalse();
    client.release(client.retained.get(0));
    assertThat(client.hasWorkForLater()).isTrue();
    assertThat(client.queue.wantsData()).isTrue();
  }

  @Test
  void shouldNotGoOnWhenSomethingIsReleasedOfASocketThatIsClosed() {
    client.enableAll();
    client.onReceive = (first, bytes, accepted) -> NtStatus.PENDING;
    client.arrive("x".repeat(48));
    assertThat(client.queue.wantsData()).isFalse();
    client.gate.shut();
    client.queue.close();
    client.release(client.retained.get(0));
    assertThat(client.hasWorkForLater()).isFalse();
  }

  /** An element that a client keeps is not what keeps the others from being collected. */
  @Test
  void shouldTakeWhatIsKeptApart() {
    client.enableAll();
    client.onReceive = (first, bytes, accepted) -> NtStatus.PENDING;
    client.arrive("ab");
    client.onReceive =
        (first, bytes, accepted) -> {
          client.onReceive = (others, count, all) -> NtStatus.SUCCESS;
          return NtStatus.DATA_NOT_ACCEPTED;
        };
    client.arrive("cd", "ef");
    client.onReceive = (first, bytes, accepted) -> NtStatus.PENDING;
    posted("a", 0, 0);
    client.runLater();
    assertThat(client.retained).hasSize(3).allMatch(each -> each.following() == null);
  }

  @Test
  void shouldForgetWhatFollowedWhatTheClientHasReleasedInsideTheCallback() {
    client.enableAll();
    client.onReceive =
        (first, bytes, accepted) -> {
          client.onReceive = (others, count, all) -> NtStatus.SUCCESS;
          DataIndication second = first.following();
          assertThat(second).isNotNull();
          assertThat(second.claim(client.account)).isTrue();
          second.freeClaimed();
          return NtStatus.DATA_NOT_ACCEPTED;
        };
    client.gate.hold();
    client.arrive("ab", "cd");
    client.gate.letGo();
    client.queue.pump();
    assertThat(client.queue.backlog()).isEqualTo(2);
    posted("a", 0, 2);
    posted("b", 0, 2);
    assertThat(client.happened()).containsExactly("event abcd DATA_NOT_ACCEPTED", "a SUCCESS 2 ab");
    client.arrive("ef");
    assertThat(client.happened()).containsExactly("b SUCCESS 2 ef");
  }

  @Test
  void shouldTellNothingOnceClosed() {
    client.enableAll();
    client.gate.hold();
    client.fail(NtStatus.CONNECTION_RESET, true);
    client.gate.letGo();
    client.queue.close();
    client.queue.pump();
    assertThat(client.happened()).isEmpty();
  }

  @Test
  @Rule("IRP-68")
  void shouldCallNothingWhereRoutinesAreNestedTooDeep() {
    client.gate.enable(RECEIVE);
    Nesting.tooDeep(() -> client.arrive("ab"));
    assertThat(client.happened()).isEmpty();
    client.runLater();
    assertThat(client.happened()).containsExactly("event ab");
  }
}
