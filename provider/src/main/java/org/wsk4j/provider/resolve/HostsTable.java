package org.wsk4j.provider.resolve;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.SocketAddresses;

/** What a hosts file says: lines of an address and its names, the canonical one first. */
final class HostsTable {
  private final Map<String, Host> hosts = new HashMap<>();
  private final Map<InetAddress, String> names = new HashMap<>();

  HostsTable(List<String> lines) {
    lines.forEach(this::add);
  }

  private void add(String line) {
    List<String> words = WatchedFile.words(line);
    InetAddress address = words.size() < 2 ? null : Numeric.address(words.get(0));
    if (address == null) {
      return;
    }
    List<String> all = words.subList(1, words.size());
    for (String name : all) {
      hosts.merge(key(name), new Host(List.of(address), all.get(0), full(all)), HostsTable::both);
    }
    names.putIfAbsent(SocketAddresses.unmap(address), full(all));
  }

  /** A name that stands in several lines has all their addresses, and the names of the first. */
  private static Host both(Host first, Host second) {
    List<InetAddress> addresses = new ArrayList<>(first.addresses());
    addresses.addAll(second.addresses());
    return new Host(addresses, first.canonicalName(), first.fullName());
  }

  /** The first name with a dot is the fully qualified one. */
  private static String full(List<String> names) {
    return names.stream().filter(name -> name.contains(".")).findFirst().orElse(names.get(0));
  }

  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** {@return the host of a name, or {@code null}} */
  @Nullable Host host(String name) {
    return hosts.get(key(name));
  }

  /** {@return the fully qualified name of an address, or {@code null}} */
  @Nullable String name(InetAddress address) {
    return names.get(SocketAddresses.unmap(address));
  }
}
