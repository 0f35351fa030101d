package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * The one handler in the pipeline of a listener: turns what Netty says into calls of {@link
 * ListenerChannel}.
 */
final class ListenerHandler extends ChannelInboundHandlerAdapter {
  private final ListenerChannel listener;

  ListenerHandler(ListenerChannel listener) {
    this.listener = listener;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    listener.arrived((Channel) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    listener.readEnded();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    listener.inactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    listener.acceptFailed(cause);
  }
}
