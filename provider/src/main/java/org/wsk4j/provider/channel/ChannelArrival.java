package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.provider.core.WatchableArrival;
import org.wsk4j.provider.transport.Closing;

/**
 * A connection as the system handed it over: a Netty channel that is registered with no loop yet,
 * unless it is watched.
 *
 * <p>Threads: owned by the event loop of the listener.
 */
final class ChannelArrival implements WatchableArrival {
  private final Channel channel;
  private final SocketAddress localAddress;
  private final SocketAddress remoteAddress;
  private final HiddenConnections hidden;
  private @Nullable ConnectionWatch watch;

  /**
   * Makes one.
   *
   * @param channel the channel
   * @param localAddress the concrete local address
   * @param remoteAddress the peer
   * @param hidden where it is kept if the client has to decide about it
   */
  ChannelArrival(
      Channel channel,
      SocketAddress localAddress,
      SocketAddress remoteAddress,
      HiddenConnections hidden) {
    this.channel = channel;
    this.localAddress = localAddress;
    this.remoteAddress = remoteAddress;
    this.hidden = hidden;
  }

  Channel channel() {
    return channel;
  }

  /** What watches it, and has registered it with a loop; {@code null} if nothing does. */
  @Nullable ConnectionWatch watch() {
    return watch;
  }

  @Override
  public SocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public SocketAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public void watch(Runnable whenGone) {
    watch = hidden.watch(channel, whenGone);
  }

  @Override
  public ChannelArrival take() {
    if (watch != null) {
      hidden.taken();
    }
    return this;
  }

  @Override
  public void refuse() {
    ConnectionWatch current = watch;
    if (current == null) {
      reset(channel);
    } else {
      hidden.refuse(current);
    }
  }

  /** Ends a connection that no loop has taken over. */
  static void reset(Channel channel) {
    Closing.byReset(channel);
    channel.unsafe().closeForcibly();
  }
}
