package org.wsk4j.provider.channel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLEngine;

/**
 * Netty's TLS, with the ends of a connection left to {@link ConnectionChannel}: a close closes and
 * says nothing to the peer, and a reset is told whenever it comes.
 */
final class TlsHandler extends SslHandler {
  TlsHandler(SSLEngine engine) {
    super(engine);
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    context.close(promise);
  }

  @Override
  public void disconnect(ChannelHandlerContext context, ChannelPromise promise) {
    context.disconnect(promise);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.fireExceptionCaught(cause);
  }
}
