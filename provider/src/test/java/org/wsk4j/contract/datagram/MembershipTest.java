package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.GroupRequest;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.MessageFlags;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/**
 * Multicast groups that sockets join and leave, on the loopback interface. Datagrams of IPv6 groups
 * have no route there; {@link MulticastElsewhereTest} sends them.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
@EnabledOnOs(value = OS.LINUX, disabledReason = "goes by the loopback interface of Linux")
class MembershipTest {
  private static final int V4 = AddressFamily.INET;
  private static final int V6 = AddressFamily.INET6;
  private static final NtStatus YES = NtStatus.SUCCESS;
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;
  private static final NtStatus TWICE = NtStatus.ADDRESS_ALREADY_EXISTS;
  private static final NtStatus NOT_THERE = NtStatus.INVALID_ADDRESS_COMPONENT;
  private static final NtStatus WRONG = NtStatus.INVALID_DEVICE_REQUEST;
  private static final Inet4Address NO_PLACE = Groups.v4(0, 0, 0, 0);
  private static final Inet4Address LOCALHOST = Groups.v4(127, 0, 0, 1);

  // ---- What is heard

  @EachTransport
  @Rule({"OPT-88", "OPT-90", "OPT-91"})
  void shouldHearAGroupWhileItIsJoined(Transport on, TestScope scope) throws Exception {
    Groups groups = Groups.on(on, V4, scope);
    WskDatagramSocket receiver = groups.boundToAny();
    WskDatagramSocket sender = groups.sender();
    InetAddress group = Groups.group();
    groups.assertDeaf(sender, group, receiver);
    for (Inet4Address place : List.of(groups.byIndex(), LOCALHOST)) {
      assertThat(groups.mreq(receiver, IpOptions.ADD_MEMBERSHIP, group, place)).isEqualTo(YES);
      groups.assertHears(sender, group, receiver);
      assertThat(groups.mreq(receiver, IpOptions.DROP_MEMBERSHIP, group, place)).isEqualTo(YES);
      groups.assertDeaf(sender, group, receiver);
    }
    assertThat(groups.join(receiver, group)).isEqualTo(YES);
    groups.assertHears(sender, group, receiver);
    assertThat(groups.leave(receiver, group)).isEqualTo(YES);
    groups.assertDeaf(sender, group, receiver);
    groups.client().closeAll();
  }

  @EachTransport
  @Rule({"OPT-91", "OPT-139"})
  void shouldGiveACopyToEachSharingSocket(Transport on, TestScope scope) throws Exception {
    Groups groups = Groups.on(on, V4, scope);
    InetAddress group = Groups.group();
    List<WskDatagramSocket> receivers = new ArrayList<>();
    int port = 0;
    for (int i = 0; i < 3; i++) {
      WskDatagramSocket one = groups.sockets().socket();
      assertThat(groups.calls().set(one, WskOptions.REUSEADDR, 1)).isEqualTo(YES);
      InetSocketAddress at = TestClient.any(V4, port);
      groups.client().succeed(irp -> one.bind(at, 0, irp));
      port = groups.sockets().local(one).getPort();
      assertThat(groups.join(one, group)).isEqualTo(YES);
      receivers.add(one);
    }
    WskDatagramSocket sender = groups.sender();
    groups.assertHears(sender, group, receivers.toArray(WskDatagramSocket[]::new));
    assertThat(groups.leave(receivers.get(1), group)).isEqualTo(YES);
    groups.assertHears(sender, group, receivers.get(0), receivers.get(2));
    groups.client().closeAll();
  }

  @EachTransport
  @Rule("OPT-91")
  void shouldSayThatADatagramCameToAGroup(Transport on, TestScope scope) throws Exception {
    Groups groups = Groups.on(on, V4, scope);
    InetAddress group = Groups.group();
    WskDatagramSocket ofGroup = groups.sockets().boundTo(new InetSocketAddress(group, 0));
    WskDatagramSocket ofAll = groups.boundToAny();
    WskDatagramSocket sender = groups.sender();
    for (WskDatagramSocket receiver : List.of(ofGroup, ofAll)) {
      assertThat(groups.join(receiver, group)).isEqualTo(YES);
      groups.send(sender, group, receiver, 5);
      DatagramClient.Received got = groups.sockets().receive(receiver, WskBuf.of(new byte[9]));
      boolean known = receiver == ofGroup || on.can(TransportFeature.DESTINATION);
      assertThat(got.flags()).isEqualTo(known ? MessageFlags.MCAST : 0);
    }
    groups.send(sender, LOCALHOST, ofAll, 6);
    assertThat(groups.sockets().receive(ofAll, WskBuf.of(new byte[9])).flags()).isZero();
    groups.client().closeAll();
  }

  /** The option is one of who hears, not of who sends. */
  @EachTransport
  @Rule({"OPT-84", "OPT-85"})
  void shouldHearThisMachineUnlessToldOtherwise(Transport on, TestScope scope) throws Exception {
    Groups groups = Groups.on(on, V4, scope);
    Controls calls = groups.calls();
    InetAddress group = Groups.group();
    WskDatagramSocket hears = groups.boundToAny();
    WskDatagramSocket sender = groups.sender();
    assertThat(groups.join(hears, group)).isEqualTo(YES);
    for (WskDatagramSocket socket : List.of(hears, sender)) {
      assertThat(calls.get(socket, IpOptions.MULTICAST_LOOP)).isEqualTo(1);
      assertThat(calls.set(socket, IpOptions.MULTICAST_LOOP, 1)).isEqualTo(YES);
    }
    groups.assertHears(sender, group, hears);
    if (!on.can(TransportFeature.DESTINATION)) {
      assertThat(calls.set(hears, IpOptions.MULTICAST_LOOP, 0)).isEqualTo(NtStatus.NOT_SUPPORTED);
      assertThat(calls.get(hears, IpOptions.MULTICAST_LOOP)).isEqualTo(1);
    } else {
      assertThat(calls.set(sender, IpOptions.MULTICAST_LOOP, 0)).isEqualTo(YES);
      groups.client().drain();
      groups.assertHears(sender, group, hears);
      assertThat(calls.set(hears, IpOptions.MULTICAST_LOOP, 0)).isEqualTo(YES);
      assertThat(calls.get(hears, IpOptions.MULTICAST_LOOP)).isZero();
      groups.assertDeaf(sender, group, hears);
      assertThat(calls.set(hears, IpOptions.MULTICAST_LOOP, 1)).isEqualTo(YES);
      groups.assertHears(sender, group, hears);
    }
    groups.client().closeAll();
  }

  @EachTransport
  @Rule({"OPT-88", "OPT-91"})
  void shouldHearWhatItJoinedBeforeItWasBound(Transport on, TestScope scope) throws Exception {
    Groups groups = Groups.on(on, V4, scope);
    WskDatagramSocket receiver = groups.sockets().socket();
    InetAddress group = Groups.group();
    InetAddress left = Groups.group();
    InetAddress blocked = Groups.group();
    InetAddress chosen = Groups.group();
    for (InetAddress each : List.of(group, left, blocked)) {
      assertThat(groups.join(receiver, each)).isEqualTo(YES);
      assertThat(groups.join(receiver, each)).isEqualTo(TWICE);
    }
    assertThat(groups.leave(receiver, left)).isEqualTo(YES);
    assertThat(groups.leave(receiver, left)).isEqualTo(NOT_THERE);
    assertThat(groups.request(receiver, IpOptions.MCAST_BLOCK_SOURCE, blocked, LOCALHOST))
        .isEqualTo(YES);
    assertThat(groups.request(receiver, IpOptions.MCAST_JOIN_SOURCE_GROUP, chosen, LOCALHOST))
        .isEqualTo(YES);
    // A bind that fails takes nothing away.
    InetSocketAddress taken = groups.sockets().local(groups.sockets().bound());
    assertThat(groups.client().result(irp -> receiver.bind(taken, 0, irp))).isEqualTo(TWICE);
    groups.client().succeed(irp -> receiver.bind(TestClient.any(V4, 0), 0, irp));
    WskDatagramSocket sender = groups.sender();
    groups.assertHears(sender, group, receiver);
    groups.assertHears(sender, chosen, receiver);
    groups.assertDeaf(sender, left, receiver);
    groups.assertDeaf(sender, blocked, receiver);
    assertThat(groups.leave(receiver, group)).isEqualTo(YES);
    groups.assertDeaf(sender, group, receiver);
    groups.client().closeAll();
  }

  @EachTransport
  @Rule("OPT-88")
  void shouldHearChosenSenders(Transport on, TestScope scope) throws Exception {
    Groups groups = Groups.on(on, V4, scope);
    WskDatagramSocket receiver = groups.boundToAny();
    Inet4Address second = Groups.v4(127, 0, 0, 2);
    WskDatagramSocket one = groups.sender();
    WskDatagramSocket two = groups.sender(new InetSocketAddress(second, 0));
    InetAddress group = Groups.group();
    Inet4Address lo = groups.byIndex();
    assertThat(groups.mreq(receiver, IpOptions.ADD_SOURCE_MEMBERSHIP, group, second, lo))
        .isEqualTo(YES);
    groups.assertHears(two, group, receiver);
    groups.assertDeaf(one, group, receiver);
    assertThat(groups.request(receiver, IpOptions.MCAST_JOIN_SOURCE_GROUP, group, LOCALHOST))
        .isEqualTo(YES);
    groups.assertHears(one, group, receiver);
    assertThat(groups.mreq(receiver, IpOptions.DROP_SOURCE_MEMBERSHIP, group, second, lo))
        .isEqualTo(YES);
    groups.assertDeaf(two, group, receiver);
    groups.assertHears(one, group, receiver);
    assertThat(groups.leave(receiver, group)).isEqualTo(YES);
    groups.assertDeaf(one, group, receiver);
    groups.client().closeAll();
  }

  @EachTransport
  @Rule("OPT-90")
  void shouldNotHearBlockedSenders(Transport on, TestScope scope) throws Exception {
    Groups groups = Groups.on(on, V4, scope);
    WskDatagramSocket receiver = groups.boundToAny();
    WskDatagramSocket sender = groups.sender();
    InetAddress group = Groups.group();
    Inet4Address lo = groups.byIndex();
    groups.join(receiver, group);
    assertThat(groups.mreq(receiver, IpOptions.BLOCK_SOURCE, group, LOCALHOST, lo)).isEqualTo(YES);
    groups.assertDeaf(sender, group, receiver);
    assertThat(groups.mreq(receiver, IpOptions.UNBLOCK_SOURCE, group, LOCALHOST, lo))
        .isEqualTo(YES);
    groups.assertHears(sender, group, receiver);
    assertThat(groups.request(receiver, IpOptions.MCAST_BLOCK_SOURCE, group, LOCALHOST))
        .isEqualTo(YES);
    groups.assertDeaf(sender, group, receiver);
    assertThat(groups.request(receiver, IpOptions.MCAST_UNBLOCK_SOURCE, group, LOCALHOST))
        .isEqualTo(YES);
    groups.assertHears(sender, group, receiver);
    groups.client().closeAll();
  }

  @EachTransport
  @Rule("OPT-74")
  void shouldHearIpv4GroupsOnASocketForBothFamilies(Transport on, TestScope scope)
      throws Exception {
    Groups groups = Groups.on(on, V4, scope);
    WskDatagramSocket receiver = new DatagramClient(groups.client(), V6).socket();
    InetAddress group = Groups.group();
    assertThat(groups.request(receiver, IpOptions.MCAST_JOIN_GROUP, group)).isEqualTo(BAD);
    assertThat(groups.calls().set(receiver, Ipv6Options.V6ONLY, 0)).isEqualTo(YES);
    assertThat(groups.request(receiver, IpOptions.MCAST_JOIN_GROUP, group)).isEqualTo(YES);
    groups.client().succeed(irp -> receiver.bind(TestClient.any(V6, 0), 0, irp));
    groups.assertHears(groups.sender(), group, receiver);
    groups.client().closeAll();
  }

  // ---- What is answered

  @EachTransportAndFamily
  @Rule("OPT-93")
  void shouldMindWhatIsJoined(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    Groups groups = Groups.on(on, TestClient.family(family), scope);
    for (WskDatagramSocket socket : List.of(groups.sockets().socket(), groups.boundToAny())) {
      InetAddress group = groups.newGroup();
      assertThat(groups.leave(socket, group)).isEqualTo(NOT_THERE);
      assertThat(groups.join(socket, group)).isEqualTo(YES);
      assertThat(groups.join(socket, group)).isEqualTo(TWICE);
      assertThat(groups.join(socket, groups.newGroup())).isEqualTo(YES);
      if (groups.isV6()) {
        int lo = groups.index();
        assertThat(groups.mreq6(socket, Ipv6Options.JOIN_GROUP, group, lo)).isEqualTo(TWICE);
        assertThat(groups.mreq6(socket, Ipv6Options.LEAVE_GROUP, group, lo)).isEqualTo(YES);
      } else {
        assertThat(groups.mreq(socket, IpOptions.ADD_MEMBERSHIP, group, LOCALHOST))
            .isEqualTo(TWICE);
        assertThat(groups.mreq(socket, IpOptions.DROP_MEMBERSHIP, group, LOCALHOST)).isEqualTo(YES);
      }
      assertThat(groups.leave(socket, group)).isEqualTo(NOT_THERE);
      assertThat(groups.join(socket, group)).isEqualTo(YES);
      // Where no interface is named, it is left where it was joined.
      assertThat(
              groups.isV6()
                  ? groups.mreq6(socket, Ipv6Options.DROP_MEMBERSHIP, group, 0)
                  : groups.mreq(socket, IpOptions.DROP_MEMBERSHIP, group, NO_PLACE))
          .isEqualTo(YES);
      assertThat(groups.leave(socket, group)).isEqualTo(NOT_THERE);
    }
    groups.client().closeAll();
  }

  @EachTransportAndFamily
  @Rule("OPT-93")
  void shouldMindWhoseDatagramsAreHeard(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    Groups groups = Groups.on(on, TestClient.family(family), scope);
    boolean v6 = groups.isV6();
    InetAddress source = v6 ? Groups.name("::1") : LOCALHOST;
    InetAddress other = v6 ? Groups.name("fd00::9") : Groups.v4(127, 0, 0, 9);
    var joins = v6 ? Ipv6Options.MCAST_JOIN_SOURCE_GROUP : IpOptions.MCAST_JOIN_SOURCE_GROUP;
    var leaves = v6 ? Ipv6Options.MCAST_LEAVE_SOURCE_GROUP : IpOptions.MCAST_LEAVE_SOURCE_GROUP;
    var blocks = v6 ? Ipv6Options.MCAST_BLOCK_SOURCE : IpOptions.MCAST_BLOCK_SOURCE;
    var unblocks = v6 ? Ipv6Options.MCAST_UNBLOCK_SOURCE : IpOptions.MCAST_UNBLOCK_SOURCE;
    for (WskDatagramSocket socket : List.of(groups.sockets().socket(), groups.boundToAny())) {
      InetAddress group = groups.newGroup();
      for (var early : List.of(leaves, blocks, unblocks)) {
        assertThat(groups.request(socket, early, group, source)).isEqualTo(NOT_THERE);
      }
      assertThat(groups.request(socket, joins, group, source)).isEqualTo(YES);
      assertThat(groups.request(socket, joins, group, source)).isEqualTo(TWICE);
      assertThat(groups.request(socket, joins, group, other)).isEqualTo(YES);
      assertThat(groups.join(socket, group)).isEqualTo(TWICE);
      assertThat(groups.request(socket, blocks, group, source)).isEqualTo(BAD);
      assertThat(groups.request(socket, leaves, group, source)).isEqualTo(YES);
      assertThat(groups.request(socket, leaves, group, source)).isEqualTo(NOT_THERE);
      assertThat(groups.request(socket, leaves, group, other)).isEqualTo(YES);
      assertThat(groups.leave(socket, group)).isEqualTo(NOT_THERE);

      assertThat(groups.join(socket, group)).isEqualTo(YES);
      assertThat(groups.request(socket, joins, group, source)).isEqualTo(BAD);
      assertThat(groups.request(socket, leaves, group, source)).isEqualTo(BAD);
      assertThat(groups.request(socket, unblocks, group, source)).isEqualTo(NOT_THERE);
      assertThat(groups.request(socket, blocks, group, source)).isEqualTo(YES);
      assertThat(groups.request(socket, blocks, group, source)).isEqualTo(NOT_THERE);
      assertThat(groups.request(socket, unblocks, group, source)).isEqualTo(YES);
      assertThat(groups.leave(socket, group)).isEqualTo(YES);
    }
    groups.client().closeAll();
  }

  @EachTransport
  @Rule({"OPT-92", "OPT-90", "CTL-08"})
  void shouldRefuseWhatIsNoGroup(Transport on, TestScope scope) throws Exception {
    Groups groups = Groups.on(on, V4, scope);
    Groups groups6 = Groups.on(on, V6, scope);
    InetAddress group = Groups.group();
    InetAddress group6 = Groups.group6();
    for (WskDatagramSocket socket : List.of(groups.sockets().socket(), groups.boundToAny())) {
      for (String no : List.of("127.0.0.1", "223.255.255.255", "240.0.0.1", "0.0.0.0")) {
        assertThat(groups.join(socket, Groups.name(no))).as(no).isEqualTo(BAD);
        assertThat(groups.leave(socket, Groups.name(no))).as(no).isEqualTo(BAD);
        assertThat(groups.mreq(socket, IpOptions.ADD_MEMBERSHIP, Groups.name(no), LOCALHOST))
            .isEqualTo(BAD);
      }
      // Neither is one of the other family.
      assertThat(groups.request(socket, IpOptions.MCAST_JOIN_GROUP, group6)).isEqualTo(BAD);
      assertThat(groups.request(socket, Ipv6Options.MCAST_JOIN_GROUP, group6)).isEqualTo(BAD);
      assertThat(
              groups.request(
                  socket, IpOptions.MCAST_JOIN_SOURCE_GROUP, group, Groups.name("fd00::1")))
          .isEqualTo(BAD);
      assertThat(
              groups
                  .client()
                  .result(irp -> groups.calls().set(socket, IpOptions.ADD_MEMBERSHIP, null, irp)))
          .isEqualTo(BAD);
    }
    WskDatagramSocket v6 = groups6.sockets().socket();
    for (String no : List.of("::1", "fe80::1", "::")) {
      assertThat(groups6.join(v6, Groups.name(no))).isEqualTo(BAD);
      assertThat(groups6.mreq6(v6, Ipv6Options.ADD_MEMBERSHIP, Groups.name(no), groups.index()))
          .isEqualTo(BAD);
    }
    assertThat(groups6.request(v6, Ipv6Options.MCAST_JOIN_GROUP, group)).isEqualTo(BAD);
    // Nor is there such an interface.
    WskDatagramSocket v4 = groups.boundToAny();
    assertThat(groups.mreq(v4, IpOptions.ADD_MEMBERSHIP, group, Groups.v4(192, 0, 2, 253)))
        .isEqualTo(NOT_THERE);
    assertThat(groups.mreq(v4, IpOptions.ADD_MEMBERSHIP, group, Groups.v4(0, 255, 0, 0)))
        .isEqualTo(BAD);
    for (int none : new int[] {-1, 0xFF_FFFF}) {
      GroupRequest request = new GroupRequest(none, new InetSocketAddress(group, 0));
      assertThat(groups.calls().set(v4, IpOptions.MCAST_JOIN_GROUP, request)).isEqualTo(BAD);
      assertThat(groups6.mreq6(v6, Ipv6Options.ADD_MEMBERSHIP, group6, none)).isEqualTo(BAD);
    }
    groups.client().closeAll();
    groups6.client().closeAll();
  }

  @EachTransport
  @Rule({"OPT-88", "OPT-89", "OPT-90", "CTL-10", "CTL-13"})
  void shouldTakeTheLayoutsOfWindows(Transport on, TestScope scope) throws Exception {
    Groups groups = Groups.on(on, V4, scope);
    Groups groups6 = Groups.on(on, V6, scope);
    WskDatagramSocket v4 = groups.boundToAny();
    Inet4Address group = Groups.group();
    Inet4Address lo = groups.byIndex();
    ByteBuffer mreq = bytes(group.getAddress(), lo.getAddress());
    assertLayout(groups.calls(), v4, 0, mreq, 12, 13);
    ByteBuffer local = bytes(group.getAddress(), LOCALHOST.getAddress());
    assertLayout(groups.calls(), v4, 0, local, 12, 13);
    byte[] source = LOCALHOST.getAddress();
    assertLayout(groups.calls(), v4, 0, bytes(group.getAddress(), source, lo.getAddress()), 15, 16);
    assertLayout(groups.calls(), v4, 0, groupReq(groups.index(), storage(group)), 41, 42);
    assertLayout(
        groups.calls(),
        v4,
        0,
        groupReq(groups.index(), storage(group), storage(LOCALHOST)),
        45,
        46);

    WskDatagramSocket v6 = groups6.boundToAny();
    Inet6Address group6 = Groups.group6();
    ByteBuffer mreq6 = Controls.bytes(20).put(group6.getAddress()).putInt(groups.index()).flip();
    assertLayout(groups6.calls(), v6, 41, mreq6, 12, 13);
    assertLayout(groups6.calls(), v6, 41, groupReq(groups.index(), storage(group6)), 41, 42);
    groups.client().closeAll();
    groups6.client().closeAll();
  }

  /** Joined and left as bytes; it is set only, and of one size at least. */
  private static void assertLayout(
      Controls calls, WskSocket socket, int level, ByteBuffer input, int joins, int leaves)
      throws InterruptedException {
    WskControlKey<ByteBuffer, ByteBuffer> join = WskControlKey.raw(level, joins);
    WskControlKey<ByteBuffer, ByteBuffer> leave = WskControlKey.raw(level, leaves);
    ByteBuffer small = input.duplicate().limit(input.limit() - 1);
    for (WskControlKey<ByteBuffer, ByteBuffer> key : List.of(join, leave)) {
      assertThat(calls.set(socket, key, small)).isEqualTo(BAD);
      assertThat(getting(calls, socket, key)).isEqualTo(NtStatus.NOT_SUPPORTED);
      assertThat(calls.set(socket, key, input, null)).isEqualTo(BAD);
    }
    assertThat(calls.set(socket, join, input)).isEqualTo(YES);
    assertThat(calls.set(socket, join, input)).isEqualTo(TWICE);
    assertThat(calls.set(socket, leave, input)).isEqualTo(YES);
    assertThat(calls.set(socket, leave, input)).isEqualTo(NOT_THERE);
  }

  private static NtStatus getting(
      Controls calls, WskSocket socket, WskControlKey<ByteBuffer, ByteBuffer> key)
      throws InterruptedException {
    Out<ByteBuffer> place = new Out<>(Controls.bytes(300));
    return calls.client().result(irp -> calls.get(socket, key, 300, place, null, irp));
  }

  private static ByteBuffer bytes(byte[]... parts) {
    ByteBuffer whole = Controls.bytes(64);
    for (byte[] part : parts) {
      whole.put(part);
    }
    return whole.flip();
  }

  private static ByteBuffer groupReq(int index, byte[]... storages) {
    ByteBuffer request = Controls.bytes(8 + 128 * storages.length).putInt(index).putInt(0);
    for (byte[] storage : storages) {
      request.put(storage);
    }
    return request.flip();
  }

  /** SOCKADDR_STORAGE of Windows, whose AF_INET6 is 23. */
  private static byte[] storage(InetAddress address) {
    ByteBuffer bytes = Controls.bytes(128);
    if (address instanceof Inet4Address) {
      bytes.putShort((short) 2).putShort((short) 0).put(address.getAddress());
    } else {
      bytes.putShort((short) 23).putShort((short) 0).putInt(0).put(address.getAddress());
    }
    byte[] all = new byte[128];
    bytes.rewind().get(all);
    return all;
  }

  @EachTransport
  @Rule({"OPT-88", "CTL-08"})
  void shouldBeForDatagramSocketsAlone(Transport on, TestScope scope) throws Exception {
    Groups groups = Groups.on(on, V4, scope);
    TestClient client = groups.client();
    InetAddress group = Groups.group();
    for (WskSocket socket :
        List.of(
            groups.calls().basic(V4, true),
            groups.calls().basic(V4, false),
            client.listening(),
            client.bound(),
            client.boundStream())) {
      assertThat(groups.join(socket, group)).isEqualTo(WRONG);
      assertThat(groups.mreq(socket, IpOptions.ADD_MEMBERSHIP, group, LOCALHOST)).isEqualTo(WRONG);
      assertThat(groups.mreq(socket, IpOptions.BLOCK_SOURCE, group, LOCALHOST, LOCALHOST))
          .isEqualTo(WRONG);
    }
    WskDatagramSocket closed = groups.boundToAny();
    client.close(closed);
    assertThat(groups.join(closed, group)).isEqualTo(NtStatus.INVALID_HANDLE);
    client.closeAll();
  }

  @EachTransport
  @Rule("OPT-93")
  void shouldSayThatTheSystemHasNoRoomForMore(Transport on, TestScope scope) throws Exception {
    Path limit = Path.of("/proc/sys/net/ipv4/igmp_max_memberships");
    assumeTrue(Files.exists(limit), "needs " + limit);
    // What is there comes whole with the first read, or not at all.
    int most = Integer.parseInt(Files.readAllLines(limit).get(0));
    assumeTrue(most <= 1000, "the system lets a socket join " + most + " groups");
    Groups groups = Groups.on(on, V4, scope);
    WskDatagramSocket socket = groups.boundToAny();
    Inet4Address last = Groups.v4(239, 254, 0, 0);
    int joined = 0;
    while (joined <= most && groups.join(socket, last) == YES) {
      joined++;
      last = Groups.v4(239, 254, joined / 250, joined % 250);
    }
    assertThat(joined).isEqualTo(most);
    assertThat(groups.join(socket, last)).isEqualTo(NtStatus.INSUFFICIENT_RESOURCES);
    assertThat(groups.leave(socket, last)).isEqualTo(NOT_THERE);
    assertThat(groups.leave(socket, Groups.v4(239, 254, 0, 0))).isEqualTo(YES);
    assertThat(groups.join(socket, last)).isEqualTo(YES);
    groups.client().closeAll();
  }

  // ---- The end

  @EachTransportAndFamily
  @Rule("OPT-94")
  void shouldEndWithTheSocket(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    Groups groups = Groups.on(on, TestClient.family(family), scope);
    InetAddress group = groups.newGroup();
    assertThat(isHeardBySomebody(group)).isFalse();
    WskDatagramSocket one = groups.boundToAny();
    WskDatagramSocket two = groups.boundToAny();
    for (WskDatagramSocket each : List.of(one, two)) {
      assertThat(groups.join(each, group)).isEqualTo(YES);
    }
    groups.client().close(one);
    assertThat(isHeardBySomebody(group)).isTrue();
    groups.client().close(two);
    assertThat(isHeardBySomebody(group)).isFalse();
    assertThat(groups.leave(groups.boundToAny(), group)).isEqualTo(NOT_THERE);
    groups.client().closeAll();
  }

  /** As the system tells of all sockets together. */
  private static boolean isHeardBySomebody(InetAddress group) throws Exception {
    byte[] octets = group.getAddress();
    if (group instanceof Inet4Address) {
      int number = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).getInt();
      String hex = String.format(Locale.ROOT, "%08X", number);
      return Files.readString(Path.of("/proc/net/igmp")).contains(hex);
    }
    String hex = HexFormat.of().formatHex(octets);
    return Files.readString(Path.of("/proc/net/igmp6")).contains(hex);
  }
}
