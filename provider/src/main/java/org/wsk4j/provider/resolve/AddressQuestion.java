package org.wsk4j.provider.resolve;

import org.jspecify.annotations.Nullable;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.AddressInfoFlags;
import org.wsk4j.net.NameSpace;
import org.wsk4j.net.NameSpaceProvider;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;

/**
 * A question for the addresses of a host and the port of a service. An empty name counts as none.
 *
 * @param node the name of the host or an address, or {@code null}
 * @param service the name of the service or a port, or {@code null}
 * @param nameSpace where to ask
 * @param provider whom to ask, or {@code null}
 * @param hints what is wanted
 */
public record AddressQuestion(
    @Nullable String node,
    @Nullable String service,
    int nameSpace,
    @Nullable NameSpaceProvider provider,
    AddressInfo hints) {
  private static final AddressInfo ANYTHING = AddressInfo.hints(0, AddressFamily.UNSPEC, 0, 0);

  private static final int NAMES = AddressInfoFlags.CANONNAME | AddressInfoFlags.FQDN;

  private static final int KNOWN_FLAGS =
      NAMES
          | AddressInfoFlags.PASSIVE
          | AddressInfoFlags.NUMERICHOST
          | AddressInfoFlags.NUMERICSERV
          | AddressInfoFlags.DNS_ONLY
          | AddressInfoFlags.ALL
          | AddressInfoFlags.ADDRCONFIG
          | AddressInfoFlags.V4MAPPED
          | AddressInfoFlags.NON_AUTHORITATIVE
          | AddressInfoFlags.SECURE
          | AddressInfoFlags.RETURN_PREFERRED_NAMES
          | AddressInfoFlags.FILESERVER
          | AddressInfoFlags.DISABLE_IDN_ENCODING;

  /**
   * Takes a question down as the caller put it.
   *
   * @param node the name of the host, or {@code null}
   * @param service the name of the service, or {@code null}
   * @param nameSpace where to ask
   * @param provider whom to ask, or {@code null}
   * @param hints what is wanted; {@code null} for anything
   * @return the question
   */
  public static AddressQuestion of(
      @Nullable String node,
      @Nullable String service,
      int nameSpace,
      @Nullable NameSpaceProvider provider,
      @Nullable AddressInfo hints) {
    return new AddressQuestion(
        given(node), given(service), nameSpace, provider, hints != null ? hints : ANYTHING);
  }

  private static @Nullable String given(@Nullable String name) {
    return name == null || name.isEmpty() ? null : name;
  }

  boolean has(int flag) {
    return (hints.flags() & flag) != 0;
  }

  /** {@return SUCCESS if the question can be asked, else why not (OP-57 to OP-62)} */
  NtStatus check() {
    boolean wellFormed =
        (node != null || service != null)
            && isText(node)
            && isText(service)
            && hasNothingReserved()
            && hasKnownFlags();
    if (!wellFormed) {
      return NtStatus.INVALID_PARAMETER;
    }
    return isOffered() ? NtStatus.SUCCESS : NtStatus.NOT_SUPPORTED;
  }

  private static boolean isText(@Nullable String name) {
    return name == null || name.indexOf('\0') < 0;
  }

  private boolean hasNothingReserved() {
    return hints.addressLength() == 0
        && hints.canonicalName() == null
        && hints.address() == null
        && hints.provider() == null
        && hints.next() == null;
  }

  private boolean hasKnownFlags() {
    int names = hints.flags() & NAMES;
    return (hints.flags() & ~KNOWN_FLAGS) == 0 && names != NAMES && (names == 0 || node != null);
  }

  /** Nothing here could promise that an answer came over a secure channel. */
  private boolean isOffered() {
    boolean space = nameSpace == NameSpace.ALL || nameSpace == NameSpace.DNS;
    return space
        && provider == null
        && !has(AddressInfoFlags.SECURE)
        && isFamily(hints.family())
        && isSocket(hints.socketType(), hints.protocol());
  }

  private static boolean isFamily(int family) {
    return family == AddressFamily.UNSPEC
        || family == AddressFamily.INET
        || family == AddressFamily.INET6;
  }

  private static boolean isSocket(int type, int protocol) {
    return switch (type) {
      case SocketType.STREAM -> protocol == 0 || protocol == Protocol.TCP;
      case SocketType.DGRAM -> protocol == 0 || protocol == Protocol.UDP;
      case 0, SocketType.RAW -> protocol >= 0 && protocol < Protocol.MAX;
      default -> false;
    };
  }

  /** {@return the protocol whose services are asked for; 0 for any} */
  int serviceProtocol() {
    return switch (hints.socketType()) {
      case SocketType.STREAM -> Protocol.TCP;
      case SocketType.DGRAM -> Protocol.UDP;
      default ->
          hints.protocol() == Protocol.TCP || hints.protocol() == Protocol.UDP
              ? hints.protocol()
              : 0;
    };
  }

  /** {@return whether IPv4 addresses are of use} */
  boolean wantsV4() {
    return hints.family() != AddressFamily.INET6 || has(AddressInfoFlags.V4MAPPED);
  }

  /** {@return whether IPv6 addresses are of use} */
  boolean wantsV6() {
    return hints.family() != AddressFamily.INET;
  }
}
