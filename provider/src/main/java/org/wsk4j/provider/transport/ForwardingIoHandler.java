package org.wsk4j.provider.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.function.BiFunction;

/** A handler of Netty whose registrations are changed a little; all else is its own. */
abstract class ForwardingIoHandler implements IoHandler {
  private final IoHandler handler;

  ForwardingIoHandler(IoHandler handler) {
    this.handler = handler;
  }

  /** A factory of handlers that are changed. */
  static IoHandlerFactory factory(
      IoHandlerFactory of, BiFunction<IoHandler, ThreadAwareExecutor, IoHandler> change) {
    return new IoHandlerFactory() {
      @Override
      public IoHandler newHandler(ThreadAwareExecutor executor) {
        return change.apply(of.newHandler(executor), executor);
      }

      @Override
      public boolean isChangingThreadSupported() {
        return of.isChangingThreadSupported();
      }
    };
  }

  final IoHandler handler() {
    return handler;
  }

  @Override
  public final void initialize() {
    handler.initialize();
  }

  @Override
  public final int run(IoHandlerContext context) {
    return handler.run(context);
  }

  @Override
  public final void prepareToDestroy() {
    handler.prepareToDestroy();
  }

  @Override
  public final void destroy() {
    handler.destroy();
  }

  @Override
  public final void wakeup() {
    handler.wakeup();
  }

  @Override
  public final boolean isCompatible(Class<? extends IoHandle> handleType) {
    return handler.isCompatible(handleType);
  }
}
