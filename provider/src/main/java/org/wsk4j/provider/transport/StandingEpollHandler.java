package org.wsk4j.provider.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's handler for epoll, with registrations that stand as long as their channels do.
 *
 * <p>Netty 4.2.18 takes a descriptor out of epoll when its channel is interested in nothing, and
 * then fails to put it back: the next interest ends with "No such file or directory". That is what
 * happens when the peer has ended its side, which leaves nothing to wait for, and then a send finds
 * no room and has to wait for it: the connection is broken, though it is well. So here an interest
 * in nothing is an interest in the edges of nothing in particular, which keeps the descriptor where
 * it is.
 */
final class StandingEpollHandler extends ForwardingIoHandler {
  private StandingEpollHandler(IoHandler epoll) {
    super(epoll);
  }

  static IoHandlerFactory newFactory() {
    return factory(EpollIoHandler.newFactory(), (epoll, loop) -> new StandingEpollHandler(epoll));
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return new Standing(handler().register(handle));
  }

  private record Standing(IoRegistration registration) implements IoRegistration {
    @Override
    public <T> T attachment() {
      return registration.attachment();
    }

    @Override
    public long submit(IoOps ops) {
      return registration.submit(EpollIoOps.NONE.equals(ops) ? EpollIoOps.EPOLLET : ops);
    }

    @Override
    public boolean isValid() {
      return registration.isValid();
    }

    @Override
    public boolean cancel() {
      return registration.cancel();
    }
  }
}
