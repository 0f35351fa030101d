package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.LocalInterfaces;
import org.wsk4j.provider.core.SocketState;

/**
 * Takes the place of {@link ConnectionHandler} when a connection has become silent: what arrives is
 * read and thrown away, and nobody is told of anything.
 *
 * <p>It is read because otherwise it would fill the memory of the system. The system acknowledges
 * it; no program can keep it from that.
 *
 * <p>Threads: owned by the event loop of the channel.
 */
final class SilentHandler extends ChannelInboundHandlerAdapter {
  private final Runnable whenInactive;
  private boolean ended;

  /**
   * Makes a handler.
   *
   * @param whenInactive runs when the channel is gone
   */
  SilentHandler(Runnable whenInactive) {
    this.whenInactive = whenInactive;
  }

  /**
   * Takes over, if the connection may become silent now: it stands, nothing that this side has
   * begun is pending, the peer is on another host (DSC-47 to DSC-49), and there is no TLS, which
   * answers by itself.
   */
  static NtStatus takeOver(
      ConnectionChannel connection, SocketState state, Endpoint endpoint, Outgoing sends) {
    NtStatus status = state.checkReceive();
    if (status != NtStatus.SUCCESS) {
      return status;
    }
    if (!endpoint.isOpen() || !sends.isIdle()) {
      return NtStatus.INVALID_DEVICE_STATE;
    }
    Channel channel = endpoint.channel();
    if (isLoopback(channel) || channel.pipeline().get(TlsHandler.class) != null) {
      return NtStatus.NOT_SUPPORTED;
    }
    if (!state.silence(sends.isEnded())) {
      return NtStatus.INVALID_DEVICE_STATE;
    }
    channel
        .pipeline()
        .replace(ConnectionHandler.class, null, new SilentHandler(connection.faults()::inactive));
    channel.read();
    return NtStatus.SUCCESS;
  }

  /**
   * Whether what a connection carries never leaves this host: the peer's address is a loopback
   * address, or one that an interface of this host has. The system is not asked here, since that
   * takes time.
   */
  private static boolean isLoopback(Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
      return true;
    }
    InetAddress peer = SocketAddresses.unmap(remote.getAddress());
    return LocalInterfaces.known().have(peer);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!ended) {
      context.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    ended |= event == ChannelInputShutdownEvent.INSTANCE;
  }

  /** The connection is gone; so nothing is sent when the channel goes too. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ended = true;
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    whenInactive.run();
  }
}
