package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.SystemValues;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** The options of IPv4 and IPv6 on sockets of TCP. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class IpOptionTest {
  private static final int V4 = AddressFamily.INET;
  private static final int V6 = AddressFamily.INET6;
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;
  private static final NtStatus WRONG = NtStatus.INVALID_DEVICE_REQUEST;

  @EachTransport
  @Rule({"OPT-71", "OPT-72", "CTL-09"})
  void shouldBeForIpv6AloneUntilToldOtherwise(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskListeningSocket listener = client.listener(V6, null, null);
    WskConnectionSocket connection = client.connection(V6, null, null);
    for (WskSocket socket :
        List.of(
            listener,
            connection,
            client.stream(V6, null, null),
            calls.basic(V6, true),
            calls.basic(V6, false))) {
      assertThat(calls.get(socket, Ipv6Options.V6ONLY)).isEqualTo(1);
      assertThat(calls.set(socket, Ipv6Options.V6ONLY, 0)).isEqualTo(NtStatus.SUCCESS);
      assertThat(calls.get(socket, Ipv6Options.V6ONLY)).isZero();
    }
    client.succeed(irp -> listener.bind(TestClient.any(V6, 0), 0, irp));
    client.succeed(irp -> connection.bind(TestClient.loopback(V6, 0), 0, irp));
    for (WskSocket socket : List.of(listener, connection)) {
      assertThat(calls.set(socket, Ipv6Options.V6ONLY, 1)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      assertThat(calls.get(socket, Ipv6Options.V6ONLY)).isZero();
    }
    client.closeAll();
  }

  @EachTransport
  @Rule({"OPT-73", "OPT-74", "CTL-06"})
  void shouldHaveTheOptionsOfItsFamilies(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskSocket socket :
        List.of(client.listener(V4, null, null), client.bound(), calls.basic(V4, true))) {
      for (WskControlKey<Integer, Integer> key :
          List.of(Ipv6Options.V6ONLY, Ipv6Options.TCLASS, Ipv6Options.UNICAST_HOPS)) {
        assertThat(calls.set(socket, key, 1)).isEqualTo(BAD);
        assertThat(calls.getting(socket, key)).isEqualTo(BAD);
      }
      assertThat(calls.set(socket, WskControlKey.raw(41, 0x7777), Controls.ulong(1)))
          .isEqualTo(BAD);
    }
    for (WskSocket socket :
        List.of(client.listener(V6, null, null), client.connection(V6, null, null))) {
      assertThat(calls.set(socket, IpOptions.TOS, 8)).isEqualTo(BAD);
      assertThat(calls.getting(socket, IpOptions.TOS)).isEqualTo(BAD);
      calls.set(socket, Ipv6Options.V6ONLY, 0);
      assertThat(calls.set(socket, IpOptions.TOS, 8)).isEqualTo(NtStatus.SUCCESS);
      assertThat(calls.get(socket, IpOptions.TOS)).isEqualTo(8);
      assertThat(calls.set(socket, Ipv6Options.TCLASS, 16)).isEqualTo(NtStatus.SUCCESS);
      assertThat(calls.get(socket, IpOptions.TOS)).isEqualTo(8);
    }
    client.closeAll();
  }

  /** IPv4 to a socket for both families goes by the options of IPv4. */
  @EachTransport
  @Rule("OPT-74")
  void shouldGovernTheIpv4TrafficOfASocketForBoth(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskListeningSocket listener = client.listener(V6, null, null);
    calls.set(listener, Ipv6Options.V6ONLY, 0);
    assertThat(calls.set(listener, IpOptions.TOS, 0x48)).isEqualTo(NtStatus.SUCCESS);
    client.succeed(irp -> listener.bind(TestClient.any(V6, 0), 0, irp));
    int port = client.local(listener).getPort();
    Peer.connect(TestClient.loopback(V4, port), scope);
    WskConnectionSocket socket = client.accept(listener, null, null);
    client.drain();
    assertThat(calls.get(socket, IpOptions.TOS)).isEqualTo(0x48);
    assertThat(SystemValues.of(socket, SystemOption.TOS)).isEqualTo(0x48);
    client.closeAll();
  }

  /** An option of a family, and how the system keeps it. */
  private record Case(WskControlKey<Integer, Integer> key, SystemOption option, int least) {}

  private static List<Case> cases(StandardProtocolFamily family) {
    return family == StandardProtocolFamily.INET
        ? List.of(
            new Case(IpOptions.TTL, SystemOption.TTL, 1),
            new Case(IpOptions.TOS, SystemOption.TOS, 0))
        : List.of(
            new Case(Ipv6Options.UNICAST_HOPS, SystemOption.HOPS, 1),
            new Case(Ipv6Options.TCLASS, SystemOption.TRAFFIC_CLASS, 0));
  }

  @EachTransportAndFamily
  @Rule({"OPT-80", "OPT-81", "CTL-20"})
  void shouldPutTheValuesIntoPackets(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    int number = TestClient.family(family);
    for (Case one : cases(family)) {
      Pair connected = client.pair(number, null, null);
      WskListeningSocket listener = client.listener(number, null, null);
      WskConnectionSocket fresh = client.connection(number, null, null);
      List<WskSocket> all = new ArrayList<>(List.of(connected.socket(), listener, fresh));
      if (!on.options().contains(one.option())) {
        for (WskSocket socket : all) {
          assertThat(calls.set(socket, one.key(), 40)).isEqualTo(NtStatus.NOT_SUPPORTED);
        }
      } else {
        for (WskSocket socket : all) {
          assertRange(calls, socket, one);
        }
        client.succeed(irp -> listener.bind(TestClient.loopback(number, 0), 0, irp));
        client.succeed(irp -> fresh.bind(TestClient.loopback(number, 0), 0, irp));
        InetSocketAddress address = client.local(listener);
        client.succeed(irp -> fresh.connect(address, 0, irp));
        WskConnectionSocket accepted = client.accept(listener, null, null);
        assertThat(calls.get(accepted, one.key())).isEqualTo(40);
        client.drain();
        for (WskConnectionSocket socket : List.of(connected.socket(), fresh, accepted)) {
          assertThat(SystemValues.of(socket, one.option())).isEqualTo(40);
        }
        calls.set(accepted, one.key(), 80);
        client.drain();
        assertThat(SystemValues.of(accepted, one.option())).isEqualTo(80);
        assertThat(SystemValues.of(fresh, one.option())).isEqualTo(40);
        client.send(fresh, (byte) 1);
        assertThat(client.receive(accepted, 1)).containsExactly(1);
      }
      client.closeAll();
    }
  }

  private static void assertRange(Controls calls, WskSocket socket, Case one)
      throws InterruptedException {
    for (int value : new int[] {one.least(), 255, 40}) {
      assertThat(calls.set(socket, one.key(), value)).isEqualTo(NtStatus.SUCCESS);
      assertThat(calls.get(socket, one.key())).isEqualTo(value);
    }
    for (int value : new int[] {one.least() - 1, 256, Integer.MIN_VALUE}) {
      assertThat(calls.set(socket, one.key(), value)).isEqualTo(BAD);
    }
    assertThat(calls.get(socket, one.key())).isEqualTo(40);
  }

  @EachTransport
  @Rule("OPT-95")
  void shouldSendByTheInterface(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    int loopback = NetworkInterface.getByName("lo").getIndex();
    WskConnectionSocket v4 = client.pair(V4, null, null).socket();
    WskConnectionSocket v6 = client.pair(V6, null, null).socket();
    WskControlKey<ByteBuffer, ByteBuffer> raw4 = WskControlKey.raw(0, 31);
    WskControlKey<ByteBuffer, ByteBuffer> raw6 = WskControlKey.raw(41, 31);
    if (!on.options().contains(SystemOption.INTERFACE)) {
      assertThat(calls.set(v4, IpOptions.UNICAST_IF, loopback)).isEqualTo(NtStatus.NOT_SUPPORTED);
      assertThat(calls.set(v6, Ipv6Options.UNICAST_IF, loopback)).isEqualTo(NtStatus.NOT_SUPPORTED);
    } else {
      // Network byte order for IPv4, that of the host for IPv6.
      ByteBuffer swapped = Controls.bytes(4).putInt(0, Integer.reverseBytes(loopback));
      assertThat(calls.set(v4, raw4, swapped)).isEqualTo(NtStatus.SUCCESS);
      assertThat(calls.set(v4, raw4, Controls.ulong(loopback))).isEqualTo(BAD);
      assertThat(calls.get(v4, IpOptions.UNICAST_IF)).isEqualTo(loopback);
      assertThat(calls.set(v6, raw6, Controls.ulong(loopback))).isEqualTo(NtStatus.SUCCESS);
      ByteBuffer bytes = Controls.bytes(4);
      client.succeed(irp -> calls.get(v6, raw6, 4, new Out<>(bytes), null, irp));
      assertThat(bytes.getInt(0)).isEqualTo(loopback);
      client.drain();
      assertThat(SystemValues.of(v4, SystemOption.INTERFACE)).isEqualTo(loopback);
      assertThat(SystemValues.of(v6, SystemOption.INTERFACE6)).isEqualTo(loopback);
      for (int value : new int[] {Integer.MAX_VALUE, -1}) {
        assertThat(calls.set(v4, IpOptions.UNICAST_IF, value)).isEqualTo(BAD);
        assertThat(calls.set(v6, Ipv6Options.UNICAST_IF, value)).isEqualTo(BAD);
      }
      assertThat(calls.set(v4, IpOptions.UNICAST_IF, 0)).isEqualTo(NtStatus.SUCCESS);
      client.drain();
      assertThat(SystemValues.of(v4, SystemOption.INTERFACE)).isZero();
    }
    client.closeAll();
  }

  @EachTransport
  @Rule({"OPT-78", "CTL-08"})
  void shouldNotHaveTheOptionsOfDatagrams(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskSocket socket : List.of(client.listening(), client.pair().socket())) {
      for (WskControlKey<Integer, Integer> key :
          List.of(
              IpOptions.PKTINFO,
              IpOptions.RECVTOS,
              IpOptions.RECVTTL,
              IpOptions.ECN,
              IpOptions.RECVERR,
              IpOptions.DONTFRAGMENT)) {
        assertThat(calls.set(socket, key, 1)).as(key.name()).isEqualTo(WRONG);
        assertThat(calls.getting(socket, key)).as(key.name()).isEqualTo(WRONG);
      }
    }
    WskSocket v6 = client.connection(V6, null, null);
    for (WskControlKey<Integer, Integer> key :
        List.of(
            Ipv6Options.PKTINFO,
            Ipv6Options.RECVTCLASS,
            Ipv6Options.HOPLIMIT,
            Ipv6Options.ECN,
            Ipv6Options.RECVERR)) {
      assertThat(calls.set(v6, key, 1)).as(key.name()).isEqualTo(WRONG);
    }
    client.closeAll();
  }
}
