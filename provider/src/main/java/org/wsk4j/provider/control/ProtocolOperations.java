package org.wsk4j.provider.control;

import java.util.List;
import java.util.stream.Stream;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOperation.Carrier;
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
                  Rows.TCP_OR_BASIC,
                  When.ALWAYS,
                  SocketOptions::setFastOpen,
                  SocketOptions::fastOpen),
              Rows.number(
                  TcpOptions.KEEPIDLE,
                  Rows.TCP_OR_BASIC,
                  When.ALWAYS,
                  1,
                  (options, seconds) -> {
                    options.setKeepIdleSeconds(seconds);
                    return NtStatus.SUCCESS;
                  },
                  SocketOptions::keepIdleSeconds),
              Rows.number(
                  TcpOptions.KEEPINTVL,
                  Rows.TCP_OR_BASIC,
                  When.ALWAYS,
                  1,
                  (options, seconds) -> {
                    options.setKeepIntervalSeconds(seconds);
                    return NtStatus.SUCCESS;
                  },
                  SocketOptions::keepIntervalSeconds),
              Rows.number(
                  TcpOptions.KEEPCNT,
                  Rows.TCP_OR_BASIC,
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

  /** Its level is there on sockets of AF_INET6 alone. */
  private static SocketOperation setIpv6Only() {
    return Rows.set(
        Ipv6Options.V6ONLY,
        Rows.ALL,
        Carrier.ANY,
        When.BEFORE_BIND,
        (target, value) ->
            // A raw socket of the system is of one family.
            target.isRaw() && value == 0
                ? NtStatus.NOT_SUPPORTED
                : setIpv6Only(target.options(), value != 0));
  }

  private static NtStatus setIpv6Only(SocketOptions options, boolean on) {
    return options.beforeBind(
        () -> {
          options.setIpv6Only(on);
          return NtStatus.SUCCESS;
        });
  }

  private static SocketOperation getIpv6Only() {
    return Rows.get(
        Ipv6Options.V6ONLY, Rows.ALL, Carrier.ANY, target -> target.options().ipv6Only() ? 1 : 0);
  }
}
