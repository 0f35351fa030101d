package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskClientControlKey;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Which control calls need a request, and how the request ends. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RequiredRequestTest {
  private static final int V4 = AddressFamily.INET;
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;

  @EachTransport
  @Rule({"CTL-22", "CTL-27"})
  void shouldNeedOneForTheOptionsOfSockets(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket listener = client.listener(V4, null, null);
    WskSocket datagram = new DatagramClient(client, V4).socket();
    assertNeeded(calls, datagram, WskOptions.BROADCAST);
    assertNeeded(calls, listener, WskOptions.CONDITIONAL_ACCEPT);
    assertNeeded(calls, listener, WskOptions.KEEPALIVE);
    for (WskSocket socket : List.of(listener, datagram, client.connection(V4, null, null))) {
      assertNeeded(calls, socket, WskOptions.EXCLUSIVEADDRUSE);
      assertNeeded(calls, socket, WskOptions.REUSEADDR);
      assertNeeded(calls, socket, WskOptions.RCVBUF);
      Out<SecurityDescriptor> place = new Out<>();
      LongOut size = new LongOut(77);
      assertThat(calls.get(socket, WskOptions.SECURITY, 8, place, size, null)).isEqualTo(BAD);
      assertThat(place.get()).isNull();
      assertThat(size.get()).isEqualTo(77);
      client.succeed(irp -> calls.get(socket, WskOptions.SECURITY, 8, place, null, irp));
      assertThat(calls.set(socket, WskOptions.SECURITY, place.require(), null)).isEqualTo(BAD);
    }
    client.closeAll();
  }

  private static void assertNeeded(
      Controls calls, WskSocket socket, WskControlKey<Integer, Integer> key)
      throws InterruptedException {
    int before = calls.get(socket, key);
    assertThat(calls.set(socket, key, before + 1, null)).as(key.name()).isEqualTo(BAD);
    Out<Integer> place = new Out<>();
    assertThat(calls.get(socket, key, 4, place, new LongOut(), null)).as(key.name()).isEqualTo(BAD);
    assertThat(place.get()).isNull();
    assertThat(calls.get(socket, key)).as(key.name()).isEqualTo(before);
  }

  @EachTransport
  @Rule({"CTL-23", "CTL-27"})
  void shouldNeedOneForMostIoctls(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    DatagramClient udp = new DatagramClient(client, V4);
    WskDatagramSocket datagram = udp.bound();
    SocketAddress peer = udp.local(datagram);
    for (WskControlKey<SocketAddress, Void> key :
        List.of(WskIoctls.SET_REMOTE_ADDRESS, WskIoctls.SET_SENDTO_ADDRESS)) {
      assertThat(calls.ioctl(datagram, key, peer, null)).isEqualTo(BAD);
    }
    // Nothing was set by that, so there is nowhere to send to.
    assertThat(client.result(irp -> datagram.sendTo(WskBuf.of(new byte[1]), 0, null, null, irp)))
        .isEqualTo(BAD);
    WskConnectionSocket connection = client.pair().socket();
    for (WskControlKey<Void, Long> key :
        List.of(WskIoctls.QUERY_IDEAL_SEND_BACKLOG, WskIoctls.QUERY_RECEIVE_BACKLOG)) {
      Out<Long> place = new Out<>();
      assertThat(calls.query(connection, key, 8, place, new LongOut(), null)).isEqualTo(BAD);
      assertThat(place.get()).isNull();
    }
    assertThat(calls.ioctl(connection, WskIoctls.SET_TCP_SILENT_MODE, null, null)).isEqualTo(BAD);
    client.send(connection, (byte) 1);
    for (WskSocket socket : List.of(datagram, connection)) {
      assertThat(calls.ioctl(socket, WskIoctls.ADDRESS_LIST_CHANGE, null, null)).isEqualTo(BAD);
    }
    WskSocket early = client.connection(V4, null, null);
    assertThat(calls.ioctl(early, WskIoctls.LOOPBACK_FAST_PATH, true, null)).isEqualTo(BAD);
    client.closeAll();
  }

  /** The loop is kept busy, so the query has to wait. */
  @EachTransport
  @Rule({"CTL-38", "CTL-39"})
  void shouldWriteTheOutputBeforeTheEndAndNeverAfter(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    Pair pair = client.pair();
    client.deliver(pair.peer(), new byte[10]);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    RunningProvider.later(
        pair.socket(),
        () -> {
          busy.countDown();
          awaitQuietly(go);
        });
    assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
    Out<Long> place = new Out<>();
    Irp query = client.irp();
    client.onCompletion(query, done -> assertThat(place.get()).isEqualTo(10));
    NtStatus returned =
        calls.query(pair.socket(), WskIoctls.QUERY_RECEIVE_BACKLOG, 8, place, null, query);
    assertThat(returned).isEqualTo(NtStatus.PENDING);
    assertThat(place.get()).isNull();
    go.countDown();
    assertThat(client.result(returned, query)).isEqualTo(NtStatus.SUCCESS);
    assertThat(place.get()).isEqualTo(10);
    // Now it is the caller's again.
    place.set(-1L);
    client.deliver(pair.peer(), new byte[10]);
    client.drain();
    assertThat(place.get()).isEqualTo(-1L);
    client.closeAll();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @EachTransport
  @Rule({"CLI-09", "CLI-10"})
  void shouldEndRequestsOfTheClientAsTheCallSays(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (int code = 0; code < 12; code++) {
      WskClientControlKey<?, ?> key = WskClientControlKey.raw(code);
      Irp irp = client.irp();
      NtStatus returned = calls.control(key, null, 0, null, null, irp);
      boolean waits = code == WskClientControls.TRANSPORT_LIST_CHANGE.code();
      assertThat(returned == NtStatus.PENDING).as("code %d", code).isEqualTo(waits);
      if (waits) {
        assertThat(irp.isCompleted()).isFalse();
        irp.cancel();
        assertThat(client.result(returned, irp)).isEqualTo(NtStatus.CANCELLED);
      } else {
        assertThat(irp.isCompleted()).isTrue();
        assertThat(irp.status().isSuccess()).isEqualTo(returned.isSuccess());
        assertThat(client.result(returned, irp)).isEqualTo(returned);
      }
    }
  }
}
