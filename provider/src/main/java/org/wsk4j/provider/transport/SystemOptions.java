package org.wsk4j.provider.transport;

import io.netty.channel.ChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/** The {@linkplain SystemOption options of the system} by level and number, for native channels. */
final class SystemOptions {
  private static final int IPV4 = 0;
  private static final int IPV6 = 41;

  private static final Map<SystemOption, ChannelOption<Integer>> NUMBERED =
      SystemKind.current() == SystemKind.LINUX ? linux() : Map.of();

  private SystemOptions() {}

  /** {@return those that this system is known to have} */
  static Map<SystemOption, ChannelOption<Integer>> numbered() {
    return NUMBERED;
  }

  private static Map<SystemOption, ChannelOption<Integer>> linux() {
    Map<SystemOption, ChannelOption<Integer>> found = new EnumMap<>(SystemOption.class);
    found.put(SystemOption.TTL, option("IP_TTL", IPV4, 2));
    found.put(SystemOption.TOS, option("IP_TOS", IPV4, 1));
    found.put(SystemOption.INTERFACE, option("IP_UNICAST_IF", IPV4, 50));
    found.put(SystemOption.HOPS, option("IPV6_UNICAST_HOPS", IPV6, 16));
    found.put(SystemOption.TRAFFIC_CLASS, option("IPV6_TCLASS", IPV6, 67));
    found.put(SystemOption.INTERFACE6, option("IPV6_UNICAST_IF", IPV6, 76));
    return Map.copyOf(found);
  }

  private static ChannelOption<Integer> option(String name, int level, int number) {
    return new IntegerUnixChannelOption(name, level, number);
  }

  /** {@return a value as the system takes it: Linux has indices of interfaces in network order} */
  static int toSystem(SystemOption option, int value) {
    boolean index = option == SystemOption.INTERFACE || option == SystemOption.INTERFACE6;
    boolean swap = index && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    return swap ? Integer.reverseBytes(value) : value;
  }
}
