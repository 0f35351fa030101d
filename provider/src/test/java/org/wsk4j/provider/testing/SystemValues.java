package org.wsk4j.provider.testing;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.socket.WskSocket;

/** The options that the system really has for a socket. */
public final class SystemValues {
  private static final int TCP = 6;
  private static final int SOL_SOCKET = 1;

  private SystemValues() {}

  /** {@return whether the system probes the connection} */
  public static boolean keepAlive(WskSocket socket) throws ReflectiveOperationException {
    return Boolean.TRUE.equals(channel(socket).config().getOption(ChannelOption.SO_KEEPALIVE));
  }

  /** {@return after how many idle seconds} */
  public static int keepIdle(WskSocket socket) throws ReflectiveOperationException {
    return get(socket, TCP, 4, ExtendedSocketOptions.TCP_KEEPIDLE);
  }

  /** {@return how many seconds lie between two probes} */
  public static int keepInterval(WskSocket socket) throws ReflectiveOperationException {
    return get(socket, TCP, 5, ExtendedSocketOptions.TCP_KEEPINTERVAL);
  }

  /** {@return how many probes} */
  public static int keepCount(WskSocket socket) throws ReflectiveOperationException {
    return get(socket, TCP, 6, ExtendedSocketOptions.TCP_KEEPCOUNT);
  }

  /** {@return the receive buffer; Linux keeps twice that, which the JDK takes back} */
  public static int receiveBuffer(WskSocket socket) throws ReflectiveOperationException {
    int kept = get(socket, SOL_SOCKET, 8, StandardSocketOptions.SO_RCVBUF);
    return channel(socket) instanceof UnixChannel ? kept / 2 : kept;
  }

  /** {@return an option of what packets carry} */
  public static int of(WskSocket socket, SystemOption option) throws ReflectiveOperationException {
    return switch (option) {
      case TTL -> get(socket, 0, 2, StandardSocketOptions.IP_TOS);
      case TOS -> get(socket, 0, 1, StandardSocketOptions.IP_TOS);
      case INTERFACE -> Integer.reverseBytes(get(socket, 0, 50, StandardSocketOptions.IP_TOS));
      case HOPS -> get(socket, 41, 16, StandardSocketOptions.IP_TOS);
      case TRAFFIC_CLASS -> get(socket, 41, 67, StandardSocketOptions.IP_TOS);
      case INTERFACE6 -> Integer.reverseBytes(get(socket, 41, 76, StandardSocketOptions.IP_TOS));
    };
  }

  /** By number on Linux, by the name of the JDK on its own channels. */
  private static int get(WskSocket socket, int level, int number, SocketOption<Integer> name)
      throws ReflectiveOperationException {
    Channel channel = channel(socket);
    ChannelOption<Integer> option =
        channel instanceof UnixChannel
            ? new IntegerUnixChannelOption("value", level, number)
            : NioChannelOption.of(name);
    Integer value = channel.config().getOption(option);
    if (value == null) {
      throw new AssertionError(channel + " has no " + level + "/" + number);
    }
    return value;
  }

  private static Channel channel(WskSocket socket) throws ReflectiveOperationException {
    Object endpoint = RunningProvider.read(RunningProvider.read(socket, "channel"), "endpoint");
    return (Channel) RunningProvider.read(endpoint, "channel");
  }
}
