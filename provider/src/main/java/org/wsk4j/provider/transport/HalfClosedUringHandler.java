package org.wsk4j.provider.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Netty's handler for io_uring, for connections whose peer has ended its side.
 *
 * <p>The system answers every question about such a connection with the peer's end, at once, also
 * the one whether there is room to send. Netty 4.2.18 takes each of these answers for the one to
 * its question about the peer, of which there is one; it goes on waiting for room, and sends
 * nothing any more. So here the answers behind the first are held back for a moment and then are
 * what they must be: reasons to try to send. As the system does not wait for room in such a case,
 * the moments grow while there is none.
 */
final class HalfClosedUringHandler extends ForwardingIoHandler {
  private final ScheduledExecutorService loop;

  private HalfClosedUringHandler(IoHandler uring, ScheduledExecutorService loop) {
    super(uring);
    this.loop = loop;
  }

  static IoHandlerFactory newFactory() {
    return factory(
        IoUringIoHandler.newFactory(),
        (uring, loop) -> new HalfClosedUringHandler(uring, (ScheduledExecutorService) loop));
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return handler().register(new Hearing((IoUringIoHandle) handle, loop));
  }

  /** Hears the answers before the channel does. Its close may throw what that of Netty may. */
  @SuppressWarnings("try")
  private static final class Hearing implements IoUringIoHandle {
    private static final int POLLRDHUP = 0x2000;
    private static final int LONGEST_PAUSE_MILLIS = 64;

    private final IoUringIoHandle handle;
    private final ScheduledExecutorService loop;
    private boolean peerHasEnded;
    private int pauseMillis = 1;

    Hearing(IoUringIoHandle handle, ScheduledExecutorService loop) {
      this.handle = handle;
      this.loop = loop;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
      IoUringIoEvent answer = (IoUringIoEvent) event;
      if (answer.opcode() != IoUringDatagramPort.POLL_ADD || answer.res() < 0) {
        handle.handle(registration, event);
        return;
      }
      boolean ofPeerAlone =
          (answer.res() & (POLLRDHUP | IoUringDatagramPort.POLLIN | IoUringDatagramPort.POLLOUT))
              == POLLRDHUP;
      if (ofPeerAlone && peerHasEnded) {
        tryLater(registration, answer.userData());
        return;
      }
      peerHasEnded |= ofPeerAlone;
      pauseMillis = 1;
      handle.handle(registration, event);
    }

    /** Also a channel that is closed meanwhile waits for this answer. */
    private void tryLater(IoRegistration registration, long question) {
      IoUringIoEvent tryNow =
          new IoUringIoEvent(
              IoUringDatagramPort.POLLOUT, 0, IoUringDatagramPort.POLL_ADD, question);
      loop.schedule(() -> handle.handle(registration, tryNow), pauseMillis, TimeUnit.MILLISECONDS);
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }

    @Override
    public void registered() {
      handle.registered();
    }

    @Override
    public void unregistered() {
      handle.unregistered();
    }

    @Override
    public void close() throws Exception {
      handle.close();
    }
  }
}
