package org.wsk4j.provider.transport;

import io.netty.channel.Channel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Asks the system for the address of a socket. Channels remember what they were bound to; a socket
 * bound to the wildcard gets its concrete address when it connects.
 */
public final class SocketNames {
  private SocketNames() {}

  /**
   * Asks for the local address as it is now.
   *
   * @param channel an open channel, on its event loop
   * @return the address, or {@code null} if the system knows none
   */
  public static @Nullable SocketAddress local(Channel channel) {
    return channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket
        ? socket.localAddress()
        : channel.unsafe().localAddress();
  }
}
