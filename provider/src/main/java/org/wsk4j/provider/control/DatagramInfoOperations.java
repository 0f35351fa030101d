package org.wsk4j.provider.control;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.OptionLevel;
import org.wsk4j.control.UdpOptions;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOperation.Carrier;
import org.wsk4j.provider.control.SocketOperation.IrpUse;
import org.wsk4j.provider.control.SocketOperation.When;
import org.wsk4j.provider.transport.DatagramInfo;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskSocketCategory;

/**
 * The options that say what is told of received datagrams, and how datagrams are joined and cut.
 * What the transport cannot do is NOT_SUPPORTED, to set and to get, so that a program can ask.
 */
final class DatagramInfoOperations {
  static final List<SocketOperation> ALL =
      Stream.of(
              List.of(refusals(), setNoChecksum(), getNoChecksum()),
              told(IpOptions.PKTINFO, DatagramInfo.PACKET_INFO),
              told(IpOptions.RECVTTL, DatagramInfo.TTL),
              told(IpOptions.RECVTOS, DatagramInfo.TOS),
              told(IpOptions.ECN, DatagramInfo.ECN),
              told(IpOptions.RECVERR, DatagramInfo.ERRORS),
              told(Ipv6Options.PKTINFO, DatagramInfo.PACKET_INFO6),
              told(Ipv6Options.HOPLIMIT, DatagramInfo.HOP_LIMIT),
              told(Ipv6Options.RECVTCLASS, DatagramInfo.TRAFFIC_CLASS),
              told(Ipv6Options.ECN, DatagramInfo.ECN6),
              told(Ipv6Options.RECVERR, DatagramInfo.ERRORS6),
              size(
                  UdpOptions.SEND_MSG_SIZE,
                  TransportFeature.SEND_SEGMENTATION,
                  SocketOptions::setSendMessageSize,
                  SocketOptions::sendMessageSize),
              size(
                  UdpOptions.RECV_MAX_COALESCED_SIZE,
                  TransportFeature.RECEIVE_COALESCING,
                  SocketOptions::setMostCoalesced,
                  SocketOptions::mostCoalesced))
          .flatMap(List::stream)
          .toList();

  private DatagramInfoOperations() {}

  /** Something that is told of each datagram, or not (OPT-76, OPT-77). */
  private static List<SocketOperation> told(
      WskControlKey<Integer, Integer> key, DatagramInfo info) {
    return rows(
        key,
        DatagramOperations.DATAGRAM,
        TransportFeature.CONTROL_INFO,
        (target, value) -> target.options().setWanted(info, value != 0),
        target -> target.options().wants(info) ? 1 : 0);
  }

  /** Off is what every transport can do (IOC-54). */
  private static SocketOperation refusals() {
    return new SocketOperation(
        WskControlSocketType.IOCTL,
        WskIoctls.UDP_CONNRESET,
        DatagramOperations.DATAGRAM,
        Carrier.DATAGRAMS,
        IrpUse.REQUIRED,
        When.ALWAYS,
        (target, call) -> {
          Integer on = call.input(NativeLayouts.ULONG, Integer.class);
          return call.answer(
              on == null ? NtStatus.INVALID_PARAMETER : setRefusals(target, on != 0));
        });
  }

  private static NtStatus setRefusals(ControlTarget target, boolean on) {
    if (on && !target.can(TransportFeature.CONTROL_INFO)) {
      return NtStatus.NOT_SUPPORTED;
    }
    target.options().setWanted(DatagramInfo.REFUSALS, on);
    target.optionsChanged();
    return NtStatus.SUCCESS;
  }

  /** It is kept and has no effect; datagrams of IPv6 always have a checksum (OPT-98). */
  private static SocketOperation setNoChecksum() {
    return Rows.set(
        UdpOptions.NOCHECKSUM,
        IpOperations.DATAGRAM_OR_BASIC,
        Carrier.DATAGRAMS,
        When.ALWAYS,
        (target, value) -> {
          if (target.addressFamily() == AddressFamily.INET6) {
            return NtStatus.INVALID_DEVICE_REQUEST;
          }
          target.options().setNoChecksum(value != 0);
          return NtStatus.SUCCESS;
        });
  }

  private static SocketOperation getNoChecksum() {
    return new SocketOperation(
        WskControlSocketType.GET_OPTION,
        UdpOptions.NOCHECKSUM,
        IpOperations.DATAGRAM_OR_BASIC,
        Carrier.DATAGRAMS,
        IrpUse.REQUIRED,
        When.ALWAYS,
        (target, call) ->
            target.addressFamily() == AddressFamily.INET6
                ? call.answer(NtStatus.INVALID_DEVICE_REQUEST)
                : call.answer(NativeLayouts.ULONG, target.options().noChecksum() ? 1 : 0));
  }

  @FunctionalInterface
  private interface SetSize {
    void set(SocketOptions options, int size);
  }

  @FunctionalInterface
  private interface GetSize {
    int get(SocketOptions options);
  }

  /** A size in bytes, 0 for off (OPT-96, OPT-97). */
  private static List<SocketOperation> size(
      WskControlKey<Integer, Integer> key, TransportFeature feature, SetSize set, GetSize get) {
    return rows(
        key,
        IpOperations.DATAGRAM_OR_BASIC,
        feature,
        (target, value) -> set.set(target.options(), value < 0 ? Integer.MAX_VALUE : value),
        target -> get.get(target.options()));
  }

  @FunctionalInterface
  private interface SetValue {
    void set(ControlTarget target, int value);
  }

  @FunctionalInterface
  private interface GetValue {
    int get(ControlTarget target);
  }

  private static List<SocketOperation> rows(
      WskControlKey<Integer, Integer> key,
      Set<WskSocketCategory> categories,
      TransportFeature feature,
      SetValue set,
      GetValue get) {
    Carrier carrier = key.level() == OptionLevel.IPPROTO_UDP ? Carrier.UDP : Carrier.DATAGRAMS;
    return List.of(
        Rows.set(
            key,
            categories,
            carrier,
            When.ALWAYS,
            (target, value) -> {
              if (!target.can(feature)) {
                return NtStatus.NOT_SUPPORTED;
              }
              set.set(target, value);
              return NtStatus.SUCCESS;
            }),
        Rows.get(key, categories, carrier, feature, get::get));
  }
}
