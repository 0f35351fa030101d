package org.wsk4j.provider.resolve;

import io.netty.channel.AddressedEnvelope;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.nt.NtStatus;

/**
 * The records of one type of one name: servers are asked one after the other until one answers, and
 * again along aliases that an answer does not follow to their end.
 *
 * <p>A server that knows the name, or knows that it does not exist, has answered. Else the next one
 * is asked; after the last the search fails as that one did: IO_TIMEOUT if it was silent,
 * UNSUCCESSFUL if it could not answer.
 *
 * <p>Threads: that of names.
 */
final class DnsLookup<T> {
  private static final Logger LOG = LoggerFactory.getLogger(DnsLookup.class);

  private final DnsClient client;
  private final List<InetSocketAddress> servers;
  private final DnsRecordType type;
  private final Function<DnsRecord, @Nullable T> reader;
  private final Work work;
  private final Consumer<Answer<DnsRecords<T>>> end;

  private String name;
  private int aliases;

  private DnsLookup(
      Sources sources,
      String name,
      DnsRecordType type,
      Function<DnsRecord, @Nullable T> reader,
      Work work,
      Consumer<Answer<DnsRecords<T>>> end) {
    client = sources.client();
    servers = sources.servers();
    this.name = name;
    this.type = type;
    this.reader = reader;
    this.work = work;
    this.end = end;
  }

  /** Looks for the addresses of an absolute name, of one family. */
  static void addresses(
      Sources sources,
      String name,
      boolean v6,
      Work work,
      Consumer<Answer<DnsRecords<InetAddress>>> end) {
    DnsRecordType type = v6 ? DnsRecordType.AAAA : DnsRecordType.A;
    new DnsLookup<>(sources, name, type, DnsRecords::address, work, end).ask(0, NtStatus.NOT_FOUND);
  }

  /** Looks for the names of an address. */
  static void names(
      Sources sources, InetAddress address, Work work, Consumer<Answer<DnsRecords<String>>> end) {
    String name = Numeric.reverseName(address);
    new DnsLookup<>(sources, name, DnsRecordType.PTR, DnsRecords::hostName, work, end)
        .ask(0, NtStatus.NOT_FOUND);
  }

  private void ask(int index, NtStatus failure) {
    if (work.isCancelled() || index >= servers.size()) {
      end.accept(Answer.failed(work.isCancelled() ? NtStatus.CANCELLED : failure));
      return;
    }
    client
        .ask(servers.get(index), new DefaultDnsQuestion(name, type), work)
        .addListener(
            (Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> answer) ->
                answered(index, answer));
  }

  private void answered(
      int index, Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> answer) {
    if (!answer.isSuccess()) {
      boolean silent = answer.cause() instanceof DnsNameResolverTimeoutException;
      ask(index + 1, silent ? NtStatus.IO_TIMEOUT : NtStatus.UNSUCCESSFUL);
      return;
    }
    AddressedEnvelope<DnsResponse, InetSocketAddress> envelope = answer.getNow();
    try {
      judge(index, envelope.content());
    } finally {
      envelope.release();
    }
  }

  private void judge(int index, DnsResponse response) {
    DnsResponseCode code = response.code();
    if (code.equals(DnsResponseCode.NXDOMAIN)) {
      end.accept(Answer.failed(NtStatus.NOT_FOUND));
    } else if (!code.equals(DnsResponseCode.NOERROR) || response.isTruncated()) {
      ask(index + 1, NtStatus.UNSUCCESSFUL);
    } else {
      DnsRecords<T> records = read(response);
      if (records != null) {
        conclude(records);
      } else {
        ask(index + 1, NtStatus.UNSUCCESSFUL);
      }
    }
  }

  /** {@return the records, or {@code null} if they make no sense} */
  private @Nullable DnsRecords<T> read(DnsResponse response) {
    try {
      return DnsRecords.read(response, name, type, reader);
    } catch (RuntimeException malformed) {
      LOG.debug("A name server sent a malformed answer for {}", name, malformed);
      return null;
    }
  }

  private void conclude(DnsRecords<T> records) {
    if (!records.values().isEmpty()) {
      end.accept(Answer.found(records));
    } else if (records.owner().equalsIgnoreCase(name)) {
      end.accept(Answer.failed(NtStatus.NOT_FOUND));
    } else if (++aliases > DnsRecords.MOST_ALIASES || !HostName.isName(records.owner())) {
      end.accept(Answer.failed(NtStatus.UNSUCCESSFUL));
    } else {
      name = records.owner();
      ask(0, NtStatus.NOT_FOUND);
    }
  }
}
