package org.wsk4j.provider.resolve;

import io.netty.resolver.dns.DefaultDnsServerAddressStreamProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where answers come from: the files of the system, its interfaces, and name servers.
 *
 * <p>Threads: that of names; everything here may take time.
 */
final class Sources {
  private static final InetSocketAddress OWN_SERVER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

  private final DnsSettings settings;
  private final WatchedFile<HostsTable> hosts;
  private final WatchedFile<ServiceTable> services;
  private final WatchedFile<ResolverTable> resolver;
  private final Supplier<LocalFamilies> families;
  private final DnsClient client;

  Sources(NameSettings settings, Supplier<LocalFamilies> families, DnsClient client) {
    NameFiles files = settings.files();
    this.settings = settings.dns();
    this.families = families;
    this.client = client;
    hosts = new WatchedFile<>(files.hosts(), HostsTable::new);
    services = new WatchedFile<>(files.services(), ServiceTable::new);
    resolver = new WatchedFile<>(files.resolver(), ResolverTable::new);
  }

  HostsTable hosts() {
    return hosts.get();
  }

  ServiceTable services() {
    return services.get();
  }

  LocalFamilies families() {
    return families.get();
  }

  /** {@return what talks to servers} */
  DnsClient client() {
    return client;
  }

  private List<String> domains() {
    List<String> given = settings.search();
    return given != null ? given : resolver.get().domains();
  }

  /** {@return the domain of this machine, or {@code null}} */
  @Nullable String localDomain() {
    List<String> domains = domains();
    return domains.isEmpty() ? null : domains.get(0);
  }

  /** {@return the absolute names to ask for, one after the other} */
  List<String> candidates(String name) {
    return HostName.candidates(name, domains(), resolver.get().dots());
  }

  /** {@return the servers in the order in which they are asked, each as often as it is} */
  List<InetSocketAddress> servers() {
    List<InetSocketAddress> once = settings.servers();
    if (once.isEmpty()) {
      once = serversOfSystem();
    }
    List<InetSocketAddress> all = new ArrayList<>();
    int attempts = settings.attempts() > 0 ? settings.attempts() : resolver.get().attempts();
    for (int i = 0; i < attempts; i++) {
      all.addAll(once);
    }
    return all;
  }

  private List<InetSocketAddress> serversOfSystem() {
    List<InetSocketAddress> listed = resolver.get().servers();
    if (!listed.isEmpty()) {
      return listed;
    }
    return NameFiles.isWindows()
        ? DefaultDnsServerAddressStreamProvider.defaultAddressList()
        : List.of(OWN_SERVER);
  }
}
