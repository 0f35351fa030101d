package org.wsk4j.contract.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionIoctls;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.connection.WskReceiveExEvent;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.Death;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** WskReceiveEx, and the callback that stands in for the receive event. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ReceiveExTest {
  /** What the callback was told. */
  private record Told(
      @Nullable Object context, int flags, byte[] data, long bytes, @Nullable ControlInfo info) {}

  /** What the callback answers. */
  private interface Answer {
    NtStatus to(@Nullable WskDataIndication list, LongOut accepted) throws Exception;
  }

  private static final class Callback implements WskReceiveExEvent {
    final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    volatile Answer answer = (list, accepted) -> NtStatus.SUCCESS;

    @Override
    public NtStatus onReceive(
        @Nullable Object context,
        int flags,
        @Nullable WskDataIndication list,
        long bytes,
        @Nullable ControlInfo info,
        LongOut accepted) {
      byte[] data = list != null ? Bytes.of(list) : new byte[0];
      assertThat(accepted.get()).isEqualTo(bytes);
      try {
        return answer.to(list, accepted);
      } catch (Exception e) {
        throw new AssertionError(e);
      } finally {
        told.add(new Told(context, flags, data, bytes, info));
      }
    }

    Told next() throws InterruptedException {
      Told next = told.poll(10, TimeUnit.SECONDS);
      assertThat(next).as("a call").isNotNull();
      return next;
    }
  }

  private static NtStatus set(
      WskSocket socket, @Nullable WskReceiveExEvent callback, @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.IOCTL,
        WskConnectionIoctls.SET_RECEIVE_EX_CALLBACK,
        callback,
        0,
        null,
        null,
        irp);
  }

  @EachTransport
  @Rule({"RCV-81", "RCV-82", "RCV-83", "RCV-84"})
  void shouldReceiveAsWithoutControlInformation(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    WskConnectionSocket socket = pair.socket();
    Out<ControlInfo> info = new Out<>();
    byte[] memory = new byte[10];
    Irp irp = client.pend(one -> socket.receiveEx(WskBuf.of(memory), 0, info, null, one));
    client.drain();
    assertThat(info.get()).isNull();
    pair.peer().send((byte) 1, (byte) 2);
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.information()).isEqualTo(2);
    assertThat(memory).startsWith(1, 2, 0);
    assertThat(info.require().nativeSize()).isZero();

    Out<ControlInfo> never = new Out<>();
    Irp all =
        client.pend(one -> socket.receiveEx(WskBuf.of(memory), WskFlags.WAITALL, never, null, one));
    pair.peer().send((byte) 3);
    client.drain();
    assertThat(all.isCompleted()).isFalse();
    all.cancel();
    assertThat(client.result(NtStatus.PENDING, all)).isEqualTo(NtStatus.CANCELLED);
    assertThat(never.get()).isNull();

    Irp plain = client.succeed(one -> socket.receiveEx(WskBuf.of(memory), 0, null, null, one));
    assertThat(plain.information()).isOne();
    assertThat(memory[0]).isEqualTo((byte) 3);
    Irp refused = client.irp();
    NtStatus answer = socket.receiveEx(WskBuf.of(memory), 0, null, new Out<>(), refused);
    assertThat(answer).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(answer, refused)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(one -> socket.receiveEx(null, 0, null, null, one)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    client.close(socket);
  }

  @EachTransport
  @Rule({"RCV-85", "RCV-81"})
  void shouldServeBothFunctionsInOneOrder(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    List<byte[]> memory = new ArrayList<>();
    List<Irp> irps = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      byte[] each = new byte[1];
      boolean ex = i % 2 == 0;
      memory.add(each);
      irps.add(
          client.pend(
              irp ->
                  ex
                      ? pair.socket().receiveEx(WskBuf.of(each), 0, null, null, irp)
                      : pair.socket().receive(WskBuf.of(each), 0, irp)));
    }
    pair.peer().send(new byte[] {0, 1, 2, 3, 4, 5});
    for (int i = 0; i < 6; i++) {
      assertThat(client.result(NtStatus.PENDING, irps.get(i))).isEqualTo(NtStatus.SUCCESS);
      assertThat(memory.get(i)).containsExactly(i);
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-86", "RCV-87", "RCV-88"})
  void shouldCallItInsteadOfTheReceiveEvent(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(AddressFamily.INET, recorder, recorder.dispatch());
    Callback callback = new Callback();
    // It needs no enabling of its own.
    assertThat(set(pair.socket(), callback, null)).isEqualTo(NtStatus.SUCCESS);
    pair.peer().send((byte) 1);
    Told told = callback.next();
    assertThat(told.context()).isSameAs(recorder);
    assertThat(told.flags()).isEqualTo(WskFlags.AT_DISPATCH_LEVEL);
    assertThat(told.data()).containsExactly(1);
    assertThat(told.bytes()).isOne();
    assertThat(told.info()).isNull();

    client.control(pair.socket(), WskEventCallbackControl.RECEIVE);
    pair.peer().send((byte) 2);
    assertThat(callback.next().data()).containsExactly(2);
    Callback other = new Callback();
    assertThat(client.result(irp -> set(pair.socket(), other, irp))).isEqualTo(NtStatus.SUCCESS);
    pair.peer().send((byte) 3);
    assertThat(other.next().data()).containsExactly(3);
    client.drain();
    assertThat(recorder.count()).isZero();
    assertThat(callback.told).isEmpty();

    assertThat(set(pair.socket(), null, null)).isEqualTo(NtStatus.SUCCESS);
    pair.peer().send((byte) 4);
    assertThat(recorder.next().copy()).containsExactly(4);
    assertThat(other.told).isEmpty();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-87", "RCV-72", "REL-02"})
  void shouldFollowItsAnswersAsThoseOfTheReceiveEvent(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Callback callback = new Callback();
    set(pair.socket(), callback, null);
    callback.answer = (list, accepted) -> NtStatus.DATA_NOT_ACCEPTED;
    pair.peer().send((byte) 1, (byte) 2);
    callback.next();
    callback.answer =
        (list, accepted) -> {
          accepted.set(1);
          return NtStatus.SUCCESS;
        };
    pair.peer().send((byte) 3);
    client.drain();
    assertThat(callback.told).isEmpty();
    client.succeed(irp -> pair.socket().receiveEx(WskBuf.of(new byte[0]), 0, null, null, irp));
    assertThat(callback.next().data()).startsWith(1, 2);
    client.drain();
    assertThat(callback.told).isEmpty();
    assertThat(client.receiveAll(pair.socket(), 2)).containsExactly(2, 3);

    BlockingQueue<WskDataIndication> kept = new LinkedBlockingQueue<>();
    callback.answer =
        (list, accepted) -> {
          kept.add(list);
          return NtStatus.PENDING;
        };
    pair.peer().send((byte) 4);
    callback.next();
    Irp posted = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp));
    pair.peer().send((byte) 5);
    assertThat(client.result(NtStatus.PENDING, posted)).isEqualTo(NtStatus.SUCCESS);
    assertThat(callback.told).isEmpty();
    assertThat(pair.socket().release(kept.take())).isEqualTo(NtStatus.SUCCESS);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-86", "EVT-22", "EVT-23", "EVT-28"})
  void shouldClearItAsAnEventIsDisabled(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Callback callback = new Callback();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    callback.answer =
        (list, accepted) -> {
          entered.countDown();
          leave.await();
          return NtStatus.SUCCESS;
        };
    set(pair.socket(), callback, null);
    pair.peer().send((byte) 1);
    entered.await();

    assertThat(set(pair.socket(), null, null)).isEqualTo(NtStatus.EVENT_PENDING);
    set(pair.socket(), callback, null);
    Irp clear = client.pend(irp -> set(pair.socket(), null, irp));
    assertThat(clear.isCompleted()).isFalse();
    leave.countDown();
    assertThat(client.result(NtStatus.PENDING, clear)).isEqualTo(NtStatus.SUCCESS);
    callback.next();
    pair.peer().send((byte) 2);
    assertThat(client.receive(pair.socket(), 1)).containsExactly(2);
    client.drain();
    assertThat(callback.told).isEmpty();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-87", "RCV-76"})
  void shouldTellItThatTheSocketIsDead(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    Callback callback = new Callback();
    set(pair.socket(), callback, null);
    Death.DECLARED.of(pair.socket(), client.provider());
    Told told = callback.next();
    assertThat(told.bytes()).isZero();
    assertThat(set(pair.socket(), null, null)).isEqualTo(NtStatus.FILE_FORCED_CLOSED);
    client.close(pair.socket());
    assertThat(callback.told).isEmpty();
    assertThat(recorder.deaths()).isEmpty();
  }

  @EachTransport
  @Rule({"RCV-86", "CTL-12"})
  void shouldBeSetOnConnectionsAlone(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    WskConnectionSocket bound = client.bound();
    Callback callback = new Callback();
    assertThat(set(listener, callback, null)).isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    assertThat(set(bound, callback, null)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    Pair pair = client.pair();
    int code = WskConnectionIoctls.SET_RECEIVE_EX_CALLBACK.code();
    NtStatus raw =
        pair.socket()
            .controlSocket(
                WskControlSocketType.IOCTL,
                WskControlKey.raw(0, code),
                ByteBuffer.allocate(8),
                0,
                null,
                null,
                null);
    assertThat(raw).isEqualTo(NtStatus.INVALID_PARAMETER);
    client.closeAll();
  }
}
