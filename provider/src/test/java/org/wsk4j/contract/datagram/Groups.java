package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.concurrent.atomic.AtomicInteger;
import org.wsk4j.control.GroupRequest;
import org.wsk4j.control.GroupSourceRequest;
import org.wsk4j.control.IpMreq;
import org.wsk4j.control.IpMreqSource;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Mreq;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/**
 * Sockets that join multicast groups on one interface.
 *
 * @param client the client
 * @param calls its control calls
 * @param sockets makes its sockets
 * @param index the interface
 */
record Groups(TestClient client, Controls calls, DatagramClient sockets, int index) {
  private static final int MARKER = 99;
  private static final AtomicInteger NEXT = new AtomicInteger(1);

  /** On the loopback interface. */
  static Groups on(Transport transport, int family, TestScope scope) throws Exception {
    return on(transport, family, "lo", scope);
  }

  static Groups on(Transport transport, int family, String name, TestScope scope) throws Exception {
    TestClient client = TestClient.on(transport, scope);
    return new Groups(
        client,
        new Controls(client),
        new DatagramClient(client, family),
        NetworkInterface.getByName(name).getIndex());
  }

  // ---- Addresses

  /** {@return a group that no other test has joined} */
  static Inet4Address group() {
    int next = NEXT.getAndIncrement();
    int test = (int) (ProcessHandle.current().pid() & 0x7F);
    return v4(239, 200 + test % 50, test, next);
  }

  static Inet6Address group6() {
    int next = NEXT.getAndIncrement();
    return (Inet6Address) name("ff15::77:" + Integer.toHexString(next));
  }

  static Inet4Address v4(int... octets) {
    byte[] bytes = new byte[4];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return (Inet4Address) TestClient.address(bytes, 0).getAddress();
  }

  static InetAddress name(String literal) {
    return new InetSocketAddress(literal, 0).getAddress();
  }

  /** {@return the interface as an address of IPv4: its index} */
  Inet4Address byIndex() {
    return v4(0, index >>> 16, index >>> 8, index);
  }

  boolean isV6() {
    return sockets.family() == AddressFamily.INET6;
  }

  InetAddress newGroup() {
    return isV6() ? group6() : group();
  }

  // ---- Sockets

  WskDatagramSocket boundToAny() throws InterruptedException {
    return sockets.boundTo(TestClient.any(sockets.family(), 0));
  }

  /** {@return a socket that sends multicasts by the interface} */
  WskDatagramSocket sender(InetSocketAddress at) throws InterruptedException {
    WskDatagramSocket sender = sockets.boundTo(at);
    assertThat(
            isV6()
                ? calls.set(sender, Ipv6Options.MULTICAST_IF, index)
                : calls.set(sender, IpOptions.MULTICAST_IF, byIndex()))
        .isEqualTo(NtStatus.SUCCESS);
    return sender;
  }

  WskDatagramSocket sender() throws InterruptedException {
    return sender(TestClient.loopback(sockets.family(), 0));
  }

  /** Sends to a group at the port of a socket. */
  void send(WskDatagramSocket sender, InetAddress group, WskDatagramSocket receiver, int what)
      throws InterruptedException {
    int port = sockets.local(receiver).getPort();
    sockets.send(sender, new InetSocketAddress(group, port), (byte) what);
  }

  void assertHears(WskDatagramSocket sender, InetAddress group, WskDatagramSocket... receivers)
      throws InterruptedException {
    send(sender, group, receivers[0], 7);
    for (WskDatagramSocket receiver : receivers) {
      assertThat(sockets.receive(receiver)).containsExactly(7);
    }
  }

  /** What is sent to the socket itself comes first, so nothing came of the group. */
  void assertDeaf(WskDatagramSocket sender, InetAddress group, WskDatagramSocket receiver)
      throws InterruptedException {
    send(sender, group, receiver, 7);
    InetSocketAddress own = sockets.local(sender);
    send(sender, own.getAddress(), receiver, MARKER);
    assertThat(sockets.receive(receiver)).containsExactly(MARKER);
  }

  // ---- Requests

  NtStatus join(WskSocket socket, InetAddress group) throws InterruptedException {
    return request(
        socket, isV6() ? Ipv6Options.MCAST_JOIN_GROUP : IpOptions.MCAST_JOIN_GROUP, group);
  }

  NtStatus leave(WskSocket socket, InetAddress group) throws InterruptedException {
    return request(
        socket, isV6() ? Ipv6Options.MCAST_LEAVE_GROUP : IpOptions.MCAST_LEAVE_GROUP, group);
  }

  NtStatus request(WskSocket socket, WskControlKey<GroupRequest, Void> key, InetAddress group)
      throws InterruptedException {
    return calls.set(socket, key, new GroupRequest(index, new InetSocketAddress(group, 0)));
  }

  NtStatus request(
      WskSocket socket,
      WskControlKey<GroupSourceRequest, Void> key,
      InetAddress group,
      InetAddress source)
      throws InterruptedException {
    return calls.set(
        socket,
        key,
        new GroupSourceRequest(
            index, new InetSocketAddress(group, 0), new InetSocketAddress(source, 0)));
  }

  NtStatus mreq(
      WskSocket socket, WskControlKey<IpMreq, Void> key, InetAddress group, Inet4Address place)
      throws InterruptedException {
    return calls.set(socket, key, new IpMreq((Inet4Address) group, place));
  }

  NtStatus mreq(
      WskSocket socket,
      WskControlKey<IpMreqSource, Void> key,
      InetAddress group,
      Inet4Address source,
      Inet4Address place)
      throws InterruptedException {
    return calls.set(socket, key, new IpMreqSource((Inet4Address) group, source, place));
  }

  NtStatus mreq6(WskSocket socket, WskControlKey<Ipv6Mreq, Void> key, InetAddress group, int place)
      throws InterruptedException {
    return calls.set(socket, key, new Ipv6Mreq((Inet6Address) group, place));
  }
}
