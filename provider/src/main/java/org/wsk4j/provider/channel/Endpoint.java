package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.transport.Closing;
import org.wsk4j.provider.transport.IoOperation;
import org.wsk4j.provider.transport.Statuses;
import org.wsk4j.provider.transport.TcpInfo;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;

/**
 * A Netty channel and its part in the hold on an address: opened and bound in one go, and gone only
 * when the system has let go of it.
 *
 * <p>Threads: owned by one event loop.
 */
final class Endpoint {
  private static final int IPPROTO_TCP = 6;

  /** The number of Linux; the feature is there on Linux alone. */
  private static final int TCP_FASTOPEN_CONNECT = 30;

  private final EventLoop loop;
  private final ChannelOpener opener;
  private final Transport transport;
  private final AddressHold hold;

  private @Nullable Channel channel;
  private boolean closing;

  Endpoint(EventLoop loop, ChannelOpener opener, Transport transport, AddressHold hold) {
    this.loop = loop;
    this.opener = opener;
    this.transport = transport;
    this.hold = hold;
  }

  AddressHold hold() {
    return hold;
  }

  /** What the client has set. */
  SocketOptions options() {
    return hold.options();
  }

  boolean isOpen() {
    Channel current = channel;
    return current != null && current.isOpen() && !closing;
  }

  /** Whether there is nothing left of it: never opened, or closed and let go of. */
  boolean isGone() {
    return channel == null;
  }

  Channel channel() {
    Channel current = channel;
    if (current == null) {
      throw new IllegalStateException("no channel is open");
    }
    return current;
  }

  /** How the connection fares, or {@code null} where the transport does not show it. */
  @Nullable TcpInfo tcpInfo() {
    return channel instanceof SocketChannel connection && connection.isOpen()
        ? transport.tcpInfo(connection)
        : null;
  }

  /**
   * Lets the connect to come leave its first segment to the data written first, where the system
   * has a cookie of the peer; without one it asks for one, and the connect is an ordinary one.
   *
   * @return whether the client wants that and the system can do it
   */
  boolean askFastOpen() {
    boolean wanted =
        options().fastOpen()
            && transport.can(TransportFeature.FAST_OPEN_CONNECT)
            && transport.can(TransportFeature.TCP_INFO);
    ChannelOption<Integer> option =
        wanted ? transport.rawOption(IPPROTO_TCP, TCP_FASTOPEN_CONNECT) : null;
    try {
      return option != null && channel().config().setOption(option, 1);
    } catch (ChannelException refused) {
      return false;
    }
  }

  /**
   * Whether nothing is left of the connection. As long as the system was not asked to end our side,
   * that is the work of a reset.
   */
  boolean isOver() {
    TcpInfo info = tcpInfo();
    return info != null && info.isClosed();
  }

  /**
   * Whether the read that is over was made because the peer hung up: as nothing is read unasked,
   * only that can be why the transport would go on reading.
   */
  boolean hasHungUp() {
    Channel current = channel;
    return current != null
        && current.isOpen()
        && !current.config().isAutoRead()
        && current.unsafe().recvBufAllocHandle().continueReading();
  }

  /** Takes over a channel that was accepted and is registered with no loop yet. */
  ChannelFuture adopt(Channel accepted, ChannelHandler handler) {
    channel = accepted;
    accepted.pipeline().addLast(handler);
    return loop.register(accepted);
  }

  /** Takes over a channel that is registered with the loop and has its handler. */
  void adopt(Channel registered) {
    channel = registered;
  }

  /**
   * Opens a channel and binds it.
   *
   * @param address the local address
   * @param handler what hears of the channel
   * @param then told how it ended; if it failed, nothing is left
   */
  void bind(InetSocketAddress address, ChannelHandler handler, Consumer<NtStatus> then) {
    NtStatus claimed = hold.claim(address);
    if (claimed != NtStatus.SUCCESS) {
      then.accept(claimed);
      return;
    }
    Channel opened;
    try {
      opened = opener.open();
    } catch (Exception cause) {
      hold.detach(null);
      then.accept(Statuses.of(cause, IoOperation.OPEN));
      return;
    }
    channel = opened;
    opened.pipeline().addLast(handler);
    hold.attach(opened);
    whenDone(loop.register(opened), registered -> registered(registered, address, then));
  }

  private void registered(
      ChannelFuture registered, InetSocketAddress address, Consumer<NtStatus> then) {
    if (registered.isSuccess()) {
      whenDone(channel().bind(address), bound -> bound(bound, then));
    } else {
      bound(registered, then);
    }
  }

  private void bound(ChannelFuture bound, Consumer<NtStatus> then) {
    hold.settled(channel(), bound.isSuccess());
    if (bound.isSuccess()) {
      then.accept(NtStatus.SUCCESS);
    } else {
      NtStatus status = Statuses.of(bound.cause(), IoOperation.BIND);
      close(false, () -> then.accept(status));
    }
  }

  /**
   * Closes the channel; once more only waits for the end.
   *
   * @param reset whether a connection ends by a reset
   * @param whenGone runs when the system has let go of the channel and, if it was the last, of the
   *     address; at once if there is none
   */
  void close(boolean reset, Runnable whenGone) {
    Channel current = channel;
    if (current == null) {
      whenGone.run();
      return;
    }
    closing = true;
    if (reset) {
      Closing.byReset(current);
    }
    Closing.close(current, () -> gone(current, whenGone));
  }

  /** The loop has ended: nothing will be heard of the channel any more. */
  void abandon() {
    Channel current = channel;
    if (current != null) {
      if (current.isOpen()) {
        current.unsafe().closeForcibly();
      }
      gone(current, () -> {});
    }
  }

  private void gone(Channel closed, Runnable whenGone) {
    if (channel == closed) {
      channel = null;
      closing = false;
      hold.detach(closed);
    }
    whenGone.run();
  }

  private static void whenDone(ChannelFuture future, Consumer<ChannelFuture> then) {
    if (future.isDone()) {
      then.accept(future);
    } else {
      future.addListener(done -> then.accept(future));
    }
  }
}
