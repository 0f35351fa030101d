package org.wsk4j.provider.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.kqueue.KQueueIoEvent;
import io.netty.channel.kqueue.KQueueIoHandle;
import io.netty.channel.kqueue.KQueueIoOps;
import java.io.IOException;
import java.net.StandardProtocolFamily;

/**
 * A UDP socket that kqueue watches: told as long as something can be received, and once about room.
 * Untested wherever the tests do not run on such a system.
 */
final class KQueueDatagramPort extends NativeDatagramPort implements KQueueIoHandle {
  private static final short EVFILT_READ = -1;
  private static final short EVFILT_WRITE = -2;

  /** EV_ADD and EV_ENABLE. */
  private static final short STANDING = 0x1 | 0x4;

  /** EV_ADD, EV_ENABLE and EV_ONESHOT. */
  private static final short ONCE = STANDING | 0x10;

  KQueueDatagramPort(StandardProtocolFamily family, DescriptorSocket socket) throws IOException {
    super(family, socket);
  }

  @Override
  public int ident() {
    return socket().intValue();
  }

  @Override
  void watch(IoRegistration loop, boolean forRoom) {
    loop.submit(
        forRoom
            ? KQueueIoOps.newOps(EVFILT_WRITE, ONCE, 0)
            : KQueueIoOps.newOps(EVFILT_READ, STANDING, 0));
  }

  @Override
  public void handle(IoRegistration loop, IoEvent event) {
    boolean room = ((KQueueIoEvent) event).filter() == EVFILT_WRITE;
    ready(!room, room);
  }
}
