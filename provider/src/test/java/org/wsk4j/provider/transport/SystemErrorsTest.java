package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.wsk4j.provider.transport.TestChannels.failure;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.TransportMatrix;

/** The rows of {@link Statuses} that this machine can be brought to show, with its real errors. */
@Timeout(20)
class SystemErrorsTest {
  private static final int MANY_WRITES = 10_000;
  private static final int LONGER_THAN_ANY_DATAGRAM = 70_000;

  @EachTransportAndFamily
  void shouldTellThatAnAddressIsInUse(Transport transport, StandardProtocolFamily family)
      throws Exception {
    try (TestChannels channels = channels(transport, family)) {
      ServerSocketChannel first = channels.listener();
      ServerSocketChannel second = channels.unboundListener(it -> {});

      Throwable failure = failure(second.bind(first.localAddress()));

      assertThat(Statuses.of(failure, IoOperation.BIND)).isSameAs(NtStatus.ADDRESS_ALREADY_EXISTS);
    }
  }

  @EachTransportAndFamily
  void shouldTellThatAnAddressIsNotHere(Transport transport, StandardProtocolFamily family)
      throws Exception {
    try (TestChannels channels = channels(transport, family)) {
      ServerSocketChannel listener = channels.unboundListener(it -> {});
      SocketChannel connection = channels.connection();

      Throwable ofListener = failure(listener.bind(channels.foreign(0)));
      Throwable ofConnection = failure(connection.bind(channels.foreign(0)));

      assertThat(Statuses.of(ofListener, IoOperation.BIND))
          .isSameAs(NtStatus.INVALID_ADDRESS_COMPONENT);
      assertThat(Statuses.of(ofConnection, IoOperation.BIND))
          .isSameAs(NtStatus.INVALID_ADDRESS_COMPONENT);
    }
  }

  @EachTransportAndFamily
  void shouldTellThatNobodyListens(Transport transport, StandardProtocolFamily family)
      throws Exception {
    try (TestChannels channels = channels(transport, family)) {
      InetSocketAddress address = closedPort(channels);

      Throwable failure = failure(channels.connection().connect(address));

      assertThat(Statuses.ofConnect(failure, address)).isSameAs(NtStatus.CONNECTION_REFUSED);
      assertThat(Statuses.of(failure, IoOperation.CONNECT)).isSameAs(NtStatus.CONNECTION_REFUSED);
    }
  }

  @EachTransportAndFamily
  void shouldTellThatAConnectWasNotAnsweredInTime(
      Transport transport, StandardProtocolFamily family) throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (TestChannels channels = channels(transport, family);
        ServerSocket full = new ServerSocket()) {
      full.bind(channels.loopback(0), 1);
      InetSocketAddress address = (InetSocketAddress) full.getLocalSocketAddress();
      fill(address, waiting);
      SocketChannel connection = channels.connection();
      connection.config().setConnectTimeoutMillis(50);

      Throwable failure = failure(connection.connect(address));

      assertThat(Statuses.ofConnect(failure, address)).isSameAs(NtStatus.IO_TIMEOUT);
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @EachTransportAndFamily
  void shouldTellAReceiverThatThePeerHasReset(Transport transport, StandardProtocolFamily family)
      throws Exception {
    try (TestChannels channels = channels(transport, family)) {
      SocketChannel connection = connectedTo(channels, SystemErrorsTest::reset);

      connection.read();

      Throwable failure = channels.nextReported();
      assertThat(Errno.of(failure)).isSameAs(Errno.ECONNRESET);
      assertThat(Statuses.of(failure, IoOperation.RECEIVE)).isSameAs(NtStatus.CONNECTION_RESET);
    }
  }

  @EachTransportAndFamily
  void shouldTellASenderThatThePeerHasReset(Transport transport, StandardProtocolFamily family)
      throws Exception {
    try (TestChannels channels = channels(transport, family)) {
      SocketChannel connection = connectedTo(channels, SystemErrorsTest::reset);

      Throwable failure = writeUntilItFails(connection);

      assertThat(Statuses.of(failure, IoOperation.SEND)).isSameAs(NtStatus.CONNECTION_RESET);
    }
  }

  /** Data for a peer that has closed is answered by a reset, which a sender sees as EPIPE. */
  @EachTransportAndFamily
  void shouldTellASenderThatThePeerHasClosed(Transport transport, StandardProtocolFamily family)
      throws Exception {
    try (TestChannels channels = channels(transport, family)) {
      SocketChannel connection = connectedTo(channels, Socket::close);

      Throwable failure = writeUntilItFails(connection);

      assertThat(Errno.of(failure)).isSameAs(Errno.EPIPE);
      assertThat(Statuses.of(failure, IoOperation.SEND)).isSameAs(NtStatus.CONNECTION_RESET);
    }
  }

  @EachTransport
  void shouldTellThatAClosedChannelHasNoConnectionAndIsDead(Transport transport) throws Exception {
    try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
      SocketChannel connection = channels.connected(channels.listener().localAddress());
      TestChannels.wait(connection.close());

      Throwable failure = failure(connection.writeAndFlush(bytes(1)));

      assertThat(Statuses.of(failure, IoOperation.SEND)).isSameAs(NtStatus.CONNECTION_RESET);
      assertThat(Statuses.of(failure, IoOperation.RECEIVE)).isSameAs(NtStatus.CONNECTION_RESET);
      assertThat(Statuses.of(failure, IoOperation.ACCEPT)).isSameAs(NtStatus.FILE_FORCED_CLOSED);
    }
  }

  @EachTransport
  void shouldTellThatTheOutputIsShutDown(Transport transport) throws Exception {
    try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
      SocketChannel connection = channels.connected(channels.listener().localAddress());
      ChannelFuture waiting = connection.write(bytes(1));
      TestChannels.wait(connection.shutdownOutput());

      Throwable failure = failure(waiting);

      assertThat(Statuses.of(failure, IoOperation.SEND)).isSameAs(NtStatus.INVALID_DEVICE_STATE);
    }
  }

  @EachTransport
  void shouldTellThatItIsConnectedAlready(Transport transport) throws Exception {
    try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
      InetSocketAddress address = channels.listener().localAddress();
      SocketChannel connection = channels.connected(address);

      Throwable failure = failure(connection.connect(address));

      assertThat(Statuses.of(failure, IoOperation.CONNECT)).isSameAs(NtStatus.CONNECTION_ACTIVE);
    }
  }

  @EachTransport
  void shouldTellThatTheLoopHasEnded(Transport transport) {
    WskEventLoopGroup ended = new WskEventLoopGroup(transport, 1);
    ended.shutdown(Duration.ofSeconds(10));

    Throwable failure = catchThrowable(() -> ended.next().execute(() -> {}));

    assertThat(Statuses.of(failure, IoOperation.BIND)).isSameAs(NtStatus.FILE_FORCED_CLOSED);
  }

  @EachTransport
  void shouldTellThatAFamilyIsNotSupported(Transport transport) throws Exception {
    assumeThat(transport.can(TransportFeature.FAMILY_CHOICE)).isTrue();
    try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
      SocketChannel connection = channels.connection();

      Throwable failure = failure(connection.connect(TestChannels.address("::1", 9)));

      assertThat(Statuses.of(failure, IoOperation.CONNECT)).isSameAs(NtStatus.NOT_SUPPORTED);
    }
  }

  @EachTransport
  void shouldTellThatAnOptionIsNotSupported(Transport transport) throws Exception {
    assumeThat(transport.can(TransportFeature.RAW_OPTIONS)).isTrue();
    try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
      SocketChannel connection = channels.connection();
      ChannelOption<Integer> unknown = transport.rawOption(6, 0x7FFF);

      Throwable failure = catchThrowable(() -> connection.config().setOption(unknown, 1));

      assertThat(Statuses.of(failure, IoOperation.CONTROL)).isSameAs(NtStatus.NOT_SUPPORTED);
    }
  }

  @EachTransportAndFamily
  void shouldTellThatADatagramIsTooLong(Transport transport, StandardProtocolFamily family)
      throws Exception {
    try (TestChannels channels = channels(transport, family)) {
      DatagramChannel sender = channels.datagrams(channels.loopback(0));

      Throwable failure =
          failure(
              send(sender, LONGER_THAN_ANY_DATAGRAM, channels.loopback(closedUdpPort(channels))));

      assertThat(Statuses.of(failure, IoOperation.SEND_TO)).isSameAs(NtStatus.INVALID_BUFFER_SIZE);
    }
  }

  @EachTransport
  void shouldTellThatBroadcastIsForbidden(Transport transport) throws Exception {
    try (TestChannels channels = channels(transport, StandardProtocolFamily.INET)) {
      DatagramChannel sender = channels.datagrams(channels.any(0));
      sender.config().setBroadcast(false);

      Throwable failure = failure(send(sender, 1, TestChannels.address("255.255.255.255", 9)));

      assertThat(Statuses.of(failure, IoOperation.SEND_TO)).isSameAs(NtStatus.ACCESS_DENIED);
    }
  }

  @EachTransportAndFamily
  void shouldTellThatAPortIsUnreachable(Transport transport, StandardProtocolFamily family)
      throws Exception {
    try (TestChannels channels = channels(transport, family)) {
      DatagramChannel sender = channels.datagrams(channels.loopback(0));
      TestChannels.wait(sender.connect(channels.loopback(closedUdpPort(channels))));

      sender.writeAndFlush(bytes(1));

      Throwable failure = channels.nextReported();
      assertThat(Statuses.of(failure, IoOperation.RECEIVE_FROM))
          .isSameAs(NtStatus.PORT_UNREACHABLE);
    }
  }

  private static TestChannels channels(Transport transport, StandardProtocolFamily family) {
    return new TestChannels(transport, family, TransportMatrix.loops(transport));
  }

  private static InetSocketAddress closedPort(TestChannels channels) throws IOException {
    try (ServerSocket closed = new ServerSocket()) {
      closed.bind(channels.loopback(0));
      return (InetSocketAddress) closed.getLocalSocketAddress();
    }
  }

  private static int closedUdpPort(TestChannels channels) throws IOException {
    try (java.net.DatagramSocket closed = new java.net.DatagramSocket(channels.loopback(0))) {
      return closed.getLocalPort();
    }
  }

  /** Connects until the listener's queue is full, which shows as a connect that stays open. */
  private static void fill(InetSocketAddress address, List<Socket> waiting) throws IOException {
    while (true) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(address, 50);
      } catch (java.net.SocketTimeoutException full) {
        return;
      }
    }
  }

  private interface Ending {
    void end(Socket peer) throws IOException;
  }

  private static void reset(Socket peer) throws IOException {
    peer.setSoLinger(true, 0);
    peer.close();
  }

  /** A connection whose peer has ended it in some way. */
  private static SocketChannel connectedTo(TestChannels channels, Ending ending) throws Exception {
    try (ServerSocket listener = new ServerSocket()) {
      listener.bind(channels.loopback(0));
      SocketChannel connection =
          channels.connected((InetSocketAddress) listener.getLocalSocketAddress());
      connection.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      ending.end(listener.accept());
      return connection;
    }
  }

  private static Throwable writeUntilItFails(Channel connection) throws Exception {
    for (int i = 0; i < MANY_WRITES; i++) {
      ChannelFuture written = connection.writeAndFlush(bytes(1));
      if (written.await(10_000) && !written.isSuccess()) {
        return written.cause();
      }
    }
    throw new AssertionError("no write has failed");
  }

  private static ChannelFuture send(DatagramChannel channel, int length, InetSocketAddress to) {
    return channel.writeAndFlush(new DatagramPacket(bytes(length), to));
  }

  private static ByteBuf bytes(int length) {
    return Unpooled.directBuffer(length).writeZero(length);
  }
}
