package org.wsk4j.provider.channel;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.core.SendBacklog;
import org.wsk4j.provider.transport.TcpInfo;

/**
 * Keeps the ideal send backlog of a connection in step with what the system says of the path, and
 * tells its owner when it has changed.
 *
 * <p>Threads: owned by the event loop of the connection, except {@link #ideal}.
 */
final class BacklogWatch {
  private final ConnectionChannel connection;
  private final Endpoint endpoint;
  private final ConnectionOwner owner;
  private final SocketOptions options;
  private final SendBacklog backlog;
  private final Runnable look = this::look;

  /** The send buffer that the client had set when it was looked at. */
  private int requested;

  BacklogWatch(ConnectionChannel connection, Endpoint endpoint, ConnectionOwner owner) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.owner = owner;
    options = endpoint.options();
    requested = options.requestedSendBuffer();
    backlog = new SendBacklog(options.sendBuffer());
  }

  long ideal() {
    return backlog.ideal();
  }

  /** The client is told later, outside of the call that sends. */
  void sent(long bytes) {
    if (backlog.sent(bytes)) {
      connection.execute(look);
    }
  }

  private void look() {
    TcpInfo path = path();
    if (path != null && backlog.look(window(path), buffer())) {
      owner.backlogChanged(backlog.ideal());
    }
  }

  /** The client has set options, perhaps the send buffer. */
  void optionsSet() {
    if (requested == options.requestedSendBuffer()) {
      return;
    }
    requested = options.requestedSendBuffer();
    TcpInfo path = path();
    long window = path != null ? window(path) : 0;
    if (backlog.bufferSet(window, path != null ? buffer() : options.sendBuffer())) {
      owner.backlogChanged(backlog.ideal());
    }
  }

  private @Nullable TcpInfo path() {
    try {
      return endpoint.isOpen() ? endpoint.tcpInfo() : null;
    } catch (ChannelException gone) {
      return null; // reset meanwhile; the end is on its way to us
    }
  }

  private static long window(TcpInfo path) {
    return path.sendWindow() * path.sendMss();
  }

  /** What the client has set; else what the system has arrived at by itself. */
  private long buffer() {
    if (options.requestedSendBuffer() >= 0) {
      return options.requestedSendBuffer();
    }
    Integer actual = endpoint.channel().config().getOption(ChannelOption.SO_SNDBUF);
    return actual != null ? actual : options.sendBuffer();
  }
}
