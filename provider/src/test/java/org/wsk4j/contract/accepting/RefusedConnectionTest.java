package org.wsk4j.contract.accepting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.Sabotage;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** Connections of which no socket can be made. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RefusedConnectionTest {
  @EachTransport
  @Rule({"ACC-09", "ACC-30", "CLS-36"})
  void shouldRefuseThemAndGoOn(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(RunningProvider.alone(on, scope), scope);
    Acceptor acceptor = new Acceptor();
    WskListeningSocket told = client.listening(acceptor);
    WskListeningSocket asked = client.listening();
    Irp accept = client.pend(irp -> asked.accept(0, null, null, null, null, irp));
    client.drain();

    Sabotage sabotage = Sabotage.of(asked);
    try {
      assertThat(client.peer(told).isReset()).isTrue();
      assertThat(client.peer(asked).isReset()).isTrue();
    } finally {
      sabotage.close();
    }
    assertThat(accept.isCompleted()).isFalse();
    assertThat(acceptor.count()).isZero();

    Peer peer = client.peer(asked);
    assertThat(client.result(NtStatus.PENDING, accept)).isEqualTo(NtStatus.SUCCESS);
    WskConnectionSocket socket = client.watch(accept.object(WskConnectionSocket.class));
    peer.send((byte) 1);
    assertThat(client.receive(socket, 1)).containsExactly(1);
    client.peer(told);
    client.watch(acceptor.next().require());
    client.closeAll();
  }
}
