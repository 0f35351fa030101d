package org.wsk4j.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.wsk4j.buffer.WskBuf;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.stats.StatisticsSnapshot;
import org.wsk4j.provider.stats.Traffic;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocketCategory;
import org.wsk4j.testing.TestScope;

/** The counters of the provider say what its sockets do. */
class StatisticsTest {
  @EachTransport
  void shouldCountTrafficSocketsAndWhatIsKept(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Traffic before = client.provider().statistics().traffic();
    Recorder recorder = new Recorder(data -> NtStatus.PENDING);
    var listener = client.listening();
    var sender = client.connected(client.local(listener), null, null);
    var receiver = client.accept(listener, null, recorder.dispatch());
    client.control(receiver, WskEventCallbackControl.RECEIVE);

    client.succeed(irp -> sender.send(WskBuf.of(new byte[100]), 0, irp));
    var kept = recorder.next().list();
    client.drain();

    StatisticsSnapshot during = client.provider().statistics();
    assertThat(during.traffic().sent().bytes() - before.sent().bytes()).isEqualTo(100);
    assertThat(during.traffic().received().bytes() - before.received().bytes()).isEqualTo(100);
    assertThat(during.traffic().accepted() - before.accepted()).isEqualTo(1);
    assertThat(during.traffic().connected() - before.connected()).isEqualTo(1);
    assertThat(during.retainedBytes()).isEqualTo(100);
    assertThat(during.openSockets()).containsEntry(WskSocketCategory.LISTEN, 1L);
    assertThat(during.openSockets()).containsEntry(WskSocketCategory.CONNECTION, 2L);
    assertThat(during.nothingOutstanding()).isFalse();

    assertThat(receiver.release(kept)).isEqualTo(NtStatus.SUCCESS);
    client.close(sender, receiver, listener);
    client.drain();
    assertThat(client.provider().statistics().nothingOutstanding()).isTrue();
  }
}
