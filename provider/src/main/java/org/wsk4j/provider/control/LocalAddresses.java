package org.wsk4j.provider.control;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.wsk4j.net.AddressFamily;

/**
 * The addresses of this machine, by family: those of interfaces that are up, with port 0, the
 * loopback addresses last (IOC-36, IOC-40).
 *
 * <p>Threads: any; each question asks the system.
 */
public final class LocalAddresses {
  private static final Supplier<List<SocketAddress>> OF_IPV4 = () -> list(true);
  private static final Supplier<List<SocketAddress>> OF_IPV6 = () -> list(false);

  private LocalAddresses() {}

  /**
   * Gives the question for the addresses of a family.
   *
   * @param addressFamily AF_INET or AF_INET6
   * @return gives the list; the same object for the same family
   */
  public static Supplier<List<SocketAddress>> of(int addressFamily) {
    return addressFamily == AddressFamily.INET6 ? OF_IPV6 : OF_IPV4;
  }

  private static List<SocketAddress> list(boolean v4) {
    List<InetAddress> found =
        LocalInterfaces.ask().upAddresses().stream()
            .filter(address -> address instanceof Inet4Address == v4)
            .toList();
    return List.<SocketAddress>copyOf(
        Stream.concat(
                found.stream().filter(address -> !address.isLoopbackAddress()),
                found.stream().filter(InetAddress::isLoopbackAddress))
            .map(address -> new InetSocketAddress(address, 0))
            .toList());
  }
}
