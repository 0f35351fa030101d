package org.wsk4j.provider.boot;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wsk4j.provider.resolve.DnsSettings;
import org.wsk4j.provider.resolve.NameFiles;
import org.wsk4j.provider.resolve.NameLimits;
import org.wsk4j.provider.resolve.NameSettings;

/** Reads from system properties how names are found. */
final class NameProperties {
  private static final int DNS_PORT = 53;

  private NameProperties() {}

  static NameSettings read() {
    String search = System.getProperty("wsk4j.dns.search");
    DnsSettings dns =
        new DnsSettings(
            items(System.getProperty("wsk4j.dns.servers")).map(NameProperties::server).toList(),
            search == null ? null : items(search).toList(),
            Integer.getInteger("wsk4j.dns.timeout", 5_000),
            Integer.getInteger("wsk4j.dns.attempts", 0));
    NameLimits limits =
        new NameLimits(
            Long.getLong("wsk4j.names.timeout", 30_000),
            Integer.getInteger("wsk4j.names.running", 64),
            Integer.getInteger("wsk4j.names.waiting", 1024));
    return new NameSettings(dns, files(), limits);
  }

  private static NameFiles files() {
    NameFiles system = NameFiles.ofSystem();
    return new NameFiles(
        path("wsk4j.names.hosts", system.hosts()),
        path("wsk4j.names.services", system.services()),
        path("wsk4j.names.resolver", system.resolver()));
  }

  private static Path path(String property, Path otherwise) {
    String given = System.getProperty(property);
    return given == null ? otherwise : Path.of(given);
  }

  private static Stream<String> items(@Nullable String list) {
    return list == null
        ? Stream.of()
        : List.of(list.split(",")).stream().map(String::strip).filter(one -> !one.isEmpty());
  }

  /** An address, with or without a port: {@code 192.0.2.1:53}, {@code [2001:db8::1]:53}. */
  static InetSocketAddress server(String text) {
    boolean bareV6 = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
    URI uri = URI.create("dns://" + (bareV6 ? "[" + text + "]" : text));
    String host = uri.getHost();
    boolean numeric = host != null && (host.startsWith("[") || host.matches("[0-9.]+"));
    if (!numeric) {
      throw new IllegalArgumentException("wsk4j.dns.servers: no address: " + text);
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      return new InetSocketAddress(address, uri.getPort() < 0 ? DNS_PORT : uri.getPort());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("wsk4j.dns.servers: no address: " + text, e);
    }
  }
}
