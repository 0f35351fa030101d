package org.wsk4j.provider.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.StandardProtocolFamily;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wsk4j.provider.natives.NativeSockets;

/** What the transports with native code share: options by number. */
abstract class NativeTransport implements Transport {
  private static final ChannelOption<Integer> IPV6_V6ONLY =
      new IntegerUnixChannelOption(
          "IPV6_V6ONLY", SystemKind.current().ipv6Level, SystemKind.current().ipv6Only);

  /** By number, because Netty has the option for listeners alone. */
  private static final ChannelOption<Integer> REUSE_PORT =
      new IntegerUnixChannelOption(
          "SO_REUSEPORT", SystemKind.current().socketLevel, SystemKind.current().reusePort);

  /** All that there is but some. */
  static Set<TransportFeature> allBut(TransportFeature... missing) {
    Set<TransportFeature> found = EnumSet.allOf(TransportFeature.class);
    found.removeAll(List.of(missing));
    return Set.copyOf(found);
  }

  /**
   * The features of a transport on Linux; asked for when they are first needed, since that takes
   * the native code.
   */
  static Set<TransportFeature> found(Set<TransportFeature> possible, boolean fastOpenConnect) {
    Set<TransportFeature> found = EnumSet.copyOf(possible);
    found.removeAll(DatagramFeatures.ALL);
    found.addAll(DatagramFeatures.FOUND);
    if (!fastOpenConnect) {
      found.remove(TransportFeature.FAST_OPEN_CONNECT);
    }
    if (!NativeSockets.isAvailable()) {
      found.remove(TransportFeature.RAW_SOCKETS);
    }
    return Set.copyOf(found);
  }

  @Override
  public boolean setIpv6Only(Channel channel, boolean only) {
    return channel.config().setOption(IPV6_V6ONLY, only ? 1 : 0);
  }

  @Override
  public boolean setReusePort(Channel channel, boolean on) {
    return channel.config().setOption(REUSE_PORT, on ? 1 : 0);
  }

  @Override
  public ChannelOption<Integer> rawOption(int level, int number) {
    return new IntegerUnixChannelOption("option " + level + "/" + number, level, number);
  }

  @Override
  public Set<SystemOption> options() {
    return SystemOptions.numbered().isEmpty() ? Set.of() : SystemOption.OF_CONNECTIONS;
  }

  @Override
  public Set<SystemOption> datagramOptions() {
    return SystemOptions.numbered().keySet();
  }

  @Override
  public boolean setOption(Channel channel, SystemOption option, int value) {
    ChannelOption<Integer> numbered = SystemOptions.numbered().get(option);
    return numbered != null
        && channel.config().setOption(numbered, SystemOptions.toSystem(option, value));
  }

  @Override
  public @Nullable TcpInfo tcpInfo(SocketChannel connection) {
    return null;
  }

  static SocketProtocolFamily netty(StandardProtocolFamily family) {
    return SocketProtocolFamily.of(family);
  }

  @Override
  public String toString() {
    return name();
  }
}
