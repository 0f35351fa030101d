package org.wsk4j.provider.control;

import java.util.List;
import java.util.stream.Stream;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.UdpOptions;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOperation.IrpUse;
import org.wsk4j.provider.control.SocketOperation.When;

/**
 * Operations of datagram sockets that are not built: these say NOT_SUPPORTED, so that programs that
 * probe fall back (OPC-32), and every other socket, to which they do not apply, says
 * INVALID_DEVICE_REQUEST (CTL-08), unless it has a row of its own.
 */
final class Elsewhere {
  /** Set and got. */
  private static final List<WskControlKey<?, ?>> OPTIONS =
      List.of(
          UdpOptions.NOCHECKSUM,
          UdpOptions.SEND_MSG_SIZE,
          UdpOptions.RECV_MAX_COALESCED_SIZE,
          IpOptions.PKTINFO,
          IpOptions.HOPLIMIT,
          IpOptions.RECVTOS,
          IpOptions.ECN,
          IpOptions.RECVERR,
          Ipv6Options.PKTINFO,
          Ipv6Options.HOPLIMIT,
          Ipv6Options.RECVTCLASS,
          Ipv6Options.ECN,
          Ipv6Options.RECVERR);

  private static final List<WskControlKey<?, ?>> IOCTLS = List.of(WskIoctls.UDP_CONNRESET);

  static final List<SocketOperation> ALL =
      Stream.of(
              rows(WskControlSocketType.SET_OPTION, OPTIONS),
              rows(WskControlSocketType.GET_OPTION, OPTIONS),
              rows(WskControlSocketType.IOCTL, IOCTLS))
          .flatMap(rows -> rows)
          .toList();

  private Elsewhere() {}

  private static Stream<SocketOperation> rows(
      WskControlSocketType type, List<WskControlKey<?, ?>> keys) {
    return keys.stream()
        .map(
            key ->
                new SocketOperation(
                    type,
                    key,
                    DatagramOperations.DATAGRAM,
                    IrpUse.OPTIONAL,
                    When.ALWAYS,
                    (target, call) -> call.answer(NtStatus.NOT_SUPPORTED)));
  }
}
