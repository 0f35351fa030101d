package org.wsk4j.provider.testing;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.wsk4j.datagram.WskDatagramSocket;
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
  public static int of(WskSocket socket, SystemOption option) throws Exception {
    if (socket instanceof WskDatagramSocket) {
      return ofDatagrams(socket, option);
    }
    int value = get(socket, level(option), number(option), StandardSocketOptions.IP_TOS);
    return isSwapped(option) ? Integer.reverseBytes(value) : value;
  }

  private static int ofDatagrams(WskSocket socket, SystemOption option) throws Exception {
    Object hold = RunningProvider.read(RunningProvider.read(socket, "channel"), "hold");
    Object port = RunningProvider.read(hold, "port");
    Object system = field(port, "socket", "channel");
    if (system instanceof Socket numbered) {
      int value = numbered.getIntOpt(level(option), number(option));
      return isSwapped(option) ? Integer.reverseBytes(value) : value;
    }
    DatagramChannel channel = (DatagramChannel) system;
    return switch (option) {
      case TOS, TRAFFIC_CLASS -> channel.getOption(StandardSocketOptions.IP_TOS);
      case GROUP_TTL, GROUP_HOPS -> channel.getOption(StandardSocketOptions.IP_MULTICAST_TTL);
      default -> index(channel.getOption(StandardSocketOptions.IP_MULTICAST_IF));
    };
  }

  private static int index(@Nullable NetworkInterface found) {
    return found != null ? found.getIndex() : 0;
  }

  private static Object field(Object from, String... names) throws NoSuchFieldException {
    for (String name : names) {
      try {
        return RunningProvider.read(from, name);
      } catch (ReflectiveOperationException other) {
        continue;
      }
    }
    throw new NoSuchFieldException(from + " has none of " + List.of(names));
  }

  private static int level(SystemOption option) {
    return switch (option) {
      case TTL, TOS, INTERFACE, GROUP_TTL, GROUP_INTERFACE, WHOLE -> 0;
      default -> 41;
    };
  }

  private static int number(SystemOption option) {
    return switch (option) {
      case TTL -> 2;
      case TOS -> 1;
      case INTERFACE -> 50;
      case HOPS -> 16;
      case TRAFFIC_CLASS -> 67;
      case INTERFACE6 -> 76;
      case GROUP_TTL -> 33;
      case GROUP_HOPS -> 18;
      case GROUP_INTERFACE -> 32;
      case GROUP_INTERFACE6 -> 17;
      case WHOLE -> 10;
      case WHOLE6 -> 62;
    };
  }

  private static boolean isSwapped(SystemOption option) {
    return option == SystemOption.INTERFACE || option == SystemOption.INTERFACE6;
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
