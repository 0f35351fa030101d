package org.wsk4j.contract.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** A reset that comes together with data is seen when the data has been read. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ResetBehindDataTest {
  private static final int ROUNDS = 200;

  @EachTransport
  void shouldNoticeTheReset(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    for (int round = 0; round < ROUNDS; round++) {
      Peer peer = client.peer(listener);
      WskConnectionSocket socket = client.accept(listener, null, null);
      peer.send((byte) 1);
      peer.reset();
      NtStatus status = receive(client, socket);
      if (status == NtStatus.SUCCESS) {
        status = receive(client, socket);
      }
      assertThat(status).as("round %d", round).isEqualTo(NtStatus.CONNECTION_RESET);
      client.close(socket);
    }
    client.close(listener);
  }

  private static NtStatus receive(TestClient client, WskConnectionSocket socket)
      throws InterruptedException {
    return client.result(irp -> socket.receive(WskBuf.of(new byte[8]), 0, irp));
  }
}
