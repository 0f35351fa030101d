package org.wsk4j.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.testing.TestScope;

/**
 * Both ends of a connection send noise to its end, end their side, and take what the other one
 * sends, all at the same time; then each has to have what the other one sent.
 */
final class Exchange {
  private static final long PATIENCE_SECONDS = 25;
  private static final int PIECE = 64 * 1024;

  private final TestClient client;
  private final TestScope scope;
  private final long seed;
  private final long bytes;
  private final CountDownLatch peerEnded = new CountDownLatch(1);
  private boolean endsLast;

  /**
   * Makes one.
   *
   * @param client the program
   * @param scope the test
   * @param seed of the noise of the socket; the other end has the next one
   * @param bytes how many go each way
   */
  Exchange(TestClient client, TestScope scope, long seed, long bytes) {
    this.client = client;
    this.scope = scope;
    this.seed = seed;
    this.bytes = bytes;
  }

  /** Has our end come after that of the peer, for a program that leaves when it hears of ours. */
  Exchange endingLast() {
    endsLast = true;
    return this;
  }

  /**
   * Does it.
   *
   * @param socket our end; it is closed at last
   * @param toPeer what is written here the foreign program sends; its end is the end of its side
   * @param fromPeer what it receives comes out here
   */
  void run(WskConnectionSocket socket, OutputStream toPeer, InputStream fromPeer) throws Exception {
    Future<?> sent = scope.thread("socket-sends").submit(() -> sendAll(socket));
    Future<?> fed = scope.thread("peer-is-fed").submit(() -> feed(toPeer));
    Future<String> atPeer = scope.thread("peer-is-read").submit(() -> Noise.digest(fromPeer));
    String atSocket = receiveAll(socket);
    peerEnded.countDown();
    assertThat(atSocket).as("received, seed %d", seed).isEqualTo(Noise.digest(seed + 1, bytes));
    sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    fed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    client.close(socket);
    assertThat(atPeer.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as("received by the peer, seed %d", seed)
        .isEqualTo(Noise.digest(seed, bytes));
  }

  private Void feed(OutputStream toPeer) throws Exception {
    try (toPeer) {
      new Noise(seed + 1, bytes).transferTo(toPeer);
    }
    return null;
  }

  private Void sendAll(WskConnectionSocket socket) throws Exception {
    Noise noise = new Noise(seed, bytes);
    byte[] piece = new byte[PIECE];
    for (int n = noise.read(piece); n >= 0; n = noise.read(piece)) {
      send(socket, Arrays.copyOf(piece, n));
    }
    if (endsLast) {
      assertThat(peerEnded.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
    client.succeed(irp -> socket.disconnect(null, 0, irp));
    return null;
  }

  private static void send(WskConnectionSocket socket, byte[] piece) throws Exception {
    Irp irp = Irp.allocate();
    socket.send(WskBuf.of(piece), 0, irp);
    assertThat(irp.await(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
    assertThat(irp.status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.information()).isEqualTo(piece.length);
  }

  private String receiveAll(WskConnectionSocket socket) throws Exception {
    MessageDigest digest = Noise.sha256();
    byte[] memory = new byte[PIECE];
    Irp irp = Irp.allocate();
    long count = 0;
    do {
      socket.receive(WskBuf.of(memory), 0, irp);
      assertThat(irp.await(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
      assertThat(irp.status()).isEqualTo(NtStatus.SUCCESS);
      digest.update(memory, 0, (int) irp.information());
      count += irp.information();
    } while (irp.information() > 0);
    return Noise.text(digest, count);
  }
}
