package org.wsk4j.provider.core;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.buffer.WskBufList;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpContext;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.completion.IrpQueue;

/**
 * Sends datagrams in the order of the calls, as many at once as wait. The system takes a datagram
 * whole or not at all, so nothing of a request that waits is in use anywhere else, and every one
 * can be cancelled.
 *
 * <p>The target of a request is where it goes, its detail the control information. One that sends a
 * list has what is left of it as its argument; {@code remaining} is what is left of the datagram
 * that is its turn. The first datagram that cannot be sent ends a request (DGS-71).
 *
 * <p>Batches are made of what waits, anew each time: if the system does not take all of one, the
 * rest is still here. Requests that have ended are completed when the batch has been dealt with.
 *
 * <p>{@link #flush} goes on while there is room. Requests made by completion routines in between
 * are left to it, so nothing nests.
 *
 * <p>Threads: owned by the event loop of the socket.
 */
public final class DatagramSendQueue {
  private final DatagramSink sink;
  private final IrpQueue waiting = new IrpQueue();
  private final IrpQueue sent = new IrpQueue();

  /** The one that has failed, behind those that were sent, and why. */
  private @Nullable Irp failed;

  private NtStatus failedWith = NtStatus.SUCCESS;

  /** How many bytes each part of the batch has. */
  private final long[] sizes;

  private int gathered;
  private boolean full;
  private boolean flushing;
  private boolean held;
  private @Nullable NtStatus failure;

  /**
   * Makes an empty queue.
   *
   * @param sink where the datagrams go
   * @param most how much {@link DatagramSink#gather} takes at most in one batch
   */
  public DatagramSendQueue(DatagramSink sink, int most) {
    this.sink = sink;
    sizes = new long[most];
  }

  /**
   * Performs a request inside its call: at once, if nothing has to wait.
   *
   * @param irp the request, begun and not marked pending
   * @return what the call has to return
   */
  public NtStatus perform(Irp irp) {
    boolean alone = !full && !flushing && !held && waiting.isEmpty();
    waiting.add(irp);
    if (!alone) {
      irp.markPending();
      flush();
      return NtStatus.PENDING;
    }
    while (!full && waiting.peek() == irp) {
      sendBatch();
    }
    NtStatus status = takeEnded();
    if (status == null) {
      irp.markPending();
      return NtStatus.PENDING;
    }
    return Completions.finish(irp, status, information(irp, status), null);
  }

  /** What the one request that was performed ended with, or {@code null} if it waits. */
  private @Nullable NtStatus takeEnded() {
    if (sent.poll() != null) {
      return NtStatus.SUCCESS;
    }
    if (failed == null) {
      return null;
    }
    failed = null;
    return failedWith;
  }

  /**
   * Takes a request; {@link #flush} has to follow.
   *
   * @param irp the request, begun and marked pending
   */
  public void add(Irp irp) {
    waiting.add(irp);
  }

  /** Holds back what comes from now on, until {@link #letGo}: it then leaves together. */
  public void hold() {
    held = true;
  }

  /** Sends what was held back. */
  public void letGo() {
    held = false;
    flush();
  }

  /** Sends what waits, as long as there is room. */
  public void flush() {
    if (flushing || held) {
      return;
    }
    if (Completions.isTooDeep()) {
      DispatchLevel.current().defer(this::flush);
      return;
    }
    flushing = true;
    try {
      while (!full && !waiting.isEmpty()) {
        sendBatch();
        completeEnded();
      }
    } finally {
      flushing = false;
    }
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
    held = false;
    flush();
  }

  // ---- One batch

  /** Sends as much as goes into one batch; those that end are taken out and not completed yet. */
  private void sendBatch() {
    NtStatus broken = failure;
    if (broken != null) {
      fails(broken);
      return;
    }
    gather();
    int at = 0;
    while (at < gathered) {
      int answer = sink.send(at);
      if (answer <= 0) {
        stopped(answer);
        return;
      }
      for (int end = at + answer; at < end; at++) {
        advance(sizes[at]);
      }
    }
  }

  private void stopped(int answer) {
    if (answer == DatagramSink.NO_ROOM) {
      full = true;
      sink.awaitRoom();
    } else if (answer == DatagramSink.FAILED) {
      fails(sink.failure());
    }
  }

  private void gather() {
    sink.begin();
    gathered = 0;
    Irp irp = waiting.peek();
    while (irp != null && gather(irp.context())) {
      irp = irp.context().next;
    }
  }

  /** Whether all of a request is in the batch. */
  private boolean gather(IrpContext context) {
    if (!(context.argument instanceof WskBufList rest)) {
      return gather(context, context.first, context.start, context.length, context.remaining);
    }
    long left = context.remaining;
    for (WskBufList each = rest; each != null; each = each.next()) {
      WskBuf one = each.buffer();
      if (!gather(context, one.mdl(), one.offset(), one.length(), left)) {
        return false;
      }
      left = each.next() != null ? each.next().buffer().length() : 0;
    }
    return true;
  }

  /** Whether all that is left of a buffer is in the batch. */
  private boolean gather(
      IrpContext context, @Nullable Mdl first, long offset, long length, long remaining) {
    InetSocketAddress remote = (InetSocketAddress) context.target;
    ControlInfo control = (ControlInfo) context.detail;
    long left = remaining;
    do {
      long taken =
          gathered < sizes.length
              ? sink.gather(first, offset + length - left, left, remote, control)
              : DatagramSink.BATCH_IS_FULL;
      if (taken < 0) {
        return false;
      }
      sizes[gathered++] = taken;
      left -= taken;
    } while (left > 0);
    return true;
  }

  /** So many bytes of the oldest request have been sent. */
  private void advance(long size) {
    Irp irp = waiting.peek();
    if (irp == null) {
      return;
    }
    IrpContext context = irp.context();
    context.remaining -= size;
    if (context.remaining > 0) {
      return;
    }
    WskBufList next = context.argument instanceof WskBufList rest ? rest.next() : null;
    if (next != null) {
      context.argument = next;
      context.remaining = next.buffer().length();
    } else {
      waiting.poll();
      sent.add(irp);
    }
  }

  private void fails(NtStatus status) {
    failed = waiting.poll();
    failedWith = status;
  }

  /** A completion routine may change all that waits, so nothing is expected of it behind it. */
  private void completeEnded() {
    Irp bad = failed;
    NtStatus why = failedWith;
    failed = null;
    for (Irp irp = sent.poll(); irp != null; irp = sent.poll()) {
      irp.complete(NtStatus.SUCCESS, irp.context().length, null);
    }
    if (bad != null) {
      bad.complete(why);
    }
  }

  private static long information(Irp irp, NtStatus status) {
    return status == NtStatus.SUCCESS ? irp.context().length : 0;
  }
}
