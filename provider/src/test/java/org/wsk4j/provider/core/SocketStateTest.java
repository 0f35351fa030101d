package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.Race;

@Timeout(60)
class SocketStateTest {
  private static final Duration A_MOMENT = Duration.ofMillis(500);

  private static NtStatus status(String name) {
    return switch (name) {
      case "SUCCESS" -> NtStatus.SUCCESS;
      case "STATE" -> NtStatus.INVALID_DEVICE_STATE;
      case "FORCED" -> NtStatus.FILE_FORCED_CLOSED;
      case "HANDLE" -> NtStatus.INVALID_HANDLE;
      case "ASSOCIATED" -> NtStatus.ADDRESS_ALREADY_ASSOCIATED;
      case "RESET" -> NtStatus.CONNECTION_RESET;
      case "ABORTED" -> NtStatus.CONNECTION_ABORTED;
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "CREATED,    STATE,  SUCCESS, STATE,   STATE",
    "BINDING,    STATE,  SUCCESS, STATE,   STATE",
    "BOUND,      STATE,  SUCCESS, STATE,   STATE",
    "OPENING,    STATE,  SUCCESS, STATE,   STATE",
    "LISTENING,  STATE,  SUCCESS, STATE,   STATE",
    "CONNECTING, STATE,  SUCCESS, STATE,   STATE",
    "CONNECTED,  STATE,  SUCCESS, SUCCESS, SUCCESS",
    "FAILED,     STATE,  SUCCESS, STATE,   STATE",
    "SILENT,     STATE,  STATE,   STATE,   STATE",
    "DEAD,       FORCED, FORCED,  FORCED,  FORCED",
    "CLOSING,    FORCED, FORCED,  FORCED,  FORCED",
    "CLOSED,     HANDLE, HANDLE,  HANDLE,  HANDLE",
  })
  void shouldAnswerByPhase(
      SocketPhase phase, String wrong, String open, String send, String receive) {
    SocketState state = new SocketState(phase);

    assertThat(state.phase()).isSameAs(phase);
    assertThat(state.wrongPhase()).isSameAs(status(wrong));
    assertThat(state.checkOpen()).isSameAs(status(open));
    assertThat(state.checkSend()).isSameAs(status(send));
    assertThat(state.checkReceive()).isSameAs(status(receive));
  }

  @ParameterizedTest
  @CsvSource({
    "---, SUCCESS, SUCCESS",
    "E--, STATE,   SUCCESS",
    "-A-, ABORTED, ABORTED",
    "--R, RESET,   RESET",
    "EA-, ABORTED, ABORTED",
    "E-R, RESET,   RESET",
    "-AR, ABORTED, ABORTED",
    "EAR, ABORTED, ABORTED",
  })
  void shouldAnswerByHowTheConnectionHasEnded(String how, String send, String receive) {
    SocketState state = new SocketState(SocketPhase.CONNECTED);
    end(state, how);

    assertThat(state.checkSend()).isSameAs(status(send));
    assertThat(state.checkReceive()).isSameAs(status(receive));
    assertThat(state.checkOpen()).isSameAs(NtStatus.SUCCESS);
    assertThat(state.isSendEnded()).isEqualTo(how.contains("E"));
    assertThat(state.isAborted()).isEqualTo(how.contains("A"));
    assertThat(state.isBroken()).isEqualTo(how.contains("A") || how.contains("R"));
  }

  private static void end(SocketState state, String how) {
    if (how.contains("E")) {
      assertThat(state.endSend()).isTrue();
    }
    if (how.contains("A")) {
      assertThat(state.abort()).isTrue();
    }
    if (how.contains("R")) {
      assertThat(state.reset()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "---, false, true",
    "E--, false, false",
    "E--, true,  true",
    "-A-, false, false",
    "--R, false, false",
    "E-R, true,  false",
  })
  void shouldBecomeSilentUnlessItEnds(String how, boolean sendEnded, boolean silent) {
    SocketState state = new SocketState(SocketPhase.CONNECTED);
    end(state, how);

    assertThat(state.silence(sendEnded)).isEqualTo(silent);
    assertThat(state.isSilent()).isEqualTo(silent);
    if (silent) {
      assertThat(state).hasToString(sendEnded ? "SILENT, send ended" : "SILENT");
    }
    assertThat(state.silence(sendEnded)).isFalse();
    assertThat(state.beginClose()).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @CsvSource({
    "CREATED,    STATE",
    "BINDING,    STATE",
    "BOUND,      ASSOCIATED",
    "OPENING,    ASSOCIATED",
    "LISTENING,  ASSOCIATED",
    "CONNECTING, ASSOCIATED",
    "CONNECTED,  ASSOCIATED",
    "FAILED,     ASSOCIATED",
    "SILENT,     STATE",
    "DEAD,       FORCED",
    "CLOSING,    FORCED",
    "CLOSED,     HANDLE",
  })
  void shouldAnswerASecondBindByPhase(SocketPhase phase, String answer) {
    assertThat(new SocketState(phase).wrongPhaseToBind()).isSameAs(status(answer));
  }

  @ParameterizedTest
  @EnumSource
  void shouldDieOnceUnlessItCloses(SocketPhase phase) {
    SocketState state = new SocketState(phase);
    boolean lives = phase.compareTo(SocketPhase.DEAD) < 0;

    assertThat(state.isDead()).isEqualTo(phase == SocketPhase.DEAD);
    assertThat(state.die()).isEqualTo(lives);
    assertThat(state.phase()).isSameAs(lives ? SocketPhase.DEAD : phase);
    assertThat(state.isDead()).isEqualTo(lives || phase == SocketPhase.DEAD);
    assertThat(state.die()).isFalse();
    assertThat(state.isClosing()).isEqualTo(phase.compareTo(SocketPhase.DEAD) > 0);
  }

  @Test
  void shouldKeepHowTheConnectionHasEndedWhenItDies() {
    SocketState state = new SocketState(SocketPhase.CONNECTED);
    end(state, "EAR");
    assertThat(state.die()).isTrue();
    assertThat(state).hasToString("DEAD, send ended, aborted, reset by peer");
  }

  @Test
  void shouldNoteEachEndOnce() {
    SocketState state = new SocketState(SocketPhase.CONNECTED);
    end(state, "EAR");

    assertThat(state.endSend()).isFalse();
    assertThat(state.abort()).isFalse();
    assertThat(state.reset()).isFalse();
    assertThat(state).hasToString("CONNECTED, send ended, aborted, reset by peer");
  }

  @ParameterizedTest
  @EnumSource
  void shouldMoveFromThePhaseNamedAlone(SocketPhase from) {
    for (SocketPhase actual : SocketPhase.values()) {
      for (SocketPhase to : SocketPhase.values()) {
        SocketState state = new SocketState(actual);

        assertThat(state.move(from, to)).isEqualTo(actual == from);
        assertThat(state.phase()).isSameAs(actual == from ? to : actual);
      }
    }
  }

  @Test
  void shouldKeepHowTheConnectionHasEndedWhenThePhaseMoves() {
    SocketState state = new SocketState(SocketPhase.CONNECTED);
    end(state, "EAR");

    assertThat(state.beginClose()).isSameAs(NtStatus.SUCCESS);
    assertThat(state.move(SocketPhase.CLOSING, SocketPhase.CLOSED)).isTrue();

    assertThat(state).hasToString("CLOSED, send ended, aborted, reset by peer");
    assertThat(state.checkSend()).isSameAs(NtStatus.INVALID_HANDLE);
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeginToCloseInEveryPhaseButOnce(SocketPhase phase) {
    SocketState state = new SocketState(phase);
    boolean ended = EnumSet.of(SocketPhase.CLOSING, SocketPhase.CLOSED).contains(phase);
    NtStatus again = phase == SocketPhase.CLOSED ? NtStatus.INVALID_HANDLE : null;

    assertThat(state.isClosing()).isEqualTo(ended);
    NtStatus first = state.beginClose();
    if (ended) {
      assertThat(first).isSameAs(state.wrongPhase());
      assertThat(state.phase()).isSameAs(phase);
    } else {
      assertThat(first).isSameAs(NtStatus.SUCCESS);
      assertThat(state.phase()).isSameAs(SocketPhase.CLOSING);
      assertThat(state.isClosing()).isTrue();
    }
    assertThat(state.beginClose()).isSameAs(again != null ? again : NtStatus.FILE_FORCED_CLOSED);
  }

  /** A state, and who of those that raced on it won. */
  private static final class Contest {
    final SocketState state;
    final AtomicInteger winners = new AtomicInteger();

    Contest(SocketPhase phase) {
      state = new SocketState(phase);
    }

    void count(boolean won) {
      if (won) {
        winners.incrementAndGet();
      }
    }
  }

  @Test
  void shouldLetOneOfTwoThreadsMove() throws InterruptedException {
    Race.on(() -> new Contest(SocketPhase.BOUND))
        .actor(one -> one.count(one.state.move(SocketPhase.BOUND, SocketPhase.CONNECTING)))
        .actor(one -> one.count(one.state.move(SocketPhase.BOUND, SocketPhase.CONNECTING)))
        .run(A_MOMENT, one -> assertThat(one.winners).hasValue(1));
  }

  @Test
  void shouldLetOneOfThreeThreadsClose() throws InterruptedException {
    Race.on(() -> new Contest(SocketPhase.CONNECTED))
        .actor(one -> one.count(one.state.beginClose() == NtStatus.SUCCESS))
        .actor(one -> one.count(one.state.beginClose() == NtStatus.SUCCESS))
        .actor(one -> one.state.reset())
        .run(
            A_MOMENT,
            one -> {
              assertThat(one.winners).hasValue(1);
              assertThat(one.state.phase()).isSameAs(SocketPhase.CLOSING);
              assertThat(one.state.isBroken()).isTrue();
            });
  }

  @Test
  void shouldCloseForGoodWhateverElseMovesMeanwhile() throws InterruptedException {
    Race.on(() -> new Contest(SocketPhase.CONNECTING))
        .actor(one -> one.count(one.state.beginClose() == NtStatus.SUCCESS))
        .actor(one -> one.state.move(SocketPhase.CONNECTING, SocketPhase.CONNECTED))
        .run(
            A_MOMENT,
            one -> {
              assertThat(one.winners).hasValue(1);
              assertThat(one.state.phase()).isSameAs(SocketPhase.CLOSING);
            });
  }

  @Test
  void shouldSayHowItWasBrokenWhileItCloses() {
    SocketState state = new SocketState(SocketPhase.CONNECTED);
    state.reset();
    state.beginClose();
    assertThat(state.checkReceive()).isSameAs(NtStatus.FILE_FORCED_CLOSED);
    assertThat(state.howBroken()).isSameAs(NtStatus.CONNECTION_RESET);
    state.abort();
    assertThat(state.howBroken()).isSameAs(NtStatus.CONNECTION_ABORTED);
  }

  @Test
  void shouldLetOneOfTwoThreadsEndTheSendingSide() throws InterruptedException {
    Race.on(() -> new Contest(SocketPhase.CONNECTED))
        .actor(one -> one.count(one.state.endSend()))
        .actor(one -> one.count(one.state.endSend()))
        .actor(one -> one.state.abort())
        .run(
            A_MOMENT,
            one -> {
              assertThat(one.winners).hasValue(1);
              assertThat(one.state.isAborted()).isTrue();
            });
  }
}
