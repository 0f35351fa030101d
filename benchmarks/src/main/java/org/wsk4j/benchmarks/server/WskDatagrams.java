package org.wsk4j.benchmarks.server;

import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/** Sends each datagram back from where it lies; it is released when it has been sent. */
final class WskDatagrams {
  private final ArrayDeque<Send> spare = new ArrayDeque<>();
  private @Nullable WskDatagramSocket socket;

  void serve(WskDatagramSocket made) {
    socket = made;
  }

  WskClientDatagramDispatch dispatch() {
    return new WskClientDatagramDispatch((context, flags, list) -> received(list));
  }

  private NtStatus received(@Nullable WskDatagramIndication list) {
    for (WskDatagramIndication element = list; element != null; ) {
      WskDatagramIndication next = element.next();
      element.setNext(null);
      nextSend().begin(element);
      element = next;
    }
    return NtStatus.PENDING;
  }

  private synchronized Send nextSend() {
    Send free = spare.poll();
    return free != null ? free : new Send();
  }

  private synchronized void giveBack(Send send) {
    spare.push(send);
  }

  /** One send, and the datagram that is released when it has completed. */
  private final class Send {
    private final Irp irp = Irp.allocate();
    private @Nullable WskDatagramIndication kept;

    Send() {
      irp.setCompletionRoutine((done, context) -> completed(), null);
    }

    void begin(WskDatagramIndication datagram) {
      kept = datagram;
      through().sendTo(datagram.buffer(), 0, datagram.remoteAddress(), null, irp);
    }

    private NtStatus completed() {
      WskDatagramIndication sent = kept;
      kept = null;
      through().release(sent);
      giveBack(this);
      return NtStatus.MORE_PROCESSING_REQUIRED;
    }

    private WskDatagramSocket through() {
      return Objects.requireNonNull(socket);
    }
  }
}
