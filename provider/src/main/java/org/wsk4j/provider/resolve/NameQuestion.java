package org.wsk4j.provider.resolve;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.NameInfoFlags;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;

/**
 * A question for the names of an address and a port.
 *
 * @param address the address and port, as the caller gave them
 * @param flags see {@link NameInfoFlags}
 * @param node whether the name of the host is wanted
 * @param service whether the name of the service is wanted
 */
public record NameQuestion(
    @Nullable SocketAddress address, int flags, boolean node, boolean service) {
  private static final int KNOWN_FLAGS =
      NameInfoFlags.NOFQDN
          | NameInfoFlags.NUMERICHOST
          | NameInfoFlags.NAMEREQD
          | NameInfoFlags.NUMERICSERV
          | NameInfoFlags.DGRAM;

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** {@return SUCCESS if the question can be asked, else why not} */
  NtStatus check() {
    int family = SocketAddresses.family(address);
    boolean wellFormed = (node || service) && (flags & ~KNOWN_FLAGS) == 0;
    if (!wellFormed || address == null || isUnresolved()) {
      return NtStatus.INVALID_PARAMETER;
    }
    return family == AddressFamily.INET || family == AddressFamily.INET6
        ? NtStatus.SUCCESS
        : NtStatus.NOT_SUPPORTED;
  }

  private boolean isUnresolved() {
    return address instanceof InetSocketAddress inet && inet.getAddress() == null;
  }
}
