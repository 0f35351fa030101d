package org.wsk4j.provider.resolve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsPtrRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.InAddr;
import org.wsk4j.net.SocketAddresses;

/**
 * The records of one type and owner in the answer of a server, behind the aliases that lead there.
 *
 * @param owner the absolute name at the end of the aliases
 * @param values what its records say; empty if the server says no more than the alias
 */
record DnsRecords<T>(String owner, List<T> values) {
  /** More aliases than this in a row are a loop. */
  static final int MOST_ALIASES = 16;

  /** Reads an answer. */
  static <T> DnsRecords<T> read(
      DnsResponse response, String name, DnsRecordType type, Function<DnsRecord, @Nullable T> of) {
    String owner = name;
    for (int i = 0; i < MOST_ALIASES; i++) {
      List<T> values = values(response, owner, type, of);
      List<String> alias = values(response, owner, DnsRecordType.CNAME, DnsRecords::target);
      if (!values.isEmpty() || alias.isEmpty()) {
        return new DnsRecords<>(owner, values);
      }
      owner = alias.get(0);
    }
    return new DnsRecords<>(owner, List.of());
  }

  private static <T> List<T> values(
      DnsResponse response, String owner, DnsRecordType type, Function<DnsRecord, @Nullable T> of) {
    List<T> values = new ArrayList<>();
    for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
      DnsRecord one = response.recordAt(DnsSection.ANSWER, i);
      T value =
          one.type().equals(type) && one.name().equalsIgnoreCase(owner) ? of.apply(one) : null;
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** {@return where an alias leads} */
  private static @Nullable String target(DnsRecord alias) {
    if (!(alias instanceof ByteBufHolder raw)) {
      return null;
    }
    try {
      return DefaultDnsRecordDecoder.decodeName(raw.content().duplicate());
    } catch (CorruptedFrameException malformed) {
      return null;
    }
  }

  /** {@return the address in a record, or {@code null} if it has the wrong length} */
  static @Nullable InetAddress address(DnsRecord record) {
    if (!(record instanceof ByteBufHolder raw)) {
      return null;
    }
    ByteBuf content = raw.content();
    byte[] octets = ByteBufUtil.getBytes(content);
    int expected = record.type().equals(DnsRecordType.A) ? 4 : 16;
    if (octets.length != expected) {
      return null;
    }
    return expected == 4
        ? InAddr.toAddress(ByteBuffer.wrap(octets).getInt())
        : SocketAddresses.inet6(octets, 0);
  }

  /** {@return the name in a record that translates an address, or {@code null} if it is empty} */
  static @Nullable String hostName(DnsRecord record) {
    String name =
        record instanceof DnsPtrRecord pointer ? HostName.withoutDot(pointer.hostname()) : "";
    return name.isEmpty() ? null : name;
  }
}
