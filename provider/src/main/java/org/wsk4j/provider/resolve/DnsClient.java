package org.wsk4j.provider.resolve;

import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges with name servers: a question by UDP, each from a port of its own so that answers are
 * hard to forge, and by TCP if the answer did not fit.
 *
 * <p>Nothing is kept from one question to the next, and no server is asked but the given one.
 *
 * <p>Threads: that of names.
 */
final class DnsClient {
  /** What passes everywhere without fragments. */
  private static final int LARGEST_DATAGRAM = 1232;

  private final EventLoop loop;
  private final int timeoutMillis;

  /** Made with the first exchange, since Netty reads files of the system then. */
  private @Nullable DnsNameResolver netty;

  DnsClient(EventLoop loop, int timeoutMillis) {
    this.loop = loop;
    this.timeoutMillis = timeoutMillis;
  }

  /** {@return the answer of a server, which whoever takes it has to release} */
  Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> ask(
      InetSocketAddress server, DnsQuestion question, Work work) {
    Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> answer =
        netty().query(server, question);
    work.track(answer);
    return answer;
  }

  private DnsNameResolver netty() {
    DnsNameResolver made = netty;
    if (made == null) {
      made =
          new DnsNameResolverBuilder(loop)
              .datagramChannelType(NioDatagramChannel.class)
              .socketChannelType(NioSocketChannel.class)
              .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
              .queryTimeoutMillis(timeoutMillis)
              .maxPayloadSize(LARGEST_DATAGRAM)
              .recursionDesired(true)
              .resolveCache(NoopDnsCache.INSTANCE)
              .cnameCache(NoopDnsCnameCache.INSTANCE)
              .build();
      netty = made;
    }
    return made;
  }
}
