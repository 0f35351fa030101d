package org.wsk4j.provider.control;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOperation.Carrier;
import org.wsk4j.provider.control.SocketOperation.When;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.socket.WskSocketCategory;

/**
 * The options of IPv4 and IPv6 that govern the packets of a socket. They are carried over to the
 * system, so what its transport cannot set is NOT_SUPPORTED (decision 42). A basic socket, which
 * sends nothing, keeps them all.
 */
final class IpOperations {
  /** What does not apply to connections; a basic socket has it that was made for datagrams. */
  static final Set<WskSocketCategory> DATAGRAM_OR_BASIC =
      EnumSet.of(WskSocketCategory.DATAGRAM, WskSocketCategory.BASIC);

  private static final int MOST = 255;

  static final List<SocketOperation> ALL =
      Stream.of(
              all(IpOptions.TTL, SystemOption.TTL, value -> inRange(value, 1)),
              all(IpOptions.TOS, SystemOption.TOS, value -> inRange(value, 0)),
              all(IpOptions.UNICAST_IF, SystemOption.INTERFACE, IpOperations::isInterface),
              all(Ipv6Options.UNICAST_HOPS, SystemOption.HOPS, value -> inRange(value, 1)),
              all(Ipv6Options.TCLASS, SystemOption.TRAFFIC_CLASS, value -> inRange(value, 0)),
              all(Ipv6Options.UNICAST_IF, SystemOption.INTERFACE6, IpOperations::isInterface),
              datagrams(IpOptions.MULTICAST_TTL, SystemOption.GROUP_TTL, IpOperations::isHops),
              datagrams(Ipv6Options.MULTICAST_HOPS, SystemOption.GROUP_HOPS, IpOperations::isHops),
              datagrams(
                  Ipv6Options.MULTICAST_IF,
                  SystemOption.GROUP_INTERFACE6,
                  IpOperations::isInterface),
              onOff(IpOptions.DONTFRAGMENT, SystemOption.WHOLE),
              onOff(Ipv6Options.DONTFRAG, SystemOption.WHOLE6))
          .flatMap(List::stream)
          .toList();

  private IpOperations() {}

  /** Which values are possible. */
  @FunctionalInterface
  private interface Range {
    boolean holds(int value);
  }

  /** An option of all sockets. */
  private static List<SocketOperation> all(
      WskControlKey<Integer, Integer> key, SystemOption option, Range range) {
    return List.of(
        Rows.set(
            key,
            Rows.ALL,
            Carrier.ANY,
            When.ALWAYS,
            (target, value) -> set(target, option, value, range)),
        get(key, Rows.ALL, Carrier.ANY, option));
  }

  /** An option of sockets for datagrams. */
  private static List<SocketOperation> datagrams(
      WskControlKey<Integer, Integer> key, SystemOption option, Range range) {
    return List.of(
        Rows.set(
            key,
            DATAGRAM_OR_BASIC,
            Carrier.DATAGRAMS,
            When.ALWAYS,
            (target, value) -> set(target, option, value, range)),
        get(key, DATAGRAM_OR_BASIC, Carrier.DATAGRAMS, option));
  }

  /** A switch of sockets for datagrams. */
  private static List<SocketOperation> onOff(
      WskControlKey<Integer, Integer> key, SystemOption option) {
    return List.of(
        Rows.set(
            key,
            DATAGRAM_OR_BASIC,
            Carrier.DATAGRAMS,
            When.ALWAYS,
            (target, value) -> set(target, option, value != 0 ? 1 : 0, any -> true)),
        get(key, DATAGRAM_OR_BASIC, Carrier.DATAGRAMS, option));
  }

  private static SocketOperation get(
      WskControlKey<Integer, Integer> key,
      Set<WskSocketCategory> categories,
      Carrier carrier,
      SystemOption option) {
    return Rows.get(key, categories, carrier, target -> target.options().system(option));
  }

  private static NtStatus set(ControlTarget target, SystemOption option, int value, Range range) {
    if (!target.offers(option)) {
      return NtStatus.NOT_SUPPORTED;
    }
    if (!range.holds(value)) {
      return NtStatus.INVALID_PARAMETER;
    }
    target.options().setSystem(option, value);
    return NtStatus.SUCCESS;
  }

  /** Sets which interface packets leave by; {@return SUCCESS, or why it cannot be} */
  static NtStatus setInterface(ControlTarget target, SystemOption option, int index) {
    NtStatus status = set(target, option, index, IpOperations::isInterface);
    if (status == NtStatus.SUCCESS) {
      target.optionsChanged();
    }
    return status;
  }

  private static boolean inRange(int value, int least) {
    return value >= least && value <= MOST;
  }

  private static boolean isHops(int value) {
    return inRange(value, 0);
  }

  /** One that is not known may have come a moment ago. */
  private static boolean isInterface(int index) {
    return index == 0 || LocalInterfaces.known().have(index) || LocalInterfaces.ask().have(index);
  }
}
