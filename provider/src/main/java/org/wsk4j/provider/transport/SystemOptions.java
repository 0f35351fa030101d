package org.wsk4j.provider.transport;

import io.netty.channel.unix.IntegerUnixChannelOption;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/** The {@linkplain SystemOption options of the system} by level and number, for native channels. */
final class SystemOptions {
  private static final int IPV4 = 0;
  private static final int IPV6 = 41;

  /** Whether a packet that is too long is cut here, but not on its way; as Linux comes. */
  private static final int PMTUDISC_WANT = 1;

  /** No packet is cut. */
  private static final int PMTUDISC_DO = 2;

  private static final Map<SystemOption, IntegerUnixChannelOption> NUMBERED =
      SystemKind.current() == SystemKind.LINUX ? linux() : Map.of();

  private SystemOptions() {}

  /** {@return those that this system is known to have} */
  static Map<SystemOption, IntegerUnixChannelOption> numbered() {
    return NUMBERED;
  }

  private static Map<SystemOption, IntegerUnixChannelOption> linux() {
    Map<SystemOption, IntegerUnixChannelOption> found = new EnumMap<>(SystemOption.class);
    found.put(SystemOption.TTL, option("IP_TTL", IPV4, 2));
    found.put(SystemOption.TOS, option("IP_TOS", IPV4, 1));
    found.put(SystemOption.INTERFACE, option("IP_UNICAST_IF", IPV4, 50));
    found.put(SystemOption.HOPS, option("IPV6_UNICAST_HOPS", IPV6, 16));
    found.put(SystemOption.TRAFFIC_CLASS, option("IPV6_TCLASS", IPV6, 67));
    found.put(SystemOption.INTERFACE6, option("IPV6_UNICAST_IF", IPV6, 76));
    found.put(SystemOption.GROUP_TTL, option("IP_MULTICAST_TTL", IPV4, 33));
    found.put(SystemOption.GROUP_HOPS, option("IPV6_MULTICAST_HOPS", IPV6, 18));
    found.put(SystemOption.GROUP_INTERFACE, option("IP_MULTICAST_IF", IPV4, 32));
    found.put(SystemOption.GROUP_INTERFACE6, option("IPV6_MULTICAST_IF", IPV6, 17));
    found.put(SystemOption.WHOLE, option("IP_MTU_DISCOVER", IPV4, 10));
    found.put(SystemOption.WHOLE6, option("IPV6_DONTFRAG", IPV6, 62));
    return Map.copyOf(found);
  }

  private static IntegerUnixChannelOption option(String name, int level, int number) {
    return new IntegerUnixChannelOption(name, level, number);
  }

  /** {@return a value as the system takes it: Linux has two indices in network order} */
  static int toSystem(SystemOption option, int value) {
    return switch (option) {
      case INTERFACE, INTERFACE6 -> networkOrder(value);
      case WHOLE -> value != 0 ? PMTUDISC_DO : PMTUDISC_WANT;
      default -> value;
    };
  }

  private static int networkOrder(int value) {
    boolean swap = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    return swap ? Integer.reverseBytes(value) : value;
  }
}
