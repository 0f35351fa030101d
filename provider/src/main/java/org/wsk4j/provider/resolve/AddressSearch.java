package org.wsk4j.provider.resolve;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.AddressInfoFlags;
import org.wsk4j.nt.NtStatus;

/**
 * Finds the addresses of a host and the port of a service.
 *
 * <p>No host means the wildcard or the loopback address; an address is itself; {@code localhost} is
 * the loopback address. Other names are looked for in the hosts file, then by name servers.
 */
final class AddressSearch implements Search<AddressInfo> {
  private final AddressQuestion question;

  AddressSearch(AddressQuestion question) {
    this.question = question;
  }

  @Override
  public @Nullable Answer<AddressInfo> atOnce() {
    String service = question.service();
    String node = question.node();
    int port = service == null ? 0 : Numeric.port(service);
    boolean address = node != null && Numeric.isAddress(node);
    boolean noPort = port < 0 && question.has(AddressInfoFlags.NUMERICSERV);
    boolean noAddress = node != null && !address && question.has(AddressInfoFlags.NUMERICHOST);
    if (noPort || noAddress) {
      return Answer.failed(NtStatus.NO_MATCH);
    }
    boolean ready =
        node == null || HostName.isLocalhost(node) || address && !Numeric.isScopedByName(node);
    return ready && port >= 0 ? AddressList.of(question, plainHost(), port) : null;
  }

  @Override
  public Answer<AddressInfo> late(Sources sources) {
    return Answer.failed(NtStatus.IO_TIMEOUT);
  }

  @Override
  public void begin(Sources sources, Work work, Consumer<Answer<AddressInfo>> end) {
    int port = port(sources);
    String node = question.node();
    if (port < 0) {
      end.accept(Answer.failed(NtStatus.NO_MATCH));
    } else if (node == null || HostName.isLocalhost(node) || Numeric.isAddress(node)) {
      end.accept(AddressList.of(question, plainHost(), port));
    } else {
      lookUp(
          node,
          sources,
          work,
          answer -> {
            Host host = answer.value();
            end.accept(
                host != null
                    ? AddressList.of(question, host, port)
                    : Answer.failed(answer.status()));
          });
    }
  }

  private int port(Sources sources) {
    String service = question.service();
    int port = service == null ? 0 : Numeric.port(service);
    return port >= 0 || service == null
        ? port
        : sources.services().port(service, question.serviceProtocol());
  }

  /** {@return a host that no file and no server is asked for; {@code null} if it is none} */
  private @Nullable Host plainHost() {
    String node = question.node();
    if (node == null) {
      return host(Numeric.special(question.has(AddressInfoFlags.PASSIVE)), "");
    }
    if (HostName.isLocalhost(node)) {
      return host(Numeric.special(false), HostName.withoutDot(node));
    }
    InetAddress address = Numeric.address(node);
    return address != null ? host(List.of(address), node) : null;
  }

  private static Host host(List<InetAddress> addresses, String name) {
    return new Host(addresses, name, name);
  }

  private void lookUp(String node, Sources sources, Work work, Consumer<Answer<Host>> end) {
    List<Boolean> families = families(sources);
    String encoded = HostName.encode(node, !question.has(AddressInfoFlags.DISABLE_IDN_ENCODING));
    Host inFile = inFile(node, encoded, sources);
    if (inFile != null) {
      end.accept(Answer.found(AddressList.only(inFile, families)));
    } else if (encoded == null || families.isEmpty()) {
      end.accept(Answer.failed(NtStatus.NOT_FOUND));
    } else {
      new DnsHost(sources, work, families, end).find(sources.candidates(encoded));
    }
  }

  /** {@return the families that are of use, the better one first; {@code true} means IPv6} */
  private List<Boolean> families(Sources sources) {
    boolean configured = question.has(AddressInfoFlags.ADDRCONFIG);
    boolean any = question.hints().family() == AddressFamily.UNSPEC;
    LocalFamilies local = configured || any ? sources.families() : new LocalFamilies(true, true);
    boolean v4 = question.wantsV4() && (!configured || local.v4());
    boolean v6 = question.wantsV6() && (!configured || local.v6());
    return AddressList.families(v4, v6, local.v6());
  }

  private @Nullable Host inFile(String node, @Nullable String encoded, Sources sources) {
    if (question.has(AddressInfoFlags.DNS_ONLY)) {
      return null;
    }
    Host asWritten = sources.hosts().host(node);
    return asWritten != null || encoded == null ? asWritten : sources.hosts().host(encoded);
  }
}
