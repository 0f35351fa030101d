package org.wsk4j.contract.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.testing.TestKeys;
import org.wsk4j.provider.testing.Tls;
import org.wsk4j.provider.testing.TlsPeer;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;
import org.wsk4j.tls.WskTls;
import org.wsk4j.tls.WskTlsClientAuthentication;
import org.wsk4j.tls.WskTlsClientDispatch;
import org.wsk4j.tls.WskTlsParameters;
import org.wsk4j.tls.WskTlsSession;

/** How TLS begins, and how it fails to. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TlsHandshakeTest {
  private static final int EVENTS =
      WskEventCallbackControl.RECEIVE | WskEventCallbackControl.DISCONNECT;
  private static final Consumer<SSLParameters> PLAIN = settings -> {};

  private static WskTlsParameters.Builder server() throws Exception {
    return WskTlsParameters.server(TestKeys.SERVER.trusting(TestKeys.CLIENT));
  }

  private static WskTlsParameters.Builder client() throws Exception {
    return WskTlsParameters.client(TestKeys.CLIENT.trusting(TestKeys.SERVER));
  }

  private static SSLContext peerContext() throws Exception {
    return TestKeys.CLIENT.trusting(TestKeys.SERVER, TestKeys.OTHER);
  }

  /** What both sides have come to. */
  private record Outcome(
      NtStatus status, Tls tls, TlsPeer peer, Future<SSLSession> theirs, Pair pair) {
    WskTlsSession session() {
      assertThat(status).isEqualTo(NtStatus.SUCCESS);
      return tls.session();
    }
  }

  /** An accepted socket is the server. */
  private static Outcome serve(
      TestClient client,
      WskTlsParameters parameters,
      SSLContext context,
      Consumer<SSLParameters> settings,
      TestScope scope)
      throws Exception {
    WskListeningSocket listener = client.listening();
    Pair pair = client.acceptedPair(listener);
    client.close(listener);
    TlsPeer peer = TlsPeer.on(pair.peer(), context, false, settings, scope);
    return begin(client, pair, peer, parameters);
  }

  /** A socket that has connected is the client. */
  private static Outcome ask(
      TestClient client,
      WskTlsParameters parameters,
      SSLContext context,
      Consumer<SSLParameters> settings,
      TestScope scope)
      throws Exception {
    Pair pair = client.pair();
    TlsPeer peer = TlsPeer.on(pair.peer(), context, true, settings, scope);
    return begin(client, pair, peer, parameters);
  }

  private static Outcome begin(
      TestClient client, Pair pair, TlsPeer peer, WskTlsParameters parameters) throws Exception {
    Future<SSLSession> theirs = peer.handshake();
    Tls tls = Tls.on(pair.socket());
    Irp irp = client.irp();
    NtStatus status = client.result(tls.start(parameters, irp), irp);
    if (status == NtStatus.SUCCESS) {
      assertThat(irp.object(WskTlsSession.class)).isEqualTo(tls.session());
      theirs.get(10, TimeUnit.SECONDS);
      pair.peer();
      client.send(pair.socket(), (byte) 1);
      assertThat(peer.read(1)).containsExactly(1);
    }
    return new Outcome(status, tls, peer, theirs, pair);
  }

  // ---- What is agreed on

  @EachTransport
  void shouldAgreeOnVersionsAndCipherSuites(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    String suite = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    Outcome chosen =
        serve(
            client,
            server().protocols("TLSv1.2").cipherSuites(suite).build(),
            peerContext(),
            PLAIN,
            scope);
    assertThat(chosen.session().protocol()).isEqualTo("TLSv1.2");
    assertThat(chosen.session().cipherSuite()).isEqualTo(suite);
    String newer = "TLS_CHACHA20_POLY1305_SHA256";
    Outcome asked =
        ask(
            client,
            client().protocols("TLSv1.3").cipherSuites(newer).build(),
            TestKeys.SERVER.trusting(),
            PLAIN,
            scope);
    assertThat(asked.session().protocol()).isEqualTo("TLSv1.3");
    assertThat(asked.session().cipherSuite()).isEqualTo(newer);
    assertThat(asked.session().peerCertificates()).containsExactly(TestKeys.SERVER.certificate());
    assertThat(asked.session().localCertificates()).isEmpty();
    client.closeAll();
  }

  @EachTransport
  void shouldAgreeOnAnApplicationProtocol(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Consumer<SSLParameters> theirs =
        settings -> settings.setApplicationProtocols(new String[] {"http/1.1", "h2"});
    Outcome served =
        serve(
            client,
            server().applicationProtocols("h2", "http/1.1").build(),
            peerContext(),
            theirs,
            scope);
    assertThat(served.session().applicationProtocol()).isEqualTo("h2");
    assertThat(served.peer().applicationProtocol()).isEqualTo("h2");
    Outcome none = serve(client, server().build(), peerContext(), theirs, scope);
    assertThat(none.session().applicationProtocol()).isNull();
    Outcome asked =
        ask(
            client,
            client().applicationProtocols("a", "h2").build(),
            TestKeys.SERVER.trusting(),
            theirs,
            scope);
    assertThat(asked.session().applicationProtocol()).isEqualTo("h2");
    Outcome apart =
        serve(client, server().applicationProtocols("other").build(), peerContext(), theirs, scope);
    assertThat(apart.status()).isEqualTo(NtStatus.CONNECTION_ABORTED);
    client.closeAll();
  }

  @EachTransport
  void shouldServeAndAskForNames(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    SSLContext both = TestKeys.context(List.of(TestKeys.SERVER, TestKeys.OTHER));
    for (TestKeys wanted : new TestKeys[] {TestKeys.OTHER, TestKeys.SERVER}) {
      String name = wanted == TestKeys.OTHER ? "other.example" : "localhost";
      Outcome served =
          serve(
              client,
              WskTlsParameters.server(both).build(),
              peerContext(),
              settings -> settings.setServerNames(List.of(new SNIHostName(name))),
              scope);
      assertThat(served.session().serverName()).isEqualTo(name);
      assertThat(served.session().localCertificates()).containsExactly(wanted.certificate());

      Outcome asked =
          ask(
              client,
              WskTlsParameters.client(peerContext()).serverName(name).build(),
              both,
              PLAIN,
              scope);
      assertThat(asked.session().serverName()).isEqualTo(name);
      assertThat(asked.session().peerCertificates()).containsExactly(wanted.certificate());
    }
    client.closeAll();
  }

  @EachTransport
  void shouldAuthenticateBothSides(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskTlsParameters required =
        server().clientAuthentication(WskTlsClientAuthentication.REQUIRED).build();
    WskTlsParameters wanted =
        server().clientAuthentication(WskTlsClientAuthentication.WANTED).build();
    SSLContext nobody = TestKeys.onlyTrusting(TestKeys.SERVER);
    for (WskTlsParameters asking : List.of(required, wanted)) {
      assertThat(serve(client, asking, peerContext(), PLAIN, scope).session().peerCertificates())
          .containsExactly(TestKeys.CLIENT.certificate());
    }
    assertThat(serve(client, wanted, nobody, PLAIN, scope).session().peerCertificates()).isEmpty();
    assertThat(
            serve(client, server().build(), peerContext(), PLAIN, scope)
                .session()
                .peerCertificates())
        .isEmpty();
    Outcome refused = serve(client, required, nobody, PLAIN, scope);
    assertThat(refused.status()).isEqualTo(NtStatus.ACCESS_DENIED);
    Outcome asked =
        ask(
            client,
            client().build(),
            TestKeys.SERVER.trusting(TestKeys.CLIENT),
            settings -> settings.setNeedClientAuth(true),
            scope);
    assertThat(asked.session().localCertificates()).containsExactly(TestKeys.CLIENT.certificate());
    client.closeAll();
  }

  // ---- How it fails

  @EachTransport
  void shouldRefuseAPeerThatItDoesNotTrust(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (WskTlsParameters each :
        List.of(
            WskTlsParameters.client(TestKeys.onlyTrusting(TestKeys.OTHER)).build(),
            client().serverName("wrong.example").build())) {
      Outcome refused = ask(client, each, TestKeys.SERVER.trusting(), PLAIN, scope);
      assertThat(refused.status()).isEqualTo(NtStatus.ACCESS_DENIED);
      assertThat(refused.tls().failure()).isInstanceOf(SSLHandshakeException.class);
      assertThat(refused.theirs()).failsWithin(Duration.ofSeconds(10));
      isOver(client, refused.pair().socket(), NtStatus.CONNECTION_ABORTED);
    }
    client.closeAll();
  }

  private static void isOver(TestClient client, WskConnectionSocket socket, NtStatus status)
      throws InterruptedException {
    byte[] one = new byte[1];
    assertThat(client.result(irp -> socket.send(WskBuf.of(one), 0, irp))).isEqualTo(status);
    assertThat(client.result(irp -> socket.receive(WskBuf.of(one), 0, irp))).isEqualTo(status);
    assertThat(client.result(irp -> socket.disconnect(null, 0, irp))).isEqualTo(status);
  }

  @EachTransport
  void shouldBeRefusedByAPeer(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    SSLContext distrustful = TestKeys.onlyTrusting(TestKeys.OTHER);
    WskTlsParameters old = server().protocols("TLSv1.2").build();
    Outcome refused = serve(client, old, distrustful, PLAIN, scope);
    assertThat(refused.status()).isEqualTo(NtStatus.REQUEST_NOT_ACCEPTED);
    isOver(client, refused.pair().socket(), NtStatus.CONNECTION_ABORTED);
    Outcome apart =
        serve(
            client,
            old,
            peerContext(),
            settings -> settings.setProtocols(new String[] {"TLSv1.3"}),
            scope);
    assertThat(apart.status()).isEqualTo(NtStatus.CONNECTION_ABORTED);
    client.closeAll();
  }

  @EachTransport
  void shouldGiveUpOnAPeerThatDoesNotSpeakTls(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    Tls tls = Tls.on(pair.socket());
    Irp start = client.pend(irp -> tls.start(quietly(), irp));
    pair.peer().send("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(client.result(start)).isEqualTo(NtStatus.INVALID_NETWORK_RESPONSE);
    assertThat(recorder.end().flags() & WskFlags.ABORTIVE).isNotZero();
    assertThat(recorder.count()).isZero();
    isOver(client, pair.socket(), NtStatus.CONNECTION_ABORTED);
    client.closeAll();
  }

  private static WskTlsParameters quietly() {
    try {
      return client().build();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @EachTransport
  void shouldFailWithAConnectionThatEnds(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair ended = client.pair();
    Irp first = client.pend(irp -> Tls.on(ended.socket()).start(quietly(), irp));
    ended.peer().endOutput();
    assertThat(client.result(first)).isEqualTo(NtStatus.CONNECTION_DISCONNECTED);
    isOver(client, ended.socket(), NtStatus.CONNECTION_ABORTED);

    Pair reset = client.pair();
    Irp second = client.pend(irp -> Tls.on(reset.socket()).start(quietly(), irp));
    reset.peer().reset();
    assertThat(client.result(second)).isEqualTo(NtStatus.CONNECTION_RESET);
    isOver(client, reset.socket(), NtStatus.CONNECTION_RESET);

    Pair aborted = client.pair();
    Irp third = client.pend(irp -> Tls.on(aborted.socket()).start(quietly(), irp));
    client.succeed(irp -> aborted.socket().disconnect(null, WskFlags.ABORTIVE, irp));
    assertThat(client.result(third)).isEqualTo(NtStatus.CONNECTION_ABORTED);
    assertThat(aborted.peer().isReset()).isTrue();

    Pair closed = client.pair();
    Irp fourth = client.pend(irp -> Tls.on(closed.socket()).start(quietly(), irp));
    client.close(closed.socket());
    assertThat(client.result(fourth)).isEqualTo(NtStatus.CANCELLED);
    assertThat(closed.peer().isReset()).isTrue();
    client.closeAll();
  }

  @EachTransport
  void shouldGiveUpInTimeAndWhenCancelled(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair late = client.pair();
    WskTlsParameters hasty = client().handshakeTimeout(Duration.ofMillis(50)).build();
    assertThat(client.result(irp -> Tls.on(late.socket()).start(hasty, irp)))
        .isEqualTo(NtStatus.IO_TIMEOUT);
    isOver(client, late.socket(), NtStatus.CONNECTION_ABORTED);

    Pair given = client.pair();
    Irp start = client.pend(irp -> Tls.on(given.socket()).start(quietly(), irp));
    byte[] one = new byte[1];
    Irp send = client.pend(irp -> given.socket().send(WskBuf.of(one), 0, irp));
    start.cancel();
    assertThat(client.result(start)).isEqualTo(NtStatus.CANCELLED);
    assertThat(client.result(send)).isEqualTo(NtStatus.CONNECTION_ABORTED);
    assertThat(given.peer().isReset()).isTrue();
    isOver(client, given.socket(), NtStatus.CONNECTION_ABORTED);
    client.closeAll();
  }

  // ---- What is asked wrongly

  @EachTransport
  @Rule({"EXT-14"})
  void shouldJudgeItsArguments(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Tls tls = Tls.on(pair.socket());
    NtStatus bad = NtStatus.INVALID_PARAMETER;
    assertThat(tls.start(quietly(), null)).isEqualTo(bad);
    for (WskTlsParameters wrong :
        new WskTlsParameters[] {
          null,
          client().protocols("TLSv9").build(),
          client().cipherSuites("NONE").build(),
          client().serverName("no host!").build(),
          client().verifyServerName(true).build(),
          WskTlsParameters.client(SSLContext.getInstance("TLS")).build()
        }) {
      assertThat(client.result(irp -> tls.start(wrong, irp))).isEqualTo(bad);
    }
    for (Object foreign : new Object[] {null, this}) {
      assertThat(client.result(irp -> tls.functions().start(foreign, quietly(), irp)))
          .isEqualTo(bad);
      assertThat(tls.functions().querySession(foreign, new Out<>())).isEqualTo(bad);
      assertThat(tls.functions().queryFailure(foreign, new Out<>())).isEqualTo(bad);
    }
    assertThat(tls.functions().querySession(tls.context(), null)).isEqualTo(bad);
    NtStatus early = NtStatus.INVALID_DEVICE_STATE;
    assertThat(tls.functions().querySession(tls.context(), new Out<>())).isEqualTo(early);
    assertThat(tls.functions().queryFailure(tls.context(), new Out<>())).isEqualTo(early);
    // The stream is as it was.
    client.send(pair.socket(), (byte) 1);
    assertThat(pair.peer().read(1)).containsExactly(1);
    client.close(pair.socket());
    assertThat(client.result(irp -> tls.start(quietly(), irp))).isEqualTo(NtStatus.INVALID_HANDLE);
    assertThat(tls.functions().querySession(tls.context(), new Out<>()))
        .isEqualTo(NtStatus.INVALID_HANDLE);
  }

  @EachTransport
  void shouldBeginOnlyOnAConnectionAtRest(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    NtStatus wrong = NtStatus.INVALID_DEVICE_STATE;
    WskConnectionSocket bound = client.bound();
    assertThat(client.result(irp -> Tls.on(bound).start(quietly(), irp))).isEqualTo(wrong);

    Pair busy = client.narrowPair();
    Irp send =
        client.pend(irp -> busy.socket().send(WskBuf.of(new byte[TestClient.TOO_MUCH]), 0, irp));
    Tls later = Tls.on(busy.socket());
    assertThat(client.result(irp -> later.start(quietly(), irp))).isEqualTo(wrong);
    TlsPeer peer = TlsPeer.on(busy.peer(), TestKeys.SERVER.trusting(), true, scope);
    assertThat(busy.peer().read(TestClient.TOO_MUCH)).hasSize(TestClient.TOO_MUCH);
    assertThat(client.result(send)).isEqualTo(NtStatus.SUCCESS);
    Future<SSLSession> theirs = peer.handshake();
    client.succeed(irp -> later.start(quietly(), irp));
    theirs.get(10, TimeUnit.SECONDS);
    assertThat(client.result(irp -> later.start(quietly(), irp))).isEqualTo(wrong);
    // It goes on as it was.
    peer.send((byte) 1);
    assertThat(client.receive(busy.socket(), 9)).containsExactly(1);

    Pair ended = client.pair();
    ended.peer().endOutput();
    assertThat(client.receive(ended.socket(), 9)).isEmpty();
    assertThat(client.result(irp -> Tls.on(ended.socket()).start(quietly(), irp))).isEqualTo(wrong);
    client.send(ended.socket(), (byte) 2);
    assertThat(ended.peer().read(1)).containsExactly(2);
    client.closeAll();
  }

  // ---- While it runs

  @EachTransport
  void shouldKeepRequestsUntilItIsOver(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    WskConnectionSocket socket = pair.socket();
    byte[] room = new byte[1];
    byte[] more = new byte[9];
    Irp before = client.pend(irp -> socket.receive(WskBuf.of(room), 0, irp));
    Tls tls = Tls.on(socket);
    Irp start = client.pend(irp -> tls.start(quietly(), irp));
    Irp unwanted = client.pend(irp -> socket.send(WskBuf.of(new byte[] {9}), 0, irp));
    Irp send = client.pend(irp -> socket.send(WskBuf.of(new byte[] {1}), 0, irp));
    Irp receive = client.pend(irp -> socket.receive(WskBuf.of(more), 0, irp));
    byte[] last = {2};
    Irp disconnect = client.pend(irp -> socket.disconnect(WskBuf.of(last), 0, irp));
    client.drain();
    unwanted.cancel();
    assertThat(client.result(unwanted)).isEqualTo(NtStatus.CANCELLED);
    client.drain();
    for (Irp each : List.of(before, start, send, receive, disconnect)) {
      assertThat(each.isCompleted()).isFalse();
    }
    TlsPeer peer = TlsPeer.on(pair.peer(), TestKeys.SERVER.trusting(), true, scope);
    peer.handshake().get(10, TimeUnit.SECONDS);
    assertThat(client.result(start)).isEqualTo(NtStatus.SUCCESS);
    assertThat(peer.readAll()).containsExactly(1, 2);
    for (Irp each : List.of(send, disconnect)) {
      assertThat(client.result(each)).isEqualTo(NtStatus.SUCCESS);
    }
    peer.send((byte) 3, (byte) 4);
    assertThat(client.result(before)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(receive)).isEqualTo(NtStatus.SUCCESS);
    assertThat(room).containsExactly(3);
    assertThat(more).startsWith(4);
    client.close(socket);
  }

  @EachTransport
  void shouldBeginInsideTheAcceptCallback(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    BlockingQueue<Irp> started = new LinkedBlockingQueue<>();
    Irp start = client.irp();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              call.socketDispatch().set(recorder.dispatch());
              Tls tls = Tls.on(call.require());
              tls.start(server().build(), start);
              started.add(start);
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(AddressFamily.INET, null, acceptor.dispatch());
    assertThat(client.control(listener, WskEventCallbackControl.ACCEPT | EVENTS))
        .isEqualTo(NtStatus.SUCCESS);
    // What the peer says first is there before the socket is.
    Peer plain = client.peer(listener);
    TlsPeer peer = TlsPeer.on(plain, peerContext(), false, scope);
    peer.handshake().get(10, TimeUnit.SECONDS);
    WskConnectionSocket socket = client.watch(acceptor.next().require());
    assertThat(client.result(started.take())).isEqualTo(NtStatus.SUCCESS);
    peer.send((byte) 1, (byte) 2);
    assertThat(recorder.bytes(2)).containsExactly(1, 2);
    peer.closeNotify();
    assertThat(recorder.end().flags() & WskFlags.ABORTIVE).isZero();
    client.close(socket, listener);
  }

  @EachTransport
  void shouldTakeWhatHasArrivedForTheHandshake(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    Pair pair = client.acceptedPair(listener);
    client.deliver(pair.peer(), "STARTTLS".getBytes(StandardCharsets.US_ASCII));
    TlsPeer peer = TlsPeer.on(pair.peer(), peerContext(), false, scope);
    long before = client.provider().statistics().traffic().received().bytes();
    Future<SSLSession> theirs = peer.handshake();
    assertThat(client.receiveAll(pair.socket(), 8)).asString().isEqualTo("STARTTLS");
    org.awaitility.Awaitility.await()
        .until(() -> client.provider().statistics().traffic().received().bytes() > before + 50);
    Tls tls = Tls.on(pair.socket());
    client.succeed(irp -> tls.start(quietlyServer(), irp));
    theirs.get(10, TimeUnit.SECONDS);
    peer.send((byte) 1);
    assertThat(client.receive(pair.socket(), 9)).containsExactly(1);
    client.close(pair.socket(), listener);
  }

  private static WskTlsParameters quietlyServer() {
    try {
      return server().build();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @EachTransport
  void shouldBeginInsideAReceiveCallback(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    CompletableFuture<WskConnectionSocket> socket = new CompletableFuture<>();
    Irp start = client.irp();
    Recorder recorder =
        new Recorder(
            data -> {
              if (!start.isCompleted() && data.bytes() == 3) {
                Tls.on(socket.get()).start(quietlyServer(), start);
              }
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening();
    Peer plain = client.peer(listener);
    socket.complete(client.accept(listener, null, recorder.dispatch()));
    client.control(socket.get(), EVENTS);
    plain.send((byte) 1, (byte) 2, (byte) 3);
    assertThat(recorder.bytes(3)).containsExactly(1, 2, 3);
    TlsPeer peer = TlsPeer.on(plain, peerContext(), false, scope);
    peer.handshake().get(10, TimeUnit.SECONDS);
    assertThat(client.result(start)).isEqualTo(NtStatus.SUCCESS);
    peer.send((byte) 4);
    assertThat(recorder.bytes(1)).containsExactly(4);
    client.close(socket.get(), listener);
  }

  // ---- Its event

  @EachTransport
  @Rule({"EXT-13", "EXT-16"})
  void shouldTellOfTheSessionOnce(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (boolean enabledFirst : new boolean[] {true, false}) {
      Pair pair = client.pair();
      BlockingQueue<List<Object>> told = new LinkedBlockingQueue<>();
      Object context = new Object();
      Tls tls =
          Tls.on(
              pair.socket(),
              context,
              new WskTlsClientDispatch(
                  (given, flags, session) -> told.add(List.of(given, flags, session))));
      if (enabledFirst) {
        enable(pair.socket());
      }
      TlsPeer peer = TlsPeer.on(pair.peer(), TestKeys.SERVER.trusting(), true, scope);
      Future<SSLSession> theirs = peer.handshake();
      client.succeed(irp -> tls.start(quietly(), irp));
      theirs.get(10, TimeUnit.SECONDS);
      if (!enabledFirst) {
        client.drain();
        assertThat(told).isEmpty();
        enable(pair.socket());
      }
      assertThat(told.poll(10, TimeUnit.SECONDS))
          .containsExactly(context, WskFlags.AT_DISPATCH_LEVEL, tls.session());
      enable(pair.socket());
      client.drain();
      assertThat(told).isEmpty();
    }
    client.closeAll();
  }

  private static void enable(WskConnectionSocket socket) {
    assertThat(Tls.events(socket, WskTls.NPI_ID, WskTls.ESTABLISHED, null))
        .isEqualTo(NtStatus.SUCCESS);
  }
}
