package org.wsk4j.contract.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** The ideal send backlog, asked for and told. */
class SendBacklogTest {
  private final List<Long> told = new CopyOnWriteArrayList<>();

  @EachTransport
  @Rule({"SND-45", "SND-50", "SND-51", "SND-53", "SND-54"})
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
    // No callback runs any more.
    int disable = WskEventCallbackControl.SEND_BACKLOG | WskEventCallbackControl.DISABLE;
    assertThat(client.control(socket, disable)).isEqualTo(NtStatus.SUCCESS);
    client.close(sender, socket, listener);
  }

  @EachTransport
  @Rule({"SND-46", "SND-47", "SND-49", "IOC-20"})
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

  /** The path of the loopback interface holds more than the least that is recommended. */
  @EachTransport
  @Rule({"SND-52", "SND-55", "IOC-22"})
  void shouldFollowWhatThePathHolds(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair(AddressFamily.INET, this, dispatch());
    long first = ideal(client, pair.socket());
    client.control(pair.socket(), WskEventCallbackControl.SEND_BACKLOG);
    // Far more than is recommended, and that is no error.
    byte[] much = new byte[4 * 1024 * 1024];
    Irp send = client.pend(irp -> pair.socket().send(WskBuf.of(much), 0, irp));
    assertThat(pair.peer().read(much.length)).hasSize(much.length);
    assertThat(client.result(NtStatus.PENDING, send)).isEqualTo(NtStatus.SUCCESS);
    client.send(pair.socket(), new byte[1]);
    client.drain();
    if (on.can(TransportFeature.TCP_INFO)) {
      assertThat(told).isNotEmpty();
      assertThat(ideal(client, pair.socket())).isEqualTo(told.get(told.size() - 1));
      assertThat(told.get(0)).isGreaterThan(first);
    } else {
      assertThat(told).isEmpty();
      assertThat(ideal(client, pair.socket())).isEqualTo(first);
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("SND-51")
  void shouldTellNothingWhileTheEventIsDisabled(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair(AddressFamily.INET, this, dispatch());
    set(client, pair.socket(), 200_000);
    client.drain();
    assertThat(ideal(client, pair.socket())).isEqualTo(200_000);
    client.control(pair.socket(), WskEventCallbackControl.SEND_BACKLOG);
    set(client, pair.socket(), 300_000);
    client.drain();
    client.control(
        pair.socket(), WskEventCallbackControl.DISABLE | WskEventCallbackControl.SEND_BACKLOG);
    set(client, pair.socket(), 400_000);
    client.drain();
    client.control(pair.socket(), WskEventCallbackControl.SEND_BACKLOG);
    set(client, pair.socket(), 300_000);
    client.drain();
    assertThat(told).containsExactly(300_000L);
    client.close(pair.socket());
  }

  private WskClientConnectionDispatch dispatch() {
    return WskClientConnectionDispatch.builder()
        .onSendBacklog(
            (context, size) -> {
              assertThat(context).isSameAs(this);
              told.add(size);
              return NtStatus.SUCCESS;
            })
        .build();
  }

  @EachTransport
  @Rule("SND-48")
  void shouldRefuseTheQuestionOnSocketsWithoutASendingSide(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    Irp made =
        client.succeed(
            irp ->
                client
                    .functions()
                    .socket(
                        client.client(),
                        AddressFamily.INET,
                        SocketType.STREAM,
                        Protocol.TCP,
                        WskFlags.BASIC_SOCKET,
                        null,
                        null,
                        null,
                        null,
                        null,
                        irp));
    WskSocket basic = client.watch(made.object(WskSocket.class));
    Out<Long> place = new Out<>();
    for (WskSocket socket : new WskSocket[] {listener, basic}) {
      assertThat(client.result(irp -> query(socket, 8, place, irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    }
    assertThat(place.get()).isNull();
    client.close(basic, listener);
  }

  private static long ideal(TestClient client, WskConnectionSocket socket)
      throws InterruptedException {
    Out<Long> place = new Out<>();
    Irp irp = client.succeed(one -> query(socket, 8, place, one));
    assertThat(irp.information()).isEqualTo(8);
    return place.require();
  }

  private static NtStatus query(WskSocket socket, long room, Out<Long> place, Irp irp) {
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
