package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.KeepAliveValues;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskExtensionControlIn;
import org.wsk4j.control.WskExtensionControlOut;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.SystemValues;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** The ioctls of sockets of TCP, and those that are refused. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SocketIoctlTest {
  private static final int V4 = AddressFamily.INET;
  private static final NtStatus WRONG = NtStatus.INVALID_DEVICE_REQUEST;
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;

  // ---- Backlogs

  @EachTransport
  @Rule({"IOC-19", "IOC-20", "IOC-21", "IOC-23", "IOC-25"})
  void shouldTellBacklogsOfConnectionsAlone(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskConnectionSocket connected = client.pair().socket();
    for (WskControlKey<Void, Long> key :
        List.of(WskIoctls.QUERY_IDEAL_SEND_BACKLOG, WskIoctls.QUERY_RECEIVE_BACKLOG)) {
      Out<Long> value = new Out<>();
      Irp irp = client.succeed(one -> calls.query(connected, key, 8, value, null, one));
      assertThat(irp.information()).isEqualTo(8);
      assertThat(value.require()).isNotNegative();
      ByteBuffer bytes = Controls.bytes(8);
      WskControlKey<ByteBuffer, ByteBuffer> raw = WskControlKey.raw(0xFFFF, key.code());
      client.succeed(one -> calls.query(connected, raw, 8, new Out<>(bytes), null, one));
      assertThat(bytes.getLong(0)).isEqualTo(value.require());
      assertThat(client.result(one -> calls.query(connected, key, 7, value, null, one)))
          .isEqualTo(BAD);
      assertThat(calls.query(connected, key, 8, value, null, null)).isEqualTo(BAD);
      for (WskSocket socket :
          List.of(client.connection(V4, null, null), client.bound(), client.boundStream())) {
        assertThat(client.result(one -> calls.query(socket, key, 8, value, null, one)))
            .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      }
      for (WskSocket socket : List.of(client.listening(), calls.basic(V4, true))) {
        assertThat(client.result(one -> calls.query(socket, key, 8, value, null, one)))
            .isEqualTo(WRONG);
      }
    }
    client.closeAll();
  }

  @EachTransport
  @Rule("IOC-24")
  void shouldCountWhatNobodyHasReceived(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    assertThat(backlog(client, pair.socket())).isZero();
    pair.peer().send(new byte[100]);
    assertThat(client.receive(pair.socket(), 1)).hasSize(1);
    assertThat(backlog(client, pair.socket())).isEqualTo(99);
    assertThat(client.receiveAll(pair.socket(), 39)).hasSize(39);
    assertThat(backlog(client, pair.socket())).isEqualTo(60);
    assertThat(client.receiveAll(pair.socket(), 60)).hasSize(60);
    assertThat(backlog(client, pair.socket())).isZero();
    client.closeAll();
  }

  private static long backlog(TestClient client, WskSocket socket) throws InterruptedException {
    Out<Long> value = new Out<>();
    client.succeed(
        irp ->
            new Controls(client)
                .query(socket, WskIoctls.QUERY_RECEIVE_BACKLOG, 8, value, null, irp));
    return value.require();
  }

  // ---- Probes

  @EachTransport
  @Rule({"IOC-50", "IOC-51"})
  void shouldSwitchProbesWithTheirTimes(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskConnectionSocket connected = client.pair().socket();
    for (WskSocket socket : List.of(connected, client.listening(), client.stream(V4, null, null))) {
      assertThat(
              calls.ioctl(socket, WskIoctls.KEEPALIVE_VALS, new KeepAliveValues(5, 61_000, 3000)))
          .isEqualTo(NtStatus.SUCCESS);
      assertThat(calls.get(socket, WskOptions.KEEPALIVE)).isEqualTo(1);
      assertThat(calls.get(socket, TcpOptions.KEEPIDLE)).isEqualTo(61);
      assertThat(calls.get(socket, TcpOptions.KEEPINTVL)).isEqualTo(3);
    }
    client.drain();
    assertThat(SystemValues.keepAlive(connected)).isTrue();
    assertThat(SystemValues.keepIdle(connected)).isEqualTo(61);
    assertThat(SystemValues.keepInterval(connected)).isEqualTo(3);
    ByteBuffer off = Controls.bytes(12).putInt(4, 1).putInt(8, 1);
    WskControlKey<ByteBuffer, ByteBuffer> raw = WskControlKey.raw(0xFFFF, 0x98000004);
    assertThat(calls.ioctl(connected, raw, off)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.get(connected, WskOptions.KEEPALIVE)).isZero();
    client.drain();
    assertThat(SystemValues.keepAlive(connected)).isFalse();
    assertThat(calls.ioctl(connected, WskIoctls.KEEPALIVE_VALS, new KeepAliveValues(1, 1, 1), null))
        .isEqualTo(BAD);
    assertThat(calls.get(connected, WskOptions.KEEPALIVE)).isZero();
    client.closeAll();
  }

  @EachTransport
  @Rule({"CTL-14", "CTL-08"})
  void shouldJudgeTheSizeOfProbeTimes(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket socket = client.connection(V4, null, null);
    WskControlKey<ByteBuffer, ByteBuffer> raw = WskControlKey.raw(0, 0x98000004);
    for (int size : new int[] {0, 1, 4, 11}) {
      assertThat(calls.ioctl(socket, raw, Controls.bytes(size)))
          .isEqualTo(NtStatus.INVALID_BUFFER_SIZE);
    }
    assertThat(calls.ioctl(socket, raw, Controls.bytes(20).putInt(0, 1).putInt(4, 5000)))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.get(socket, TcpOptions.KEEPIDLE)).isEqualTo(5);
    WskSocket datagrams = calls.socket(V4, false, WskFlags.LISTEN_SOCKET);
    assertThat(calls.ioctl(datagrams, WskIoctls.KEEPALIVE_VALS, new KeepAliveValues(1, 1, 1)))
        .isEqualTo(WRONG);
    client.closeAll();
  }

  // ---- The short way on one machine

  @EachTransport
  @Rule({"IOC-46", "IOC-47", "IOC-48", "IOC-49"})
  void shouldTakeTheShortWayWithoutEffect(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskControlKey<ByteBuffer, ByteBuffer> raw = WskControlKey.raw(0, 0x98000010);
    for (boolean listens : new boolean[] {false, true}) {
      for (boolean connects : new boolean[] {false, true}) {
        WskListeningSocket listener = client.listener(V4, null, null);
        WskConnectionSocket socket = client.connection(V4, null, null);
        if (listens) {
          assertThat(calls.ioctl(listener, WskIoctls.LOOPBACK_FAST_PATH, true))
              .isEqualTo(NtStatus.SUCCESS);
        }
        client.succeed(irp -> listener.bind(TestClient.loopback(V4, 0), 0, irp));
        client.succeed(irp -> socket.bind(TestClient.loopback(V4, 0), 0, irp));
        if (connects) {
          assertThat(calls.ioctl(socket, raw, Controls.bytes(1).put(0, (byte) 1)))
              .isEqualTo(NtStatus.SUCCESS);
        }
        InetSocketAddress address = client.local(listener);
        client.succeed(irp -> socket.connect(address, 0, irp));
        WskConnectionSocket accepted = client.accept(listener, null, null);
        client.send(socket, (byte) 1);
        assertThat(client.receive(accepted, 1)).containsExactly(1);
        for (WskSocket late : List.of(listener, socket, accepted)) {
          assertThat(calls.ioctl(late, WskIoctls.LOOPBACK_FAST_PATH, true))
              .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
        }
        client.close(socket, accepted, listener);
      }
    }
    WskSocket basic = calls.basic(V4, true);
    assertThat(calls.ioctl(basic, raw, Controls.bytes(0))).isEqualTo(NtStatus.INVALID_BUFFER_SIZE);
    assertThat(calls.ioctl(basic, WskIoctls.LOOPBACK_FAST_PATH, null))
        .isEqualTo(NtStatus.INVALID_BUFFER_SIZE);
    assertThat(calls.ioctl(basic, WskIoctls.LOOPBACK_FAST_PATH, true, null)).isEqualTo(BAD);
    assertThat(calls.ioctl(basic, WskIoctls.LOOPBACK_FAST_PATH, true)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.ioctl(calls.basic(V4, false), WskIoctls.LOOPBACK_FAST_PATH, true))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    client.closeAll();
  }

  // ---- What is refused

  @EachTransport
  @Rule({"IOC-45", "IOC-55", "IOC-56", "IOC-57", "CTL-07"})
  void shouldRefuseWhatItDoesNotHave(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskSocket socket :
        List.of(calls.basic(V4, true), client.listening(), client.pair().socket())) {
      for (int code :
          new int[] {
            0xC8000019, 0x580000D2, 0x980000DC, 0x980000DD, 0x980000DE, 0x8004667E, 0x4004667F
          }) {
        WskControlKey<ByteBuffer, ByteBuffer> key = WskControlKey.raw(0, code);
        ByteBuffer output = Controls.bytes(64);
        assertThat(
                client.result(
                    irp ->
                        socket.controlSocket(
                            WskControlSocketType.IOCTL,
                            key,
                            Controls.bytes(64),
                            64,
                            new Out<>(output),
                            null,
                            irp)))
            .isEqualTo(NtStatus.NOT_SUPPORTED);
        assertThat(output.position()).isZero();
      }
    }
    client.closeAll();
  }

  private static final NpiId UNKNOWN = NpiId.of("{00000000-0000-0000-0000-00000000ABCD}");
  private static final NpiId WSK = NpiId.of("{2227E803-8D8B-11D4-ABAD-009027719E09}");

  @EachTransport
  @Rule({"EXT-01", "EXT-03", "EXT-05", "EXT-22", "CLI-92"})
  void shouldKnowNoExtension(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskSocket socket :
        List.of(calls.basic(V4, false), client.listening(), client.pair().socket())) {
      for (NpiId id : List.of(UNKNOWN, WSK)) {
        Out<WskExtensionControlOut> place = new Out<>();
        WskExtensionControlIn wanted = new WskExtensionControlIn(id, this, this);
        assertThat(register(socket, wanted, 16, place, null)).isEqualTo(NtStatus.NOT_SUPPORTED);
        assertThat(place.get()).isNull();
      }
      WskControlKey<ByteBuffer, ByteBuffer> raw = WskControlKey.raw(0xFFFF, 0xCF000002);
      assertThat(calls.ioctl(socket, raw, Controls.bytes(24), null)).isEqualTo(BAD);
    }
    client.closeAll();
  }

  @EachTransport
  @Rule({"EXT-07", "EXT-09"})
  void shouldJudgeTheRequestForAnExtension(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskSocket socket = new Controls(client).basic(V4, true);
    Out<WskExtensionControlOut> place = new Out<>();
    WskExtensionControlIn unknown = new WskExtensionControlIn(UNKNOWN, null, null);
    WskExtensionControlIn nameless = new WskExtensionControlIn(null, null, null);
    assertThat(register(socket, nameless, 16, place, null)).isEqualTo(BAD);
    assertThat(register(socket, null, 16, place, null)).isEqualTo(BAD);
    assertThat(register(socket, unknown, 16, null, null)).isEqualTo(BAD);
    assertThat(register(socket, unknown, 15, place, null)).isEqualTo(BAD);
    assertThat(client.result(irp -> register(socket, unknown, 16, place, irp)))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(place.get()).isNull();
    client.closeAll();
  }

  private static NtStatus register(
      WskSocket socket,
      WskExtensionControlIn wanted,
      long size,
      Out<WskExtensionControlOut> place,
      Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.IOCTL, WskIoctls.REGISTER_EXTENSION, wanted, size, place, null, irp);
  }
}
