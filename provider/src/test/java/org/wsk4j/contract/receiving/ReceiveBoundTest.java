package org.wsk4j.contract.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** How much is received that nobody has taken, and how the client asks for it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReceiveBoundTest {
  /** What a socket reads ahead, unless its receive buffer was set. */
  private static final int READ_AHEAD = 64 * 1024;

  /** How much one buffer of a read holds at most. */
  private static final int ONE_BUFFER = 64 * 1024;

  /** A receive buffer that holds several reads. */
  private static final int LARGE_BUFFER = 512 * 1024;

  /** At so many retained bytes of a socket reading stops. */
  private static final int MOST_RETAINED = 4 * 1024 * 1024;

  /** More than the system holds between two sockets. */
  private static final int FLOOD = 24 * 1024 * 1024;

  private static long backlog(TestClient client, WskSocket socket) throws InterruptedException {
    Out<Long> place = new Out<>();
    Irp irp = client.succeed(one -> ask(socket, place, one));
    assertThat(irp.information()).isEqualTo(8);
    return place.require();
  }

  private static NtStatus ask(WskSocket socket, Out<Long> place, @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.IOCTL, WskIoctls.QUERY_RECEIVE_BACKLOG, null, 8, place, null, irp);
  }

  private static Future<?> flood(Peer peer, byte[] data, TestScope scope) {
    return scope
        .thread("flood")
        .submit(
            () -> {
              peer.send(data);
              return null;
            });
  }

  /** Waits until so much is read, nothing more comes, and the peer cannot send on. */
  private static long settled(TestClient client, WskSocket socket, Future<?> flood, long least)
      throws Exception {
    long before;
    long now = -1;
    do {
      before = now;
      client.drain();
      now = backlog(client, socket);
    } while (now != before || now < least);
    assertThat(flood.isDone()).isFalse();
    return now;
  }

  @EachTransport
  @Rule({"RCV-89", "RCV-93", "RCV-94"})
  void shouldTellHowMuchWaits(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    assertThat(backlog(client, pair.socket())).isZero();
    pair.peer().send(new byte[100]);
    while (backlog(client, pair.socket()) < 100) {
      client.drain();
    }
    client.receiveAll(pair.socket(), 30);
    assertThat(backlog(client, pair.socket())).isEqualTo(70);
    assertThat(ask(pair.socket(), new Out<>(), null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    WskConnectionSocket bound = client.bound();
    assertThat(client.result(irp -> ask(bound, new Out<>(), irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    WskListeningSocket listener = client.listening();
    assertThat(client.result(irp -> ask(listener, new Out<>(), irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    client.closeAll();
  }

  @EachTransport
  @Rule({"RCV-65", "RCV-91", "RCV-17"})
  void shouldReadNoFurtherThanAheadWhileNobodyReceives(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] data = Bytes.pattern(1, FLOOD);
    Future<?> flood = flood(pair.peer(), data, scope);
    long waits = settled(client, pair.socket(), flood, READ_AHEAD);
    assertThat(waits).isBetween((long) READ_AHEAD, (long) READ_AHEAD + ONE_BUFFER);
    assertThat(client.receiveAll(pair.socket(), FLOOD)).isEqualTo(data);
    flood.get();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-62", "RCV-64", "RCV-65", "RCV-66"})
  void shouldReadNoFurtherThanAheadWhenTheEventRefuses(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder(data -> NtStatus.DATA_NOT_ACCEPTED);
    Pair pair = client.pair(recorder);
    byte[] data = Bytes.pattern(2, FLOOD);
    Future<?> flood = flood(pair.peer(), data, scope);
    recorder.next();
    long waits = settled(client, pair.socket(), flood, READ_AHEAD);
    assertThat(waits).isBetween((long) READ_AHEAD, (long) READ_AHEAD + ONE_BUFFER);
    assertThat(recorder.count()).isOne();
    assertThat(client.receiveAll(pair.socket(), FLOOD)).isEqualTo(data);
    flood.get();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-65", "LSN-49"})
  void shouldReadAheadAsFarAsTheReceiveBufferSays(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listener(AddressFamily.INET, null, null);
    client.succeed(
        irp ->
            listener.controlSocket(
                WskControlSocketType.SET_OPTION, WskOptions.RCVBUF, 8192, 0, null, null, irp));
    client.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    Pair pair = client.acceptedPair(listener);
    byte[] data = Bytes.pattern(3, FLOOD);
    Future<?> flood = flood(pair.peer(), data, scope);
    long waits = settled(client, pair.socket(), flood, 8192);
    assertThat(waits).isBetween(8192L, 8192L + ONE_BUFFER);
    client.close(pair.socket(), listener);
    assertThat(flood).failsWithin(Duration.ofSeconds(10));
  }

  /**
   * With much in the buffers of the system a single read could bring far more than there is room.
   */
  @EachTransport
  @Rule({"RCV-65", "LSN-49"})
  void shouldEndAReadWhenWhatIsReadAheadIsFull(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listener(AddressFamily.INET, null, null);
    client.succeed(
        irp ->
            listener.controlSocket(
                WskControlSocketType.SET_OPTION,
                WskOptions.RCVBUF,
                LARGE_BUFFER,
                0,
                null,
                null,
                irp));
    client.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    Pair pair = client.acceptedPair(listener);
    Future<?> flood = flood(pair.peer(), new byte[FLOOD], scope);
    for (int i = 0; i < 5; i++) {
      long waits = settled(client, pair.socket(), flood, LARGE_BUFFER);
      assertThat(waits).isBetween((long) LARGE_BUFFER, (long) LARGE_BUFFER + ONE_BUFFER);
      client.receiveAll(pair.socket(), (int) (waits - LARGE_BUFFER) + 1);
    }
    client.close(pair.socket(), listener);
    assertThat(flood).failsWithin(Duration.ofSeconds(10));
  }

  /** What the client keeps is bounded, and does not keep a posted receive from its data. */
  @EachTransport
  @Rule({"REL-17", "RCV-60", "RCV-72", "RCV-65"})
  void shouldServeReceivesHoweverMuchIsRetained(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    List<WskDataIndication> kept = new ArrayList<>();
    Recorder recorder = new Recorder();
    recorder.then(
        data -> {
          kept.add(data.list());
          return NtStatus.PENDING;
        });
    Pair pair = client.pair(recorder);
    byte[] data = Bytes.pattern(4, FLOOD);
    Future<?> flood = flood(pair.peer(), data, scope);
    long retained = 0;
    while (retained < MOST_RETAINED) {
      retained += recorder.next().bytes();
    }
    client.drain();
    assertThat(retained).isLessThanOrEqualTo(MOST_RETAINED + READ_AHEAD + ONE_BUFFER);
    assertThat(flood.isDone()).isFalse();
    int calls = recorder.count();

    byte[] next = client.receiveAll(pair.socket(), 1024 * 1024);

    assertThat(next)
        .isEqualTo(Arrays.copyOfRange(data, (int) retained, (int) retained + next.length));
    client.drain();
    assertThat(recorder.count()).isEqualTo(calls);
    assertThat(backlog(client, pair.socket())).isLessThanOrEqualTo(READ_AHEAD + ONE_BUFFER);
    recorder.then(more -> NtStatus.SUCCESS);
    kept.forEach(list -> assertThat(pair.socket().release(list)).isEqualTo(NtStatus.SUCCESS));
    recorder.next();
    client.close(pair.socket());
    assertThat(flood).failsWithin(Duration.ofSeconds(10));
  }

  @EachTransport
  @Rule({"RCV-48", "RCV-47"})
  void shouldNeverSpeakOfEntireMessages(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    byte[] data = Bytes.pattern(5, 300_000);
    for (int i = 0; i < 3; i++) {
      pair.peer().send(Arrays.copyOfRange(data, i * 100_000, (i + 1) * 100_000));
    }
    assertThat(recorder.bytes(data.length)).isEqualTo(data);
    int known = WskFlags.RELEASE_ASAP | WskFlags.AT_DISPATCH_LEVEL;
    assertThat(recorder.calls()).allSatisfy(call -> assertThat(call.flags() & ~known).isZero());
    client.close(pair.socket());
  }

  /** Data that is there already does not save a receive from the close. */
  @EachTransport
  @Rule({"IRP-49", "CLS-09", "RCV-22"})
  void shouldCancelAReceiveThatWaitsWhenTheCloseIsCalled(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Irp first = client.irp();
    Irp second = client.irp();
    Irp close = client.irp();
    client.onCompletion(first, done -> pair.socket().closeSocket(close));
    pair.socket().receive(WskBuf.of(new byte[1]), 0, first);
    pair.socket().receive(WskBuf.of(new byte[1]), 0, second);
    pair.peer().send((byte) 1, (byte) 2);
    assertThat(client.result(NtStatus.PENDING, first)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.PENDING, second)).isEqualTo(NtStatus.CANCELLED);
    assertThat(client.result(close)).isEqualTo(NtStatus.SUCCESS);
  }

  @EachTransport
  @Rule({"EVT-51", "EVT-54", "RCV-50"})
  void shouldCallOneCallbackAfterTheOther(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    recorder.then(
        data -> {
          // The end has come when this returns; at dispatch level all functions can be called.
          pair.peer().endOutput();
          assertThat(recorder.ends()).isEmpty();
          assertThat(ask(pair.socket(), new Out<>(), null)).isEqualTo(NtStatus.INVALID_PARAMETER);
          assertThat(client.control(pair.socket(), WskEventCallbackControl.SEND_BACKLOG))
              .isEqualTo(NtStatus.INVALID_PARAMETER);
          pair.socket().send(WskBuf.of(new byte[] {9}), 0, client.irp());
          return NtStatus.SUCCESS;
        });
    pair.peer().send((byte) 1);
    assertThat(recorder.next().flags()).isEqualTo(WskFlags.AT_DISPATCH_LEVEL);
    assertThat(recorder.end().flags()).isEqualTo(WskFlags.AT_DISPATCH_LEVEL);
    assertThat(recorder.order()).containsExactly("data", "end");
    assertThat(pair.peer().read(1)).containsExactly(9);
    client.close(pair.socket());
  }
}
