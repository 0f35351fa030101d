package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.control.GroupRequest;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.ChildCases;
import org.wsk4j.provider.testing.ClaimedPorts;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.testing.NetworkNamespace;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.testing.TestScope;

/** Runs in one of two joined network namespaces: multicast with foreign programs in the other. */
final class MulticastElsewhere {
  static final String HERE = "10.78.0.1";
  static final String HERE6 = "fd78::1";
  static final String THERE = "10.78.0.2";
  static final String THERE6 = "fd78::2";

  private static final int V4 = AddressFamily.INET;
  private static final int V6 = AddressFamily.INET6;
  private static final NtStatus YES = NtStatus.SUCCESS;

  private final String elsewhere;

  private MulticastElsewhere(String elsewhere) {
    this.elsewhere = elsewhere;
  }

  public static void main(String[] arguments) {
    MulticastElsewhere all = new MulticastElsewhere(arguments[0]);
    Map<String, ChildCases.Case> cases = new LinkedHashMap<>();
    cases.put("hears IPv4", (on, scope) -> all.hears(on, scope, V4));
    cases.put("hears IPv6", (on, scope) -> all.hears(on, scope, V6));
    cases.put("is heard on IPv4", (on, scope) -> all.isHeard(on, scope, V4));
    cases.put("is heard on IPv6", (on, scope) -> all.isHeard(on, scope, V6));
    cases.put("usual interface", (on, scope) -> usualInterface(on, scope));
    cases.put("chosen senders", (on, scope) -> chosenSenders(on, scope));
    cases.put("whole IPv4", (on, scope) -> whole(on, scope, V4));
    cases.put("whole IPv6", (on, scope) -> whole(on, scope, V6));
    ChildCases.run(cases);
  }

  private static Groups groups(Transport on, int family, TestScope scope) throws Exception {
    return Groups.on(on, family, NetworkNamespace.LINK, scope);
  }

  private static WskDatagramSocket sender(Groups groups) throws InterruptedException {
    return groups.sender(new InetSocketAddress(groups.isV6() ? HERE6 : HERE, 0));
  }

  private ForeignProgram program(TestScope scope, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("ip", "netns", "exec", elsewhere, "socat", "-d", "-d"));
    command.addAll(List.of(arguments));
    return ForeignProgram.start(scope, command);
  }

  /** A program in the other namespace sends to the group; our own senders do too. */
  private void hears(Transport on, TestScope scope, int family) throws Exception {
    Groups groups = groups(on, family, scope);
    boolean v6 = groups.isV6();
    InetAddress group = groups.newGroup();
    WskDatagramSocket receiver = groups.boundToAny();
    WskDatagramSocket sender = sender(groups);
    groups.assertDeaf(sender, group, receiver);
    assertThat(groups.join(receiver, group)).isEqualTo(YES);
    groups.assertHears(sender, group, receiver);

    WskControlKey<Integer, Integer> loop =
        v6 ? Ipv6Options.MULTICAST_LOOP : IpOptions.MULTICAST_LOOP;
    if (on.can(TransportFeature.DESTINATION)) {
      assertThat(groups.calls().set(receiver, loop, 0)).isEqualTo(YES);
      groups.assertDeaf(sender, group, receiver);
    }
    int port = groups.sockets().local(receiver).getPort();
    String to =
        v6
            ? "UDP6-DATAGRAM:[" + group.getHostAddress() + "]:" + port
            : "UDP4-DATAGRAM:" + group.getHostAddress() + ":" + port + ",ip-multicast-if=" + THERE;
    ForeignProgram foreign = program(scope, "-u", "-", to);
    foreign.input().write(42);
    foreign.input().close();
    assertThat(groups.sockets().receive(receiver)).containsExactly(42);
    foreign.succeed();

    assertThat(groups.calls().set(receiver, loop, 1)).isEqualTo(YES);
    groups.assertHears(sender, group, receiver);
    assertThat(
            v6
                ? groups.mreq6(receiver, Ipv6Options.LEAVE_GROUP, group, 0)
                : groups.leave(receiver, group))
        .isEqualTo(YES);
    groups.assertDeaf(sender, group, receiver);
    if (v6) {
      int index = groups.index();
      assertThat(groups.mreq6(receiver, Ipv6Options.JOIN_GROUP, group, index)).isEqualTo(YES);
      groups.assertHears(sender, group, receiver);
    }
    groups.client().closeAll();
  }

  private void isHeard(Transport on, TestScope scope, int family) throws Exception {
    Groups groups = groups(on, family, scope);
    boolean v6 = groups.isV6();
    InetAddress group = groups.newGroup();
    int port = ClaimedPorts.next();
    String join =
        v6
            ? "ipv6-join-group=[" + group.getHostAddress() + "]:" + NetworkNamespace.LINK
            : "ip-add-membership=" + group.getHostAddress() + ":" + THERE;
    ForeignProgram foreign =
        program(scope, "-u", (v6 ? "UDP6-RECV:" : "UDP4-RECV:") + port + "," + join, "-");
    await().until(() -> foreign.complaints().contains("starting data transfer"));
    groups.sockets().send(sender(groups), new InetSocketAddress(group, port), (byte) 43);
    assertThat(foreign.output().read()).isEqualTo(43);
    groups.client().closeAll();
  }

  /** Nobody says by which interface, so it is the one by which the routes would send. */
  private static void usualInterface(Transport on, TestScope scope) throws Exception {
    Groups groups = groups(on, V4, scope);
    Inet4Address group = Groups.group();
    WskDatagramSocket receiver = groups.boundToAny();
    WskDatagramSocket sender = sender(groups);
    Inet4Address none = Groups.v4(0, 0, 0, 0);
    assertThat(groups.mreq(receiver, IpOptions.ADD_MEMBERSHIP, group, none)).isEqualTo(YES);
    groups.assertHears(sender, group, receiver);
    assertThat(groups.join(receiver, group)).isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    assertThat(groups.leave(receiver, group)).isEqualTo(YES);
    groups.assertDeaf(sender, group, receiver);

    Groups groups6 = groups(on, V6, scope);
    InetAddress group6 = Groups.group6();
    WskDatagramSocket receiver6 = groups6.boundToAny();
    assertThat(groups6.mreq6(receiver6, Ipv6Options.JOIN_GROUP, group6, 0)).isEqualTo(YES);
    groups6.assertHears(sender(groups6), group6, receiver6);
    // On the loopback interface it is another membership.
    GroupRequest loopback = new GroupRequest(1, new InetSocketAddress(group6, 0));
    assertThat(groups6.calls().set(receiver6, Ipv6Options.MCAST_JOIN_GROUP, loopback))
        .isEqualTo(YES);
    assertThat(groups6.calls().set(receiver6, Ipv6Options.MCAST_LEAVE_GROUP, loopback))
        .isEqualTo(YES);
    groups6.assertHears(sender(groups6), group6, receiver6);
    groups.client().closeAll();
    groups6.client().closeAll();
  }

  private static void chosenSenders(Transport on, TestScope scope) throws Exception {
    Groups groups = groups(on, V6, scope);
    InetAddress group = groups.newGroup();
    InetAddress here = Groups.name(HERE6);
    WskDatagramSocket receiver = groups.boundToAny();
    WskDatagramSocket sender = sender(groups);
    assertThat(
            groups.request(
                receiver, Ipv6Options.MCAST_JOIN_SOURCE_GROUP, group, Groups.name(THERE6)))
        .isEqualTo(YES);
    groups.assertDeaf(sender, group, receiver);
    assertThat(groups.request(receiver, Ipv6Options.MCAST_JOIN_SOURCE_GROUP, group, here))
        .isEqualTo(YES);
    groups.assertHears(sender, group, receiver);
    assertThat(groups.leave(receiver, group)).isEqualTo(YES);
    assertThat(groups.join(receiver, group)).isEqualTo(YES);
    assertThat(groups.request(receiver, Ipv6Options.MCAST_BLOCK_SOURCE, group, here))
        .isEqualTo(YES);
    groups.assertDeaf(sender, group, receiver);
    assertThat(groups.request(receiver, Ipv6Options.MCAST_UNBLOCK_SOURCE, group, here))
        .isEqualTo(YES);
    groups.assertHears(sender, group, receiver);
    groups.client().closeAll();
  }

  /** What is longer than a packet of the link is cut, or refused. */
  private static void whole(Transport on, TestScope scope, int family) throws Exception {
    Groups groups = groups(on, family, scope);
    boolean v6 = groups.isV6();
    TestClient client = groups.client();
    WskDatagramSocket sender = sender(groups);
    InetSocketAddress to = new InetSocketAddress(v6 ? THERE6 : THERE, 9);
    WskBuf large = WskBuf.of(new byte[5000]);
    WskControlKey<Integer, Integer> key = v6 ? Ipv6Options.DONTFRAG : IpOptions.DONTFRAGMENT;
    client.succeed(irp -> sender.sendTo(large, 0, to, null, irp));
    if (on.datagramOptions().contains(v6 ? SystemOption.WHOLE6 : SystemOption.WHOLE)) {
      assertThat(groups.calls().set(sender, key, 1)).isEqualTo(YES);
      client.drain();
      assertThat(client.result(irp -> sender.sendTo(large, 0, to, null, irp)))
          .isEqualTo(NtStatus.INVALID_BUFFER_SIZE);
      client.succeed(irp -> sender.sendTo(WskBuf.of(new byte[1000]), 0, to, null, irp));
      assertThat(groups.calls().set(sender, key, 0)).isEqualTo(YES);
      client.drain();
      client.succeed(irp -> sender.sendTo(large, 0, to, null, irp));
    }
    client.closeAll();
  }
}
