package org.wsk4j.contract.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
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
class ReceiveEventTest {
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int KNOWN_FLAGS =
      WskFlags.RELEASE_ASAP | WskFlags.ENTIRE_MESSAGE | WskFlags.AT_DISPATCH_LEVEL;

  @EachTransport
  @Rule({"RCV-42", "RCV-79", "EVT-34"})
  void shouldIndicateOnlyWhenEnabledAndThenAlsoWhatCameBefore(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(AddressFamily.INET, null, recorder.dispatch());
    pair.peer().send((byte) 1, (byte) 2);
    client.drain();
    assertThat(recorder.count()).isZero();
    assertThat(client.control(pair.socket(), RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(recorder.bytes(2)).containsExactly(1, 2);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-43", "RCV-44", "RCV-45", "RCV-46", "RCV-47"})
  void shouldDescribeWhatItIndicates(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    byte[] sent = Bytes.pattern(1, 300_000);
    pair.peer().send(sent);
    assertThat(recorder.bytes(sent.length)).isEqualTo(sent);
    for (Recorder.Data data : recorder.calls()) {
      assertThat(data.context()).isSameAs(recorder);
      assertThat(data.bytes()).isPositive().isEqualTo(data.copy().length);
      assertThat(data.flags() & ~KNOWN_FLAGS).isZero();
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-50", "RCV-57"})
  void shouldNeverCallTwiceAtOnce(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Recorder recorder =
        new Recorder(
            data -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              Thread.yield();
              inside.decrementAndGet();
              return NtStatus.SUCCESS;
            });
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 0);
    recorder.next();
    for (int i = 0; i < 20; i++) {
      pair.peer().send((byte) i);
      client.control(pair.socket(), RECEIVE);
    }
    assertThat(recorder.bytes(20)).hasSize(20);
    assertThat(most).hasValue(1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-51", "RCV-52", "RCV-70"})
  void shouldTakeSuccessForAllOfIt(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 1);
    assertThat(recorder.next().accepted().get()).isEqualTo(1);
    recorder.then(
        data -> {
          data.accepted().set(data.bytes());
          return NtStatus.SUCCESS;
        });
    pair.peer().send((byte) 2);
    recorder.next();
    recorder.then(
        data -> {
          data.accepted().set(data.bytes() + 1000);
          return NtStatus.SUCCESS;
        });
    pair.peer().send((byte) 3);
    recorder.next();
    pair.peer().send((byte) 4);
    assertThat(recorder.next().copy()).containsExactly(4);
    assertThat(recorder.count()).isEqualTo(4);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-53", "RCV-54", "RCV-55", "RCV-56"})
  void shouldKeepWhatWasNotAcceptedAndSuspend(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder =
        new Recorder(
            data -> {
              data.accepted().set(2);
              return NtStatus.SUCCESS;
            });
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5);
    recorder.next();
    recorder.then(data -> NtStatus.SUCCESS);
    pair.peer().send((byte) 6, (byte) 7);
    client.drain();
    assertThat(recorder.count()).isEqualTo(1);
    assertThat(client.receive(pair.socket(), 2)).containsExactly(3, 4);
    assertThat(recorder.bytes(3)).containsExactly(5, 6, 7);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-62", "RCV-63", "RCV-64", "RCV-66", "RCV-67"})
  void shouldSuspendWhenNothingIsAccepted(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder =
        new Recorder(
            data -> {
              data.accepted().set(3);
              return NtStatus.DATA_NOT_ACCEPTED;
            });
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 1, (byte) 2, (byte) 3);
    recorder.next();
    recorder.then(data -> NtStatus.SUCCESS);
    pair.peer().send((byte) 4);
    client.drain();
    assertThat(client.control(pair.socket(), RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(pair.socket(), RECEIVE | WskEventCallbackControl.DISABLE))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(pair.socket(), RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    client.drain();
    assertThat(recorder.count()).isEqualTo(1);
    // Requests queued behind each other drain the buffer; the event gets what they leave.
    byte[] one = new byte[1];
    Irp first = client.irp();
    NtStatus returned = pair.socket().receive(WskBuf.of(one), 0, first);
    assertThat(client.result(returned, first)).isEqualTo(NtStatus.SUCCESS);
    assertThat(one).containsExactly(1);
    assertThat(recorder.bytes(3)).containsExactly(2, 3, 4);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-41", "RCV-69", "RCV-71"})
  void shouldCountOddAnswersAsRefusalsAndResumeByAnEmptyReceive(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder.Action[] refusals = {
      data -> {
        data.accepted().set(0);
        return NtStatus.SUCCESS;
      },
      data -> {
        data.accepted().set(-5);
        return NtStatus.SUCCESS;
      },
      data -> NtStatus.DEVICE_NOT_READY,
      data -> {
        throw new IllegalStateException("a fault of the client, as part of a test");
      }
    };
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    for (Recorder.Action refusal : refusals) {
      recorder.then(refusal);
      pair.peer().send((byte) 1);
      recorder.next();
      pair.peer().send((byte) 2);
      client.drain();
      recorder.then(data -> NtStatus.SUCCESS);
      int calls = recorder.count();
      client.succeed(irp -> pair.socket().receive(new WskBuf(), 0, irp));
      assertThat(recorder.bytes(2)).containsExactly(1, 2);
      assertThat(recorder.count()).isGreaterThan(calls);
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-65", "SND-05"})
  void shouldStopThePeerWhenNobodyTakesItsData(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder(data -> NtStatus.DATA_NOT_ACCEPTED);
    var listener = client.listening();
    var sender = client.connected(client.local(listener), null, null);
    var receiver = client.accept(listener, null, recorder.dispatch());
    client.control(receiver, RECEIVE);
    byte[] sent = Bytes.pattern(2, 16 * 1024 * 1024);
    Irp send = client.pend(irp -> sender.send(WskBuf.of(sent), 0, irp));
    recorder.next();
    client.drain();
    client.drain();
    assertThat(send.isCompleted()).isFalse();
    assertThat(recorder.count()).isEqualTo(1);
    byte[] received = client.receiveAll(receiver, sent.length);
    assertThat(Arrays.equals(received, sent)).isTrue();
    assertThat(client.result(NtStatus.PENDING, send)).isEqualTo(NtStatus.SUCCESS);
    client.close(sender, receiver, listener);
  }

  @EachTransport
  @Rule({"RCV-72", "RCV-74", "RCV-73"})
  void shouldServeRequestsBeforeTheEvent(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    byte[] memory = new byte[3];
    Irp irp = client.pend(one -> pair.socket().receive(WskBuf.of(memory), 0, one));
    client.drain();
    pair.peer().send((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5);
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory).containsExactly(1, 2, 3);
    assertThat(recorder.bytes(2)).containsExactly(4, 5);
    // With the event disabled, all is left to requests. The callback has returned by then.
    client.drain();
    assertThat(client.control(pair.socket(), RECEIVE | WskEventCallbackControl.DISABLE))
        .isEqualTo(NtStatus.SUCCESS);
    pair.peer().send((byte) 6);
    client.drain();
    assertThat(client.receive(pair.socket(), 5)).containsExactly(6);
    assertThat(recorder.count()).isEqualTo(1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-75", "RCV-80"})
  void shouldGiveRequestsMadeInsideOnlyWhatIsLeft(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicReference<Pair> pair = new AtomicReference<>();
    byte[] memory = new byte[10];
    Irp inside = client.irp();
    AtomicReference<NtStatus> returned = new AtomicReference<>();
    Recorder recorder = new Recorder();
    pair.set(client.pair(recorder));
    recorder.then(
        data -> {
          returned.set(pair.get().socket().receive(WskBuf.of(memory), 0, inside));
          return NtStatus.SUCCESS;
        });
    pair.get().peer().send((byte) 1, (byte) 2);
    recorder.next();
    client.drain();
    assertThat(returned).hasValue(NtStatus.PENDING);
    assertThat(inside.isCompleted()).isFalse();
    pair.get().peer().send((byte) 3);
    assertThat(client.result(NtStatus.PENDING, inside)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory).startsWith(3, 0);

    // Left unaccepted, the bytes go to the request, and its completion ends the suspension.
    Irp second = inside.reuse(NtStatus.SUCCESS);
    recorder.then(
        data -> {
          recorder.then(later -> NtStatus.SUCCESS);
          pair.get().socket().receive(WskBuf.of(memory), 0, second);
          data.accepted().set(1);
          return NtStatus.SUCCESS;
        });
    pair.get().peer().send((byte) 4, (byte) 5, (byte) 6);
    recorder.next();
    assertThat(client.result(NtStatus.PENDING, second)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory).startsWith(5, 6);
    pair.get().peer().send((byte) 7);
    assertThat(recorder.next().copy()).containsExactly(7);
    client.close(pair.get().socket());
  }

  @EachTransport
  @Rule("RCV-68")
  void shouldTakeItsBuffersBackWhenNothingIsRetained(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicReference<WskDataIndication> kept = new AtomicReference<>();
    Recorder recorder =
        new Recorder(
            data -> {
              kept.set(data.list());
              return NtStatus.SUCCESS;
            });
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 1);
    recorder.next();
    client.drain();
    org.assertj.core.api.Assertions.assertThatIllegalStateException()
        .isThrownBy(() -> kept.get().buffer());
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-78", "DSC-42"})
  void shouldNotTellOfTheEndByTheReceiveEvent(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    // The recorder fails on an indication without data.
    Pair graceful = client.pair(AddressFamily.INET, null, recorder.dispatch());
    client.control(graceful.socket(), RECEIVE);
    graceful.peer().endOutput();
    assertThat(client.receive(graceful.socket(), 1)).isEmpty();
    Pair abortive = client.pair(AddressFamily.INET, null, recorder.dispatch());
    client.control(abortive.socket(), RECEIVE);
    Irp irp = client.pend(one -> abortive.socket().receive(WskBuf.of(new byte[1]), 0, one));
    abortive.peer().reset();
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.CONNECTION_RESET);
    client.drain();
    assertThat(recorder.count()).isZero();
    assertThat(recorder.ends()).isEmpty();
    client.close(graceful.socket(), abortive.socket());
  }

  @EachTransport
  @Rule("RCV-73")
  void shouldGiveEveryByteOnceWhileRequestsAndEventsCompete(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    byte[] sent = Bytes.pattern(3, 20_000);
    byte[] got = new byte[sent.length];
    AtomicInteger place = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(1);
    Recorder recorder =
        new Recorder(
            data -> {
              store(data.copy(), got, place, all);
              return NtStatus.SUCCESS;
            });
    Pair pair = client.pair(recorder);
    Thread asking =
        new Thread(
            () -> {
              while (place.get() < sent.length) {
                ask(client, pair, got, place, all);
              }
            });
    asking.start();
    for (int i = 0; i < sent.length; i += 100) {
      pair.peer().send(Arrays.copyOfRange(sent, i, i + 100));
    }
    assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
    pair.peer().endOutput();
    asking.join(10_000);
    assertThat(asking.isAlive()).isFalse();
    assertThat(got).isEqualTo(sent);
    client.close(pair.socket());
  }

  /**
   * Completions and events come from one loop, so what they store is in the order of the stream.
   */
  private static void ask(
      TestClient client, Pair pair, byte[] got, AtomicInteger place, CountDownLatch all) {
    byte[] memory = new byte[37];
    Irp irp = Irp.allocate();
    client.onCompletion(
        irp,
        done -> {
          store(Arrays.copyOf(memory, (int) done.information()), got, place, all);
        });
    try {
      client.result(pair.socket().receive(WskBuf.of(memory), 0, irp), irp);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void store(byte[] bytes, byte[] got, AtomicInteger place, CountDownLatch all) {
    int at = place.getAndAdd(bytes.length);
    System.arraycopy(bytes, 0, got, at, bytes.length);
    if (at + bytes.length == got.length) {
      all.countDown();
    }
  }
}
