package org.wsk4j.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DisabledEventTest {
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;

  private static NtStatus disable(WskSocket socket, Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.SET_OPTION,
        WskOptions.EVENT_CALLBACK,
        new WskEventCallbackControl(
            WskProviderCharacteristics.NPI_WSK_INTERFACE_ID,
            RECEIVE | WskEventCallbackControl.DISABLE),
        0,
        null,
        null,
        irp);
  }

  /** The event is enabled again at once, and what it left is there to be indicated again. */
  @EachTransport
  @Rule({"EVT-22", "EVT-27", "EVT-30"})
  void shouldCompleteBeforeTheNextCallback(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    List<String> order = new CopyOnWriteArrayList<>();
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    Irp first = client.irp();
    Irp second = client.irp();
    Irp resume = client.irp();
    for (Irp irp : List.of(first, second)) {
      client.onCompletion(irp, done -> order.add("disabled"));
    }
    recorder.then(
        data -> {
          order.add("event");
          recorder.then(
              more -> {
                order.add("event");
                return NtStatus.SUCCESS;
              });
          assertThat(disable(pair.socket(), first)).isSameAs(NtStatus.PENDING);
          assertThat(client.control(pair.socket(), RECEIVE)).isSameAs(NtStatus.SUCCESS);
          assertThat(disable(pair.socket(), second)).isSameAs(NtStatus.PENDING);
          assertThat(client.control(pair.socket(), RECEIVE)).isSameAs(NtStatus.SUCCESS);
          pair.socket().receive(new WskBuf(), 0, resume);
          return NtStatus.DATA_NOT_ACCEPTED;
        });
    pair.peer().send((byte) 1);
    assertThat(recorder.next().bytes()).isOne();
    assertThat(recorder.next().bytes()).isOne();

    assertThat(order).containsExactly("event", "disabled", "disabled", "event");
    assertThat(client.result(resume)).isSameAs(NtStatus.SUCCESS);
    client.close(pair.socket());
  }
}
