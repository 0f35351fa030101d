package org.wsk4j.provider.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.StandardProtocolFamily;

/** A UDP socket that epoll watches: told as long as it is ready. */
final class EpollDatagramPort extends NativeDatagramPort implements EpollIoHandle {
  EpollDatagramPort(StandardProtocolFamily family, DescriptorSocket socket) throws IOException {
    super(family, socket);
  }

  @Override
  public FileDescriptor fd() {
    return socket();
  }

  @Override
  void watch(IoRegistration loop, boolean forRoom) {
    loop.submit(forRoom ? EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT) : EpollIoOps.EPOLLIN);
  }

  /** An error is found by receiving. */
  @Override
  public void handle(IoRegistration loop, IoEvent event) {
    EpollIoOps ready = ((EpollIoEvent) event).ops();
    boolean room = ready.contains(EpollIoOps.EPOLLOUT);
    if (room) {
      watch(loop, false);
    }
    ready(ready.contains(EpollIoOps.EPOLLIN) || !room, room);
  }
}
