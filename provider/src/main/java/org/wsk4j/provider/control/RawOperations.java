package org.wsk4j.provider.control;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.net.Protocol;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOperation.Carrier;
import org.wsk4j.provider.control.SocketOperation.When;
import org.wsk4j.socket.WskSocketCategory;

/** The options of raw sockets alone. */
final class RawOperations {
  private static final Set<WskSocketCategory> RAW =
      EnumSet.of(WskSocketCategory.BASIC, WskSocketCategory.DATAGRAM);

  static final List<SocketOperation> ALL =
      Stream.of(
              headerIncluded(IpOptions.HDRINCL),
              headerIncluded(Ipv6Options.HDRINCL),
              List.of(
                  Rows.set(
                      Ipv6Options.CHECKSUM,
                      RAW,
                      Carrier.RAW,
                      When.ALWAYS,
                      RawOperations::setChecksumOffset),
                  Rows.get(
                      Ipv6Options.CHECKSUM,
                      RAW,
                      Carrier.RAW,
                      target -> target.options().checksumOffset())))
          .flatMap(List::stream)
          .toList();

  private RawOperations() {}

  private static List<SocketOperation> headerIncluded(WskControlKey<Integer, Integer> key) {
    return List.of(
        Rows.set(
            key,
            RAW,
            Carrier.RAW,
            When.ALWAYS,
            (target, value) -> {
              target.options().setHeaderIncluded(value != 0);
              return NtStatus.SUCCESS;
            }),
        Rows.get(key, RAW, Carrier.RAW, target -> target.options().headerIncluded() ? 1 : 0));
  }

  /** A checksum lies at an even offset; that of ICMPv6 is always the system's (RFC 3542). */
  private static NtStatus setChecksumOffset(ControlTarget target, int offset) {
    boolean possible = offset == SocketOptions.NO_CHECKSUM || offset >= 0 && (offset & 1) == 0;
    if (!possible || target.rawProtocol() == Protocol.ICMPV6) {
      return NtStatus.INVALID_PARAMETER;
    }
    target.options().setChecksumOffset(offset);
    return NtStatus.SUCCESS;
  }
}
