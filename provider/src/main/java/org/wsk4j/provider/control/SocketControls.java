package org.wsk4j.provider.control;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.OptionLevel;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.nt.NtStatus;

/**
 * The control operations of sockets, found by their numbers, whatever key they come in.
 *
 * <p>An unknown level is INVALID_PARAMETER. Everything else that has no row here is NOT_SUPPORTED,
 * which covers unknown numbers, the wrong direction, and what a provider cannot do.
 *
 * <p>Threads: immutable.
 */
public final class SocketControls {
  private static final Set<Integer> LEVELS =
      Set.of(
          OptionLevel.SOL_SOCKET,
          OptionLevel.IPPROTO_IP,
          OptionLevel.IPPROTO_IPV6,
          OptionLevel.IPPROTO_TCP,
          OptionLevel.IPPROTO_UDP);

  private static final Map<Numbers, SocketOperation> OPERATIONS = table();

  private SocketControls() {}

  /** What names an operation; the level of an ioctl does not count (CTL-04). */
  private record Numbers(WskControlSocketType type, int level, int code) {
    static Numbers of(WskControlSocketType type, WskControlKey<?, ?> key) {
      int level = type == WskControlSocketType.IOCTL ? 0 : key.level();
      return new Numbers(type, level, key.code());
    }
  }

  private static Map<Numbers, SocketOperation> table() {
    Map<Numbers, SocketOperation> table = new HashMap<>();
    List.of(SocketLevelOperations.ALL, ProtocolOperations.ALL, IoctlOperations.ALL).stream()
        .flatMap(List::stream)
        .forEach(row -> table.put(Numbers.of(row.type(), row.key()), row));
    return Map.copyOf(table);
  }

  /**
   * Performs a control call.
   *
   * @param target the socket
   * @param call the arguments
   * @return what the call has to return
   */
  public static NtStatus perform(ControlTarget target, ControlCall call) {
    if (call.type() == null) {
      return call.answer(NtStatus.INVALID_PARAMETER);
    }
    if (isKnownLevel(call)) {
      SocketOperation operation = find(call);
      return operation != null
          ? operation.perform(target, call)
          : call.answer(
              target.state().checkOpen() == NtStatus.SUCCESS
                  ? NtStatus.NOT_SUPPORTED
                  : target.state().wrongPhase());
    }
    return call.answer(NtStatus.INVALID_PARAMETER);
  }

  private static @Nullable SocketOperation find(ControlCall call) {
    return OPERATIONS.get(Numbers.of(call.type(), call.key()));
  }

  private static boolean isKnownLevel(ControlCall call) {
    return call.type() == WskControlSocketType.IOCTL || LEVELS.contains(call.key().level());
  }
}
