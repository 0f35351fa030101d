package org.wsk4j.provider.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.TransportMatrix;

/**
 * Runs in a network namespace whose routes are made for this, and writes one line for each
 * transport, family and case: these and the status. All attempts run at the same time.
 */
final class RoutingErrors {
  private static final int PORT = 9;

  /** What the shell does before, in the new namespace. */
  static final String SETUP =
      """
      ip link set lo up
      ip link add wsk0 type veth peer name wsk1
      ip link set wsk0 up
      ip link set wsk1 up
      ip addr add 203.0.113.1/24 dev wsk0
      ip -6 addr add 2001:db8:1::1/64 dev wsk0 nodad
      ip neigh add 203.0.113.9 lladdr 02:00:00:00:00:09 dev wsk0
      ip -6 neigh add 2001:db8:1::9 lladdr 02:00:00:00:00:09 dev wsk0
      ip route add unreachable 198.51.100.0/24
      ip -6 route add unreachable 2001:db8:2::/48
      ip route add prohibit 198.18.0.0/24
      ip -6 route add prohibit 2001:db8:3::/48
      echo 1 > /proc/sys/net/ipv4/tcp_syn_retries
      """;

  /** The cases, with an IPv4 and an IPv6 address that shows each. */
  enum Case {
    NO_ROUTE("192.0.2.1", "2001:db8:9::1"),
    UNREACHABLE("198.51.100.1", "2001:db8:2::1"),
    PROHIBITED("198.18.0.1", "2001:db8:3::1"),
    SILENT_UNTIL_THE_SYSTEM_GIVES_UP("203.0.113.9", "2001:db8:1::9"),
    SILENT_UNTIL_NETTY_GIVES_UP("203.0.113.9", "2001:db8:1::9"),
    DATAGRAM_WITHOUT_ROUTE("192.0.2.1", "2001:db8:9::1"),
    DATAGRAM_TO_UNREACHABLE("198.51.100.1", "2001:db8:2::1"),
    DATAGRAM_PROHIBITED("198.18.0.1", "2001:db8:3::1");

    private final String ipv4;
    private final String ipv6;

    Case(String ipv4, String ipv6) {
      this.ipv4 = ipv4;
      this.ipv6 = ipv6;
    }

    boolean isDatagram() {
      return name().startsWith("DATAGRAM");
    }

    InetSocketAddress address(StandardProtocolFamily family) {
      return TestChannels.address(family == StandardProtocolFamily.INET ? ipv4 : ipv6, PORT);
    }
  }

  private RoutingErrors() {}

  /** One line of the output. */
  static String line(Transport transport, StandardProtocolFamily family, Case tried, NtStatus is) {
    return String.join(" ", transport.name(), family.name(), tried.name(), is.name());
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Supplier<String>> attempts = new LinkedHashMap<>();
    for (Transport transport : TransportMatrix.transports()) {
      for (StandardProtocolFamily family :
          List.of(StandardProtocolFamily.INET, StandardProtocolFamily.INET6)) {
        TestChannels channels =
            new TestChannels(transport, family, TransportMatrix.loops(transport));
        for (Case tried : Case.values()) {
          Supplier<NtStatus> attempt = begin(channels, family, tried);
          attempts.put(
              transport + " " + family + " " + tried,
              () -> line(transport, family, tried, attempt.get()));
        }
      }
    }
    attempts.values().forEach(attempt -> System.out.println(attempt.get()));
  }

  private static Supplier<NtStatus> begin(
      TestChannels channels, StandardProtocolFamily family, Case tried) throws Exception {
    InetSocketAddress address = tried.address(family);
    if (tried.isDatagram()) {
      DatagramChannel sender = channels.datagrams(channels.any(0));
      ChannelFuture sent =
          sender.writeAndFlush(new DatagramPacket(Unpooled.directBuffer(1).writeZero(1), address));
      return () -> Statuses.of(failure(sent), IoOperation.SEND_TO);
    }
    SocketChannel connection = channels.connection();
    connection.config().setConnectTimeoutMillis(tried == Case.SILENT_UNTIL_NETTY_GIVES_UP ? 50 : 0);
    ChannelFuture connected = connection.connect(address);
    return () -> Statuses.ofConnect(failure(connected), address);
  }

  private static Throwable failure(ChannelFuture future) {
    try {
      return TestChannels.failure(future);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
