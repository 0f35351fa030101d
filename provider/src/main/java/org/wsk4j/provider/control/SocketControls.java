package org.wsk4j.provider.control;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wsk4j.control.OptionLevel;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;

/**
 * The control operations of sockets, found by their numbers, whatever key they come in.
 *
 * <p>An unknown level, and that of the other address family, is INVALID_PARAMETER. What has no row
 * here is NOT_SUPPORTED, which covers unknown numbers, the wrong direction, and what a provider
 * cannot do; what has rows for other sockets alone is INVALID_DEVICE_REQUEST (CTL-06 to CTL-10).
 *
 * <p>Threads: immutable.
 */
public final class SocketControls {
  /** Several rows of the same numbers are for different sockets. */
  private static final Map<Numbers, List<SocketOperation>> OPERATIONS = table();

  private SocketControls() {}

  /** What names an operation; the level of an ioctl does not count (CTL-04). */
  private record Numbers(WskControlSocketType type, int level, int code) {
    static Numbers of(WskControlSocketType type, WskControlKey<?, ?> key) {
      int level = type == WskControlSocketType.IOCTL ? 0 : key.level();
      return new Numbers(type, level, key.code());
    }
  }

  private static Map<Numbers, List<SocketOperation>> table() {
    return Stream.of(
            SocketLevelOperations.ALL,
            ProtocolOperations.ALL,
            IpOperations.ALL,
            MulticastOperations.ALL,
            IoctlOperations.ALL,
            SystemIoctls.ALL,
            DatagramOperations.ALL,
            DatagramInfoOperations.ALL,
            RawOperations.ALL)
        .flatMap(List::stream)
        .collect(
            Collectors.groupingBy(
                row -> Numbers.of(row.type(), row.key()), Collectors.toUnmodifiableList()));
  }

  /**
   * Performs a control call.
   *
   * @param target the socket
   * @param call the arguments
   * @return what the call has to return
   */
  public static NtStatus perform(ControlTarget target, ControlCall call) {
    if (call.type() == null || !hasLevel(target, call)) {
      return call.answer(NtStatus.INVALID_PARAMETER);
    }
    List<SocketOperation> rows = OPERATIONS.get(Numbers.of(call.type(), call.key()));
    if (rows == null) {
      return refuse(target, call, NtStatus.NOT_SUPPORTED);
    }
    for (SocketOperation row : rows) {
      if (row.appliesTo(target)) {
        return row.perform(target, call);
      }
    }
    return refuse(target, call, NtStatus.INVALID_DEVICE_REQUEST);
  }

  /** A socket that is of no use any more says only that. */
  private static NtStatus refuse(ControlTarget target, ControlCall call, NtStatus status) {
    boolean open = target.state().checkOpen() == NtStatus.SUCCESS;
    return call.answer(open ? status : target.state().wrongPhase());
  }

  /**
   * The levels of a socket: those of its own family, both on a socket for both (OPT-73, OPT-74).
   */
  private static boolean hasLevel(ControlTarget target, ControlCall call) {
    if (call.type() == WskControlSocketType.IOCTL) {
      return true;
    }
    boolean v6 = target.addressFamily() == AddressFamily.INET6;
    return switch (call.key().level()) {
      case OptionLevel.IPPROTO_IPV6 -> v6;
      case OptionLevel.IPPROTO_IP -> !v6 || !target.options().ipv6Only();
      case OptionLevel.SOL_SOCKET, OptionLevel.IPPROTO_TCP, OptionLevel.IPPROTO_UDP -> true;
      default -> false;
    };
  }
}
