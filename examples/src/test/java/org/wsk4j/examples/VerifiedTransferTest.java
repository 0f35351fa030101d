package org.wsk4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;

/** What the client says of peers that do not echo as they should. */
@Timeout(30)
class VerifiedTransferTest {
  private static final int BYTES = 300_000;

  private WskProgram program;

  @BeforeEach
  void register() throws Exception {
    program = WskProgram.start();
  }

  @AfterEach
  void deregister() {
    Programs.end(program);
  }

  @Test
  void shouldNameTheOffsetOfAByteThatChanged() throws Exception {
    assertThat(failure(true, peer -> echo(peer, 123_456, 0)))
        .startsWith("The byte at offset 123456 came back as 0x")
        .contains(" and was sent as 0x");
  }

  @Test
  void shouldNotMindAByteThatChangedIfItWasNotAskedToCompare() throws Exception {
    assertThat(failure(false, peer -> echo(peer, 123_456, 0))).isNull();
  }

  @Test
  void shouldSayThatThePeerEndedEarly() throws Exception {
    String failure =
        failure(
            true,
            peer -> {
              byte[] some = peer.getInputStream().readNBytes(1000);
              peer.getOutputStream().write(some);
              peer.shutdownOutput();
              peer.getInputStream().transferTo(OutputStream.nullOutputStream());
            });

    assertThat(failure)
        .isEqualTo(
            "The peer ended the connection at offset 1000, before all 300000 bytes had come back.");
  }

  @Test
  void shouldSayThatMoreCameBackThanWasSent() throws Exception {
    assertThat(failure(true, peer -> echo(peer, -1, 2000)))
        .isEqualTo("More came back than the 300000 bytes that were sent.");
  }

  @Test
  void shouldSayThatThePeerReset() throws Exception {
    String failure =
        failure(
            true,
            peer -> {
              assertThat(peer.getInputStream().read()).isNotNegative();
              peer.setSoLinger(true, 0);
            });

    assertThat(failure).contains("STATUS_CONNECTION_RESET");
  }

  /** What the other end does with its connection, which is closed afterwards. */
  private interface Peer {
    void serve(Socket connection) throws Exception;
  }

  private String failure(boolean verify, Peer peer) throws Exception {
    try (PlainServer server = new PlainServer(peer::serve)) {
      WskConnectionSocket socket = program.connect(server.address());
      VerifiedTransfer transfer = new VerifiedTransfer(program, socket, BYTES, verify);
      transfer.start();
      assertThat(transfer.await(Duration.ofSeconds(20))).isTrue();
      program.close(socket);
      return transfer.failure();
    }
  }

  private static void echo(Socket peer, int wrongAt, int tooMany) throws Exception {
    InputStream in = peer.getInputStream();
    byte[] all = in.readNBytes(BYTES);
    if (wrongAt >= 0) {
      all[wrongAt] ^= 0x40;
    }
    peer.getOutputStream().write(all);
    peer.getOutputStream().write(all, 0, tooMany);
    peer.shutdownOutput();
    in.transferTo(OutputStream.nullOutputStream());
  }
}
