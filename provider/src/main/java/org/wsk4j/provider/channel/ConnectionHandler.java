package org.wsk4j.provider.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;

/**
 * The one handler in the pipeline of a connection: turns what Netty says into calls of {@link
 * ConnectionChannel}.
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
  private final ConnectionChannel connection;

  ConnectionHandler(ConnectionChannel connection) {
    this.connection = connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    connection.prepare(context.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    connection.received((ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    connection.readEnded();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      connection.inputEnded();
    } else if (event == SslCloseCompletionEvent.SUCCESS) {
      connection.closeNotified();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    connection.faults().broken(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.faults().inactive();
  }
}
