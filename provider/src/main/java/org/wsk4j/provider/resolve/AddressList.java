package org.wsk4j.provider.resolve;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.AddressInfoFlags;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;

/** Makes of the addresses of a host what the question wants. */
final class AddressList {
  private AddressList() {}

  /** {@return the families that are looked for, the preferred one first; {@code true} for IPv6} */
  static List<Boolean> families(boolean v4, boolean v6, boolean v6First) {
    List<Boolean> families = new ArrayList<>();
    if (v6 && v6First) {
      families.add(true);
    }
    if (v4) {
      families.add(false);
    }
    if (v6 && !v6First) {
      families.add(true);
    }
    return families;
  }

  /** {@return the host with its addresses of these families, in their order} */
  static Host only(Host host, List<Boolean> families) {
    List<InetAddress> addresses = new ArrayList<>();
    for (boolean wanted : families) {
      host.addresses().stream().filter(one -> isV4(one) != wanted).forEach(addresses::add);
    }
    return new Host(addresses, host.canonicalName(), host.fullName());
  }

  /** {@return the list for a host and port; NOT_FOUND if no address is left, or no host} */
  static Answer<AddressInfo> of(AddressQuestion question, @Nullable Host host, int port) {
    List<InetAddress> addresses = host == null ? List.of() : ofFamily(question, host.addresses());
    AddressInfo next = null;
    for (int i = addresses.size() - 1; i >= 0; i--) {
      next =
          entry(
              question,
              new InetSocketAddress(addresses.get(i), port),
              name(question, host, i),
              next);
    }
    return next == null ? Answer.failed(NtStatus.NOT_FOUND) : Answer.found(next);
  }

  private static @Nullable String name(AddressQuestion question, @Nullable Host host, int index) {
    if (host == null || index > 0) {
      return null;
    }
    if (question.has(AddressInfoFlags.CANONNAME)) {
      return host.canonicalName();
    }
    return question.has(AddressInfoFlags.FQDN) ? host.fullName() : null;
  }

  private static AddressInfo entry(
      AddressQuestion question,
      InetSocketAddress address,
      @Nullable String name,
      @Nullable AddressInfo next) {
    AddressInfo hints = question.hints();
    return new AddressInfo(
        0,
        SocketAddresses.family(address),
        hints.socketType(),
        hints.protocol(),
        SocketAddresses.nativeSize(address),
        name,
        address,
        null,
        next);
  }

  private static List<InetAddress> ofFamily(AddressQuestion question, List<InetAddress> found) {
    List<InetAddress> v4 = found.stream().filter(AddressList::isV4).toList();
    List<InetAddress> v6 = found.stream().filter(one -> !isV4(one)).toList();
    Stream<? extends InetAddress> wanted =
        switch (question.hints().family()) {
          case AddressFamily.INET -> v4.stream();
          case AddressFamily.INET6 ->
              Stream.concat(v6.stream(), mapped(question, v4, v6.isEmpty()).stream());
          default -> found.stream();
        };
    return wanted.distinct().map(InetAddress.class::cast).toList();
  }

  /** IPv4 addresses in the form of IPv6, if they are wanted: in place of others, or besides. */
  private static List<InetAddress> mapped(
      AddressQuestion question, List<InetAddress> v4, boolean noOthers) {
    boolean wanted =
        question.has(AddressInfoFlags.V4MAPPED) && (noOthers || question.has(AddressInfoFlags.ALL));
    return wanted ? v4.stream().<InetAddress>map(SocketAddresses::toMapped).toList() : List.of();
  }

  private static boolean isV4(InetAddress address) {
    return address instanceof Inet4Address;
  }
}
