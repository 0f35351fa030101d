package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.KeepAliveValues;
import org.wsk4j.control.UdpOptions;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.ClaimedPorts;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.SystemValues;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** The options and ioctls of sockets for datagrams: their values, and what they do. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DatagramOptionTest {
  private static final int V4 = AddressFamily.INET;
  private static final int V6 = AddressFamily.INET6;
  private static final NtStatus YES = NtStatus.SUCCESS;
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;
  private static final NtStatus WRONG = NtStatus.INVALID_DEVICE_REQUEST;

  // ---- Broadcasts

  @EachTransport
  @Rule({"OPT-03", "OPT-04", "OPT-05", "OPT-07"})
  void shouldBroadcastOnlyWithTheOptionAndHearWithoutIt(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    DatagramClient udp = new DatagramClient(client, V4);
    WskDatagramSocket receiver = udp.boundTo(TestClient.any(V4, 0));
    InetSocketAddress all = new InetSocketAddress("127.255.255.255", udp.local(receiver).getPort());
    WskDatagramSocket sender = udp.bound();
    WskBuf one = WskBuf.of(new byte[] {1});
    assertThat(calls.get(sender, WskOptions.BROADCAST)).isZero();
    assertThat(client.result(irp -> sender.sendTo(one, 0, all, null, irp)))
        .isEqualTo(NtStatus.ACCESS_DENIED);
    assertThat(calls.set(sender, WskOptions.BROADCAST, 7)).isEqualTo(YES);
    assertThat(calls.get(sender, WskOptions.BROADCAST)).isEqualTo(1);
    udp.send(sender, all, (byte) 2);
    assertThat(udp.receive(receiver)).containsExactly(2);
    assertThat(calls.get(receiver, WskOptions.BROADCAST)).isZero();
    assertThat(calls.set(sender, WskOptions.BROADCAST, 0)).isEqualTo(YES);
    assertThat(client.result(irp -> sender.sendTo(one, 0, all, null, irp)))
        .isEqualTo(NtStatus.ACCESS_DENIED);
    // Set before the bind it is as good.
    WskDatagramSocket early = udp.socket();
    assertThat(calls.set(early, WskOptions.BROADCAST, 1)).isEqualTo(YES);
    client.succeed(irp -> early.bind(TestClient.loopback(V4, 0), 0, irp));
    udp.send(early, all, (byte) 3);
    assertThat(udp.receive(receiver)).containsExactly(3);
    client.closeAll();
  }

  // ---- What packets carry

  private record Case(
      WskControlKey<Integer, Integer> key, SystemOption option, int least, int initial) {}

  private static List<Case> cases(boolean v6) {
    return v6
        ? List.of(
            new Case(Ipv6Options.UNICAST_HOPS, SystemOption.HOPS, 1, 64),
            new Case(Ipv6Options.TCLASS, SystemOption.TRAFFIC_CLASS, 0, 0),
            new Case(Ipv6Options.MULTICAST_HOPS, SystemOption.GROUP_HOPS, 0, 1))
        : List.of(
            new Case(IpOptions.TTL, SystemOption.TTL, 1, 64),
            new Case(IpOptions.TOS, SystemOption.TOS, 0, 0),
            new Case(IpOptions.MULTICAST_TTL, SystemOption.GROUP_TTL, 0, 1));
  }

  @EachTransportAndFamily
  @Rule({"OPT-80", "OPT-81", "OPT-83"})
  void shouldPutTheValuesIntoDatagrams(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    DatagramClient udp = new DatagramClient(client, TestClient.family(family));
    WskDatagramSocket early = udp.socket();
    WskDatagramSocket bound = udp.bound();
    for (Case one : cases(family == StandardProtocolFamily.INET6)) {
      for (WskDatagramSocket socket : List.of(early, bound)) {
        assertThat(calls.get(socket, one.key)).isEqualTo(one.initial);
        if (!on.datagramOptions().contains(one.option)) {
          assertThat(calls.set(socket, one.key, 40)).isEqualTo(NtStatus.NOT_SUPPORTED);
          continue;
        }
        for (int value : new int[] {one.least, 255, 40}) {
          assertThat(calls.set(socket, one.key, value)).isEqualTo(YES);
          assertThat(calls.get(socket, one.key)).isEqualTo(value);
        }
        for (int value : new int[] {one.least - 1, 256, Integer.MIN_VALUE}) {
          assertThat(calls.set(socket, one.key, value)).isEqualTo(BAD);
        }
        assertThat(calls.get(socket, one.key)).isEqualTo(40);
      }
    }
    client.succeed(irp -> early.bind(TestClient.loopback(udp.family(), 0), 0, irp));
    client.drain();
    for (Case one : cases(family == StandardProtocolFamily.INET6)) {
      if (on.datagramOptions().contains(one.option)) {
        assertThat(SystemValues.of(early, one.option)).as(one.option.name()).isEqualTo(40);
        assertThat(SystemValues.of(bound, one.option)).as(one.option.name()).isEqualTo(40);
      }
    }
    udp.send(early, udp.local(bound), (byte) 4);
    assertThat(udp.receive(bound)).containsExactly(4);
    client.closeAll();
  }

  @EachTransportAndFamily
  @Rule({"OPT-82", "CTL-19"})
  void shouldKeepDatagramsWhole(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    boolean v6 = family == StandardProtocolFamily.INET6;
    WskControlKey<Integer, Integer> key = v6 ? Ipv6Options.DONTFRAG : IpOptions.DONTFRAGMENT;
    SystemOption option = v6 ? SystemOption.WHOLE6 : SystemOption.WHOLE;
    WskDatagramSocket socket = new DatagramClient(client, TestClient.family(family)).bound();
    assertThat(calls.get(socket, key)).isZero();
    if (!on.datagramOptions().contains(option)) {
      assertThat(calls.set(socket, key, 1)).isEqualTo(NtStatus.NOT_SUPPORTED);
      assertThat(calls.get(socket, key)).isZero();
    } else {
      assertThat(calls.set(socket, key, 5)).isEqualTo(YES);
      assertThat(calls.get(socket, key)).isEqualTo(1);
      client.drain();
      // IP_PMTUDISC_DO; of IPv6 there is a switch.
      assertThat(SystemValues.of(socket, option)).isEqualTo(v6 ? 1 : 2);
      assertThat(calls.set(socket, key, 0)).isEqualTo(YES);
      client.drain();
      assertThat(SystemValues.of(socket, option)).isEqualTo(v6 ? 0 : 1);
    }
    client.closeAll();
  }

  @EachTransport
  @Rule("OPT-95")
  void shouldSendByTheInterface(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    int loopback = NetworkInterface.getByName("lo").getIndex();
    WskDatagramSocket v4 = new DatagramClient(client, V4).bound();
    WskDatagramSocket v6 = new DatagramClient(client, V6).bound();
    boolean can = on.datagramOptions().contains(SystemOption.INTERFACE);
    NtStatus expected = can ? YES : NtStatus.NOT_SUPPORTED;
    assertThat(calls.set(v4, IpOptions.UNICAST_IF, loopback)).isEqualTo(expected);
    assertThat(calls.set(v6, Ipv6Options.UNICAST_IF, loopback)).isEqualTo(expected);
    client.drain();
    if (can) {
      assertThat(SystemValues.of(v4, SystemOption.INTERFACE)).isEqualTo(loopback);
      assertThat(SystemValues.of(v6, SystemOption.INTERFACE6)).isEqualTo(loopback);
      assertThat(calls.set(v4, IpOptions.UNICAST_IF, 0xFFFFFF)).isEqualTo(BAD);
    }
    client.closeAll();
  }

  /** Before the bind, as a client does that sends by both. */
  @EachTransport
  @Rule({"OPT-74", "OPT-75"})
  void shouldHaveTheOptionsOfBothFamiliesTogether(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskDatagramSocket socket = new DatagramClient(client, V6).socket();
    assertThat(calls.set(socket, IpOptions.TOS, 8)).isEqualTo(BAD);
    assertThat(calls.set(socket, Ipv6Options.V6ONLY, 0)).isEqualTo(YES);
    boolean all = on.datagramOptions().contains(SystemOption.WHOLE);
    NtStatus expected = all ? YES : NtStatus.NOT_SUPPORTED;
    assertThat(calls.set(socket, IpOptions.DONTFRAGMENT, 1)).isEqualTo(expected);
    assertThat(calls.set(socket, Ipv6Options.DONTFRAG, 1)).isEqualTo(expected);
    assertThat(calls.set(socket, IpOptions.MULTICAST_TTL, 7)).isEqualTo(YES);
    assertThat(calls.set(socket, Ipv6Options.MULTICAST_HOPS, 7)).isEqualTo(YES);
    assertThat(calls.set(socket, IpOptions.MULTICAST_LOOP, 1)).isEqualTo(YES);
    assertThat(calls.set(socket, Ipv6Options.MULTICAST_LOOP, 1)).isEqualTo(YES);
    client.succeed(irp -> socket.bind(TestClient.any(V6, 0), 0, irp));
    if (all) {
      assertThat(SystemValues.of(socket, SystemOption.WHOLE)).isEqualTo(2);
      assertThat(SystemValues.of(socket, SystemOption.WHOLE6)).isEqualTo(1);
      assertThat(SystemValues.of(socket, SystemOption.GROUP_TTL)).isEqualTo(7);
    }
    assertThat(SystemValues.of(socket, SystemOption.GROUP_HOPS)).isEqualTo(7);
    client.closeAll();
  }

  // ---- Multicast: which way, and whose

  @EachTransport
  @Rule({"OPT-86", "OPT-87"})
  void shouldNameTheInterfaceOfMulticasts(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    int lo = NetworkInterface.getByName("lo").getIndex();
    WskControlKey<ByteBuffer, ByteBuffer> raw = WskControlKey.raw(0, 9);
    DatagramClient udp = new DatagramClient(client, V4);
    for (WskSocket socket : List.of(udp.socket(), udp.bound(), calls.basic(V4, false))) {
      assertThat(calls.get(socket, IpOptions.MULTICAST_IF)).isZero();
      ByteBuffer index = ByteBuffer.allocate(4).putInt(0, lo);
      ByteBuffer address = ByteBuffer.wrap(new byte[] {127, 0, 0, 1});
      for (ByteBuffer way : List.of(index, address)) {
        assertThat(calls.set(socket, raw, way)).isEqualTo(YES);
        ByteBuffer got = Controls.bytes(4);
        client.succeed(irp -> calls.get(socket, raw, 4, new Out<>(got), null, irp));
        // The index, in the order of the host.
        assertThat(got.getInt(0)).isEqualTo(lo);
        assertThat(calls.set(socket, raw, ByteBuffer.allocate(4))).isEqualTo(YES);
        assertThat(calls.get(socket, IpOptions.MULTICAST_IF)).isZero();
      }
      assertThat(calls.set(socket, IpOptions.MULTICAST_IF, v4("0.255.255.1"))).isEqualTo(BAD);
      assertThat(calls.set(socket, IpOptions.MULTICAST_IF, v4("192.0.2.251")))
          .isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);
      assertThat(calls.set(socket, raw, ByteBuffer.allocate(3))).isEqualTo(BAD);
    }
    DatagramClient udp6 = new DatagramClient(client, V6);
    for (WskSocket socket : List.of(udp6.socket(), udp6.bound(), calls.basic(V6, false))) {
      assertThat(calls.set(socket, WskControlKey.raw(41, 9), Controls.ulong(lo))).isEqualTo(YES);
      assertThat(calls.get(socket, Ipv6Options.MULTICAST_IF)).isEqualTo(lo);
      for (int none : new int[] {-1, 0xFF_FFFF}) {
        assertThat(calls.set(socket, Ipv6Options.MULTICAST_IF, none)).isEqualTo(BAD);
      }
    }
    client.drain();
    WskDatagramSocket bound = udp6.bound();
    calls.set(bound, Ipv6Options.MULTICAST_IF, lo);
    client.drain();
    assertThat(SystemValues.of(bound, SystemOption.GROUP_INTERFACE6)).isEqualTo(lo);
    client.closeAll();
  }

  private static Inet4Address v4(String literal) {
    return (Inet4Address) new InetSocketAddress(literal, 0).getAddress();
  }

  // ---- The rest

  @EachTransport
  @Rule("OPT-98")
  void shouldKeepTheWishForNoChecksums(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    DatagramClient udp = new DatagramClient(client, V4);
    WskDatagramSocket bound = udp.bound();
    for (WskSocket socket : List.of(udp.socket(), bound, calls.basic(V4, false))) {
      assertThat(calls.get(socket, UdpOptions.NOCHECKSUM)).isZero();
      assertThat(calls.set(socket, UdpOptions.NOCHECKSUM, 3)).isEqualTo(YES);
      assertThat(calls.get(socket, UdpOptions.NOCHECKSUM)).isEqualTo(1);
    }
    for (WskSocket socket :
        List.of(
            new DatagramClient(client, V6).socket(),
            calls.basic(V6, false),
            client.bound(),
            calls.basic(V4, true))) {
      assertThat(calls.set(socket, UdpOptions.NOCHECKSUM, 1)).isEqualTo(WRONG);
      assertThat(calls.getting(socket, UdpOptions.NOCHECKSUM)).isEqualTo(WRONG);
    }
    udp.send(bound, udp.local(bound), (byte) 6);
    assertThat(udp.receive(bound)).containsExactly(6);
    client.closeAll();
  }

  @EachTransport
  @Rule({"IOC-52", "OPT-20"})
  void shouldNotProbe(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskControlKey<ByteBuffer, ByteBuffer> raw =
        WskControlKey.raw(0, WskIoctls.KEEPALIVE_VALS.code());
    DatagramClient udp = new DatagramClient(client, V4);
    for (WskSocket socket : List.of(udp.socket(), udp.bound(), calls.basic(V4, false))) {
      assertThat(calls.set(socket, WskOptions.KEEPALIVE, 1)).isEqualTo(WRONG);
      assertThat(calls.getting(socket, WskOptions.KEEPALIVE)).isEqualTo(WRONG);
      assertThat(calls.ioctl(socket, WskIoctls.KEEPALIVE_VALS, new KeepAliveValues(1, 9, 9)))
          .isEqualTo(WRONG);
    }
    assertThat(calls.set(calls.basic(V4, true), WskOptions.KEEPALIVE, 1)).isEqualTo(WRONG);
    for (WskSocket socket : List.of(client.listening(), client.bound())) {
      for (int size : new int[] {0, 4, 11}) {
        assertThat(calls.ioctl(socket, raw, Controls.bytes(size)))
            .isEqualTo(NtStatus.INVALID_BUFFER_SIZE);
      }
      assertThat(calls.ioctl(socket, raw, Controls.bytes(12).putInt(0, 1))).isEqualTo(YES);
      assertThat(calls.get(socket, WskOptions.KEEPALIVE)).isEqualTo(1);
    }
    client.closeAll();
  }

  @EachTransportAndFamily
  @Rule({"IOC-54", "DGR-52", "DGS-36"})
  void shouldTellOfDeadPortsOnlyIfAsked(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    int number = TestClient.family(family);
    DatagramClient udp = new DatagramClient(client, number);
    DatagramPeer peer = DatagramPeer.on(number, scope);
    InetSocketAddress nobody = TestClient.loopback(number, ClaimedPorts.next());
    for (WskDatagramSocket socket : List.of(udp.bound(), udp.bound())) {
      // As it comes it says nothing.
      byte[] memory = new byte[9];
      Irp waits = client.pend(irp -> DatagramClient.receive(socket, memory, irp));
      udp.send(socket, nobody, (byte) 1);
      udp.send(socket, nobody, (byte) 1);
      peer.send(udp.local(socket), (byte) 2);
      assertThat(client.result(waits)).isEqualTo(YES);
      assertThat(memory[0]).isEqualTo((byte) 2);
      assertThat(calls.ioctl(socket, WskIoctls.UDP_CONNRESET, 0)).isEqualTo(YES);
      if (!on.can(TransportFeature.CONTROL_INFO)) {
        assertThat(calls.ioctl(socket, WskIoctls.UDP_CONNRESET, 1))
            .isEqualTo(NtStatus.NOT_SUPPORTED);
        continue;
      }
      assertThat(calls.ioctl(socket, WskIoctls.UDP_CONNRESET, 1)).isEqualTo(YES);
      client.drain();
      Irp fails = client.pend(irp -> DatagramClient.receive(socket, memory, irp));
      udp.send(socket, nobody, (byte) 1);
      assertThat(client.result(fails)).isEqualTo(NtStatus.PORT_UNREACHABLE);
      // It is told once, and nothing else suffers.
      udp.send(socket, peer.address(), (byte) 3);
      assertThat(peer.read()).containsExactly(3);
      peer.send(udp.local(socket), (byte) 4);
      assertThat(udp.receive(socket)).containsExactly(4);
      assertThat(calls.ioctl(socket, WskIoctls.UDP_CONNRESET, 0)).isEqualTo(YES);
      client.drain();
      Irp last = client.pend(irp -> DatagramClient.receive(socket, memory, irp));
      udp.send(socket, nobody, (byte) 1);
      udp.send(socket, nobody, (byte) 1);
      peer.send(udp.local(socket), (byte) 5);
      assertThat(client.result(last)).isEqualTo(YES);
    }
    WskDatagramSocket socket = udp.bound();
    WskControlKey<ByteBuffer, ByteBuffer> raw =
        WskControlKey.raw(0, WskIoctls.UDP_CONNRESET.code());
    assertThat(calls.ioctl(socket, raw, Controls.bytes(3))).isEqualTo(BAD);
    assertThat(calls.ioctl(socket, WskIoctls.UDP_CONNRESET, 1, null)).isEqualTo(BAD);
    assertThat(calls.ioctl(client.bound(), WskIoctls.UDP_CONNRESET, 1)).isEqualTo(WRONG);
    assertThat(calls.ioctl(calls.basic(number, false), WskIoctls.UDP_CONNRESET, 1))
        .isEqualTo(WRONG);
    client.closeAll();
  }
}
