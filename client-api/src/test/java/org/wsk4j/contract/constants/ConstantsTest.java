package org.wsk4j.contract.constants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsk4j.contract.constants.ConstantsTable.Row;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.UdpOptions;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.AddressInfoFlags;
import org.wsk4j.net.ControlType;
import org.wsk4j.net.InAddr;
import org.wsk4j.net.MessageFlags;
import org.wsk4j.net.NameInfoFlags;
import org.wsk4j.net.NameSpace;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.socket.WskFlags;

/** Every name and value of {@code docs/contract/constants.csv} against the constant in Java. */
class ConstantsTest {
  static List<Row> rows() {
    return ConstantsTable.rows();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void shouldHaveTheValueOfTheTable(Row row) {
    assertThat(JavaConstants.of(row)).isEqualTo(row.parsed());
  }

  @Test
  void shouldUseEveryGroupOfTheTable() {
    Set<String> groups = rows().stream().map(Row::group).collect(Collectors.toSet());

    assertThat(groups).containsExactlyInAnyOrderElementsOf(JavaConstants.groups());
  }

  @ParameterizedTest
  @MethodSource("completeTypes")
  void shouldHaveNoConstantThatTheTableLacks(Class<?> type, String prefixes) {
    Set<String> names = names();

    Set<String> unknown = new TreeSet<>(JavaConstants.constants(type).keySet());
    for (String prefix : prefixes.split(" ", -1)) {
      unknown.removeIf(constant -> names.contains(prefix + constant));
    }
    assertThat(unknown).isEmpty();
  }

  private static Set<String> names() {
    return rows().stream().map(Row::name).collect(Collectors.toSet());
  }

  static Stream<Object[]> completeTypes() {
    return Stream.of(
        new Object[] {AddressFamily.class, "AF_"},
        new Object[] {SocketType.class, "SOCK_"},
        new Object[] {Protocol.class, "IPPROTO_"},
        new Object[] {MessageFlags.class, "MSG_"},
        new Object[] {AddressInfoFlags.class, "AI_"},
        new Object[] {NameInfoFlags.class, "NI_"},
        new Object[] {NameSpace.class, "NS_"},
        new Object[] {InAddr.class, "INADDR_"},
        new Object[] {ControlType.class, " "},
        new Object[] {WskFlags.class, "WSK_FLAG_"},
        new Object[] {WskEventCallbackControl.class, "WSK_EVENT_"},
        new Object[] {WskClientControls.class, "WSK_"},
        new Object[] {WskIoctls.class, "SIO_ SIO_WSK_ "},
        new Object[] {WskOptions.class, "SO_ SO_WSK_ "},
        new Object[] {IpOptions.class, "IP_ "},
        new Object[] {Ipv6Options.class, "IPV6_ "},
        new Object[] {TcpOptions.class, "TCP_"},
        new Object[] {UdpOptions.class, "UDP_"},
        new Object[] {NtStatus.class, "STATUS_"});
  }

  @Test
  void shouldNameKeysAsWindowsDoes() {
    Set<String> names = names();
    Stream<Class<?>> types =
        Stream.of(
            WskOptions.class,
            WskIoctls.class,
            IpOptions.class,
            Ipv6Options.class,
            TcpOptions.class,
            UdpOptions.class,
            WskClientControls.class);

    List<String> unknown =
        types
            .flatMap(type -> JavaConstants.constants(type).values().stream())
            .filter(value -> !(value instanceof Integer))
            .map(Object::toString)
            .filter(name -> !names.contains(name))
            .toList();

    assertThat(unknown).isEmpty();
  }
}
