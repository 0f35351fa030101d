package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.TransportMatrix;

/** Each transport does what it claims, and does not claim less than it does. */
@Timeout(20)
class TransportTest {
  private static final int SOL_SOCKET = System.getProperty("os.name").equals("Linux") ? 1 : 0xFFFF;
  private static final int SO_RCVBUF = System.getProperty("os.name").equals("Linux") ? 8 : 0x1002;
  private static final int SO_BUSY_POLL_ON_LINUX = 46;
  private static final int ESTABLISHED = 1;

  @EachTransportAndFamily
  void shouldConnectAndCarryBytes(Transport transport, StandardProtocolFamily family)
      throws Exception {
    try (TestChannels channels = channels(transport, family)) {
      ServerSocketChannel listener = channels.listener();
      SocketChannel connection = channels.connected(listener.localAddress());

      TestChannels.wait(connection.writeAndFlush(Unpooled.wrappedBuffer(new byte[1])));
      assertThat(connection.remoteAddress()).isEqualTo(listener.localAddress());
      assertThat(connection.isActive()).isTrue();
    }
  }

  @EachTransport
  void shouldChooseTheFamilyIfItSaysSo(Transport transport) throws Exception {
    try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
      InetSocketAddress address = channels.listener(channels.any(0), it -> {}).localAddress();

      if (transport.can(TransportFeature.FAMILY_CHOICE)) {
        assertThat(address.getAddress()).isInstanceOf(Inet4Address.class);
        assertThatThrownBy(() -> connect("::1", address)).isInstanceOf(IOException.class);
      } else {
        connect("::1", address);
      }
      connect("127.0.0.1", address);
    }
  }

  @EachTransport
  void shouldKeepIpv4AwayFromIpv6ListenersIfItSaysSo(Transport transport) throws Exception {
    try (TestChannels channels = channels(transport, StandardProtocolFamily.INET6)) {
      boolean can = transport.can(TransportFeature.IPV6_ONLY);
      InetSocketAddress only =
          channels
              .listener(
                  channels.any(0), it -> assertThat(transport.setIpv6Only(it, true)).isEqualTo(can))
              .localAddress();
      InetSocketAddress both =
          channels
              .listener(
                  channels.any(0),
                  it -> assertThat(transport.setIpv6Only(it, false)).isEqualTo(can))
              .localAddress();

      if (can) {
        assertThatThrownBy(() -> connect("127.0.0.1", only)).isInstanceOf(IOException.class);
      } else {
        connect("127.0.0.1", only);
      }
      connect("::1", only);
      connect("127.0.0.1", both);
    }
  }

  @EachTransport
  void shouldShareAPortIfItSaysSo(Transport transport) throws Exception {
    try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
      ServerSocketChannel first =
          channels.listener(
              channels.loopback(0),
              it ->
                  assertThat(transport.setReusePort(it, true))
                      .isEqualTo(transport.can(TransportFeature.REUSE_PORT)));
      ServerSocketChannel second = channels.unboundListener(it -> transport.setReusePort(it, true));

      ChannelFuture bound = second.bind(first.localAddress());

      if (transport.can(TransportFeature.REUSE_PORT)) {
        TestChannels.wait(bound);
      } else {
        TestChannels.failure(bound);
      }
    }
  }

  @EachTransport
  void shouldSetAndReadAnyOptionIfItSaysSo(Transport transport) throws Exception {
    ChannelOption<Integer> option = transport.rawOption(SOL_SOCKET, SO_RCVBUF);

    if (transport.can(TransportFeature.RAW_OPTIONS)) {
      try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
        SocketChannel connection = channels.connection();

        assertThat(connection.config().setOption(option, 8192)).isTrue();
        // Linux doubles what it is given.
        assertThat(connection.config().getOption(option)).isIn(8192, 16384);
        assertThat(connection.config().getReceiveBufferSize()).isIn(8192, 16384);
      }
    } else {
      assertThat(option).isNull();
    }
  }

  @EachTransport
  void shouldTellHowAConnectionFaresIfItSaysSo(Transport transport) throws Exception {
    try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
      SocketChannel connection = channels.connected(channels.listener().localAddress());

      TcpInfo info = transport.tcpInfo(connection);

      if (transport.can(TransportFeature.TCP_INFO)) {
        assertThat(info.state()).isEqualTo(ESTABLISHED);
        assertThat(info.unacked()).isZero();
        assertThat(info.totalRetransmits()).isZero();
        assertThat(info.retransmits()).isZero();
        assertThat(info.sendMss()).isPositive();
        assertThat(info.sendWindow()).isPositive();
        assertThat(info.rttMicros()).isPositive();
        assertThat(info.rttVarianceMicros()).isPositive();
      } else {
        assertThat(info).isNull();
      }
    }
  }

  @EachTransport
  void shouldPollTheDeviceIfItSaysSo(Transport transport) throws Exception {
    if (transport.can(TransportFeature.BUSY_POLL)) {
      try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
        SocketChannel connection = channels.connection();
        ChannelOption<Integer> option = transport.rawOption(SOL_SOCKET, SO_BUSY_POLL_ON_LINUX);

        // More than the system's own value may need a privilege; setting what it is does not.
        Integer current = connection.config().getOption(option);
        assertThat(current).isNotNull();
        assertThat(connection.config().setOption(option, current)).isTrue();
      }
    }
  }

  @EachTransport
  void shouldTakeDataAlongWithTheConnectIfItSaysSo(Transport transport) throws Exception {
    try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
      SocketChannel connection = channels.connection();

      boolean set = connection.config().setOption(ChannelOption.TCP_FASTOPEN_CONNECT, true);

      assertThat(set).isEqualTo(transport.can(TransportFeature.FAST_OPEN_CONNECT));
      ChannelFuture sent = connection.write(Unpooled.wrappedBuffer(new byte[100]));
      TestChannels.wait(connection.connect(channels.listener().localAddress()));
      connection.flush();
      TestChannels.wait(sent);
    }
  }

  @EachTransport
  void shouldPrepareListenersForTheirBind(Transport transport) throws Exception {
    try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
      ServerSocketChannel listener =
          channels.unboundListener(it -> transport.prepareListener(it, 7));

      assertThat(listener.config().getBacklog()).isEqualTo(7);
      assertThat(listener.config().isReuseAddress())
          .isEqualTo(!System.getProperty("os.name").startsWith("Windows"));
    }
  }

  @EachTransport
  void shouldMakeChannelsForItsOwnLoops(Transport transport) {
    Channel connection = transport.openConnection(StandardProtocolFamily.INET);
    try {
      assertThat(connection.isOpen()).isTrue();
      assertThat(connection.isRegistered()).isFalse();
      assertThat(transport).hasToString(transport.name());
    } finally {
      connection.unsafe().closeForcibly();
    }
  }

  private static TestChannels channels(Transport transport, StandardProtocolFamily family) {
    return new TestChannels(transport, family, TransportMatrix.loops(transport));
  }

  private static void connect(String host, InetSocketAddress listener) throws IOException {
    try (Socket peer = TestChannels.peer(TestChannels.address(host, listener.getPort()))) {
      assertThat(peer.isConnected()).isTrue();
    }
  }
}
