package org.wsk4j.provider.socket;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Predicate;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlMessage;
import org.wsk4j.net.ControlType;
import org.wsk4j.net.In6PktInfo;
import org.wsk4j.net.InPktInfo;
import org.wsk4j.net.IntControlMessage;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.transport.TransportFeature;

/**
 * Judges control information that is to go along with datagrams (DGS-45 to DGS-59): malformed, out
 * of range, or of the other family than the destination is INVALID_PARAMETER; what is not known, or
 * not possible on the transport, is NOT_SUPPORTED.
 *
 * <p>Threads: any.
 */
final class SendControl {
  private static final int MOST = 255;
  private static final int MOST_ECN = 3;

  /** How many kinds there are that go together: more messages repeat themselves. */
  private static final int KINDS = 5;

  private SendControl() {}

  /** SUCCESS if all messages can go to a destination. */
  static NtStatus check(
      ControlInfo info, InetSocketAddress remote, Predicate<TransportFeature> can) {
    boolean ipv4 = remote.getAddress() instanceof Inet4Address || SocketAddresses.isMapped(remote);
    List<ControlMessage> messages = info.messages();
    int effective = 0;
    for (int each = 0; each < messages.size(); each++) {
      ControlMessage message = messages.get(each);
      NtStatus status = check(message, ipv4, can);
      if (status != NtStatus.SUCCESS) {
        return status;
      }
      effective += isWithoutEffect(message) ? 0 : 1;
    }
    return effective <= KINDS ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER;
  }

  private static NtStatus check(
      ControlMessage message, boolean ipv4, Predicate<TransportFeature> can) {
    if (isWithoutEffect(message)) {
      return NtStatus.SUCCESS;
    }
    TransportFeature feature =
        message.level() == Protocol.UDP
            ? TransportFeature.SEND_SEGMENTATION
            : TransportFeature.CONTROL_INFO;
    if (!isKnown(message.level(), message.type()) || !can.test(feature)) {
      return NtStatus.NOT_SUPPORTED;
    }
    boolean fits = message.level() == Protocol.UDP || ipv4 == (message.level() == Protocol.IP);
    return fits && isValid(message) ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER;
  }

  /** Real clients append one of these to every send (DGS-50). */
  private static boolean isWithoutEffect(ControlMessage message) {
    boolean options =
        message.level() == Protocol.IP && message.type() == ControlType.IP_OPTIONS
            || message.level() == Protocol.IPV6 && message.type() == ControlType.IPV6_RTHDR;
    return options && message.dataSize() == 0;
  }

  private static boolean isKnown(int level, int type) {
    return switch (level) {
      case Protocol.IP ->
          switch (type) {
            case ControlType.IP_PKTINFO,
                ControlType.IP_TOS,
                ControlType.IP_TTL,
                ControlType.IP_ECN ->
                true;
            default -> false;
          };
      case Protocol.IPV6 ->
          switch (type) {
            case ControlType.IPV6_PKTINFO,
                ControlType.IPV6_TCLASS,
                ControlType.IPV6_HOPLIMIT,
                ControlType.IPV6_ECN ->
                true;
            default -> false;
          };
      case Protocol.UDP -> type == ControlType.UDP_SEND_MSG_SIZE;
      default -> false;
    };
  }

  /** A known kind whose data has another size is read as one that is not known. */
  private static boolean isValid(ControlMessage message) {
    if (message instanceof IntControlMessage number) {
      return isInRange(number);
    }
    return message instanceof InPktInfo || message instanceof In6PktInfo;
  }

  private static boolean isInRange(IntControlMessage number) {
    int value = number.value();
    if (number.level() == Protocol.UDP) {
      return value >= 0;
    }
    return switch (number.type()) {
      case ControlType.IP_ECN -> value >= 0 && value <= MOST_ECN;
      case ControlType.IP_TTL, ControlType.IPV6_HOPLIMIT -> value >= 1 && value <= MOST;
      case ControlType.IP_TOS, ControlType.IPV6_TCLASS -> value >= 0 && value <= MOST;
      default -> false;
    };
  }
}
