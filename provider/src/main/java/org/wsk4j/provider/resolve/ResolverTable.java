package org.wsk4j.provider.resolve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** What a {@code resolv.conf} says: servers, domains, and some options. */
final class ResolverTable {
  private static final int DNS_PORT = 53;
  private static final int USUAL_DOTS = 1;
  private static final int USUAL_ATTEMPTS = 2;
  private static final int MOST = 15;

  private final List<InetSocketAddress> servers = new ArrayList<>();
  private List<String> domains = List.of();
  private int dots = USUAL_DOTS;
  private int attempts = USUAL_ATTEMPTS;

  ResolverTable(List<String> lines) {
    for (String line : lines) {
      List<String> words = line.startsWith(";") ? List.of() : WatchedFile.words(line);
      if (words.size() > 1) {
        add(words.get(0), words.subList(1, words.size()));
      }
    }
  }

  private void add(String keyword, List<String> values) {
    switch (keyword) {
      case "nameserver" -> addServer(values.get(0));
      case "domain" -> domains = values.subList(0, 1);
      case "search" -> domains = values;
      case "options" -> values.forEach(this::addOption);
      default -> {
        // What others are told does not concern us.
      }
    }
  }

  private void addServer(String text) {
    InetAddress address = Numeric.address(text);
    if (address != null) {
      servers.add(new InetSocketAddress(address, DNS_PORT));
    }
  }

  private void addOption(String option) {
    int colon = option.indexOf(':');
    int value = Math.min(MOST, Numeric.port(option.substring(colon + 1)));
    if (option.startsWith("ndots:") && value >= 0) {
      dots = value;
    } else if (option.startsWith("attempts:") && value > 0) {
      attempts = value;
    }
  }

  List<InetSocketAddress> servers() {
    return servers;
  }

  List<String> domains() {
    return domains;
  }

  /** {@return a name with so many dots is first tried as it is} */
  int dots() {
    return dots;
  }

  int attempts() {
    return attempts;
  }
}
