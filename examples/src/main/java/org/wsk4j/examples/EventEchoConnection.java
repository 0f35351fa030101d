package org.wsk4j.examples;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.socket.WskFlags;

/**
 * How do I send received data on without copying it, and without keeping more than I should?
 *
 * <p>The receive event brings data in the provider's memory. Each element of the list is sent back
 * from where it lies; the callback answers PENDING, which keeps the memory, and the completion of
 * the send releases it. So a byte that is echoed is never copied here.
 *
 * <p>If the peer sends faster than it reads, sends pile up. At {@link #WINDOW} bytes the callback
 * answers DATA_NOT_ACCEPTED: the data stays with the provider, which stops reading, and TCP makes
 * the peer wait. When half of it has gone out, a receive of length 0 lets the events go on.
 *
 * <p>Steady state allocates nothing here: each send object is used again.
 */
final class EventEchoConnection extends EchoConnection {
  /** How many bytes may be on their way back before no more are taken. */
  static final long WINDOW = 256 * 1024;

  /** The callbacks of all these connections; the context tells which one is meant. */
  static final WskClientConnectionDispatch DISPATCH =
      WskClientConnectionDispatch.builder()
          .onReceive((context, flags, list, bytes, accepted) -> of(context).received(list, bytes))
          .onDisconnect((context, flags) -> of(context).disconnected(flags))
          .build();

  private final WskProgram program;
  private final WskBuf nothing = new WskBuf();
  private final Request resume;

  // All guarded by this.
  private final ArrayDeque<Echo> spare = new ArrayDeque<>();
  private long onTheirWay;
  private boolean suspended;

  EventEchoConnection(EchoServer server, WskConnectionSocket socket) {
    super(server, socket);
    program = server.program();
    resume = program.request(irp -> {});
  }

  private static EventEchoConnection of(@Nullable Object context) {
    if (context instanceof EventEchoConnection connection) {
      return connection;
    }
    throw new IllegalStateException("a callback without its connection: " + context);
  }

  // ---- Callbacks

  private NtStatus received(@Nullable WskDataIndication list, long bytes) {
    if (list == null) {
      broken();
      return NtStatus.SUCCESS;
    }
    if (!take(bytes)) {
      return NtStatus.DATA_NOT_ACCEPTED;
    }
    for (WskDataIndication element = list; element != null; ) {
      WskDataIndication next = element.next();
      element.setNext(null); // each element is kept and released by itself
      nextEcho().send(element);
      element = next;
    }
    return NtStatus.PENDING;
  }

  private NtStatus disconnected(int flags) {
    if ((flags & WskFlags.ABORTIVE) != 0) {
      broken();
    } else {
      peerEnded();
    }
    return NtStatus.SUCCESS;
  }

  // ---- The window

  private synchronized boolean take(long bytes) {
    if (onTheirWay >= WINDOW) {
      suspended = true;
      return false;
    }
    onTheirWay += bytes;
    return true;
  }

  /** {@return whether the provider was told to keep data for itself, because sends pile up} */
  synchronized boolean isSuspended() {
    return suspended;
  }

  private synchronized Echo nextEcho() {
    Echo free = spare.poll();
    return free != null ? free : new Echo();
  }

  /** {@return whether the events have to be resumed} */
  private synchronized boolean giveBack(Echo echo, long bytes) {
    spare.push(echo);
    onTheirWay -= bytes;
    boolean room = suspended && onTheirWay <= WINDOW / 2;
    if (room) {
      suspended = false;
    }
    return room;
  }

  /** One element on its way back. */
  private final class Echo {
    private final Request send = program.request(this::sent);
    private @Nullable WskDataIndication element;
    private long bytes;

    void send(WskDataIndication kept) {
      element = kept;
      bytes = kept.buffer().length();
      if (sendBegins()) {
        socket().send(kept.buffer(), 0, send.submit());
      } else {
        release(); // our side has ended: what arrives now has nowhere to go
      }
    }

    private void sent(Irp irp) {
      NtStatus status = irp.status();
      long count = irp.information();
      boolean room = release();
      if (sendEnded(status, count) && room) {
        socket().receive(nothing, 0, resume.submit());
      }
    }

    private boolean release() {
      WskDataIndication kept = element;
      element = null;
      socket().release(kept);
      return giveBack(this, bytes);
    }
  }
}
