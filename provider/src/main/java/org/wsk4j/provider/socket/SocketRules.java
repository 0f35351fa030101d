package org.wsk4j.provider.socket;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.channel.Channels;
import org.wsk4j.socket.WskClientSocketDispatch;
import org.wsk4j.socket.WskSocketCategory;
import org.wsk4j.stream.WskClientStreamDispatch;

/**
 * Which sockets can be made: the combinations, and the tables that go with the categories. Whether
 * raw sockets can be had the {@link org.wsk4j.provider.channel.RawSockets} say.
 */
final class SocketRules {
  private SocketRules() {}

  static NtStatus check(
      WskSocketCategory category,
      SocketKind kind,
      @Nullable WskClientSocketDispatch dispatch,
      boolean usableDescriptor) {
    if (!fits(category, dispatch)) {
      return NtStatus.INVALID_PARAMETER;
    }
    if (!usableDescriptor) {
      return NtStatus.INVALID_PARAMETER;
    }
    if (kind.protocol() == 0) {
      return NtStatus.PROTOCOL_UNREACHABLE;
    }
    if (!Channels.isSupported(kind.addressFamily()) || !offers(category, kind)) {
      return NtStatus.NOT_SUPPORTED;
    }
    return NtStatus.SUCCESS;
  }

  private static boolean offers(WskSocketCategory category, SocketKind kind) {
    return switch (category) {
      case BASIC -> kind.isTcp() || kind.isUdp() || kind.isRaw();
      case LISTEN -> kind.isTcp() || kind.isUdp();
      case CONNECTION, STREAM -> kind.isTcp();
      case DATAGRAM -> kind.isUdp() || kind.isRaw();
    };
  }

  private static boolean fits(
      WskSocketCategory category, @Nullable WskClientSocketDispatch dispatch) {
    return dispatch == null
        || switch (category) {
          case BASIC -> false;
          case LISTEN -> dispatch instanceof WskClientListenDispatch;
          case CONNECTION -> dispatch instanceof WskClientConnectionDispatch;
          case DATAGRAM -> dispatch instanceof WskClientDatagramDispatch;
          case STREAM -> dispatch instanceof WskClientStreamDispatch;
        };
  }

  /** The addresses of a socket that is made, bound and connected at once. */
  static NtStatus checkConnect(
      @Nullable SocketAddress localAddress, @Nullable SocketAddress remoteAddress, int flags) {
    int family = SocketAddresses.family(localAddress);
    if (flags != 0 || localAddress == null || remoteAddress == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    if (!Channels.isSupported(family)) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus same = Addresses.check(remoteAddress, family);
    return same != NtStatus.SUCCESS ? same : Addresses.checkDestination(remoteAddress);
  }
}
