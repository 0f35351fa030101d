package org.wsk4j.provider.channel;

import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * Keeps the address of a stream socket while it has no role: a channel that is bound and does
 * nothing else, so peers are refused.
 *
 * <p>The channel of the role is bound to the same address while this one is there. If the role
 * fails, this one has kept the address; if it succeeds, this one ends.
 *
 * <p>Threads: owned by the event loop of the socket.
 */
final class Reservation {
  private final Endpoint endpoint;
  private @Nullable InetSocketAddress address;

  Reservation(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Takes an address; a failure leaves nothing. */
  void bind(InetSocketAddress wanted, Consumer<NtStatus> then) {
    endpoint.bind(
        wanted,
        new ChannelInboundHandlerAdapter(),
        status -> {
          if (status == NtStatus.SUCCESS) {
            InetSocketAddress real = (InetSocketAddress) endpoint.channel().localAddress();
            address = new InetSocketAddress(wanted.getAddress(), real.getPort());
          }
          then.accept(status);
        });
  }

  /** {@return the address that is kept, with its port} */
  InetSocketAddress address() {
    InetSocketAddress kept = address;
    if (kept == null) {
      throw new IllegalStateException("no address is reserved");
    }
    return kept;
  }

  /** Ends; the address is free when no role has it either. */
  void end(Runnable whenGone) {
    endpoint.close(false, whenGone);
  }

  /** The loop has ended. */
  void abandon() {
    endpoint.abandon();
  }

  boolean isGone() {
    return endpoint.isGone();
  }
}
