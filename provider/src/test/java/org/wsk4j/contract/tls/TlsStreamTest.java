package org.wsk4j.contract.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Recorder;
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
}
