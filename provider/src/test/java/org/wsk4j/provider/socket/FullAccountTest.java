package org.wsk4j.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** A client that keeps as much as it may. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FullAccountTest {
  private static final int MOST_RETAINED = 4 * 1024 * 1024;

  @EachTransport
  @Rule("RCV-36")
  void shouldNotStopADrain(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder(data -> NtStatus.PENDING);
    WskListeningSocket listener = client.listening();
    WskConnectionSocket sender = client.connected(client.local(listener), null, null);
    WskConnectionSocket receiver = client.accept(listener, null, recorder.dispatch());
    client.control(receiver, WskEventCallbackControl.RECEIVE);
    Irp send = client.pend(irp -> sender.send(WskBuf.of(new byte[6 * MOST_RETAINED]), 0, irp));
    for (long held = 0; held < MOST_RETAINED; ) {
      held += recorder.next().bytes();
    }
    client.drain();
    assertThat(send.isCompleted()).isFalse();

    Irp drain = client.pend(irp -> receiver.receive(new WskBuf(), WskFlags.DRAIN, irp));
    assertThat(client.result(send)).isSameAs(NtStatus.SUCCESS);
    client.succeed(irp -> sender.disconnect(null, 0, irp));
    assertThat(client.result(drain)).isSameAs(NtStatus.SUCCESS);

    client.close(sender, receiver, listener);
    recorder.calls().stream()
        .map(Recorder.Data::list)
        .forEach(list -> assertThat(receiver.release(list)).isSameAs(NtStatus.SUCCESS));
  }
}
