package org.wsk4j.provider.core;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.buffer.WskBufList;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.NtStatus;

class DatagramSendQueueTest {
  private static final InetSocketAddress REMOTE = new InetSocketAddress("127.0.0.1", 9);

  private static final int MOST = 4;

  /** A system with room for so many datagrams, which refuses those that say so. */
  private static final class System implements DatagramSink {
    final List<String> sent = new ArrayList<>();
    final List<String> batch = new ArrayList<>();
    int room;
    int asked;
    int calls;

    /** Into how large ones data is cut. */
    int piece = Integer.MAX_VALUE;

    /** The next call says that the batch has to be gathered anew, in smaller pieces. */
    int thenPiece;

    @Override
    public void begin() {
      batch.clear();
    }

    @Override
    public long gather(
        @Nullable Mdl first,
        long offset,
        long length,
        InetSocketAddress remote,
        @Nullable ControlInfo control) {
      assertThat(remote).isEqualTo(REMOTE);
      long taken = Math.min(length, piece);
      batch.add(new String(new WskBuf(first, offset, taken).toByteArray(), US_ASCII));
      return taken;
    }

    @Override
    public int send(int from) {
      calls++;
      if (thenPiece > 0) {
        piece = thenPiece;
        thenPiece = 0;
        return GATHER_AGAIN;
      }
      int count = 0;
      while (from + count < batch.size()) {
        String text = batch.get(from + count);
        if (text.startsWith("!") || room == 0) {
          return count > 0 ? count : room == 0 ? NO_ROOM : FAILED;
        }
        room--;
        sent.add(text);
        count++;
      }
      return count;
    }

    @Override
    public NtStatus failure() {
      return NtStatus.HOST_UNREACHABLE;
    }

    @Override
    public void awaitRoom() {
      asked++;
    }
  }

  private final System system = new System();
  private final DatagramSendQueue queue = new DatagramSendQueue(system, MOST);
  private final List<String> done = new ArrayList<>();

  private Irp request(String name, Runnable then) {
    Irp irp = Irp.allocate();
    irp.setCompletionRoutine(
        (completed, context) -> {
          done.add(name + " " + completed.status().name() + " " + completed.information());
          then.run();
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    irp.begin(null);
    irp.context().target = REMOTE;
    return irp;
  }

  private Irp one(String text) {
    return one(text, () -> {});
  }

  private Irp one(String text, Runnable then) {
    Irp irp = request(text, then);
    irp.context().setRegion(WskBuf.of(text.getBytes(US_ASCII)));
    return irp;
  }

  private Irp list(String... texts) {
    Irp irp = request("list", () -> {});
    WskBuf[] all = new WskBuf[texts.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = WskBuf.of(texts[i].getBytes(US_ASCII));
      irp.context().length += all[i].length();
    }
    irp.context().argument = WskBufList.of(all);
    irp.context().remaining = all[0].length();
    return irp;
  }

  @Test
  void shouldSendInsideTheCallWhileThereIsRoom() {
    system.room = 1;
    assertThat(queue.perform(one("a"))).isEqualTo(NtStatus.SUCCESS);
    assertThat(queue.perform(one("b"))).isEqualTo(NtStatus.PENDING);
    assertThat(done).containsExactly("a SUCCESS 1");
    assertThat(system.asked).isOne();
    system.room = 1;
    queue.room();
    assertThat(system.sent).containsExactly("a", "b");
    assertThat(done).containsExactly("a SUCCESS 1", "b SUCCESS 1");
  }

  @Test
  void shouldKeepTheOrderWhileOneWaits() {
    queue.perform(one("a"));
    queue.perform(one("b"));
    Irp third = one("c");
    third.markPending();
    queue.add(third);
    queue.flush();
    assertThat(system.asked).isOne();
    system.room = 10;
    queue.room();
    assertThat(system.sent).containsExactly("a", "b", "c");
  }

  @Test
  void shouldGoOnWithAListWhereItStopped() {
    system.room = 1;
    assertThat(queue.perform(list("aa", "b", "", "cc", "ddd"))).isEqualTo(NtStatus.PENDING);
    assertThat(system.sent).containsExactly("aa");
    system.room = 2;
    queue.room();
    assertThat(system.sent).containsExactly("aa", "b", "");
    assertThat(done).isEmpty();
    system.room = 2;
    queue.room();
    assertThat(system.sent).containsExactly("aa", "b", "", "cc", "ddd");
    assertThat(done).containsExactly("list SUCCESS 8");
  }

  @Test
  @Rule({"DGS-71"})
  void shouldEndAListAtTheFirstFailure() {
    system.room = 10;
    assertThat(queue.perform(list("a", "!", "b"))).isEqualTo(NtStatus.HOST_UNREACHABLE);
    assertThat(system.sent).containsExactly("a");
    assertThat(done).containsExactly("list HOST_UNREACHABLE 0");
    assertThat(queue.perform(one("c"))).isEqualTo(NtStatus.SUCCESS);
  }

  @Test
  @Rule({"DGS-37"})
  void shouldCancelWhatWaits() {
    Irp first = one("a");
    Irp second = one("b");
    queue.perform(first);
    queue.perform(second);
    assertThat(queue.cancel(first)).isTrue();
    assertThat(queue.cancel(first)).isFalse();
    system.room = 10;
    queue.room();
    assertThat(system.sent).containsExactly("b");
    assertThat(done).containsExactly("a CANCELLED 0", "b SUCCESS 1");
  }

  @Test
  @Rule({"DGS-38", "DGS-39"})
  void shouldFailWhatWaitsAndWhatComes() {
    queue.perform(one("a"));
    queue.fail(NtStatus.FILE_FORCED_CLOSED);
    assertThat(queue.perform(one("b"))).isEqualTo(NtStatus.FILE_FORCED_CLOSED);
    assertThat(system.sent).isEmpty();
    assertThat(done).containsExactly("a FILE_FORCED_CLOSED 0", "b FILE_FORCED_CLOSED 0");
  }

  @Test
  void shouldTakeWhatARoutineSendsBehindWhatWaits() {
    queue.perform(one("a", () -> queue.perform(one("c"))));
    queue.perform(one("b"));
    system.room = 10;
    queue.room();
    assertThat(system.sent).containsExactly("a", "b", "c");
  }

  private void waits(Irp irp) {
    irp.markPending();
    queue.add(irp);
  }

  @Test
  void shouldSendWhatWaitsWithOneCall() {
    waits(one("a"));
    waits(list("b", "c"));
    waits(one("d"));
    waits(one("e"));
    system.room = 10;
    queue.flush();
    assertThat(system.calls).isEqualTo(2);
    assertThat(system.sent).containsExactly("a", "b", "c", "d", "e");
    assertThat(done).containsExactly("a SUCCESS 1", "list SUCCESS 2", "d SUCCESS 1", "e SUCCESS 1");
  }

  @Test
  void shouldFailTheOneThatCannotBeSentAmongMany() {
    for (String text : List.of("a", "!", "b", "!!", "c")) {
      waits(one(text));
    }
    system.room = 10;
    queue.flush();
    assertThat(system.sent).containsExactly("a", "b", "c");
    assertThat(done)
        .containsExactly(
            "a SUCCESS 1",
            "! HOST_UNREACHABLE 0",
            "b SUCCESS 1",
            "!! HOST_UNREACHABLE 0",
            "c SUCCESS 1");
  }

  @Test
  void shouldKeepWhatTheSystemDidNotTakeOfABatch() {
    for (String text : List.of("a", "b", "c", "d")) {
      waits(one(text));
    }
    system.room = 2;
    queue.flush();
    assertThat(done).containsExactly("a SUCCESS 1", "b SUCCESS 1");
    assertThat(system.asked).isOne();
    system.room = 10;
    queue.room();
    assertThat(system.sent).containsExactly("a", "b", "c", "d");
  }

  @Test
  void shouldLetWhatIsHeldBackLeaveTogether() {
    system.room = 10;
    queue.hold();
    assertThat(queue.perform(one("a"))).isEqualTo(NtStatus.PENDING);
    assertThat(queue.perform(one("b"))).isEqualTo(NtStatus.PENDING);
    assertThat(system.calls).isZero();
    queue.letGo();
    assertThat(system.calls).isOne();
    assertThat(system.sent).containsExactly("a", "b");
    assertThat(done).hasSize(2);
  }

  @Test
  void shouldCountAsSentWhatWasSentThoughItIsCancelledMeanwhile() {
    Irp second = one("b");
    List<Boolean> cancelled = new ArrayList<>();
    waits(one("a", () -> cancelled.add(queue.cancel(second))));
    waits(second);
    system.room = 10;
    queue.flush();
    assertThat(cancelled).containsExactly(false);
    assertThat(done).containsExactly("a SUCCESS 1", "b SUCCESS 1");
  }

  @Test
  void shouldSendDataInPiecesAndGoOnWhereItStopped() {
    system.piece = 2;
    system.room = 2;
    assertThat(queue.perform(list("abcde", "", "fgh"))).isEqualTo(NtStatus.PENDING);
    assertThat(system.sent).containsExactly("ab", "cd");
    system.room = 10;
    queue.room();
    assertThat(system.sent).containsExactly("ab", "cd", "e", "", "fg", "h");
    assertThat(done).containsExactly("list SUCCESS 8");
  }

  @Test
  void shouldGatherAgainInSmallerPieces() {
    system.thenPiece = 3;
    system.room = 10;
    assertThat(queue.perform(one("abcdefg"))).isEqualTo(NtStatus.SUCCESS);
    assertThat(system.sent).containsExactly("abc", "def", "g");
    assertThat(done).containsExactly("abcdefg SUCCESS 7");
  }
}
