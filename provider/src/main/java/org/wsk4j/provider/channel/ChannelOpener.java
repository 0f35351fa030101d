package org.wsk4j.provider.channel;

import io.netty.channel.Channel;

/** Opens a Netty channel of the right kind for a socket, with the options that the socket wants. */
@FunctionalInterface
public interface ChannelOpener {
  /**
   * Opens a channel; it is not registered yet.
   *
   * @return the channel
   * @throws Exception what the system said, such as that there are no descriptors left
   */
  Channel open() throws Exception;
}
