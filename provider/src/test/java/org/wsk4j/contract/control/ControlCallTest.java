package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.KeepAliveValues;
import org.wsk4j.control.OptionLevel;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** What holds of control calls whatever they do: names, sizes, requests, states. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ControlCallTest {
  private static final int V4 = AddressFamily.INET;
  private static final int SOL_SOCKET = OptionLevel.SOL_SOCKET;
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;

  private static WskControlKey<ByteBuffer, ByteBuffer> raw(WskControlKey<?, ?> key) {
    return WskControlKey.raw(key.level(), key.code());
  }

  // ---- Names

  @EachTransport
  @Rule({"CTL-01", "CTL-02", "CTL-05", "CTL-06", "CTL-07"})
  void shouldGoByTypeLevelAndNumber(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket socket = client.listener(V4, null, null);
    assertThat(
            client.result(
                irp ->
                    socket.controlSocket(
                        noType(), WskOptions.TYPE, null, 4, new Out<>(), null, irp)))
        .isEqualTo(BAD);

    // 4 is SO_REUSEADDR here and no option of TCP that is known; 3 is TCP_KEEPALIVE.
    assertThat(calls.set(socket, WskControlKey.raw(SOL_SOCKET, 4), Controls.ulong(1)))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.get(socket, WskOptions.REUSEADDR)).isEqualTo(1);
    assertThat(calls.set(socket, WskControlKey.raw(6, 3), Controls.ulong(77)))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.get(socket, TcpOptions.KEEPALIVE)).isEqualTo(77);
    assertThat(calls.get(socket, WskOptions.REUSEADDR)).isEqualTo(1);
    assertThat(calls.set(socket, WskControlKey.raw(SOL_SOCKET, 4), Controls.ulong(0)))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.set(socket, WskControlKey.raw(SOL_SOCKET, 0xFFFFFFFB), Controls.ulong(1)))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.get(socket, WskOptions.EXCLUSIVEADDRUSE)).isEqualTo(1);

    for (int level : new int[] {1, 5, 255, 0xFFFE, -1, OptionLevel.SOL_IP}) {
      assertThat(calls.set(socket, WskControlKey.raw(level, 4), Controls.ulong(1))).isEqualTo(BAD);
    }
    for (int level : new int[] {SOL_SOCKET, 0, 6, 17}) {
      for (int code : new int[] {0x7777, -77}) {
        assertThat(calls.set(socket, WskControlKey.raw(level, code), Controls.ulong(1)))
            .isEqualTo(NtStatus.NOT_SUPPORTED);
      }
    }
    for (int code : new int[] {0, 1, 0x8F0000FF, 0x4F000008}) {
      assertThat(calls.ioctl(socket, WskControlKey.raw(0, code), null))
          .isEqualTo(NtStatus.NOT_SUPPORTED);
    }
    client.close(socket);
  }

  @SuppressWarnings("NullAway") // C has numbers here, of which Java's counterpart is null
  private static WskControlSocketType noType() {
    return null;
  }

  @EachTransport
  @Rule({"CTL-08", "CTL-10", "IOC-05", "IOC-58"})
  void shouldTellWrongSocketsFromUnknownOperations(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket listener = client.listening();
    WskSocket connection = client.pair().socket();
    for (WskSocket socket : List.of(listener, connection, client.stream(V4, null, null))) {
      assertThat(calls.set(socket, WskOptions.BROADCAST, 1))
          .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
      assertThat(calls.ioctl(socket, WskIoctls.SET_REMOTE_ADDRESS, TestClient.loopback(V4, 9)))
          .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
      assertThat(calls.set(socket, WskControlKey.raw(SOL_SOCKET, 0x1008), Controls.ulong(1)))
          .isEqualTo(NtStatus.NOT_SUPPORTED);
      assertThat(
              client.result(
                  irp ->
                      calls.get(socket, IpOptions.ADD_MEMBERSHIP, 8, new Out<Void>(), null, irp)))
          .isEqualTo(NtStatus.NOT_SUPPORTED);
      assertThat(
              client.result(
                  irp ->
                      calls.get(socket, WskOptions.EVENT_CALLBACK, 16, new Out<Void>(), null, irp)))
          .isEqualTo(NtStatus.NOT_SUPPORTED);
      for (WskControlKey<?, ?> ioctl :
          List.of(WskIoctls.ADDRESS_LIST_QUERY, WskIoctls.KEEPALIVE_VALS)) {
        WskControlKey<ByteBuffer, ByteBuffer> option = raw(ioctl);
        assertThat(calls.set(socket, option, Controls.bytes(12))).isEqualTo(NtStatus.NOT_SUPPORTED);
        WskControlKey<ByteBuffer, ByteBuffer> atLevel = WskControlKey.raw(SOL_SOCKET, ioctl.code());
        assertThat(calls.set(socket, atLevel, Controls.bytes(12)))
            .isEqualTo(NtStatus.NOT_SUPPORTED);
      }
    }
    client.closeAll();
  }

  @EachTransport
  @Rule({"CTL-09", "OPT-14", "OPT-16", "OPT-17", "OPT-13"})
  void shouldRefuseTheWrongStateAndChangeNothing(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskSocket socket :
        List.of(client.listening(), client.bound(), client.boundStream(), client.pair().socket())) {
      for (WskControlKey<Integer, Integer> key :
          List.of(WskOptions.REUSEADDR, WskOptions.EXCLUSIVEADDRUSE)) {
        assertThat(calls.get(socket, key)).isZero();
        assertThat(calls.set(socket, key, 1)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
        assertThat(calls.get(socket, key)).isZero();
      }
    }
    WskConnectionSocket bound = client.bound();
    for (WskControlKey<Void, Long> key :
        List.of(WskIoctls.QUERY_IDEAL_SEND_BACKLOG, WskIoctls.QUERY_RECEIVE_BACKLOG)) {
      Out<Long> place = new Out<>();
      assertThat(client.result(irp -> calls.query(bound, key, 8, place, null, irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      assertThat(place.get()).isNull();
    }
    client.closeAll();
  }

  // ---- Sizes

  @EachTransport
  @Rule({"CTL-11", "CTL-12", "CTL-15", "CTL-16", "CTL-18"})
  void shouldStoreWhatFits(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket socket = client.listener(V4, null, null);
    assertThat(calls.set(socket, WskOptions.RCVBUF, 0x01020304)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(irp -> calls.set(socket, WskOptions.RCVBUF, null, irp)))
        .isEqualTo(BAD);
    assertThat(client.result(irp -> calls.get(socket, WskOptions.RCVBUF, 4, null, null, irp)))
        .isEqualTo(BAD);
    Out<Integer> typed = new Out<>();
    assertThat(client.result(irp -> calls.get(socket, WskOptions.RCVBUF, 3, typed, null, irp)))
        .isEqualTo(BAD);
    assertThat(typed.get()).isNull();

    ByteBuffer small = Controls.bytes(3);
    WskControlKey<ByteBuffer, ByteBuffer> raw = raw(WskOptions.RCVBUF);
    for (long size : new long[] {3, 4}) {
      assertThat(client.result(irp -> calls.get(socket, raw, size, new Out<>(small), null, irp)))
          .isEqualTo(BAD);
    }
    assertThat(Controls.contents(small)).containsOnly(0);
    ByteBuffer large = Controls.bytes(9);
    Irp got = client.succeed(irp -> calls.get(socket, raw, 9, new Out<>(large), null, irp));
    assertThat(got.information()).isEqualTo(4);
    assertThat(large.position()).isEqualTo(4);
    assertThat(Controls.contents(large)).containsExactly(4, 3, 2, 1, 0, 0, 0, 0, 0);

    // What an operation has no use for is neither read nor written.
    Out<ByteBuffer> unused = new Out<>(Controls.bytes(4));
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.SET_OPTION, raw, Controls.ulong(5), 4, unused, null, irp));
    assertThat(unused.require().position()).isZero();
    assertThat(unused.require().getInt(0)).isZero();
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.GET_OPTION,
                raw,
                Controls.ulong(6),
                4,
                new Out<>(Controls.bytes(4)),
                null,
                irp));
    assertThat(calls.get(socket, WskOptions.RCVBUF)).isEqualTo(5);
    client.close(socket);
  }

  @EachTransport
  @Rule({"CTL-13", "CTL-14", "CTL-18", "CTL-51"})
  void shouldReadTheLeadingBytes(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket socket = client.connection(V4, null, null);
    WskControlKey<ByteBuffer, ByteBuffer> raw = raw(WskOptions.RCVBUF);
    ByteBuffer input = Controls.ulong(0x00010203);
    assertThat(Controls.contents(input)).containsExactly(3, 2, 1, 0);
    assertThat(calls.set(socket, raw, input)).isEqualTo(NtStatus.SUCCESS);
    assertThat(input.position()).isZero();
    input.putInt(0, 9);
    assertThat(calls.get(socket, WskOptions.RCVBUF)).isEqualTo(0x00010203);

    for (int size = 0; size < 4; size++) {
      assertThat(calls.set(socket, raw, Controls.bytes(size))).isEqualTo(BAD);
    }
    assertThat(calls.get(socket, WskOptions.RCVBUF)).isEqualTo(0x00010203);
    for (int size : new int[] {5, 8, 100}) {
      ByteBuffer longer = Controls.bytes(size).putInt(0, size).put(4, (byte) 9);
      assertThat(calls.set(socket, raw, longer)).isEqualTo(NtStatus.SUCCESS);
      assertThat(calls.get(socket, WskOptions.RCVBUF)).isEqualTo(size);
    }
    client.close(socket);
  }

  @EachTransport
  @Rule({"CTL-19", "CTL-20", "CTL-50"})
  void shouldReadBackWhatWasSet(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket socket = client.connection(AddressFamily.INET6, null, null);
    for (WskControlKey<Integer, Integer> key :
        List.of(
            WskOptions.KEEPALIVE,
            WskOptions.REUSEADDR,
            TcpOptions.NODELAY,
            TcpOptions.FASTOPEN,
            Ipv6Options.V6ONLY)) {
      for (int value : new int[] {1, 0, 2, 0, -1, 0, Integer.MIN_VALUE}) {
        assertThat(calls.set(socket, key, value)).isEqualTo(NtStatus.SUCCESS);
        assertThat(calls.get(socket, key)).isEqualTo(value == 0 ? 0 : 1);
        assertThat(calls.get(socket, key)).isEqualTo(value == 0 ? 0 : 1);
      }
    }
    for (WskControlKey<Integer, Integer> key :
        List.of(
            WskOptions.RCVBUF,
            WskOptions.SNDBUF,
            TcpOptions.KEEPIDLE,
            TcpOptions.KEEPINTVL,
            TcpOptions.KEEPCNT)) {
      for (int value : new int[] {1, 200, 17}) {
        assertThat(calls.set(socket, key, value)).isEqualTo(NtStatus.SUCCESS);
        assertThat(calls.get(socket, key)).isEqualTo(value);
        assertThat(calls.get(socket, key)).isEqualTo(value);
      }
    }
    assertThat(calls.get(socket, WskOptions.KEEPALIVE)).isEqualTo(1);
    client.close(socket);
  }

  // ---- Requests

  @EachTransport
  @Rule({"CTL-26", "CTL-27"})
  void shouldNeedARequestForOptionsAndMostIoctls(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket socket = client.listener(V4, null, null);
    for (WskControlKey<Integer, Integer> key :
        List.of(
            WskOptions.CONDITIONAL_ACCEPT,
            WskOptions.EXCLUSIVEADDRUSE,
            WskOptions.KEEPALIVE,
            WskOptions.RCVBUF,
            WskOptions.REUSEADDR,
            TcpOptions.NODELAY,
            TcpOptions.KEEPIDLE,
            IpOptions.TTL,
            IpOptions.TOS)) {
      int before = calls.get(socket, key);
      assertThat(calls.set(socket, key, 9, null)).as(key.name()).isEqualTo(BAD);
      Out<Integer> place = new Out<>();
      assertThat(calls.get(socket, key, 4, place, new LongOut(), null)).isEqualTo(BAD);
      assertThat(place.get()).isNull();
      assertThat(calls.get(socket, key)).isEqualTo(before);
    }
    assertThat(calls.ioctl(socket, WskIoctls.ADDRESS_LIST_CHANGE, null, null)).isEqualTo(BAD);
    assertThat(calls.ioctl(socket, WskIoctls.LOOPBACK_FAST_PATH, true, null)).isEqualTo(BAD);
    assertThat(calls.ioctl(socket, WskIoctls.KEEPALIVE_VALS, new KeepAliveValues(1, 9, 9), null))
        .isEqualTo(BAD);
    assertThat(calls.get(socket, WskOptions.KEEPALIVE)).isZero();
    Pair pair = client.pair();
    for (WskControlKey<Void, Long> key :
        List.of(WskIoctls.QUERY_IDEAL_SEND_BACKLOG, WskIoctls.QUERY_RECEIVE_BACKLOG)) {
      assertThat(calls.query(pair.socket(), key, 8, new Out<>(), new LongOut(), null))
          .isEqualTo(BAD);
    }
    assertThat(calls.ioctl(pair.socket(), WskIoctls.SET_TCP_SILENT_MODE, null, null))
        .isEqualTo(BAD);
    client.close(socket, pair.socket());
  }

  @EachTransport
  @Rule({"CTL-24", "CTL-25", "CTL-29", "CTL-37"})
  void shouldBeFinalWithoutARequest(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(V4, null, recorder.dispatch());
    int receive = WskEventCallbackControl.RECEIVE;
    int disable = receive | WskEventCallbackControl.DISABLE;
    assertThat(client.control(pair.socket(), receive)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(pair.socket(), disable)).isEqualTo(NtStatus.SUCCESS);
    client.succeed(irp -> client.control(pair.socket(), disable, irp));
    LongOut size = new LongOut();
    assertThat(
            calls.query(
                pair.socket(), WskIoctls.ADDRESS_LIST_QUERY, 1 << 16, new Out<>(), size, null))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(size.get()).isPositive();
    // The sizes of these outputs are known, so nobody has to ask for them.
    assertThat(calls.query(pair.socket(), WskIoctls.QUERY_INSPECT_ID, 16, new Out<>(), null, null))
        .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    assertThat(
            calls.query(pair.socket(), WskIoctls.REGISTER_EXTENSION, 16, new Out<>(), null, null))
        .isEqualTo(BAD);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("IRP-52")
  void shouldTellTheBytesOfTheOutputInTheRequest(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket socket = client.pair().socket();
    Irp number =
        client.succeed(
            irp -> calls.get(socket, WskOptions.RCVBUF, 99, new Out<Integer>(), null, irp));
    assertThat(number.information()).isEqualTo(4);
    ByteBuffer place = Controls.bytes(9);
    WskControlKey<ByteBuffer, ByteBuffer> raw = raw(WskOptions.RCVBUF);
    Irp bytes = client.succeed(irp -> calls.get(socket, raw, 9, new Out<>(place), null, irp));
    assertThat(bytes.information()).isEqualTo(4);
    client.close(socket);
    Irp change =
        client.pend(
            irp ->
                calls.control(WskClientControls.TRANSPORT_LIST_CHANGE, null, 0, null, null, irp));
    change.cancel();
    assertThat(client.result(change)).isEqualTo(NtStatus.CANCELLED);
    assertThat(change.information()).isZero();
  }

  @EachTransport
  @Rule({"CTL-30", "CTL-31", "CTL-32", "CTL-33", "CTL-35"})
  void shouldCompleteTheRequestWithTheResult(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket socket = client.pair().socket();
    LongOut size = new LongOut(77);
    Out<Integer> value = new Out<>();
    Irp get = client.succeed(irp -> calls.get(socket, WskOptions.RCVBUF, 99, value, size, irp));
    assertThat(get.information()).isEqualTo(4);
    Out<Long> backlog = new Out<>();
    Irp query =
        client.succeed(
            irp -> calls.query(socket, WskIoctls.QUERY_RECEIVE_BACKLOG, 9, backlog, size, irp));
    assertThat(query.information()).isEqualTo(8);
    assertThat(backlog.require()).isZero();
    Irp set = client.succeed(irp -> calls.set(socket, WskOptions.RCVBUF, 9, irp));
    assertThat(set.information()).isZero();
    Irp fails = client.irp();
    NtStatus status = calls.get(socket, WskOptions.RCVBUF, 3, value, size, fails);
    assertThat(status).isEqualTo(BAD);
    assertThat(client.result(status, fails)).isEqualTo(BAD);
    assertThat(fails.information()).isZero();
    assertThat(size.get()).isEqualTo(77);
    client.close(socket);
  }

  @EachTransport
  @Rule({"CTL-45", "CTL-48"})
  void shouldTakeEffectInOrderAndAnywhere(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    CompletableFuture<@Nullable NtStatus> inside = new CompletableFuture<>();
    Recorder recorder = new Recorder();
    Pair pair = client.pair(V4, null, recorder.dispatch());
    Irp irp = client.irp();
    recorder.then(
        data -> {
          inside.complete(calls.set(pair.socket(), WskOptions.RCVBUF, 12_345, irp));
          return NtStatus.SUCCESS;
        });
    client.control(pair.socket(), WskEventCallbackControl.RECEIVE);
    pair.peer().send((byte) 1);
    assertThat(client.result(inside.get(10, TimeUnit.SECONDS), irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.get(pair.socket(), WskOptions.RCVBUF)).isEqualTo(12_345);

    Irp first = client.irp();
    Irp second = client.irp();
    Irp third = client.irp();
    Out<Integer> value = new Out<>();
    NtStatus[] answers = {
      calls.set(pair.socket(), WskOptions.KEEPALIVE, 1, first),
      calls.set(pair.socket(), WskOptions.KEEPALIVE, 0, second),
      calls.get(pair.socket(), WskOptions.KEEPALIVE, 4, value, null, third)
    };
    assertThat(client.result(answers[0], first)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(answers[1], second)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(answers[2], third)).isEqualTo(NtStatus.SUCCESS);
    assertThat(value.require()).isZero();

    CompletableFuture<NtStatus> routine = new CompletableFuture<>();
    Irp outer = client.irp();
    Irp nested = client.irp();
    client.onCompletion(
        outer, done -> routine.complete(calls.set(pair.socket(), WskOptions.KEEPALIVE, 1, nested)));
    client.result(calls.set(pair.socket(), WskOptions.KEEPALIVE, 0, outer), outer);
    assertThat(client.result(routine.get(10, TimeUnit.SECONDS), nested))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.get(pair.socket(), WskOptions.KEEPALIVE)).isEqualTo(1);
    client.close(pair.socket());
  }

  /** A listener that was made for datagrams is of no use, and has none of the options of TCP. */
  @EachTransport
  @Rule({"CTL-08", "OPT-62"})
  void shouldHaveTheOptionsOfItsTransport(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket socket = calls.socket(V4, false, WskFlags.LISTEN_SOCKET);
    assertThat(calls.get(socket, WskOptions.TYPE)).isEqualTo(2);
    assertThat(calls.set(socket, TcpOptions.NODELAY, 1)).isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    assertThat(calls.getting(socket, TcpOptions.KEEPIDLE))
        .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    client.close(socket);
  }
}
