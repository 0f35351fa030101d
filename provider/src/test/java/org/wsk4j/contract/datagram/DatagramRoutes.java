package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.UdpOptions;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.MessageFlags;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.ChildCases;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.NetworkNamespace;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.Told;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.testing.TestScope;

/** Runs in a network namespace with routes that refuse datagrams, and a link that is narrow. */
final class DatagramRoutes {
  static final String REFUSED = "refused";
  static final String AMONG_MANY = "among many";
  static final String WHOLE = "whole";
  static final String CUT = "cut";
  static final String LINK_LOCAL = "link-local";
  static final String GROUP = "group";
  static final String FULL = "full";

  private static final int PORT = 9;

  /** More datagrams without data than a socket of the system has room for. */
  private static final int MANY = 600;

  private static final int V6 = AddressFamily.INET6;
  private static final NtStatus YES = NtStatus.SUCCESS;

  /** Hosts beyond each kind of route, and what sending there is answered. */
  private static final Map<String, NtStatus> WAYS =
      Map.of(
          "192.0.2.1", NtStatus.NETWORK_UNREACHABLE,
          "2001:db8:9::1", NtStatus.NETWORK_UNREACHABLE,
          "198.51.100.1", NtStatus.HOST_UNREACHABLE,
          "2001:db8:2::1", NtStatus.HOST_UNREACHABLE,
          "198.18.0.1", NtStatus.ACCESS_DENIED,
          "2001:db8:3::1", NtStatus.ACCESS_DENIED);

  private static final List<String> NEIGHBOURS = List.of("203.0.113.2", "2001:db8:1::2");

  private DatagramRoutes() {}

  public static void main(String[] arguments) {
    Map<String, ChildCases.Case> cases = new LinkedHashMap<>();
    cases.put(REFUSED, DatagramRoutes::refuse);
    cases.put(AMONG_MANY, DatagramRoutes::refuseAmongMany);
    cases.put(WHOLE, DatagramRoutes::keepWhole);
    cases.put(CUT, DatagramRoutes::cut);
    cases.put(LINK_LOCAL, DatagramRoutes::bindToALink);
    cases.put(GROUP, DatagramRoutes::hearAGroup);
    cases.put(FULL, DatagramRoutes::fill);
    ChildCases.run(cases);
  }

  private static InetSocketAddress at(String host) throws Exception {
    return new InetSocketAddress(InetAddress.getByName(host), PORT);
  }

  private static DatagramClient sockets(TestClient client, InetSocketAddress to) {
    boolean six = to.getAddress() instanceof Inet6Address;
    return new DatagramClient(client, six ? V6 : AddressFamily.INET);
  }

  private static WskDatagramSocket open(DatagramClient udp) throws Exception {
    return udp.boundTo(TestClient.any(udp.family(), 0));
  }

  private static NtStatus send(
      DatagramClient udp, WskDatagramSocket socket, InetSocketAddress to, int length)
      throws Exception {
    WskBuf buffer = WskBuf.of(new byte[length]);
    return udp.client().result(irp -> socket.sendTo(buffer, 0, to, null, irp));
  }

  private static void refuse(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (Map.Entry<String, NtStatus> way : WAYS.entrySet()) {
      InetSocketAddress to = at(way.getKey());
      DatagramClient udp = sockets(client, to);
      WskDatagramSocket socket = open(udp);
      assertThat(send(udp, socket, to, 1)).as(way.getKey()).isEqualTo(way.getValue());
      assertThat(send(udp, socket, to, 0)).as(way.getKey()).isEqualTo(way.getValue());
      InetSocketAddress own = TestClient.loopback(udp.family(), udp.local(socket).getPort());
      assertThat(send(udp, socket, own, 3)).isEqualTo(YES);
      assertThat(udp.receive(socket)).hasSize(3);
      client.close(socket);
    }
  }

  /** Those that are sent together get the status of their own datagram each. */
  private static void refuseAmongMany(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    DatagramClient udp = new DatagramClient(client, AddressFamily.INET);
    WskDatagramSocket socket = open(udp);
    int port = udp.local(socket).getPort();
    InetSocketAddress own = TestClient.loopback(AddressFamily.INET, port);
    List<InetSocketAddress> targets =
        List.of(own, at("198.51.100.1"), own, at("198.18.0.1"), at("192.0.2.1"), own);
    Irp[] irps = new Irp[targets.size()];
    CountDownLatch handed = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              for (int i = 0; i < irps.length; i++) {
                irps[i] = client.irp();
                WskBuf buffer = WskBuf.of(new byte[] {(byte) i});
                socket.sendTo(buffer, 0, targets.get(i), null, irps[i]);
              }
              handed.countDown();
            });
    RunningProvider.onLoopOf(
        socket,
        () -> {
          other.start();
          return handed.await(10, TimeUnit.SECONDS);
        });
    for (int i = 0; i < irps.length; i++) {
      NtStatus expected = WAYS.getOrDefault(targets.get(i).getAddress().getHostAddress(), YES);
      assertThat(client.result(NtStatus.PENDING, irps[i])).isEqualTo(expected);
      assertThat(irps[i].information()).isEqualTo(expected == YES ? 1 : 0);
    }
    for (int expected : new int[] {0, 2, 5}) {
      assertThat(udp.receive(socket)).containsExactly(expected);
    }
    client.close(socket);
  }

  /** The link carries 1,500 bytes at once. */
  private static void keepWhole(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (String host : NEIGHBOURS) {
      InetSocketAddress to = at(host);
      DatagramClient udp = sockets(client, to);
      WskDatagramSocket socket = open(udp);
      boolean six = udp.family() == V6;
      WskControlKey<Integer, Integer> key = six ? Ipv6Options.DONTFRAG : IpOptions.DONTFRAGMENT;
      SystemOption option = six ? SystemOption.WHOLE6 : SystemOption.WHOLE;
      assertThat(send(udp, socket, to, 3_000)).isEqualTo(YES);
      if (on.datagramOptions().contains(option)) {
        assertThat(calls.set(socket, key, 1)).isEqualTo(YES);
        client.drain();
        assertThat(send(udp, socket, to, 3_000)).isEqualTo(NtStatus.INVALID_BUFFER_SIZE);
        assertThat(send(udp, socket, to, 1_000)).isEqualTo(YES);
        assertThat(calls.set(socket, key, 0)).isEqualTo(YES);
        client.drain();
        assertThat(send(udp, socket, to, 3_000)).isEqualTo(YES);
      } else {
        assertThat(calls.set(socket, key, 1)).isEqualTo(NtStatus.NOT_SUPPORTED);
      }
      client.close(socket);
    }
  }

  /** The system does not cut into datagrams that are themselves too long for the link. */
  private static void cut(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (String host : NEIGHBOURS) {
      InetSocketAddress to = at(host);
      DatagramClient udp = sockets(client, to);
      WskDatagramSocket socket = open(udp);
      if (on.can(TransportFeature.SEND_SEGMENTATION)) {
        assertThat(calls.set(socket, UdpOptions.SEND_MSG_SIZE, 2_000)).isEqualTo(YES);
        assertThat(send(udp, socket, to, 9_000)).isEqualTo(YES);
        InetSocketAddress own = TestClient.loopback(udp.family(), udp.local(socket).getPort());
        assertThat(send(udp, socket, own, 4_500)).isEqualTo(YES);
        for (int length : new int[] {2_000, 2_000, 500}) {
          assertThat(udp.receive(socket)).hasSize(length);
        }
      }
      client.close(socket);
    }
  }

  private static void bindToALink(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    DatagramClient udp = new DatagramClient(client, V6);
    NetworkInterface link = NetworkInterface.getByName(NetworkNamespace.LINK);
    Inet6Address scoped =
        Inet6Address.getByAddress(
            null, InetAddress.getByName("fe80::77").getAddress(), link.getIndex());
    WskDatagramSocket socket = udp.boundTo(new InetSocketAddress(scoped, 0));
    Inet6Address told = (Inet6Address) udp.local(socket).getAddress();
    assertThat(told).isEqualTo(scoped);
    assertThat(told.getScopeId()).isEqualTo(link.getIndex());
    Inet6Address elsewhere = Inet6Address.getByAddress(null, scoped.getAddress(), 1);
    WskDatagramSocket other = udp.socket();
    assertThat(client.result(irp -> other.bind(new InetSocketAddress(elsewhere, 0), 0, irp)))
        .isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);
    assertThat(send(udp, socket, udp.local(socket), 5)).isEqualTo(YES);
    Told received = Told.by(client, socket);
    Inet6Address from = (Inet6Address) ((InetSocketAddress) received.from()).getAddress();
    assertThat(from).isEqualTo(scoped);
    assertThat(from.getScopeId()).isEqualTo(link.getIndex());
    client.close(socket, other);
  }

  private static void hearAGroup(Transport on, TestScope scope) throws Exception {
    Groups groups = Groups.on(on, V6, NetworkNamespace.LINK, scope);
    InetAddress group = groups.newGroup();
    WskDatagramSocket receiver = groups.boundToAny();
    assertThat(groups.join(receiver, group)).isEqualTo(YES);
    groups.send(groups.sender(TestClient.any(V6, 0)), group, receiver, 5);
    assertThat(Told.by(groups.client(), receiver).flags())
        .isEqualTo(on.can(TransportFeature.CONTROL_INFO) ? MessageFlags.MCAST : 0);
    groups.client().closeAll();
  }

  /** What goes to a neighbour that does not answer waits, and takes the room of its sender. */
  private static void fill(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    DatagramClient udp = new DatagramClient(client, AddressFamily.INET);
    WskDatagramSocket socket = open(udp);
    List<Irp> irps = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Irp irp = client.irp();
      irps.add(irp);
      socket.sendTo(new WskBuf(), 0, at("203.0.113.77"), null, irp);
    }
    client.drain();
    List<Irp> waiting = irps.stream().filter(it -> !it.isCompleted()).toList();
    if (on.can(TransportFeature.DATAGRAM_BATCHES)) {
      assertThat(waiting).isNotEmpty().hasSizeLessThan(MANY);
      Irp last = waiting.get(waiting.size() - 1);
      last.cancel();
      assertThat(client.result(NtStatus.PENDING, last)).isEqualTo(NtStatus.CANCELLED);
      assertThat(client.result(NtStatus.PENDING, waiting.get(0))).isEqualTo(YES);
    } else {
      assertThat(waiting).isEmpty();
    }
    client.close(socket);
    for (Irp irp : irps) {
      assertThat(client.result(NtStatus.PENDING, irp)).isIn(YES, NtStatus.CANCELLED);
    }
  }
}
