package org.wsk4j.provider.resolve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.NameInfoFlags;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;

/**
 * Finds the names of an address and port: in the hosts file, then by name servers. Loopback
 * addresses are {@code localhost}, unless the file says otherwise.
 */
final class NameSearch implements Search<NamePair> {
  private final NameQuestion question;
  private final InetSocketAddress address;

  NameSearch(NameQuestion question, InetSocketAddress address) {
    this.question = question;
    this.address = address;
  }

  @Override
  public @Nullable Answer<NamePair> atOnce() {
    boolean lookUp =
        question.node() && !question.has(NameInfoFlags.NUMERICHOST)
            || question.service() && !question.has(NameInfoFlags.NUMERICSERV);
    return lookUp ? null : answer(numericNode(), null);
  }

  @Override
  public Answer<NamePair> late(Sources sources) {
    return unnamed(NtStatus.IO_TIMEOUT, sources);
  }

  @Override
  public void begin(Sources sources, Work work, Consumer<Answer<NamePair>> end) {
    if (!question.node() || question.has(NameInfoFlags.NUMERICHOST)) {
      end.accept(answer(numericNode(), sources));
      return;
    }
    InetAddress host = address.getAddress();
    String known = known(host, sources);
    if (known != null) {
      end.accept(named(known, sources));
    } else {
      DnsLookup.names(
          sources,
          host,
          work,
          answer -> {
            DnsRecords<String> records = answer.value();
            end.accept(
                records != null
                    ? named(records.values().get(0), sources)
                    : unnamed(answer.status(), sources));
          });
    }
  }

  private static @Nullable String known(InetAddress host, Sources sources) {
    String inFile = sources.hosts().name(host);
    boolean local = SocketAddresses.unmap(host).isLoopbackAddress();
    return inFile == null && local ? "localhost" : inFile;
  }

  private Answer<NamePair> named(String name, Sources sources) {
    boolean shortName = question.has(NameInfoFlags.NOFQDN);
    return answer(shortName ? HostName.inDomain(name, sources.localDomain()) : name, sources);
  }

  /** Whatever kept the name from being found, the address itself will do, unless it must not. */
  private Answer<NamePair> unnamed(NtStatus status, Sources sources) {
    return question.has(NameInfoFlags.NAMEREQD) && !question.has(NameInfoFlags.NUMERICHOST)
        ? Answer.failed(status)
        : answer(numericNode(), sources);
  }

  private @Nullable String numericNode() {
    return question.node() ? Numeric.text(address.getAddress()) : null;
  }

  private Answer<NamePair> answer(@Nullable String node, @Nullable Sources sources) {
    return Answer.found(new NamePair(node, question.service() ? service(sources) : null));
  }

  private String service(@Nullable Sources sources) {
    boolean numeric = sources == null || question.has(NameInfoFlags.NUMERICSERV);
    String name =
        numeric
            ? null
            : sources.services().name(address.getPort(), question.has(NameInfoFlags.DGRAM));
    return name != null ? name : Integer.toString(address.getPort());
  }
}
