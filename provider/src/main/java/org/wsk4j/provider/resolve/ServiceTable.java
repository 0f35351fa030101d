package org.wsk4j.provider.resolve;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.Protocol;

/**
 * The names of ports: what a services file says, and below it a few that everybody knows, for
 * systems without such a file.
 */
final class ServiceTable {
  private static final List<String> KNOWN =
      """
      echo 7/tcp
      echo 7/udp
      discard 9/tcp
      discard 9/udp
      daytime 13/tcp
      daytime 13/udp
      ftp-data 20/tcp
      ftp 21/tcp
      ssh 22/tcp
      telnet 23/tcp
      smtp 25/tcp mail
      time 37/tcp
      time 37/udp
      domain 53/tcp
      domain 53/udp
      bootps 67/udp
      bootpc 68/udp
      tftp 69/udp
      http 80/tcp www
      kerberos 88/tcp
      kerberos 88/udp
      pop3 110/tcp
      sunrpc 111/tcp
      sunrpc 111/udp
      ntp 123/udp
      netbios-ns 137/udp
      netbios-dgm 138/udp
      netbios-ssn 139/tcp
      imap2 143/tcp imap
      snmp 161/udp
      ldap 389/tcp
      https 443/tcp
      https 443/udp
      microsoft-ds 445/tcp
      exec 512/tcp
      biff 512/udp
      login 513/tcp
      who 513/udp
      shell 514/tcp
      syslog 514/udp
      submission 587/tcp
      ldaps 636/tcp
      imaps 993/tcp
      pop3s 995/tcp
      nfs 2049/tcp
      nfs 2049/udp
      """
          .lines()
          .toList();

  private static final int HIGHEST_PORT = 0xFFFF;

  private final Map<String, Integer> ports = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  ServiceTable(List<String> lines) {
    lines.forEach(this::add);
    KNOWN.forEach(this::add);
  }

  /** What comes first stays: {@code http 80/tcp www}. */
  private void add(String line) {
    List<String> words = WatchedFile.words(line);
    String[] place = words.size() < 2 ? new String[0] : words.get(1).split("/", -1);
    int port = place.length == 2 ? Numeric.port(place[0]) : -1;
    if (port < 0) {
      return;
    }
    String protocol = "/" + place[1].toLowerCase(Locale.ROOT);
    names.putIfAbsent(port + protocol, words.get(0));
    for (String name : words) {
      if (!name.equals(words.get(1))) {
        ports.putIfAbsent(name.toLowerCase(Locale.ROOT) + protocol, port);
      }
    }
  }

  /**
   * {@return the port of a service, or -1 if it is not known}
   *
   * @param protocol TCP or UDP; 0 for either, TCP first
   */
  int port(String service, int protocol) {
    String name = service.toLowerCase(Locale.ROOT);
    int tcp = protocol == Protocol.UDP ? -1 : ports.getOrDefault(name + "/tcp", -1);
    return tcp >= 0 || protocol == Protocol.TCP ? tcp : ports.getOrDefault(name + "/udp", -1);
  }

  /** {@return the name of a port, or {@code null} if it has none} */
  @Nullable String name(int port, boolean datagram) {
    return names.get((port & HIGHEST_PORT) + (datagram ? "/udp" : "/tcp"));
  }
}
