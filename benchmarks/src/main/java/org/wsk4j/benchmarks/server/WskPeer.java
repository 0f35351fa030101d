package org.wsk4j.benchmarks.server;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * One accepted connection. Its sends are used again; it is closed when the peer has ended its side.
 */
abstract class WskPeer {
  private final WskConnectionSocket socket;

  /** Guarded by this: sends complete on the event loop and may begin elsewhere. */
  private final ArrayDeque<Send> spare = new ArrayDeque<>(2);

  private boolean closed;

  WskPeer(WskConnectionSocket socket) {
    this.socket = socket;
  }

  /** {@return what is to be done with the data; no list means that the connection is broken} */
  final NtStatus received(@Nullable WskDataIndication list) {
    return list == null ? disconnected() : take(list);
  }

  abstract NtStatus take(WskDataIndication list);

  final NtStatus disconnected() {
    synchronized (this) {
      if (closed) {
        return NtStatus.SUCCESS;
      }
      closed = true;
    }
    socket.closeSocket(Irp.allocate());
    return NtStatus.SUCCESS;
  }

  /** {@return a send that is not in flight} */
  final synchronized Send nextSend() {
    Send free = spare.poll();
    return free != null ? free : new Send();
  }

  private synchronized void giveBack(Send send) {
    spare.push(send);
  }

  /** One send, and what is released when it has completed. */
  final class Send {
    private final Irp irp = Irp.allocate();
    private @Nullable WskDataIndication kept;

    private Send() {
      irp.setCompletionRoutine((done, context) -> completed(), null);
    }

    void begin(WskBuf data, @Nullable WskDataIndication indication) {
      kept = indication;
      socket.send(data, 0, irp);
    }

    private NtStatus completed() {
      WskDataIndication indication = kept;
      if (indication != null) {
        kept = null;
        socket.release(indication);
      }
      giveBack(this);
      return NtStatus.MORE_PROCESSING_REQUIRED;
    }
  }
}
