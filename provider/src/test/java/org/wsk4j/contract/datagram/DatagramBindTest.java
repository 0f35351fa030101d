package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DatagramBindTest {
  private static DatagramClient on(Transport on, StandardProtocolFamily family, TestScope scope) {
    return new DatagramClient(TestClient.on(on, scope), TestClient.family(family));
  }

  private static DatagramClient on(Transport on, TestScope scope) {
    return on(on, StandardProtocolFamily.INET, scope);
  }

  @EachTransportAndFamily
  @Rule({"DGB-08", "DGB-09", "DGB-16", "DGB-41", "DGB-42"})
  void shouldBindAndTellTheAddress(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    DatagramClient udp = on(transport, family, scope);
    WskDatagramSocket socket = udp.socket();
    Irp bound =
        udp.client().succeed(irp -> socket.bind(TestClient.loopback(udp.family(), 0), 0, irp));
    assertThat(bound.information()).isZero();
    InetSocketAddress local = udp.local(socket);
    assertThat(local.getPort()).isNotZero();
    assertThat(local).isEqualTo(TestClient.loopback(udp.family(), local.getPort()));
    udp.client().close(socket);
    WskDatagramSocket again = udp.boundTo(local);
    assertThat(udp.local(again)).isEqualTo(local);
    udp.client().close(again);
  }

  @EachTransportAndFamily
  @Rule({"DGB-19", "DGB-20", "DGB-43", "DGB-44", "DGB-37"})
  void shouldServeAllAddressesFromTheWildcard(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    DatagramClient udp = on(transport, family, scope);
    WskDatagramSocket socket = udp.boundTo(TestClient.any(udp.family(), 0));
    int port = udp.local(socket).getPort();
    assertThat(udp.local(socket)).isEqualTo(TestClient.any(udp.family(), port));
    DatagramPeer peer = DatagramPeer.on(udp.family(), scope);
    peer.send(TestClient.loopback(udp.family(), port), (byte) 5);
    udp.client().drain();
    assertThat(udp.receive(socket)).containsExactly(5);
    udp.send(socket, peer.address(), (byte) 6);
    assertThat(peer.next().from()).isEqualTo(TestClient.loopback(udp.family(), port));
    assertThat(port).isNotZero();
    assertThat(udp.local(socket)).isEqualTo(TestClient.any(udp.family(), port));
    udp.client().close(socket);
  }

  @EachTransport
  @Rule({"DGB-18"})
  void shouldReceiveOnlyWhatIsForItsAddress(Transport transport, TestScope scope) throws Exception {
    DatagramClient udp = on(transport, scope);
    WskDatagramSocket socket = udp.bound();
    int port = udp.local(socket).getPort();
    DatagramPeer peer = DatagramPeer.on(udp.family(), scope);
    peer.send(TestClient.address(new byte[] {127, 0, 0, 2}, port), (byte) 1);
    peer.send(udp.local(socket), (byte) 2);
    assertThat(udp.receive(socket)).containsExactly(2);
    udp.client().close(socket);
  }

  @EachTransportAndFamily
  @Rule({"DGB-10", "DGB-11", "DGB-13", "DGB-14", "DGB-15"})
  void shouldRefuseBadArguments(Transport transport, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    DatagramClient udp = on(transport, family, scope);
    WskDatagramSocket socket = udp.socket();
    SocketAddress good = TestClient.loopback(udp.family(), 0);
    int other = udp.family() == AddressFamily.INET ? AddressFamily.INET6 : AddressFamily.INET;
    SocketAddress foreign = TestClient.loopback(other, 0);
    NtStatus bad = NtStatus.INVALID_PARAMETER;
    assertThat(udp.client().result(irp -> socket.bind(null, 0, irp))).isEqualTo(bad);
    assertThat(udp.client().result(irp -> socket.bind(foreign, 0, irp))).isEqualTo(bad);
    assertThat(udp.client().result(irp -> socket.bind(good, 1, irp))).isEqualTo(bad);
    udp.client().succeed(irp -> socket.bind(good, 0, irp));
    udp.client().close(socket);
  }

  @EachTransport
  @Rule({"DGB-12", "DGB-40", "DGB-47", "DGB-07", "DGB-45"})
  void shouldHaveNoAddressBeforeTheBind(Transport transport, TestScope scope) throws Exception {
    DatagramClient udp = on(transport, scope);
    WskDatagramSocket socket = udp.socket();
    SocketAddress good = TestClient.loopback(udp.family(), 0);
    assertThat(socket.bind(good, 0, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    Out<SocketAddress> place = new Out<>();
    assertThat(udp.client().result(irp -> socket.getLocalAddress(place, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(place.get()).isNull();
    assertThat(
            udp.client().result(irp -> socket.sendTo(WskBuf.of(new byte[1]), 0, null, null, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    udp.client().succeed(irp -> socket.bind(good, 0, irp));
    assertThat(
            udp.client().result(irp -> socket.sendTo(WskBuf.of(new byte[1]), 0, null, null, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(socket.getLocalAddress(place, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(udp.client().result(irp -> socket.getLocalAddress(null, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(udp.client().succeed(irp -> socket.getLocalAddress(place, irp)).information())
        .isZero();
    udp.client().close(socket);
  }

  @EachTransport
  @Rule({"DGB-46", "DGB-53"})
  void shouldWriteTheAddressBeforeItCompletes(Transport transport, TestScope scope)
      throws Exception {
    DatagramClient udp = on(transport, scope);
    WskDatagramSocket socket = udp.bound();
    Out<SocketAddress> place = new Out<>();
    Out<SocketAddress> seen = new Out<>();
    Irp irp = udp.client().irp();
    udp.client().onCompletion(irp, done -> seen.set(place.get()));
    udp.client().result(socket.getLocalAddress(place, irp), irp);
    assertThat(seen.get()).isEqualTo(udp.local(socket));
    udp.client().close(socket);
  }

  @EachTransport
  @Rule({"DGB-23", "DGB-24", "DGB-26", "DGB-27"})
  void shouldStayUnboundAfterAFailure(Transport transport, TestScope scope) throws Exception {
    DatagramClient udp = on(transport, scope);
    WskDatagramSocket socket = udp.socket();
    for (String foreign : new String[] {"192.0.2.1", "255.255.255.255"}) {
      InetSocketAddress address = new InetSocketAddress(foreign, 0);
      assertThat(udp.client().result(irp -> socket.bind(address, 0, irp)))
          .isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);
    }
    SocketAddress good = TestClient.loopback(udp.family(), 0);
    udp.client().succeed(irp -> socket.bind(good, 0, irp));
    InetSocketAddress bound = udp.local(socket);
    assertThat(udp.client().result(irp -> socket.bind(good, 0, irp)))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_ASSOCIATED);
    assertThat(udp.local(socket)).isEqualTo(bound);
    udp.client().close(socket);
  }

  @EachTransportAndFamily
  @Rule({"DGB-17", "DGB-25", "DGB-39"})
  void shouldHoldTheAddressUntilItCloses(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    DatagramClient udp = on(transport, family, scope);
    WskDatagramSocket first = udp.bound();
    WskDatagramSocket second = udp.bound();
    InetSocketAddress held = udp.local(first);
    assertThat(udp.local(second)).isNotEqualTo(held);
    WskDatagramSocket third = udp.socket();
    assertThat(udp.client().result(irp -> third.bind(held, 0, irp)))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    udp.client().close(first);
    udp.client().succeed(irp -> third.bind(held, 0, irp));
    udp.client().close(second, third);
  }

  @EachTransport
  void shouldNotTakeAnAddressOfAnotherProgram(Transport transport, TestScope scope)
      throws Exception {
    DatagramClient udp = on(transport, scope);
    DatagramPeer peer = DatagramPeer.on(udp.family(), scope);
    WskDatagramSocket socket = udp.socket();
    assertThat(udp.client().result(irp -> socket.bind(peer.address(), 0, irp)))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    udp.client().close(socket);
  }

  @EachTransport
  @Rule({"DGB-28", "DGB-36"})
  void shouldHavePortsOfItsOwn(Transport transport, TestScope scope) throws Exception {
    DatagramClient udp = on(transport, scope);
    WskConnectionSocket tcp = udp.client().bound();
    InetSocketAddress address = udp.client().local(tcp);
    WskDatagramSocket socket = udp.boundTo(address);
    assertThat(udp.local(socket)).isEqualTo(address);
    assertThat(udp.set(socket, WskControlSocketType.SET_OPTION, WskOptions.REUSEADDR, 1))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    udp.client().close(tcp, socket);
  }

  @EachTransport
  @Rule({"OPT-138", "OPT-140"})
  void shouldShareAnAddressAsTheTableSays(Transport transport, TestScope scope) throws Exception {
    DatagramClient udp = on(transport, scope);
    WskDatagramSocket wildcard = udp.boundTo(TestClient.any(udp.family(), 0));
    int port = udp.local(wildcard).getPort();
    WskDatagramSocket first = udp.socket();
    InetSocketAddress specific = TestClient.loopback(udp.family(), port);
    assertThat(udp.client().result(irp -> first.bind(specific, 0, irp)))
        .isEqualTo(NtStatus.ACCESS_DENIED);
    udp.client().close(wildcard);
    udp.set(first, WskControlSocketType.SET_OPTION, WskOptions.REUSEADDR, 1);
    udp.client().succeed(irp -> first.bind(specific, 0, irp));
    WskDatagramSocket all = udp.socket();
    udp.set(all, WskControlSocketType.SET_OPTION, WskOptions.REUSEADDR, 1);
    udp.client().succeed(irp -> all.bind(TestClient.any(udp.family(), port), 0, irp));
    DatagramPeer peer = DatagramPeer.on(udp.family(), scope);
    peer.send(specific, (byte) 1);
    assertThat(udp.receive(first)).containsExactly(1);
    WskDatagramSocket second = udp.socket();
    udp.set(second, WskControlSocketType.SET_OPTION, WskOptions.REUSEADDR, 1);
    udp.client().succeed(irp -> second.bind(specific, 0, irp));
    byte[] memory = new byte[10];
    Irp one = udp.client().pend(irp -> DatagramClient.receive(first, memory, irp));
    Irp other = udp.client().pend(irp -> DatagramClient.receive(second, memory, irp));
    udp.client().drain();
    peer.send(specific, (byte) 2);
    while (!one.isCompleted() && !other.isCompleted()) {
      udp.client().drain();
    }
    udp.client().drain();
    assertThat(one.isCompleted()).isNotEqualTo(other.isCompleted());
    udp.client().close(first, second, all);
  }

  @EachTransport
  @Rule({"DGB-29"})
  void shouldKeepTheFamiliesApart(Transport transport, TestScope scope) throws Exception {
    TestClient client = TestClient.on(transport, scope);
    DatagramClient four = new DatagramClient(client, AddressFamily.INET);
    DatagramClient six = new DatagramClient(client, AddressFamily.INET6);
    WskDatagramSocket first = four.boundTo(TestClient.any(AddressFamily.INET, 0));
    int port = four.local(first).getPort();
    WskDatagramSocket second = six.socket();
    boolean can = transport.can(TransportFeature.IPV6_ONLY);
    assertThat(client.result(irp -> second.bind(TestClient.any(AddressFamily.INET6, port), 0, irp)))
        .isEqualTo(can ? NtStatus.SUCCESS : NtStatus.ADDRESS_ALREADY_EXISTS);
    client.close(first, second);
  }

  @EachTransport
  @Rule({"DGB-30", "DGB-31", "DGR-17", "DGS-14", "DGS-13"})
  void shouldServeBothFamilies(Transport transport, TestScope scope) throws Exception {
    TestClient client = TestClient.on(transport, scope);
    DatagramClient six = new DatagramClient(client, AddressFamily.INET6);
    WskDatagramSocket socket = six.socket();
    six.set(socket, WskControlSocketType.SET_OPTION, Ipv6Options.V6ONLY, 0);
    client.succeed(irp -> socket.bind(TestClient.any(AddressFamily.INET6, 0), 0, irp));
    int port = six.local(socket).getPort();
    DatagramPeer peer = DatagramPeer.on(AddressFamily.INET, scope);
    peer.send(TestClient.loopback(AddressFamily.INET, port), (byte) 4);
    DatagramClient.Received received = six.receive(socket, WskBuf.of(new byte[8]));
    InetSocketAddress mapped = SocketAddresses.toMapped(peer.address());
    assertThat(received.from()).isEqualTo(mapped);
    assertThat(SocketAddresses.isMapped((InetSocketAddress) received.from())).isTrue();
    six.send(socket, mapped, (byte) 9);
    assertThat(peer.read()).containsExactly(9);
    assertThat(
            client.result(
                irp -> socket.sendTo(WskBuf.of(new byte[1]), 0, peer.address(), null, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    WskDatagramSocket four = new DatagramClient(client, AddressFamily.INET).socket();
    assertThat(client.result(irp -> four.bind(TestClient.any(AddressFamily.INET, port), 0, irp)))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    client.close(socket, four);
  }

  @EachTransport
  @Rule({"DGB-32", "DGB-33", "DGS-15"})
  void shouldTakeMappedAddressesOnlyIfItServesBoth(Transport transport, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(transport, scope);
    DatagramClient six = new DatagramClient(client, AddressFamily.INET6);
    InetSocketAddress mapped = SocketAddresses.toMapped(TestClient.loopback(AddressFamily.INET, 0));
    WskDatagramSocket both = six.socket();
    six.set(both, WskControlSocketType.SET_OPTION, Ipv6Options.V6ONLY, 0);
    client.succeed(irp -> both.bind(mapped, 0, irp));
    InetSocketAddress local = six.local(both);
    assertThat(local.getAddress()).isEqualTo(mapped.getAddress());
    WskDatagramSocket only = six.socket();
    assertThat(client.result(irp -> only.bind(mapped, 0, irp)))
        .isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);
    client.succeed(irp -> only.bind(TestClient.loopback(AddressFamily.INET6, 0), 0, irp));
    assertThat(client.result(irp -> only.sendTo(WskBuf.of(new byte[1]), 0, local, null, irp)))
        .isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);
    client.close(both, only);
  }

  @EachTransport
  @Rule({"DGB-21", "DGB-22", "DGS-33"})
  void shouldBindToAGroupWithoutJoiningIt(Transport transport, TestScope scope) throws Exception {
    Groups groups = Groups.on(transport, AddressFamily.INET, scope);
    InetAddress group = groups.newGroup();
    WskDatagramSocket receiver = groups.sockets().boundTo(new InetSocketAddress(group, 0));
    assertThat(groups.sockets().local(receiver).getAddress()).isEqualTo(group);
    WskDatagramSocket sender = groups.sender();
    // Nobody else has joined it either, and still it can be sent to.
    groups.send(sender, group, receiver, 1);
    byte[] memory = new byte[8];
    Irp waiting = groups.client().pend(irp -> DatagramClient.receive(receiver, memory, irp));
    groups.client().drain();
    assertThat(waiting.isCompleted()).isFalse();
    assertThat(groups.join(receiver, group)).isEqualTo(NtStatus.SUCCESS);
    groups.send(sender, group, receiver, 2);
    assertThat(groups.client().result(NtStatus.PENDING, waiting)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory[0]).isEqualTo((byte) 2);
    groups.client().closeAll();
  }

  @EachTransportAndFamily
  @Rule({"DGB-03"})
  void shouldFailTheBindAloneOfAListenerForDatagrams(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(transport, scope);
    int number = TestClient.family(family);
    WskListeningSocket socket =
        (WskListeningSocket) new Controls(client).socket(number, false, WskFlags.LISTEN_SOCKET);
    Irp irp = client.irp();
    NtStatus returned = socket.bind(TestClient.loopback(number, 0), 0, irp);
    assertThat(client.result(returned, irp)).isEqualTo(NtStatus.NOT_IMPLEMENTED);
    assertThat(irp.information()).isZero();
    client.close(socket);
  }
}
