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
import org.wsk4j.nt.NtStatus;

class DatagramSendQueueTest {
  private static final InetSocketAddress REMOTE = new InetSocketAddress("127.0.0.1", 9);

  /** A system with room for so many datagrams, which refuses those that say so. */
  private static final class System implements DatagramSink {
    final List<String> sent = new ArrayList<>();
    int room;
    int asked;

    @Override
    public NtStatus send(@Nullable Mdl first, long offset, long length, InetSocketAddress remote) {
      String text = new String(new WskBuf(first, offset, length).toByteArray(), US_ASCII);
      if (text.startsWith("!")) {
        return NtStatus.HOST_UNREACHABLE;
      }
      if (room == 0) {
        return NtStatus.PENDING;
      }
      room--;
      sent.add(text);
      return NtStatus.SUCCESS;
    }

    @Override
    public void awaitRoom() {
      asked++;
    }
  }

  private final System system = new System();
  private final DatagramSendQueue queue = new DatagramSendQueue(system);
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
    system.room = 2;
    assertThat(queue.perform(list("aa", "b", "", "cc"))).isEqualTo(NtStatus.PENDING);
    assertThat(done).isEmpty();
    system.room = 2;
    queue.room();
    assertThat(system.sent).containsExactly("aa", "b", "", "cc");
    assertThat(done).containsExactly("list SUCCESS 5");
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
}
