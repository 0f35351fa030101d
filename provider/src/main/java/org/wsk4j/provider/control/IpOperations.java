package org.wsk4j.provider.control;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOperation.Carrier;
import org.wsk4j.provider.control.SocketOperation.When;
import org.wsk4j.provider.transport.SystemOption;

/**
 * The options of IPv4 and IPv6 that govern the packets of a socket. They are carried over to the
 * system, so what its transport cannot set is NOT_SUPPORTED (decision 42). A basic socket, which
 * sends nothing, keeps them all.
 */
final class IpOperations {
  private static final int MOST = 255;

  static final List<SocketOperation> ALL =
      Stream.of(
              rows(IpOptions.TTL, SystemOption.TTL, value -> inRange(value, 1)),
              rows(IpOptions.TOS, SystemOption.TOS, value -> inRange(value, 0)),
              rows(IpOptions.UNICAST_IF, SystemOption.INTERFACE, IpOperations::isInterface),
              rows(Ipv6Options.UNICAST_HOPS, SystemOption.HOPS, value -> inRange(value, 1)),
              rows(Ipv6Options.TCLASS, SystemOption.TRAFFIC_CLASS, value -> inRange(value, 0)),
              rows(Ipv6Options.UNICAST_IF, SystemOption.INTERFACE6, IpOperations::isInterface))
          .flatMap(List::stream)
          .toList();

  private IpOperations() {}

  /** Which values are possible. */
  @FunctionalInterface
  private interface Range {
    boolean holds(int value);
  }

  private static List<SocketOperation> rows(
      WskControlKey<Integer, Integer> key, SystemOption option, Range range) {
    return List.of(
        Rows.set(
            key,
            Rows.TCP_OR_BASIC,
            Carrier.ANY,
            When.ALWAYS,
            (target, value) -> set(target, option, value, range)),
        Rows.get(key, Rows.TCP_OR_BASIC, Carrier.ANY, target -> target.options().system(option)));
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

  private static boolean inRange(int value, int least) {
    return value >= least && value <= MOST;
  }

  private static boolean isInterface(int index) {
    try {
      return index == 0 || index > 0 && NetworkInterface.getByIndex(index) != null;
    } catch (SocketException unknown) {
      return false;
    }
  }
}
