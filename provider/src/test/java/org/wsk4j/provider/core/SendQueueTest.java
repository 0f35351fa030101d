package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;

@Timeout(60)
class SendQueueTest {
  private final SendingSystem system = new SendingSystem();

  @AfterEach
  void shouldCountNothingAsOutstanding() {
    system.inline = true;
    if (system.isBusy()) {
      system.proceed();
    }
    assertThat(system.queue.outstandingBytes()).isZero();
    assertThat(system.queue.isBusy()).isFalse();
  }

  @Test
  @Rule("SND-04")
  void shouldSendTheRegionAndCountAllOfIt() {
    system.send("a", "hello");
    system.send("b", "x");

    assertThat(system.wire).hasToString("hellox");
    assertThat(system.happened()).containsExactly("a SUCCESS 5", "b SUCCESS 1");
  }

  @Test
  @Rule({"SND-05", "SND-08", "SND-10"})
  void shouldCompleteWhenTheSystemHasTakenAllAndInTheOrderOfTheCalls() {
    system.inline = false;
    system.send("a", "abc");
    system.send("b", "de");
    system.send("c", "f");
    assertThat(system.happened()).isEmpty();
    assertThat(system.queue.outstandingBytes()).isEqualTo(6);
    system.proceed();
    assertThat(system.wire).hasToString("abc");
    assertThat(system.happened()).containsExactly("a SUCCESS 3");
    assertThat(system.queue.isBusy()).isTrue();
    system.proceed();
    assertThat(system.happened()).containsExactly("b SUCCESS 2", "c SUCCESS 1");

    assertThat(system.batches).containsExactly("abc", "def");
    assertThat(system.wire).hasToString("abcdef");
  }

  @Test
  @Rule("SND-17")
  void shouldCompleteASendWithoutBytesInItsPlace() {
    system.inline = false;
    system.send("a", "x");
    system.send("b", "");
    system.send("c", "y");
    system.proceed();
    system.proceed();

    assertThat(system.happened()).containsExactly("a SUCCESS 1", "b SUCCESS 0", "c SUCCESS 1");
    assertThat(system.wire).hasToString("xy");
  }

  @Test
  void shouldHandNothingOverWhileHeld() {
    system.queue.hold();
    Send first = system.send("a", "x");
    system.send("b", "y");
    assertThat(system.queue.isIdle()).isFalse();
    assertThat(system.isBusy()).isFalse();
    assertThat(system.queue.cancel(first.irp)).isTrue();
    assertThat(system.happened()).containsExactly("a CANCELLED 0");

    system.queue.letGo();
    system.queue.flush();
    assertThat(system.happened()).containsExactly("b SUCCESS 1");
    assertThat(system.wire).hasToString("y");
  }

  @Test
  void shouldFailWhatIsHeld() {
    system.queue.hold();
    system.send("a", "x");
    system.queue.fail(NtStatus.CONNECTION_ABORTED);
    assertThat(system.happened()).containsExactly("a CONNECTION_ABORTED 0");
    assertThat(system.wire).hasToString("");
  }

  @Test
  void shouldGatherUntilABatchIsLargeEnough() {
    system.inline = false;
    String half = "x".repeat((int) SendQueue.BATCH_BYTES / 2);
    system.send("first", "");
    for (int i = 0; i < 5; i++) {
      system.send("s" + i, half);
    }
    while (system.isBusy()) {
      system.proceed();
    }
    assertThat(system.batches)
        .extracting(String::length)
        .containsExactly(0, half.length() * 2, half.length() * 2, half.length());
    assertThat(system.happened()).hasSize(6);
  }

  @Test
  void shouldGatherWhatRoutinesSend() {
    system.inline = false;
    system.post(Send.of("a", "1").then(() -> system.send("c", "3")));
    system.post(Send.of("b", "2").then(() -> system.send("d", "4")));
    system.queue.flush();
    system.proceed();
    assertThat(system.happened()).containsExactly("a SUCCESS 1", "b SUCCESS 1");
    system.proceed();

    assertThat(system.batches).containsExactly("12", "34");
    assertThat(system.happened()).containsExactly("c SUCCESS 1", "d SUCCESS 1");
  }

  @Test
  void shouldNotNestWhateverRoutinesSend() {
    List<Integer> depths = new ArrayList<>();
    sendAgain(100_000, depths);

    assertThat(depths).hasSize(100_000).containsOnly(1);
    assertThat(system.wire).hasSize(100_000);
  }

  private void sendAgain(int count, List<Integer> depths) {
    if (count > 0) {
      system.post(
          Send.of("a", "x")
              .then(
                  () -> {
                    depths.add(DispatchLevel.current().depth());
                    sendAgain(count - 1, depths);
                  }));
      system.queue.flush();
    }
  }

  /** Routines that each send on the next socket. */
  @Test
  void shouldNotNestWithoutEndOverManySockets() {
    List<SendingSystem> sockets = new ArrayList<>();
    int[] deepest = new int[1];
    for (int i = 0; i < 5_000; i++) {
      sockets.add(new SendingSystem());
    }
    for (int i = 0; i < sockets.size(); i++) {
      int next = i + 1;
      sockets
          .get(i)
          .post(
              Send.of("a", "x")
                  .then(
                      () -> {
                        deepest[0] = Math.max(deepest[0], DispatchLevel.current().depth());
                        if (next < sockets.size()) {
                          sockets.get(next).queue.flush();
                        }
                      }));
    }
    sockets.get(0).queue.flush();

    assertThat(sockets).allSatisfy(each -> assertThat(each.wire).hasToString("x"));
    assertThat(deepest[0]).isEqualTo(16);
  }

  // ---- Cancel

  @Test
  @Rule("SND-36")
  void shouldCancelWhatHasNotBegunToGoOut() {
    system.inline = false;
    Send first = system.send("a", "aa");
    Send second = system.send("b", "bb");
    system.send("c", "cc");
    assertThat(system.queue.cancel(first.irp)).isFalse();
    assertThat(system.queue.cancel(second.irp)).isTrue();
    assertThat(system.queue.cancel(second.irp)).isFalse();
    assertThat(system.happened()).containsExactly("b CANCELLED 0");
    assertThat(system.queue.outstandingBytes()).isEqualTo(4);
    system.proceed();
    system.proceed();

    assertThat(system.wire).hasToString("aacc");
    assertThat(system.happened()).containsExactly("a SUCCESS 2", "c SUCCESS 2");
  }

  // ---- Disconnect

  @Test
  @Rule({"DSC-11", "DSC-12", "SND-34"})
  void shouldEndTheStreamBehindAllThatWasSent() {
    system.inline = false;
    system.send("a", "aa");
    system.send("b", "bb");
    system.disconnect("end", "last");
    system.proceed();
    assertThat(system.happened()).containsExactly("a SUCCESS 2");
    system.proceed();
    assertThat(system.happened()).containsExactly("b SUCCESS 2");
    assertThat(system.queue.isEndingOutput()).isFalse();
    system.proceed();
    assertThat(system.queue.isEndingOutput()).isTrue();
    assertThat(system.queue.isOutputEnded()).isFalse();
    assertThat(system.wire).hasToString("aabblast");
    assertThat(system.happened()).isEmpty();
    system.proceed();

    assertThat(system.wire).hasToString("aabblast|");
    assertThat(system.happened()).containsExactly("end SUCCESS 0");
    assertThat(system.queue.isOutputEnded()).isTrue();
  }

  @Test
  @Rule({"DSC-13", "DSC-14"})
  void shouldEndTheStreamWithoutFurtherData() {
    system.inline = false;
    system.send("a", "aa");
    system.disconnect("end", "");
    system.proceed();
    assertThat(system.happened()).containsExactly("a SUCCESS 2");
    system.proceed();
    assertThat(system.wire).hasToString("aa|");
    assertThat(system.happened()).containsExactly("end SUCCESS 0");
  }

  @Test
  void shouldEndTheStreamAtOnceWhenNothingWaits() {
    system.disconnect("end", "");
    assertThat(system.wire).hasToString("|");
    assertThat(system.happened()).containsExactly("end SUCCESS 0");
  }

  @Test
  @Rule({"DSC-19", "DSC-24", "SND-28"})
  void shouldEndTheStreamOnceAndSendNothingBehindIt() {
    system.inline = false;
    system.disconnect("end", "");
    system.disconnect("again", "");
    system.send("late", "x");
    system.disconnect("data", "y");
    assertThat(system.happened()).isEmpty();
    system.proceed();
    assertThat(system.happened())
        .containsExactly(
            "end SUCCESS 0",
            "again SUCCESS 0",
            "late INVALID_DEVICE_STATE 0",
            "data INVALID_DEVICE_STATE 0");
    system.disconnect("later", "");
    assertThat(system.happened()).containsExactly("later SUCCESS 0");
    assertThat(system.wire).hasToString("|");
  }

  @Test
  void shouldEndTheStreamEvenIfTheDisconnectIsCancelled() {
    system.inline = false;
    system.send("a", "aa");
    Send end = system.disconnect("end", "last");
    system.send("late", "x");
    assertThat(system.queue.cancel(end.irp)).isTrue();
    assertThat(system.happened()).containsExactly("end CANCELLED 0");
    assertThat(system.queue.outstandingBytes()).isEqualTo(3);
    system.proceed();
    system.proceed();

    assertThat(system.wire).hasToString("aa|");
    assertThat(system.queue.isOutputEnded()).isTrue();
    assertThat(system.happened()).containsExactly("a SUCCESS 2", "late INVALID_DEVICE_STATE 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "last"})
  void shouldCancelADisconnectWhileWhatWasSentBeforeGoesOut(String last) {
    system.inline = false;
    system.post(Send.of("a", "aa"));
    Send end = system.disconnect("end", last);
    assertThat(system.queue.cancel(end.irp)).isTrue();
    system.proceed();
    system.proceed();
    assertThat(system.wire).hasToString("aa|");
    assertThat(system.happened()).containsExactly("end CANCELLED 0", "a SUCCESS 2");
  }

  @Test
  @Rule("DSC-15")
  void shouldSendTheRestOfTheDataOfACancelledDisconnectFromOtherMemory() {
    system.inline = false;
    Send end = system.disconnect("end", "last");
    assertThat(system.queue.cancel(end.irp)).isTrue();
    assertThat(system.queue.cancel(end.irp)).isFalse();
    assertThat(system.happened()).containsExactly("end CANCELLED 0");
    assertThat(system.queue.isBusy()).isTrue();
    Arrays.fill(end.bytes(), (byte) '#');
    system.send("late", "x");
    system.proceed();
    system.proceed();
    assertThat(system.wire).hasToString("last|");
    assertThat(system.happened()).containsExactly("late INVALID_DEVICE_STATE 0");
  }

  // ---- Inside the call

  @Test
  @Rule({"SND-02", "SND-03"})
  void shouldAnswerInsideTheCallWhatTheSystemTakesAtOnce() {
    assertThat(system.call(Send.unmarked("a", "abc"))).isSameAs(NtStatus.SUCCESS);
    assertThat(system.happened()).containsExactly("a SUCCESS 3");
    system.inline = false;
    Send slow = Send.unmarked("b", "de");
    assertThat(system.call(slow)).isSameAs(NtStatus.PENDING);
    assertThat(system.call(Send.unmarked("c", ""))).isSameAs(NtStatus.PENDING);
    assertThat(system.happened()).isEmpty();
    system.proceed();
    system.proceed();
    assertThat(system.happened()).containsExactly("b SUCCESS 2", "c SUCCESS 0");
    assertThat(slow.irp.pendingReturned()).isTrue();
    assertThat(system.wire).hasToString("abcde");
  }

  @Test
  @Rule("DSC-03")
  void shouldAnswerADisconnectInsideTheCall() {
    assertThat(system.call(Send.unmarkedDisconnect("end", "last"))).isSameAs(NtStatus.SUCCESS);
    assertThat(system.call(Send.unmarkedDisconnect("again", ""))).isSameAs(NtStatus.SUCCESS);
    assertThat(system.call(Send.unmarked("late", "x"))).isSameAs(NtStatus.INVALID_DEVICE_STATE);
    assertThat(system.wire).hasToString("last|");
    assertThat(system.happened())
        .containsExactly("end SUCCESS 0", "again SUCCESS 0", "late INVALID_DEVICE_STATE 0");
  }

  @Test
  void shouldGatherWhatTheRoutineOfAnInlineSendSends() {
    List<NtStatus> answers = new ArrayList<>();
    Send first =
        Send.unmarked("a", "1")
            .then(
                () -> {
                  answers.add(system.call(Send.unmarked("b", "2")));
                  answers.add(system.call(Send.unmarked("c", "3")));
                });
    assertThat(system.call(first)).isSameAs(NtStatus.SUCCESS);
    assertThat(answers).containsExactly(NtStatus.PENDING, NtStatus.PENDING);
    assertThat(system.batches).containsExactly("1", "23");
    assertThat(system.happened()).containsExactly("a SUCCESS 1", "b SUCCESS 1", "c SUCCESS 1");
  }

  @Test
  void shouldTellDisconnectsThatTheyTookTooLong() {
    system.inline = false;
    system.send("a", "aa");
    system.disconnect("end", "");
    system.queue.fail(NtStatus.CONNECTION_ABORTED, NtStatus.IO_TIMEOUT);
    system.breakOff(NtStatus.CONNECTION_ABORTED);
    assertThat(system.happened()).containsExactly("a CONNECTION_ABORTED 0", "end IO_TIMEOUT 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "last"})
  void shouldCancelADisconnectThatWaitsForTheEndOfTheSendingSide(String last) {
    system.inline = false;
    Send end = system.disconnect("end", last);
    if (!last.isEmpty()) {
      system.proceed();
    }
    system.disconnect("again", "");
    assertThat(system.queue.cancel(end.irp)).isTrue();
    assertThat(system.queue.cancel(end.irp)).isFalse();
    assertThat(system.queue.isBusy()).isTrue();
    assertThat(system.happened()).containsExactly("end CANCELLED 0");
    system.proceed();
    assertThat(system.wire).hasToString(last + "|");
    assertThat(system.happened()).containsExactly("again SUCCESS 0");
  }

  @Test
  void shouldSendWhatARoutineSendsBetweenTheLastDataAndTheEndNoMore() {
    system.inline = false;
    system.post(Send.of("a", "aa").then(() -> system.send("late", "x")));
    system.post(Send.disconnect("end", "last"));
    system.queue.flush();
    system.proceed();
    system.proceed();
    system.proceed();
    assertThat(system.wire).hasToString("aalast|");
    assertThat(system.happened())
        .containsExactly("a SUCCESS 2", "end SUCCESS 0", "late INVALID_DEVICE_STATE 0");
  }

  // ---- Failure

  @Test
  @Rule({"SND-32", "SND-37"})
  void shouldFailEverythingInTheOrderOfTheCalls() {
    system.inline = false;
    system.send("a", "aa");
    system.send("b", "bb");
    system.disconnect("end", "last");
    system.breakOff(NtStatus.CONNECTION_RESET);

    assertThat(system.happened())
        .containsExactly("a CONNECTION_RESET 0", "b CONNECTION_RESET 0", "end CONNECTION_RESET 0");
    system.send("late", "x");
    system.disconnect("later", "");
    assertThat(system.happened())
        .containsExactly("late CONNECTION_RESET 0", "later CONNECTION_RESET 0");
    assertThat(system.wire).isEmpty();
  }

  @Test
  void shouldLetABatchEndByItself() {
    system.inline = false;
    system.send("a", "aa");
    system.send("b", "bb");
    system.queue.fail(NtStatus.CANCELLED);
    assertThat(system.happened()).isEmpty();
    assertThat(system.queue.isBusy()).isTrue();
    system.proceed();

    assertThat(system.happened()).containsExactly("a SUCCESS 2", "b CANCELLED 0");
    assertThat(system.queue.isBusy()).isFalse();
  }

  @Test
  void shouldFailWhatHasNotBeenFlushed() {
    system.post(Send.of("a", "aa"));
    system.queue.fail(NtStatus.CANCELLED);
    assertThat(system.happened()).containsExactly("a CANCELLED 0");
  }

  @Test
  void shouldKeepTheFirstFailure() {
    system.inline = false;
    system.send("a", "aa");
    system.send("b", "bb");
    system.queue.fail(NtStatus.CONNECTION_ABORTED);
    system.queue.fail(NtStatus.CANCELLED);
    system.proceed();
    assertThat(system.happened()).containsExactly("a SUCCESS 2", "b CONNECTION_ABORTED 0");
  }

  @Test
  void shouldFailADisconnectWhoseDataIsUnderWay() {
    system.inline = false;
    system.disconnect("end", "last");
    system.breakOff(NtStatus.CONNECTION_ABORTED);
    assertThat(system.happened()).containsExactly("end CONNECTION_ABORTED 0");
    assertThat(system.wire).isEmpty();
  }

  @Test
  void shouldFailADisconnectThatIsUnderWay() {
    system.inline = false;
    system.disconnect("end", "");
    system.disconnect("again", "");
    system.breakOff(NtStatus.CONNECTION_RESET);
    assertThat(system.happened())
        .containsExactly("end CONNECTION_RESET 0", "again CONNECTION_RESET 0");
  }

  @Test
  void shouldFailWhatRoutinesOfFailedRequestsSend() {
    system.inline = false;
    system.post(Send.of("a", "aa").then(() -> system.send("again", "x")));
    system.queue.flush();
    system.send("b", "bb");
    system.breakOff(NtStatus.CONNECTION_RESET);
    assertThat(system.happened())
        .containsExactly(
            "a CONNECTION_RESET 0", "b CONNECTION_RESET 0", "again CONNECTION_RESET 0");
  }

  @Test
  void shouldTakeAFailureInsideARoutine() {
    system.inline = false;
    system.post(Send.of("a", "aa").then(() -> system.queue.fail(NtStatus.CONNECTION_ABORTED)));
    system.post(Send.of("b", "bb"));
    system.queue.flush();
    system.send("c", "cc");
    system.proceed();
    assertThat(system.happened())
        .containsExactly("a SUCCESS 2", "b SUCCESS 2", "c CONNECTION_ABORTED 0");
    assertThat(system.isBusy()).isFalse();
  }

  @Test
  void shouldBeIdleWhenNothingWaitsOrIsUnderWay() {
    assertThat(system.queue.isIdle()).isTrue();
    system.inline = false;
    system.send("a", "1");
    assertThat(system.queue.isIdle()).as("one is under way").isFalse();
    system.proceed();
    assertThat(system.queue.isIdle()).isTrue();
    system.post(Send.of("b", "2"));
    assertThat(system.queue.isIdle()).as("one waits").isFalse();
    system.queue.flush();
    system.proceed();
    assertThat(system.queue.isIdle()).isTrue();
  }

  @Test
  void shouldAnswerPendingBehindWhatWaits() {
    system.post(Send.of("a", "1"));
    Send second = Send.unmarked("b", "2");
    assertThat(system.call(second)).isSameAs(NtStatus.PENDING);
    assertThat(system.happened()).containsExactly("a SUCCESS 1", "b SUCCESS 1");
    assertThat(second.pended).isTrue();
    assertThat(system.batches).containsExactly("12");
  }

  @Test
  void shouldFailWhatWaitsWhenADisconnectHasTakenTooLong() {
    system.post(Send.of("a", "aa"));
    system.post(Send.disconnect("end", ""));
    system.queue.fail(NtStatus.CONNECTION_ABORTED, NtStatus.IO_TIMEOUT);
    assertThat(system.happened()).containsExactly("a CONNECTION_ABORTED 0", "end IO_TIMEOUT 0");
  }
}
