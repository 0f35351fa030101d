package org.wsk4j.provider.core;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.buffer.WskBufList;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpContext;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.completion.IrpQueue;

/**
 * Sends datagrams in the order of the calls. The system takes a datagram whole or not at all, so
 * nothing of a request that waits is in use anywhere else, and every one can be cancelled.
 *
 * <p>The target of a request is where it goes. One that sends a list has what is left of it as its
 * argument; the first datagram that cannot be sent ends it (DGS-71).
 *
 * <p>{@link #flush} goes on while there is room. Requests made by completion routines in between
 * are left to it, so nothing nests.
 *
 * <p>Threads: owned by the event loop of the socket.
 */
public final class DatagramSendQueue {
  private final DatagramSink sink;
  private final IrpQueue waiting = new IrpQueue();

  private boolean full;
  private boolean flushing;
  private @Nullable NtStatus failure;

  /**
   * Makes an empty queue.
   *
   * @param sink where the datagrams go
   */
  public DatagramSendQueue(DatagramSink sink) {
    this.sink = sink;
  }

  /**
   * Performs a request inside its call: at once, if nothing has to wait.
   *
   * @param irp the request, begun and not marked pending
   * @return what the call has to return
   */
  public NtStatus perform(Irp irp) {
    boolean alone = !full && !flushing && waiting.isEmpty();
    NtStatus status = alone ? send(irp) : NtStatus.PENDING;
    if (status != NtStatus.PENDING) {
      return Completions.finish(irp, status, information(irp, status), null);
    }
    irp.markPending();
    waiting.add(irp);
    flush();
    return NtStatus.PENDING;
  }

  /**
   * Takes a request; {@link #flush} has to follow.
   *
   * @param irp the request, begun and marked pending
   */
  public void add(Irp irp) {
    waiting.add(irp);
  }

  /** Sends what waits, as long as there is room. */
  public void flush() {
    if (flushing) {
      return;
    }
    if (Completions.isTooDeep()) {
      DispatchLevel.current().defer(this::flush);
      return;
    }
    flushing = true;
    try {
      while (!full && step()) {
        continue;
      }
    } finally {
      flushing = false;
    }
  }

  private boolean step() {
    Irp irp = waiting.peek();
    if (irp == null) {
      return false;
    }
    NtStatus status = send(irp);
    if (status == NtStatus.PENDING) {
      return false;
    }
    waiting.poll();
    irp.complete(status, information(irp, status), null);
    return true;
  }

  /** There is room again. */
  public void room() {
    full = false;
    flush();
  }

  /**
   * Cancels a request. Of a list that has begun to go out the rest stays here.
   *
   * @param irp the request
   * @return whether it was waiting here
   */
  public boolean cancel(Irp irp) {
    if (!waiting.remove(irp)) {
      return false;
    }
    irp.complete(NtStatus.CANCELLED);
    return true;
  }

  /**
   * Fails all that waits, and all that will come.
   *
   * @param status what the requests are answered, unless a failure came before
   */
  public void fail(NtStatus status) {
    if (failure == null) {
      failure = status;
    }
    full = false;
    flush();
  }

  /** {@return the final status, or PENDING if there is no room} */
  private NtStatus send(Irp irp) {
    if (failure != null) {
      return failure;
    }
    IrpContext context = irp.context();
    InetSocketAddress remote = (InetSocketAddress) context.target;
    NtStatus status =
        context.argument instanceof WskBufList list
            ? sendList(context, list, remote)
            : sink.send(context.first, context.start, context.length, remote);
    if (status == NtStatus.PENDING) {
      full = true;
      sink.awaitRoom();
    }
    return status;
  }

  private NtStatus sendList(IrpContext context, WskBufList rest, InetSocketAddress remote) {
    for (WskBufList each = rest; each != null; each = each.next()) {
      WskBuf one = each.buffer();
      NtStatus status = sink.send(one.mdl(), one.offset(), one.length(), remote);
      if (status != NtStatus.SUCCESS) {
        context.argument = each;
        return status;
      }
    }
    return NtStatus.SUCCESS;
  }

  private static long information(Irp irp, NtStatus status) {
    return status == NtStatus.SUCCESS ? irp.context().length : 0;
  }
}
