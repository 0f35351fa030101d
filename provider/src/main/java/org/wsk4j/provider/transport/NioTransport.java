package org.wsk4j.provider.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's selectors: everywhere. The JDK opens IPv6 sockets for both families and has no option
 * to change that.
 */
final class NioTransport implements Transport {
  private static final ChannelOption<Boolean> REUSE_PORT =
      NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);

  private static final ChannelOption<Integer> TOS =
      NioChannelOption.of(StandardSocketOptions.IP_TOS);

  @Override
  public String name() {
    return "nio";
  }

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return null;
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return NioIoHandler.newFactory();
  }

  @Override
  public Set<TransportFeature> possible() {
    return Set.of(
        TransportFeature.FAMILY_CHOICE, TransportFeature.MULTICAST, TransportFeature.REUSE_PORT);
  }

  @Override
  public Set<TransportFeature> features() {
    return SystemKind.current().isWindows()
        ? Set.of(TransportFeature.FAMILY_CHOICE, TransportFeature.MULTICAST)
        : possible();
  }

  @Override
  public ServerSocketChannel openListener(StandardProtocolFamily family) {
    return new NioServerSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.of(family));
  }

  @Override
  public SocketChannel openConnection(StandardProtocolFamily family) {
    return new NioSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.of(family));
  }

  @Override
  public DatagramPort openDatagram(StandardProtocolFamily family) throws IOException {
    return new NioDatagramPort(family);
  }

  @Override
  public boolean setIpv6Only(Channel channel, boolean only) {
    return false;
  }

  @Override
  public boolean setReusePort(Channel channel, boolean on) {
    return channel.config().setOption(REUSE_PORT, on);
  }

  @Override
  public @Nullable ChannelOption<Integer> rawOption(int level, int number) {
    return null;
  }

  @Override
  public Set<SystemOption> options() {
    return Set.of(SystemOption.TOS, SystemOption.TRAFFIC_CLASS);
  }

  @Override
  public Set<SystemOption> datagramOptions() {
    return NioDatagramPort.OPTIONS.keySet();
  }

  /** The JDK has one option for both families, and connections alone have it. */
  @Override
  public boolean setOption(Channel channel, SystemOption option, int value) {
    return options().contains(option)
        && channel instanceof SocketChannel
        && channel.config().setOption(TOS, value);
  }

  @Override
  public @Nullable TcpInfo tcpInfo(SocketChannel connection) {
    return null;
  }

  @Override
  public String toString() {
    return name();
  }
}
