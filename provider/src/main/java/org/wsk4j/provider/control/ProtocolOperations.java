package org.wsk4j.provider.control;

import java.util.List;
import java.util.stream.Stream;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOperation.IrpUse;
import org.wsk4j.provider.control.SocketOperation.When;

/** The options of TCP and of IPv6 that concern TCP sockets. */
final class ProtocolOperations {
  private static final int MOST_PROBES = 255;

  static final List<SocketOperation> ALL =
      Stream.of(
              Rows.onOff(
                  TcpOptions.NODELAY,
                  Rows.TCP,
                  When.ALWAYS,
                  SocketOptions::setNoDelay,
                  SocketOptions::noDelay),
              Rows.onOff(
                  TcpOptions.FASTOPEN,
                  Rows.TCP,
                  When.ALWAYS,
                  SocketOptions::setFastOpen,
                  SocketOptions::fastOpen),
              Rows.number(
                  TcpOptions.KEEPIDLE,
                  Rows.TCP,
                  When.ALWAYS,
                  1,
                  (options, seconds) -> {
                    options.setKeepIdleSeconds(seconds);
                    return NtStatus.SUCCESS;
                  },
                  SocketOptions::keepIdleSeconds),
              Rows.number(
                  TcpOptions.KEEPINTVL,
                  Rows.TCP,
                  When.ALWAYS,
                  1,
                  (options, seconds) -> {
                    options.setKeepIntervalSeconds(seconds);
                    return NtStatus.SUCCESS;
                  },
                  SocketOptions::keepIntervalSeconds),
              Rows.number(
                  TcpOptions.KEEPCNT,
                  Rows.TCP,
                  When.ALWAYS,
                  1,
                  ProtocolOperations::setKeepCount,
                  SocketOptions::keepCount),
              List.of(setIpv6Only(), getIpv6Only()))
          .flatMap(List::stream)
          .toList();

  private ProtocolOperations() {}

  private static NtStatus setKeepCount(SocketOptions options, int count) {
    if (count > MOST_PROBES) {
      return NtStatus.INVALID_PARAMETER;
    }
    options.setKeepCount(count);
    return NtStatus.SUCCESS;
  }

  private static SocketOperation setIpv6Only() {
    return new SocketOperation(
        WskControlSocketType.SET_OPTION,
        Ipv6Options.V6ONLY,
        Rows.ALL,
        IrpUse.REQUIRED,
        When.BEFORE_BIND,
        (target, call) -> {
          Integer value = call.input(NativeLayouts.ULONG, Integer.class);
          if (value == null || target.addressFamily() != AddressFamily.INET6) {
            return call.answer(NtStatus.INVALID_PARAMETER);
          }
          return call.answer(setIpv6Only(target.options(), value != 0));
        });
  }

  private static NtStatus setIpv6Only(SocketOptions options, boolean on) {
    return options.beforeBind(
        () -> {
          options.setIpv6Only(on);
          return NtStatus.SUCCESS;
        });
  }

  private static SocketOperation getIpv6Only() {
    return new SocketOperation(
        WskControlSocketType.GET_OPTION,
        Ipv6Options.V6ONLY,
        Rows.ALL,
        IrpUse.REQUIRED,
        When.ALWAYS,
        (target, call) ->
            target.addressFamily() == AddressFamily.INET6
                ? call.answer(NativeLayouts.ULONG, target.options().ipv6Only() ? 1 : 0)
                : call.answer(NtStatus.INVALID_PARAMETER));
  }
}
