package org.wsk4j.contract.disconnecting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
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
class DisconnectTest {
  private static final int ABORTIVE = WskFlags.ABORTIVE;

  @EachTransport
  @Rule({"DSC-01", "DSC-04", "DSC-13", "DSC-21"})
  void shouldEndTheStreamBehindItsData(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    client.send(pair.socket(), Bytes.pattern(1, 1000));
    // The peer ends nothing, and the request completes all the same.
    client.succeed(irp -> pair.socket().disconnect(null, 0, irp));
    assertThat(pair.peer().readAll()).isEqualTo(Bytes.pattern(1, 1000));
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"DSC-02", "DSC-27"})
  void shouldResetWhenAbortive(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    pair.peer().send((byte) 1);
    client.drain();
    client.succeed(irp -> pair.socket().disconnect(null, ABORTIVE, irp));
    assertThat(pair.peer().isReset()).isTrue();
    assertThat(client.result(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_ABORTED);
    assertThat(client.result(irp -> pair.socket().send(WskBuf.of(new byte[1]), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_ABORTED);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"DSC-05", "DSC-06", "DSC-07", "DSC-10", "DSC-16"})
  void shouldRefuseBadCallsAndLeaveTheConnectionAlone(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    WskConnectionSocket socket = pair.socket();
    WskBuf one = WskBuf.of(new byte[1]);
    assertThat(socket.disconnect(null, 0, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> socket.disconnect(null, 2, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> socket.disconnect(null, 0x80000001, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> socket.disconnect(one, ABORTIVE, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> socket.disconnect(new WskBuf(null, 0, 1), 0, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    client.send(socket, (byte) 1);
    assertThat(pair.peer().read(1)).containsExactly(1);
    WskConnectionSocket bound = client.bound();
    for (int flags : new int[] {0, ABORTIVE}) {
      assertThat(client.result(irp -> bound.disconnect(null, flags, irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    }
    client.close(socket, bound);
  }

  @EachTransport
  @Rule({"DSC-08", "DSC-12", "DSC-14", "DSC-15"})
  void shouldSendTheLastDataBehindAllOther(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    Pair pair = client.acceptedPair(listener);
    byte[] data = Bytes.pattern(1, 5000);
    Irp send = client.pend(irp -> pair.socket().send(WskBuf.of(data), 0, irp));
    byte[] last = Bytes.pattern(2, 3000);
    byte[] expected = Bytes.join(data, last);
    Irp end = client.succeed(irp -> pair.socket().disconnect(WskBuf.of(last), 0, irp));
    assertThat(end.information()).isZero();
    Arrays.fill(last, (byte) 0);
    assertThat(pair.peer().readAll()).isEqualTo(expected);
    assertThat(client.result(NtStatus.PENDING, send)).isEqualTo(NtStatus.SUCCESS);
    Pair other = client.acceptedPair(listener);
    client.succeed(irp -> other.socket().disconnect(new WskBuf(), 0, irp));
    assertThat(other.peer().readAll()).isEmpty();
    client.close(pair.socket(), other.socket(), listener);
  }

  @EachTransport
  @Rule({"DSC-17", "DSC-18"})
  void shouldGoOnReceivingAfterItsOwnEnd(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    byte[] memory = new byte[1];
    Irp pending = client.pend(irp -> pair.socket().receive(WskBuf.of(memory), 0, irp));
    client.succeed(irp -> pair.socket().disconnect(null, 0, irp));
    client.drain();
    assertThat(pending.isCompleted()).isFalse();
    pair.peer().send((byte) 1, (byte) 2);
    assertThat(client.result(NtStatus.PENDING, pending)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory).containsExactly(1);
    assertThat(recorder.bytes(1)).containsExactly(2);
    pair.peer().send((byte) 3);
    assertThat(recorder.bytes(1)).containsExactly(3);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"DSC-20", "DSC-22"})
  void shouldWaitForUnsentDataUntilItIsForced(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    byte[] data = new byte[TestClient.TOO_MUCH];
    Irp send = client.pend(irp -> pair.socket().send(WskBuf.of(data), 0, irp));
    Irp end = client.pend(irp -> pair.socket().disconnect(null, 0, irp));
    client.drain();
    assertThat(end.isCompleted()).isFalse();
    client.succeed(irp -> pair.socket().disconnect(null, ABORTIVE, irp));
    assertThat(client.result(NtStatus.PENDING, send)).isEqualTo(NtStatus.CONNECTION_ABORTED);
    assertThat(client.result(NtStatus.PENDING, end)).isEqualTo(NtStatus.CONNECTION_ABORTED);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"DSC-23", "CLS-28"})
  void shouldBeForcedByTheClose(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    byte[] data = new byte[TestClient.TOO_MUCH];
    Irp send = client.pend(irp -> pair.socket().send(WskBuf.of(data), 0, irp));
    Irp end = client.pend(irp -> pair.socket().disconnect(null, 0, irp));
    client.close(pair.socket());
    assertThat(client.result(NtStatus.PENDING, send)).isEqualTo(NtStatus.CANCELLED);
    assertThat(client.result(NtStatus.PENDING, end)).isEqualTo(NtStatus.CANCELLED);
    assertThat(pair.peer().isReset()).isTrue();
  }

  @EachTransport
  @Rule({"DSC-24", "DSC-03"})
  void shouldEndOnlyOnce(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Irp first = client.pend(irp -> pair.socket().disconnect(null, 0, irp));
    Irp second = client.irp();
    NtStatus returned = pair.socket().disconnect(null, 0, second);
    assertThat(client.result(NtStatus.PENDING, first)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(returned, second)).isEqualTo(NtStatus.SUCCESS);
    client.succeed(irp -> pair.socket().disconnect(new WskBuf(), 0, irp));
    WskBuf more = WskBuf.of(new byte[1]);
    assertThat(client.result(irp -> pair.socket().disconnect(more, 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(pair.peer().readAll()).isEmpty();
    pair.peer().send((byte) 1);
    assertThat(client.receive(pair.socket(), 1)).containsExactly(1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("DSC-28")
  void shouldLeaveTheSocketToBeClosed(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder(data -> NtStatus.PENDING);
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 1);
    Recorder.Data kept = recorder.next();
    client.succeed(irp -> pair.socket().disconnect(null, ABORTIVE, irp));
    assertThat(client.local(pair.socket())).isEqualTo(pair.peer().remoteAddress());
    assertThat(client.remote(pair.socket())).isEqualTo(pair.peer().localAddress());
    assertThat(pair.socket().release(kept.list())).isEqualTo(NtStatus.SUCCESS);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"DSC-29", "DSC-30"})
  void shouldTellOnlyOfThePeer(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    for (int end = 0; end < 3; end++) {
      Pair pair = client.pair(recorder);
      if (end < 2) {
        int flags = end;
        client.succeed(irp -> pair.socket().disconnect(null, flags, irp));
        client.drain();
      }
      client.close(pair.socket());
    }
    Pair disabled = client.pair(AddressFamily.INET, null, recorder.dispatch());
    disabled.peer().endOutput();
    assertThat(client.receive(disabled.socket(), 1)).isEmpty();
    client.drain();
    assertThat(recorder.ends()).isEmpty();
    client.close(disabled.socket());
  }

  @EachTransport
  @Rule({"DSC-31", "DSC-33", "DSC-34", "DSC-35", "DSC-36"})
  void shouldTellOfAGracefulEndBehindAllData(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    byte[] data = Bytes.pattern(1, 200_000);
    pair.peer().send(data);
    pair.peer().endOutput();
    Recorder.End end = recorder.end();
    assertThat(recorder.bytes(data.length)).isEqualTo(data);
    assertThat(end.context()).isSameAs(recorder);
    assertThat(end.flags() & ~WskFlags.AT_DISPATCH_LEVEL).isZero();
    assertThat(recorder.order()).endsWith("data", "end");
    assertThat(client.receive(pair.socket(), 1)).isEmpty();
    client.drain();
    assertThat(recorder.ends()).hasSize(1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"DSC-32", "DSC-33", "DSC-39"})
  void shouldTellOfAReset(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    pair.peer().reset();
    Recorder.End end = recorder.end();
    assertThat(end.flags() & ~WskFlags.AT_DISPATCH_LEVEL).isEqualTo(ABORTIVE);
    client.drain();
    assertThat(recorder.ends()).hasSize(1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"DSC-36", "RCV-54"})
  void shouldHoldTheEndBackWhileDataIsLeft(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder(data -> NtStatus.DATA_NOT_ACCEPTED);
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 1);
    recorder.next();
    pair.peer().endOutput();
    client.drain();
    assertThat(recorder.ends()).isEmpty();
    assertThat(client.receive(pair.socket(), 10)).containsExactly(1);
    recorder.end();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("DSC-39")
  void shouldTellOfAResetBehindAGracefulEnd(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    pair.peer().endOutput();
    assertThat(recorder.end().flags() & ABORTIVE).isZero();
    pair.peer().reset();
    // Sending shows it at the latest.
    Irp irp = client.irp();
    NtStatus status = NtStatus.SUCCESS;
    while (status == NtStatus.SUCCESS) {
      irp.reuse(NtStatus.SUCCESS);
      status = client.result(pair.socket().send(WskBuf.of(new byte[100]), 0, irp), irp);
    }
    assertThat(status).isEqualTo(NtStatus.CONNECTION_RESET);
    assertThat(recorder.end().flags() & ABORTIVE).isEqualTo(ABORTIVE);
    client.drain();
    assertThat(recorder.ends()).hasSize(2);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"DSC-40", "DSC-41"})
  void shouldTellOfWhatHappenedBeforeTheEventWasEnabled(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder().atEnd(end -> NtStatus.UNSUCCESSFUL);
    Pair graceful = client.pair(AddressFamily.INET, null, recorder.dispatch());
    graceful.peer().endOutput();
    assertThat(client.receive(graceful.socket(), 1)).isEmpty();
    client.control(graceful.socket(), WskEventCallbackControl.DISCONNECT);
    assertThat(recorder.end().flags() & ABORTIVE).isZero();
    client.send(graceful.socket(), (byte) 1);
    Pair reset = client.pair(AddressFamily.INET, null, recorder.dispatch());
    Irp irp = client.pend(one -> reset.socket().receive(WskBuf.of(new byte[1]), 0, one));
    reset.peer().reset();
    client.result(NtStatus.PENDING, irp);
    client.control(reset.socket(), WskEventCallbackControl.DISCONNECT);
    assertThat(recorder.end().flags() & ABORTIVE).isEqualTo(ABORTIVE);
    client.close(graceful.socket(), reset.socket());
  }

  @EachTransport
  @Rule("DSC-43")
  void shouldTellBothTheRequestAndTheEvent(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    Irp irp = client.pend(one -> pair.socket().receive(WskBuf.of(new byte[1]), 0, one));
    client.drain();
    pair.peer().endOutput();
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.information()).isZero();
    recorder.end();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"DSC-44", "DSC-45", "CLS-15"})
  void shouldDisconnectAndCloseInsideCallbacks(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicReference<WskConnectionSocket> socket = new AtomicReference<>();
    Irp disconnect = client.irp();
    Irp close = client.irp();
    AtomicReference<NtStatus> returned = new AtomicReference<>();
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    socket.set(pair.socket());
    recorder.then(
        data -> {
          socket.get().disconnect(null, 0, disconnect);
          data.accepted().set(1);
          return NtStatus.SUCCESS;
        });
    recorder.atEnd(
        end -> {
          returned.set(socket.get().closeSocket(close));
          return NtStatus.SUCCESS;
        });
    pair.peer().send((byte) 1, (byte) 2);
    assertThat(pair.peer().readAll()).isEmpty();
    recorder.next();
    assertThat(client.result(NtStatus.PENDING, disconnect)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.receive(pair.socket(), 5)).containsExactly(2);
    pair.peer().endOutput();
    recorder.end();
    assertThat(returned).hasValue(NtStatus.PENDING);
    assertThat(client.result(NtStatus.PENDING, close)).isEqualTo(NtStatus.SUCCESS);
  }

  @EachTransport
  @Rule({"DSC-46", "CLS-25", "CLS-27"})
  void shouldNotResetWhatBothSidesHaveEnded(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    client.send(pair.socket(), Bytes.pattern(1, 100));
    client.succeed(irp -> pair.socket().disconnect(null, 0, irp));
    pair.peer().endOutput();
    assertThat(client.receive(pair.socket(), 1)).isEmpty();
    client.close(pair.socket());
    assertThat(pair.peer().readAll()).isEqualTo(Bytes.pattern(1, 100));
  }
}
