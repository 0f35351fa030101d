package org.wsk4j.provider.socket;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.completion.Completions;

/** What sockets check and answer about addresses. */
final class Addresses {
  private Addresses() {}

  /** SUCCESS if an address is there and of the family, else INVALID_PARAMETER. */
  static NtStatus check(@Nullable SocketAddress address, int family) {
    boolean fits = address != null && SocketAddresses.family(address) == family;
    return fits ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER;
  }

  /** SUCCESS if an address can be connected to, else INVALID_ADDRESS_COMPONENT. */
  static NtStatus checkDestination(SocketAddress address) {
    boolean usable =
        address instanceof InetSocketAddress inet
            && inet.getPort() != 0
            && !SocketAddresses.isWildcard(inet);
    return usable ? NtStatus.SUCCESS : NtStatus.INVALID_ADDRESS_COMPONENT;
  }

  /** Whether a peer's address, as the system reports it, belongs to a socket of the family. */
  static boolean serves(SocketAddress address, int family) {
    return SocketAddresses.family(address) == family;
  }

  /**
   * What a bound socket reports: the address asked for, with the port that was chosen. The system
   * may report the wildcard of another family.
   */
  static SocketAddress bound(SocketAddress asked, SocketAddress reported) {
    if (asked instanceof InetSocketAddress inet && reported instanceof InetSocketAddress real) {
      return new InetSocketAddress(inet.getAddress(), real.getPort());
    }
    return reported;
  }

  /** An address for which ports mean nothing. */
  static InetSocketAddress withoutPort(InetSocketAddress address) {
    return address.getPort() == 0 ? address : new InetSocketAddress(address.getAddress(), 0);
  }

  /** An address as a socket of the family reports it. */
  static SocketAddress inFamily(SocketAddress address, int family) {
    if (family == AddressFamily.INET6
        && address instanceof InetSocketAddress inet
        && inet.getAddress() instanceof Inet4Address) {
      return SocketAddresses.toMapped(inet);
    }
    return address;
  }

  /** Answers a question for an address. */
  static NtStatus answer(
      @Nullable Irp irp,
      @Nullable Out<SocketAddress> place,
      @Nullable SocketAddress address,
      NtStatus absent) {
    NtStatus begun = AbstractSocket.begin(irp, null);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    if (place == null) {
      return Completions.finish(irp, NtStatus.INVALID_PARAMETER);
    }
    if (address == null) {
      return Completions.finish(irp, absent);
    }
    place.set(address);
    return Completions.finish(irp, NtStatus.SUCCESS);
  }
}
