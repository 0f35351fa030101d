package org.wsk4j.provider.control;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.DispatchLevel;

/**
 * The interfaces of this machine as they were at one moment. The scope of an address does not
 * count. To ask the system takes up to milliseconds, which event loops do not have; so the last
 * answer is kept for them.
 *
 * <p>Threads: immutable; {@link #ask} asks the system, {@link #known} does so only the first time.
 */
public final class LocalInterfaces {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int DISCARD = 9;

  private static volatile @Nullable LocalInterfaces last;

  private final List<One> all;
  private final Set<InetAddress> addresses = new HashSet<>();
  private final long asked = System.nanoTime();

  private LocalInterfaces(List<One> all) {
    this.all = all;
    all.forEach(one -> addresses.addAll(one.addresses));
  }

  /** One interface. */
  private record One(
      int index, boolean up, boolean loopback, boolean multicast, List<InetAddress> addresses) {
    static Stream<One> of(NetworkInterface found) {
      try {
        return Stream.of(
            new One(
                found.getIndex(),
                found.isUp(),
                found.isLoopback(),
                found.supportsMulticast(),
                found.inetAddresses().toList()));
      } catch (SocketException gone) {
        return Stream.empty();
      }
    }
  }

  /** {@return the interfaces as they are now; the system is asked} */
  public static LocalInterfaces ask() {
    LocalInterfaces now = new LocalInterfaces(list());
    last = now;
    return now;
  }

  /** {@return the interfaces as they were when somebody last asked} */
  public static LocalInterfaces known() {
    LocalInterfaces found = last;
    return found != null ? found : ask();
  }

  /**
   * Gives the interfaces as they are now, if this thread may wait; else as they were when somebody
   * last asked, and if that was long ago, the watch asks for those who come later.
   *
   * @param watch has a thread for that
   * @return the interfaces
   */
  public static LocalInterfaces recent(ChangeWatch watch) {
    return recent(watch, System.nanoTime());
  }

  static LocalInterfaces recent(ChangeWatch watch, long now) {
    LocalInterfaces found = known();
    if (now - found.asked < FRESH_NANOS) {
      return found;
    }
    if (!DispatchLevel.isRaised()) {
      return ask();
    }
    watch.refresh();
    return found;
  }

  private static List<One> list() {
    try {
      // Each interface is asked several questions, and they come in the order of the system.
      return NetworkInterface.networkInterfaces().flatMap(One::of).toList();
    } catch (SocketException noInterfaces) {
      return List.of();
    }
  }

  /** {@return the addresses of interfaces that are up} */
  List<InetAddress> upAddresses() {
    return all.stream().filter(One::up).flatMap(one -> one.addresses.stream()).toList();
  }

  /**
   * Tells whether an address is one of this machine.
   *
   * @param address the address
   * @return whether an interface has it, or it is a loopback address
   */
  public boolean have(InetAddress address) {
    return address.isLoopbackAddress() || addresses.contains(address);
  }

  /**
   * Tells whether there is an interface.
   *
   * @param index its index
   * @return whether it is there
   */
  public boolean have(int index) {
    return all.stream().anyMatch(one -> one.index == index);
  }

  /**
   * Finds the interface of an address.
   *
   * @param address the address
   * @return the index, or 0 if no interface has it
   */
  public int indexOf(InetAddress address) {
    return all.stream()
        .filter(one -> one.addresses.contains(address))
        .mapToInt(One::index)
        .findFirst()
        .orElse(0);
  }

  /**
   * Finds the interface for a multicast group when nobody says which: the one by which the routes
   * would send to it, else the first that can be used.
   *
   * @param group the group
   * @return the index, or 0 if there is none
   */
  public int forGroup(InetAddress group) {
    int routed = indexOf(sourceFor(group));
    return routed != 0 ? routed : firstFor(group instanceof Inet4Address);
  }

  /** Connecting a datagram socket looks the route up and sends nothing. */
  private static InetAddress sourceFor(InetAddress group) {
    StandardProtocolFamily family =
        group instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    try (DatagramChannel probe = DatagramChannel.open(family)) {
      probe.connect(new InetSocketAddress(group, DISCARD));
      return ((InetSocketAddress) probe.getLocalAddress()).getAddress();
    } catch (IOException | RuntimeException noRoute) {
      return group;
    }
  }

  private int firstFor(boolean v4) {
    Stream<One> usable =
        all.stream()
            .filter(one -> one.up && one.multicast)
            .filter(one -> one.addresses.stream().anyMatch(at -> at instanceof Inet4Address == v4));
    List<One> found = usable.toList();
    return Stream.concat(
            found.stream().filter(one -> !one.loopback), found.stream().filter(One::loopback))
        .mapToInt(One::index)
        .findFirst()
        .orElse(0);
  }
}
