package org.wsk4j.contract.constants;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskVersion;
import org.wsk4j.control.IoControlCodes;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.OptionLevel;
import org.wsk4j.control.PathMtuDiscovery;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.UdpOptions;
import org.wsk4j.control.WskClientControlKey;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.control.WskTdiBehavior;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.AddressInfoFlags;
import org.wsk4j.net.ControlType;
import org.wsk4j.net.IcmpType;
import org.wsk4j.net.InAddr;
import org.wsk4j.net.MessageFlags;
import org.wsk4j.net.NameInfoFlags;
import org.wsk4j.net.NameSpace;
import org.wsk4j.net.NativeSizes;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.socket.WskFlags;

/** Where the names of {@code constants.csv} are found in Java, group by group. */
final class JavaConstants {
  /** Where each group of the table is found in Java. */
  private static final Map<String, Function<String, Object>> GROUPS =
      Map.ofEntries(
          entry("wsk-version", only("MAKE_WSK_VERSION_1_0", WskVersion.make(1, 0))),
          entry("wsk-wait", numbers("WSK_", WskRegistration.class)),
          entry("wsk-enum-WSK_INSPECT_ACTION", ordinals("WskInspect", WskInspectAction.class)),
          entry("wsk-enum-WSK_CONTROL_SOCKET_TYPE", JavaConstants::controlSocketType),
          entry("wsk-flag-socket", numbers("WSK_FLAG_", WskFlags.class)),
          entry("wsk-flag-callback", numbers("WSK_FLAG_", WskFlags.class)),
          entry("wsk-flag-disconnect", numbers("WSK_FLAG_", WskFlags.class)),
          entry("wsk-flag-send", numbers("WSK_FLAG_", WskFlags.class)),
          entry("wsk-flag-receive", numbers("WSK_FLAG_", WskFlags.class)),
          entry("wsk-client-control", numbers("WSK_", WskClientControls.class)),
          entry("wsk-flag-tdi", numbers("WSK_TDI_BEHAVIOR_", WskTdiBehavior.class)),
          entry("wsk-event", numbers("WSK_EVENT_", WskEventCallbackControl.class)),
          entry("wsk-so", JavaConstants::wskOption),
          entry("wsk-ioctl", numbers("SIO_WSK_", WskIoctls.class)),
          entry("guid", name -> constant(WskProviderCharacteristics.class, name)),
          entry("ioctl-macro", numbers("", IoControlCodes.class)),
          entry("ioctl", numbers("SIO_", WskIoctls.class)),
          entry("af", numbers("AF_", AddressFamily.class)),
          entry("sock", numbers("SOCK_", SocketType.class)),
          entry("ipproto", numbers("IPPROTO_", Protocol.class)),
          entry("sol", numbers("", OptionLevel.class)),
          entry("so", options("SO_", WskOptions.class, OptionLevel.SOL_SOCKET)),
          entry("msg", numbers("MSG_", MessageFlags.class)),
          entry("ip", options("IP_", IpOptions.class, OptionLevel.IPPROTO_IP)),
          entry("ip-pmtud", numbers("IP_PMTUDISC_", PathMtuDiscovery.class)),
          entry("ipv6", options("IPV6_", Ipv6Options.class, OptionLevel.IPPROTO_IPV6)),
          entry("mcast", JavaConstants::multicastOption),
          entry("tcp", options("TCP_", TcpOptions.class, OptionLevel.IPPROTO_TCP)),
          entry("udp", JavaConstants::udpOption),
          entry("inaddr", numbers("INADDR_", InAddr.class)),
          entry("sock-limit", numbers("", WskOptions.class)),
          entry("ai", numbers("AI_", AddressInfoFlags.class)),
          entry("ni", numbers("NI_", NameInfoFlags.class)),
          entry("ns", numbers("NS_", NameSpace.class)),
          entry("icmp", name -> number(constant(IcmpType.class, name.replace("ICMP", "V")))),
          entry("size", JavaConstants::size),
          entry("ntstatus", numbers("STATUS_", NtStatus.class)));

  private JavaConstants() {}

  /**
   * Finds the constant of a row.
   *
   * @return its value: a number, or the text of a GUID
   */
  static Object of(ConstantsTable.Row row) {
    Function<String, Object> group = GROUPS.get(row.group());
    assertThat(group).as("where group %s is found", row.group()).isNotNull();
    return group.apply(row.name());
  }

  static Set<String> groups() {
    return GROUPS.keySet();
  }

  private static Function<String, Object> only(String expected, Object value) {
    return name -> {
      assertThat(name).isEqualTo(expected);
      return value;
    };
  }

  private static Function<String, Object> numbers(String prefix, Class<?> type) {
    return name ->
        number(constant(type, name.startsWith(prefix) ? name.substring(prefix.length()) : name));
  }

  private static Function<String, Object> options(String prefix, Class<?> type, int level) {
    return name -> {
      WskControlKey<?, ?> key = (WskControlKey<?, ?>) constant(type, name.replaceFirst(prefix, ""));
      assertThat(key.level()).as("level").isEqualTo(level);
      return key.code();
    };
  }

  private static Function<String, Object> ordinals(String prefix, Class<? extends Enum<?>> type) {
    return name -> ordinal(name.substring(prefix.length()), type);
  }

  /** C ends an enumeration with a member that counts the others. */
  private static int ordinal(String member, Class<? extends Enum<?>> type) {
    return member.equals("Max")
        ? type.getEnumConstants().length
        : ((Enum<?>) constant(type, member.toUpperCase(Locale.ROOT))).ordinal();
  }

  private static Object controlSocketType(String name) {
    Map<String, String> members =
        Map.of("WskSetOption", "SET_OPTION", "WskGetOption", "GET_OPTION", "WskIoctl", "IOCTL");
    return ordinal(members.getOrDefault(name, "Max"), WskControlSocketType.class);
  }

  private static Object wskOption(String name) {
    return name.equals("WSK_SO_BASE")
        ? WskOptions.WSK_SO_BASE
        : options("SO_WSK_", WskOptions.class, OptionLevel.SOL_SOCKET).apply(name);
  }

  private static Object multicastOption(String name) {
    assertThat(options("", Ipv6Options.class, OptionLevel.IPPROTO_IPV6).apply(name))
        .isEqualTo(options("", IpOptions.class, OptionLevel.IPPROTO_IP).apply(name));
    return number(constant(IpOptions.class, name));
  }

  private static Object udpOption(String name) {
    return name.equals("UDP_COALESCED_INFO")
        ? ControlType.UDP_COALESCED_INFO
        : options("UDP_", UdpOptions.class, OptionLevel.IPPROTO_UDP).apply(name);
  }

  private static Object size(String name) {
    String structure = name.replace("sizeof_", "").replace("_x64", "");
    Map<String, Integer> layouts =
        Map.of(
            "IP_MREQ", NativeLayouts.IP_MREQ.size(),
            "IPV6_MREQ", NativeLayouts.IPV6_MREQ.size());
    int size = (Integer) constant(NativeSizes.class, structure);
    assertThat(layouts.getOrDefault(structure, size)).isEqualTo(size);
    return size;
  }

  private static Object number(Object constant) {
    if (constant instanceof WskControlKey<?, ?> key) {
      return key.code();
    }
    if (constant instanceof WskClientControlKey<?, ?> key) {
      return key.code();
    }
    return constant instanceof NtStatus status ? status.value() : constant;
  }

  private static Object constant(Class<?> type, String name) {
    Object value = constants(type).get(name);
    assertThat(value).as("%s.%s", type.getSimpleName(), name).isNotNull();
    return value instanceof NpiId npi ? npi.toString() : value;
  }

  /** {@return the public constants of a class, by name} */
  static Map<String, Object> constants(Class<?> type) {
    Map<String, Object> constants = new HashMap<>();
    for (Field field : type.getFields()) {
      try {
        constants.put(field.getName(), field.get(null));
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
    return constants;
  }
}
