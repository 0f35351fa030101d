package org.wsk4j.contract.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** The ideal send backlog, asked for and told. */
class SendBacklogTest {
  private final List<Long> told = new CopyOnWriteArrayList<>();

  @EachTransport
  @Rule({"SND-45", "SND-50", "SND-51", "SND-52", "SND-53"})
  void shouldTellEachNewIdealOnce(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    var listener = client.listening();
    var sender = client.connected(client.local(listener), null, null);
    WskConnectionSocket socket =
        client.accept(
            listener,
            this,
            WskClientConnectionDispatch.builder()
                .onSendBacklog(
                    (context, size) -> {
                      assertThat(context).isSameAs(this);
                      told.add(size);
                      return NtStatus.UNSUCCESSFUL;
                    })
                .build());
    assertThat(ideal(client, socket)).isPositive();
    client.control(socket, WskEventCallbackControl.SEND_BACKLOG);
    client.drain();
    assertThat(told).isEmpty();

    for (int size : new int[] {200_000, 200_000, 300_000}) {
      set(client, socket, size);
      client.drain();
    }

    assertThat(told).containsExactly(200_000L, 300_000L);
    assertThat(ideal(client, socket)).isEqualTo(300_000);
    client.close(sender, socket, listener);
  }

  @EachTransport
  @Rule({"SND-46", "SND-47", "SND-49"})
  void shouldRefuseQuestionsThatCannotBeAnswered(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    var listener = client.listening();
    var socket = client.connected(client.local(listener), null, null);
    var unconnected = client.bound();
    Out<Long> place = new Out<>();
    assertThat(query(socket, 8, place, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> query(unconnected, 8, place, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(irp -> query(socket, 7, place, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(place.get()).isNull();
    client.close(socket, unconnected, listener);
  }

  private static long ideal(TestClient client, WskConnectionSocket socket)
      throws InterruptedException {
    Out<Long> place = new Out<>();
    Irp irp = client.succeed(one -> query(socket, 8, place, one));
    assertThat(irp.information()).isEqualTo(8);
    return place.require();
  }

  private static NtStatus query(WskConnectionSocket socket, long room, Out<Long> place, Irp irp) {
    WskControlKey<Void, Long> key = WskIoctls.QUERY_IDEAL_SEND_BACKLOG;
    return socket.controlSocket(WskControlSocketType.IOCTL, key, null, room, place, null, irp);
  }

  private static void set(TestClient client, WskConnectionSocket socket, int size)
      throws InterruptedException {
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.SET_OPTION, WskOptions.SNDBUF, size, 0, null, null, irp));
  }
}
