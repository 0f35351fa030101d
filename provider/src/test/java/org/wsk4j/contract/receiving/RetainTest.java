package org.wsk4j.contract.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RetainTest {
  /** At so many retained bytes of a socket reading stops. */
  private static final long MOST_RETAINED = 4 * 1024 * 1024;

  private static Recorder keeping() {
    return new Recorder(data -> NtStatus.PENDING);
  }

  @EachTransport
  @Rule({"RCV-58", "RCV-59", "RCV-60", "RCV-61", "REL-15"})
  void shouldLeaveRetainedDataAloneAndGoOn(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder =
        new Recorder(
            data -> {
              data.accepted().set(0);
              return NtStatus.PENDING;
            });
    Pair pair = client.pair(recorder);
    List<Recorder.Data> kept = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pair.peer().send(Bytes.pattern(i, 100));
      kept.add(recorder.next());
    }
    Irp irp = client.pend(one -> pair.socket().receive(WskBuf.of(new byte[1]), 0, one));
    client.drain();
    assertThat(irp.isCompleted()).isFalse();
    pair.peer().send((byte) 1);
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    for (Recorder.Data data : kept) {
      assertThat(Bytes.of(data.list())).isEqualTo(data.copy());
      assertThat(pair.socket().release(data.list())).isEqualTo(NtStatus.SUCCESS);
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"REL-02", "REL-05", "REL-16", "REL-18"})
  void shouldReleaseOnce(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = keeping();
    Pair pair = client.pair(recorder);
    pair.peer().send(Bytes.pattern(1, 1000));
    Recorder.Data first = recorder.next();
    pair.peer().send(Bytes.pattern(2, 1000));
    Recorder.Data second = recorder.next();
    assertThat(pair.socket().release(first.list())).isEqualTo(NtStatus.SUCCESS);
    assertThatIllegalStateException().isThrownBy(() -> first.list().buffer());
    assertThat(pair.socket().release(first.list())).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(Bytes.of(second.list())).isEqualTo(second.copy());
    assertThat(pair.socket().release(second.list())).isEqualTo(NtStatus.SUCCESS);
    client.close(pair.socket());
    // The scope of the test finds every buffer that is left.
  }

  @EachTransport
  @Rule({"REL-03", "REL-04", "REL-06", "REL-10"})
  void shouldRefuseWhatIsNotRetained(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    assertThat(pair.socket().release(null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    pair.peer().send((byte) 1);
    WskDataIndication taken = recorder.next().list();
    client.drain();
    assertThat(pair.socket().release(taken)).isEqualTo(NtStatus.INVALID_PARAMETER);
    recorder.then(data -> NtStatus.DATA_NOT_ACCEPTED);
    pair.peer().send((byte) 2);
    WskDataIndication refused = recorder.next().list();
    client.drain();
    assertThat(pair.socket().release(refused)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.receive(pair.socket(), 1)).containsExactly(2);
    WskDataIndication foreign =
        new WskDataIndication() {
          @Override
          public WskBuf buffer() {
            return new WskBuf();
          }
        };
    assertThat(pair.socket().release(foreign)).isEqualTo(NtStatus.INVALID_PARAMETER);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"REL-03", "REL-07"})
  void shouldReleaseAllOrNothing(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = keeping();
    Pair pair = client.pair(recorder);
    Recorder others = keeping();
    Pair other = client.pair(others);
    pair.peer().send((byte) 1);
    WskDataIndication ours = recorder.next().list();
    other.peer().send((byte) 2);
    WskDataIndication theirs = others.next().list();
    client.drain();
    assertThat(pair.socket().release(theirs)).isEqualTo(NtStatus.INVALID_PARAMETER);
    ours.setNext(theirs);
    assertThat(pair.socket().release(ours)).isEqualTo(NtStatus.INVALID_PARAMETER);
    // A list that bites its tail.
    ours.setNext(ours);
    assertThat(pair.socket().release(ours)).isEqualTo(NtStatus.INVALID_PARAMETER);
    ours.setNext(null);
    assertThat(Bytes.of(ours)).containsExactly(1);
    assertThat(Bytes.of(theirs)).containsExactly(2);
    assertThat(pair.socket().release(ours)).isEqualTo(NtStatus.SUCCESS);
    assertThat(other.socket().release(theirs)).isEqualTo(NtStatus.SUCCESS);
    client.close(pair.socket(), other.socket());
  }

  @EachTransport
  @Rule({"REL-09", "REL-11", "REL-12", "REL-13"})
  void shouldReleaseInAnyOrderAndInAnyPieces(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = keeping();
    Pair pair = client.pair(recorder);
    List<WskDataIndication> elements = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      pair.peer().send(Bytes.pattern(i, 10));
      for (WskDataIndication e = recorder.next().list(); e != null; e = e.next()) {
        elements.add(e);
      }
    }
    client.drain();
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Collections.shuffle(elements, new Random(seed));
    // Link them anew: a chain of two thirds and single ones.
    int cut = elements.size() * 2 / 3;
    for (int i = 0; i < elements.size(); i++) {
      elements.get(i).setNext(i + 1 < cut ? elements.get(i + 1) : null);
    }
    // The end of the chain goes first, then the rest of it.
    elements.get(cut / 2 - 1).setNext(null);
    assertThat(pair.socket().release(elements.get(cut / 2))).isEqualTo(NtStatus.SUCCESS);
    assertThat(pair.socket().release(elements.get(0))).isEqualTo(NtStatus.SUCCESS);
    for (int i = cut; i < elements.size(); i++) {
      assertThat(pair.socket().release(elements.get(i))).isEqualTo(NtStatus.SUCCESS);
    }
    for (WskDataIndication each : elements) {
      assertThat(pair.socket().release(each)).isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"REL-14", "REL-23", "REL-01"})
  void shouldReleaseInsideTheCallbackThatAnswersPendingAndElsewhere(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicReference<Pair> pair = new AtomicReference<>();
    AtomicReference<NtStatus> inside = new AtomicReference<>();
    AtomicReference<WskDataIndication> earlier = new AtomicReference<>();
    Recorder recorder = keeping();
    pair.set(client.pair(recorder));
    pair.get().peer().send((byte) 1);
    earlier.set(recorder.next().list());
    client.drain();
    recorder.then(
        data -> {
          inside.set(pair.get().socket().release(data.list()));
          assertThat(pair.get().socket().release(earlier.get())).isEqualTo(NtStatus.SUCCESS);
          return NtStatus.PENDING;
        });
    pair.get().peer().send((byte) 2);
    recorder.next();
    assertThat(inside).hasValue(NtStatus.SUCCESS);
    // In a completion routine.
    recorder.then(data -> NtStatus.PENDING);
    pair.get().peer().send((byte) 3);
    WskDataIndication last = recorder.next().list();
    client.drain();
    Irp send = client.irp();
    AtomicReference<NtStatus> released = new AtomicReference<>();
    client.onCompletion(
        send,
        irp -> {
          released.set(pair.get().socket().release(last));
        });
    client.result(pair.get().socket().send(WskBuf.of(new byte[1]), 0, send), send);
    assertThat(released).hasValue(NtStatus.SUCCESS);
    client.close(pair.get().socket());
  }

  @EachTransport
  @Rule({"REL-17", "RCV-49"})
  void shouldSlowThePeerDownAndLoseNothing(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = keeping();
    var listener = client.listening();
    var sender = client.connected(client.local(listener), null, null);
    var receiver = client.accept(listener, null, recorder.dispatch());
    client.control(receiver, WskEventCallbackControl.RECEIVE);
    byte[] sent = Bytes.pattern(4, 16 * 1024 * 1024);
    Irp send = client.pend(irp -> sender.send(WskBuf.of(sent), 0, irp));
    byte[] got = new byte[sent.length];
    int place = 0;
    long held = 0;
    List<WskDataIndication> kept = new ArrayList<>();
    boolean asked = false;
    while (place < got.length) {
      Recorder.Data data = recorder.next();
      System.arraycopy(data.copy(), 0, got, place, data.copy().length);
      place += data.copy().length;
      held += data.bytes();
      asked |= (data.flags() & WskFlags.RELEASE_ASAP) != 0;
      kept.add(data.list());
      if (held >= MOST_RETAINED) {
        // What was being read is still indicated, and then no more.
        client.drain();
        int calls = recorder.count();
        assertThat(calls).isLessThanOrEqualTo(kept.size() + 2);
        client.drain();
        assertThat(recorder.count()).isEqualTo(calls);
        kept.forEach(list -> assertThat(receiver.release(list)).isEqualTo(NtStatus.SUCCESS));
        recorder.forget();
        kept.clear();
        held = 0;
      }
    }
    client.drain();
    kept.forEach(list -> assertThat(receiver.release(list)).isEqualTo(NtStatus.SUCCESS));
    assertThat(asked).isTrue();
    assertThat(java.util.Arrays.equals(got, sent)).isTrue();
    assertThat(client.result(NtStatus.PENDING, send)).isEqualTo(NtStatus.SUCCESS);
    client.close(sender, receiver, listener);
  }

  @EachTransport
  @Rule({"REL-20", "CLS-18", "CLS-31", "REL-19"})
  void shouldKeepRetainedDataThroughTheClose(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicReference<Pair> pair = new AtomicReference<>();
    Irp close = client.irp();
    Recorder recorder = keeping();
    pair.set(client.pair(recorder));
    pair.get().peer().send((byte) 1);
    Recorder.Data before = recorder.next();
    recorder.then(
        data -> {
          pair.get().socket().closeSocket(close);
          return NtStatus.PENDING;
        });
    pair.get().peer().send((byte) 2);
    Recorder.Data during = recorder.next();
    assertThat(client.result(NtStatus.PENDING, close)).isEqualTo(NtStatus.SUCCESS);
    assertThat(Bytes.of(before.list())).containsExactly(1);
    assertThat(Bytes.of(during.list())).containsExactly(2);
    assertThat(pair.get().socket().release(before.list())).isEqualTo(NtStatus.SUCCESS);
    assertThat(pair.get().socket().release(during.list())).isEqualTo(NtStatus.SUCCESS);
  }

  @EachTransport
  @Rule({"REL-21", "REL-22"})
  void shouldKeepRetainedDataThroughEveryEnd(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (int end = 0; end < 4; end++) {
      Recorder recorder = keeping();
      Pair pair = client.pair(recorder);
      pair.peer().send((byte) 1);
      Recorder.Data data = recorder.next();
      switch (end) {
        case 0 -> {
          pair.peer().endOutput();
          recorder.end();
        }
        case 1 -> {
          pair.peer().reset();
          recorder.end();
        }
        case 2 -> client.succeed(irp -> pair.socket().disconnect(null, 0, irp));
        default -> client.succeed(irp -> pair.socket().disconnect(null, WskFlags.ABORTIVE, irp));
      }
      assertThat(Bytes.of(data.list())).containsExactly(1);
      assertThat(pair.socket().release(data.list())).isEqualTo(NtStatus.SUCCESS);
      client.close(pair.socket());
    }
  }
}
