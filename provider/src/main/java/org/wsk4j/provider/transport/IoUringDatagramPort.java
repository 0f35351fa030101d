package org.wsk4j.provider.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoOps;
import java.io.IOException;
import java.net.StandardProtocolFamily;

/**
 * A UDP socket that io_uring watches: each question is answered once, and asked again when what
 * there was has been dealt with.
 */
final class IoUringDatagramPort extends NativeDatagramPort implements IoUringIoHandle {
  static final byte POLL_ADD = 6;
  private static final byte ASYNC_CANCEL = 14;
  static final int POLLIN = 0x1;
  static final int POLLOUT = 0x4;

  /** No question is with the system. */
  private static final long NONE = 0;

  private long toReceive = NONE;
  private long toSend = NONE;

  IoUringDatagramPort(StandardProtocolFamily family, DescriptorSocket socket) throws IOException {
    super(family, socket);
  }

  @Override
  void watch(IoRegistration loop, boolean forRoom) {
    if (toReceive == NONE) {
      toReceive = ask(loop, POLLIN);
    }
    if (forRoom && toSend == NONE) {
      toSend = ask(loop, POLLOUT);
    }
  }

  private long ask(IoRegistration loop, int what) {
    return loop.submit(
        new IoUringIoOps(
            POLL_ADD,
            (byte) 0,
            (short) 0,
            socket().intValue(),
            0L,
            0L,
            0,
            what,
            (long) what,
            (short) 0,
            (short) 0,
            0,
            0L));
  }

  @Override
  public void handle(IoRegistration loop, IoEvent event) {
    IoUringIoEvent answer = (IoUringIoEvent) event;
    if (answer.opcode() != POLL_ADD) {
      return;
    }
    boolean room = answer.userData() == POLLOUT;
    if (room) {
      toSend = NONE;
    } else {
      toReceive = NONE;
    }
    if (isOpen()) {
      ready(!room, room);
    }
    if (isOpen() && loop.isValid()) {
      watch(loop, false);
    }
  }

  @Override
  void stop(IoRegistration loop) {
    takeBack(loop, toReceive);
    takeBack(loop, toSend);
  }

  private static void takeBack(IoRegistration loop, long question) {
    if (question != NONE) {
      loop.submit(
          new IoUringIoOps(
              ASYNC_CANCEL,
              (byte) 0,
              (short) 0,
              -1,
              0L,
              question,
              0,
              0,
              0L,
              (short) 0,
              (short) 0,
              0,
              0L));
    }
  }
}
