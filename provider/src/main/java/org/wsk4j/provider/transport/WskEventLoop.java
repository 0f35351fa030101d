package org.wsk4j.provider.transport;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.concurrent.Executor;

/**
 * An event loop that closes its channels before it ends, whenever the shutdown comes. Netty's own
 * does so only if it notices the shutdown early in a turn: one that comes while tasks run leaves
 * every socket open, and nobody could close them afterwards.
 */
final class WskEventLoop extends SingleThreadIoEventLoop {
  WskEventLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory ioHandlerFactory) {
    super(parent, executor, ioHandlerFactory);
  }

  @Override
  protected boolean confirmShutdown() {
    if (isShuttingDown()) {
      ioHandler().prepareToDestroy();
    }
    return super.confirmShutdown();
  }
}
