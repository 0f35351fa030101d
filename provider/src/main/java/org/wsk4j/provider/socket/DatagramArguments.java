package org.wsk4j.provider.socket;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.buffer.WskBufList;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.MessageLengths;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.provider.core.SocketState;

/**
 * Judges the arguments of calls on datagram sockets: first what the call itself says, then the
 * state, then the address.
 *
 * <p>Threads: any.
 */
final class DatagramArguments {
  private static final byte[] LIMITED_BROADCAST = {-1, -1, -1, -1};

  private DatagramArguments() {}

  // ---- Send

  static NtStatus send(@Nullable WskBuf buffer, int flags, @Nullable ControlInfo controlInfo) {
    if (buffer == null || flags != 0) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus region = buffer.check();
    return region != NtStatus.SUCCESS ? region : controlInfo(controlInfo);
  }

  static NtStatus send(@Nullable WskBufList list, int flags, @Nullable ControlInfo controlInfo) {
    if (list == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    for (WskBufList each = list; each != null; each = each.next()) {
      NtStatus status = send(each.buffer(), flags, controlInfo);
      if (status != NtStatus.SUCCESS) {
        return status;
      }
    }
    return NtStatus.SUCCESS;
  }

  private static NtStatus controlInfo(@Nullable ControlInfo info) {
    return info == null ? NtStatus.SUCCESS : info.check();
  }

  /** SUCCESS if the socket can send and receive, else what calls are answered. */
  static NtStatus state(SocketState state) {
    return state.phase() == SocketPhase.BOUND ? NtStatus.SUCCESS : state.wrongPhase();
  }

  /** SUCCESS if datagrams can be sent to an address. */
  static NtStatus destination(@Nullable SocketAddress address, int family, boolean ipv6Only) {
    NtStatus fits = Addresses.check(address, family);
    if (fits != NtStatus.SUCCESS || address == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    boolean otherFamily =
        family == AddressFamily.INET6 && ipv6Only && SocketAddresses.isMapped(address);
    return otherFamily ? NtStatus.INVALID_ADDRESS_COMPONENT : Addresses.checkDestination(address);
  }

  /** SUCCESS if packets can be sent to an address; its port means nothing. */
  static NtStatus rawDestination(@Nullable SocketAddress address, int family) {
    NtStatus fits = Addresses.check(address, family);
    if (fits != NtStatus.SUCCESS || address == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    boolean usable = !SocketAddresses.isWildcard(address) && !SocketAddresses.isMapped(address);
    return usable ? NtStatus.SUCCESS : NtStatus.INVALID_ADDRESS_COMPONENT;
  }

  /** SUCCESS if a datagram for an address can be so long. */
  static NtStatus length(long length, @Nullable Object remote) {
    boolean ipv4 =
        remote instanceof InetSocketAddress inet
            && (inet.getAddress() instanceof Inet4Address || SocketAddresses.isMapped(inet));
    return length <= (ipv4 ? MessageLengths.UDP_IPV4 : MessageLengths.UDP_IPV6)
        ? NtStatus.SUCCESS
        : NtStatus.INVALID_BUFFER_SIZE;
  }

  // ---- Receive

  static NtStatus receive(@Nullable WskBuf buffer, int flags) {
    return buffer == null || flags != 0 ? NtStatus.INVALID_PARAMETER : buffer.checkWritable();
  }

  // ---- Bind

  /** SUCCESS if an address of the right family can be one of this host (DGB-24, DGB-33). */
  static NtStatus local(SocketAddress address, int family, boolean ipv6Only) {
    boolean broadcast =
        address instanceof InetSocketAddress inet
            && Arrays.equals(inet.getAddress().getAddress(), LIMITED_BROADCAST);
    boolean otherFamily =
        family == AddressFamily.INET6 && ipv6Only && SocketAddresses.isMapped(address);
    return broadcast || otherFamily ? NtStatus.INVALID_ADDRESS_COMPONENT : NtStatus.SUCCESS;
  }
}
