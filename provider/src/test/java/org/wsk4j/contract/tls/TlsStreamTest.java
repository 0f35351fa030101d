package org.wsk4j.contract.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Insides;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.testing.TestKeys;
import org.wsk4j.provider.testing.Tls;
import org.wsk4j.provider.testing.TlsPeer;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;
import org.wsk4j.tls.WskTlsParameters;
import org.wsk4j.tls.WskTlsSession;

/** What goes through a stream that is secured, and how it ends. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TlsStreamTest {
  private static final int EVENTS =
      WskEventCallbackControl.RECEIVE | WskEventCallbackControl.DISCONNECT;

  /** A secured socket and the other end. */
  record Secured(WskConnectionSocket socket, Tls tls, TlsPeer peer) {}

  /** {@return a socket that has connected, as the client of TLS} */
  static Secured client(TestClient client, TestScope scope, String... versions) throws Exception {
    return secure(client, client.pair(), scope, versions);
  }

  static Secured secure(TestClient client, Pair pair, TestScope scope, String... versions)
      throws Exception {
    TlsPeer peer = TlsPeer.on(pair.peer(), TestKeys.SERVER.trusting(), true, scope);
    Future<SSLSession> theirs = peer.handshake();
    Tls tls = Tls.on(pair.socket());
    Irp started =
        client.succeed(
            irp -> tls.start(WskTlsParameters.client(trusting()).protocols(versions).build(), irp));
    assertThat(started.object(WskTlsSession.class)).isEqualTo(tls.session());
    assertThat(theirs.get(10, TimeUnit.SECONDS).getProtocol()).isEqualTo(tls.session().protocol());
    return new Secured(pair.socket(), tls, peer);
  }

  private static javax.net.ssl.SSLContext trusting() {
    try {
      return TestKeys.onlyTrusting(TestKeys.SERVER);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @EachTransport
  void shouldCarryDataBothWays(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      Secured both = client(client, scope, version);
      assertThat(both.tls().session().protocol()).isEqualTo(version);
      client.send(both.socket(), (byte) 1, (byte) 2);
      assertThat(both.peer().read(2)).containsExactly(1, 2);
      both.peer().send((byte) 3, (byte) 4);
      assertThat(client.receiveAll(both.socket(), 2)).containsExactly(3, 4);
      client.close(both.socket());
    }
  }

  @EachTransport
  void shouldEndEitherSideByCloseNotify(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      Secured both = client(client, scope, version);
      byte[] last = {7};
      client.succeed(irp -> both.socket().disconnect(WskBuf.of(last), 0, irp));
      assertThat(both.peer().readAll()).containsExactly(7);
      both.peer().closeNotify();
      assertThat(client.receive(both.socket(), 9)).isEmpty();
      client.close(both.socket());

      Secured other = client(client, scope, version);
      other.peer().send((byte) 5);
      other.peer().closeNotify();
      assertThat(client.receive(other.socket(), 9)).containsExactly(5);
      assertThat(client.receive(other.socket(), 9)).isEmpty();
      client.succeed(irp -> other.socket().disconnect(null, 0, irp));
      assertThat(other.peer().readAll()).isEmpty();
      client.close(other.socket());
    }
  }

  @EachTransport
  void shouldTellOfAStreamThatWasCutShort(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair =
        client.pair(
            TestClient.family(java.net.StandardProtocolFamily.INET), recorder, recorder.dispatch());
    Secured both = secure(client, pair, scope);
    both.peer().send((byte) 5);
    both.peer().plain().endOutput();
    assertThat(client.receive(both.socket(), 9)).containsExactly(5);
    byte[] room = new byte[9];
    assertThat(client.result(irp -> both.socket().receive(WskBuf.of(room), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_DISCONNECTED);
    assertThat(client.control(both.socket(), EVENTS)).isEqualTo(NtStatus.SUCCESS);
    assertThat(recorder.end().flags() & WskFlags.ABORTIVE).isNotZero();
    client.close(both.socket());
  }

  @EachTransport
  void shouldSendOnBehindTheEndOfThePeer(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Secured both = client(client, scope, "TLSv1.3");
    both.peer().closeNotify();
    assertThat(client.receive(both.socket(), 9)).isEmpty();
    client.send(both.socket(), (byte) 1);
    byte[] last = {2};
    client.succeed(irp -> both.socket().disconnect(WskBuf.of(last), 0, irp));
    assertThat(both.peer().readAll()).containsExactly(1, 2);
    client.close(both.socket());
  }

  @EachTransport
  void shouldSendNoMoreBehindTheEndOfAnOlderPeer(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Secured both = secure(client, client.pair(recorder), scope, "TLSv1.2");
    both.peer().closeNotify();
    assertThat(recorder.end().flags() & WskFlags.ABORTIVE).isZero();
    byte[] one = {1};
    for (int i = 0; i < 2; i++) {
      assertThat(client.result(irp -> both.socket().send(WskBuf.of(one), 0, irp)))
          .isEqualTo(NtStatus.CONNECTION_DISCONNECTED);
    }
    client.succeed(irp -> both.socket().disconnect(null, 0, irp));
    assertThat(both.peer().readAll()).isEmpty();
    assertThat(both.peer().plain().readAll()).isEmpty();
    client.drain();
    assertThat(recorder.ends()).hasSize(1);
    client.close(both.socket());
  }

  @EachTransport
  void shouldForgiveAPeerThatLeavesBehindItsEnd(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Secured both = secure(client, client.pair(recorder), scope);
    both.peer().send((byte) 1);
    both.peer().closeNotify();
    both.peer().plain().close();
    assertThat(recorder.bytes(1)).containsExactly(1);
    assertThat(recorder.end().flags() & WskFlags.ABORTIVE).isZero();
    client.succeed(irp -> both.socket().disconnect(null, 0, irp));
    client.drain();
    assertThat(recorder.ends()).hasSize(1);
    client.close(both.socket());
  }

  @EachTransport
  void shouldNotForgiveAPeerThatLeavesWhatWasSent(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Secured both = client(client, scope);
    both.peer().closeNotify();
    assertThat(client.receive(both.socket(), 9)).isEmpty();
    both.peer().plain().reset();
    byte[] much = new byte[TestClient.TOO_MUCH];
    Irp send = client.irp();
    NtStatus sent = client.result(both.socket().send(WskBuf.of(much), 0, send), send);
    Irp end = client.irp();
    NtStatus ended = client.result(both.socket().disconnect(WskBuf.of(much), 0, end), end);
    assertThat(sent == NtStatus.SUCCESS && ended == NtStatus.SUCCESS).isFalse();
    assertThat(ended).isIn(NtStatus.CONNECTION_RESET, NtStatus.CONNECTION_ABORTED);
    client.close(both.socket());
  }

  @EachTransport
  void shouldTellOfAnEndBehindItsEventsToo(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Secured both = secure(client, client.pair(recorder), scope);
    both.peer().send((byte) 1, (byte) 2);
    both.peer().plain().endOutput();
    assertThat(recorder.bytes(2)).containsExactly(1, 2);
    assertThat(recorder.end().flags() & WskFlags.ABORTIVE).isNotZero();
    // Our side goes on until we end it.
    client.send(both.socket(), (byte) 3);
    assertThat(both.peer().read(1)).containsExactly(3);
    client.succeed(irp -> both.socket().disconnect(null, 0, irp));
    assertThat(both.peer().readAll()).isEmpty();
    client.drain();
    assertThat(recorder.ends()).hasSize(1);
    client.close(both.socket());
  }

  @EachTransport
  void shouldBreakOffWhenDataIsNotAuthentic(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Secured both = secure(client, client.pair(recorder), scope);
    both.peer().send((byte) 1);
    assertThat(recorder.bytes(1)).containsExactly(1);
    byte[] forged = new byte[5 + 40];
    System.arraycopy(new byte[] {23, 3, 3, 0, 40}, 0, forged, 0, 5);
    both.peer().plain().send(forged);
    assertThat(recorder.end().flags() & WskFlags.ABORTIVE).isNotZero();
    byte[] one = new byte[1];
    NtStatus aborted = NtStatus.CONNECTION_ABORTED;
    assertThat(client.result(irp -> both.socket().receive(WskBuf.of(one), 0, irp)))
        .isEqualTo(aborted);
    assertThat(client.result(irp -> both.socket().send(WskBuf.of(one), 0, irp))).isEqualTo(aborted);
    client.close(both.socket());
  }

  @EachTransport
  void shouldResetWhenAskedTo(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Secured aborted = client(client, scope);
    client.succeed(irp -> aborted.socket().disconnect(null, WskFlags.ABORTIVE, irp));
    assertThat(aborted.peer().plain().isReset()).isTrue();
    client.close(aborted.socket());
    Secured closed = client(client, scope);
    client.close(closed.socket());
    assertThat(closed.peer().plain().isReset()).isTrue();
    Secured reset = client(client, scope);
    byte[] one = new byte[1];
    Irp receive = client.pend(irp -> reset.socket().receive(WskBuf.of(one), 0, irp));
    reset.peer().plain().reset();
    assertThat(client.result(receive)).isEqualTo(NtStatus.CONNECTION_RESET);
    client.close(reset.socket());
  }

  // ---- Bounds

  @EachTransport
  void shouldNotReadWhatNobodyTakes(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Secured both = client(client, scope);
    byte[] piece = new byte[64 * 1024];
    int pieces = 512;
    Future<?> sending =
        scope
            .thread("sends")
            .submit(
                () -> {
                  for (int i = 0; i < pieces; i++) {
                    both.peer().send(piece);
                  }
                  return null;
                });
    long before = 0;
    long now = received(client);
    // Whoever reads on would have all of it long before this stands still for so many rounds.
    for (int still = 0; still < 50; still = now == before ? still + 1 : 0) {
      client.drain();
      before = now;
      now = received(client);
    }
    assertThat(backlog(client, both.socket())).isLessThanOrEqualTo(3 * 64 * 1024);
    assertThat(sending).isNotDone();
    long left = (long) pieces * piece.length;
    byte[] room = new byte[1024 * 1024];
    while (left > 0) {
      left -= client.succeed(irp -> both.socket().receive(WskBuf.of(room), 0, irp)).information();
    }
    sending.get(10, TimeUnit.SECONDS);
    client.close(both.socket());
  }

  private static long received(TestClient client) {
    return client.provider().statistics().traffic().received().bytes();
  }

  private static long backlog(TestClient client, WskConnectionSocket socket) throws Exception {
    Out<Long> place = new Out<>();
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.IOCTL,
                WskIoctls.QUERY_RECEIVE_BACKLOG,
                null,
                8,
                place,
                null,
                irp));
    return place.require();
  }

  @EachTransport
  void shouldEncryptLongSendsInPortions(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Secured both = secure(client, client.narrowPair(), scope);
    byte[] long1 = new byte[4 * TestClient.TOO_MUCH + 7];
    new SplittableRandom(1).nextBytes(long1);
    Irp send = client.pend(irp -> both.socket().send(WskBuf.of(long1), 0, irp));
    Irp second = client.pend(irp -> both.socket().send(WskBuf.of(new byte[] {9}), 0, irp));
    client.drain();
    // What lies encrypted in the channel is one portion and its records' frames, never the send.
    long pending =
        RunningProvider.onLoopOf(
            both.socket(),
            () ->
                Insides.channel(both.socket()).unsafe().outboundBuffer().totalPendingWriteBytes());
    assertThat(pending).isPositive().isLessThan(300 * 1024);
    assertThat(send.isCompleted()).isFalse();
    assertThat(both.peer().read(long1.length)).isEqualTo(long1);
    assertThat(both.peer().read(1)).containsExactly(9);
    assertThat(client.result(send)).isEqualTo(NtStatus.SUCCESS);
    assertThat(send.information()).isEqualTo(long1.length);
    assertThat(client.result(second)).isEqualTo(NtStatus.SUCCESS);

    Irp stuck = client.pend(irp -> both.socket().send(WskBuf.of(long1), 0, irp));
    Irp behind = client.pend(irp -> both.socket().send(WskBuf.of(new byte[] {9}), 0, irp));
    behind.cancel();
    assertThat(client.result(behind)).isEqualTo(NtStatus.CANCELLED);
    long begun = System.nanoTime();
    client.succeed(irp -> both.socket().disconnect(null, WskFlags.ABORTIVE, irp));
    assertThat(client.result(stuck)).isEqualTo(NtStatus.CONNECTION_ABORTED);
    // Nobody waits for the peer to take a close_notify, for which the handler has three seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2500));
    client.close(both.socket());
  }

  @EachTransport
  void shouldCompleteADisconnectOnlyWhenAllIsOut(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Secured both = secure(client, client.narrowPair(), scope);
    byte[] much = new byte[TestClient.TOO_MUCH];
    new SplittableRandom(2).nextBytes(much);
    Irp send = client.pend(irp -> both.socket().send(WskBuf.of(much), 0, irp));
    Irp end = client.pend(irp -> both.socket().disconnect(WskBuf.of(much), 0, irp));
    client.drain();
    assertThat(end.isCompleted()).isFalse();
    assertThat(both.peer().read(much.length)).isEqualTo(much);
    assertThat(both.peer().readAll()).isEqualTo(much);
    assertThat(client.result(send)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(end)).isEqualTo(NtStatus.SUCCESS);
    client.close(both.socket());
  }

  // ---- Any sizes

  @EachTransport
  void shouldBringBackPiecesOfAnySizes(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    long seed = Long.getLong("wsk4j.test.seed", System.nanoTime());
    System.out.println("TlsStreamTest seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      Secured both = client(client, scope, version);
      Future<Void> echo = scope.thread("echoes").submit(() -> echo(both.peer()));
      byte[] all = new byte[random.nextInt(1, 1 << 20)];
      random.nextBytes(all);
      List<Irp> sends = new ArrayList<>();
      for (int from = 0; from < all.length; ) {
        int count = Math.min(1 + random.nextInt(1 << random.nextInt(1, 18)), all.length - from);
        byte[] piece = Arrays.copyOfRange(all, from, from + count);
        Irp irp = client.irp();
        both.socket().send(WskBuf.of(piece), 0, irp);
        sends.add(irp);
        from += count;
      }
      Irp end = client.irp();
      both.socket().disconnect(null, 0, end);
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      byte[] got;
      do {
        got = client.receive(both.socket(), 1 + random.nextInt(1 << random.nextInt(1, 18)));
        back.writeBytes(got);
      } while (got.length > 0);
      assertThat(back.toByteArray()).as("seed %d", seed).isEqualTo(all);
      for (Irp send : sends) {
        assertThat(client.result(send)).isEqualTo(NtStatus.SUCCESS);
      }
      assertThat(client.result(end)).isEqualTo(NtStatus.SUCCESS);
      echo.get(10, TimeUnit.SECONDS);
      client.close(both.socket());
    }
  }

  private static Void echo(TlsPeer peer) throws Exception {
    byte[] buffer = new byte[20_000];
    for (int n = peer.input().read(buffer); n >= 0; n = peer.input().read(buffer)) {
      peer.output().write(buffer, 0, n);
    }
    peer.closeNotify();
    peer.plain().endOutput();
    return null;
  }
}
