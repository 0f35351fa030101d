package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import org.wsk4j.provider.core.Arrival;

/**
 * A connection as the system handed it over: a Netty channel that is registered with no loop yet.
 *
 * @param channel the channel
 * @param localAddress the concrete local address
 * @param remoteAddress the peer
 */
public record ChannelArrival(
    Channel channel, SocketAddress localAddress, SocketAddress remoteAddress) implements Arrival {
  @Override
  public void refuse() {
    reset(channel);
  }

  /** Ends a connection that no loop has taken over. */
  static void reset(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.unsafe().closeForcibly();
  }
}
