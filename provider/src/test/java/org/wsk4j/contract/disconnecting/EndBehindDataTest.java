package org.wsk4j.contract.disconnecting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** What is behind data that the client does not take. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EndBehindDataTest {
  private static final int MORE_THAN_IS_READ_AHEAD = 200_000;

  /** The native transports tell of a reset at once, NIO where reading goes on. */
  @EachTransport
  @Rule("DSC-32")
  void shouldNoticeAResetAtTheLatestWhenItReadsOn(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicBoolean takes = new AtomicBoolean();
    Recorder recorder =
        new Recorder(data -> takes.get() ? NtStatus.SUCCESS : NtStatus.DATA_NOT_ACCEPTED);
    Pair pair = client.pair(recorder);
    pair.peer().send(new byte[MORE_THAN_IS_READ_AHEAD]);
    recorder.next();
    client.drain();
    pair.peer().reset();
    client.drain();
    if (on.name().equals("nio")) {
      assertThat(recorder.ends()).isEmpty();
      takes.set(true);
      client.receive(pair.socket(), 1);
    }
    assertThat(recorder.end().flags() & WskFlags.ABORTIVE).isNotZero();
    client.close(pair.socket());
  }

  /** A reset behind the end of the stream shows when the peer sends, and not when it reads. */
  @EachTransport
  @Rule("CLS-23")
  void shouldEndTheStreamBeforeItResets(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    client.send(pair.socket(), (byte) 1);
    client.succeed(irp -> pair.socket().disconnect(null, 0, irp));
    client.close(pair.socket());
    assertThat(pair.peer().readAll()).containsExactly(1);
    assertThatIOException().isThrownBy(() -> sendForEver(pair.peer()));
  }

  /**
   * The system refuses to end what is gone before anything else has told of the reset. NIO does not
   * pass that on.
   */
  @EachTransport
  @Rule("DSC-38")
  void shouldFailToEndWhatThePeerHasReset(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    Irp end = Irp.allocate();
    recorder.then(
        data -> {
          pair.peer().reset();
          pair.socket().disconnect(null, 0, end);
          return NtStatus.SUCCESS;
        });
    pair.peer().send((byte) 1);
    recorder.next();
    assertThat(end.await(Duration.ofSeconds(10))).isTrue();
    boolean shows = on.can(TransportFeature.TCP_INFO);
    NtStatus told = shows ? NtStatus.CONNECTION_RESET : NtStatus.SUCCESS;
    assertThat(end.status()).isSameAs(told);
    assertThat(recorder.end().flags() & WskFlags.ABORTIVE).isNotZero();
    client.close(pair.socket());
  }

  private static void sendForEver(Peer peer) throws IOException {
    while (!Thread.currentThread().isInterrupted()) {
      peer.send((byte) 1);
    }
  }
}
