package org.wsk4j.provider.core;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpContext;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.completion.IrpQueue;
import org.wsk4j.provider.memory.DataIndication;
import org.wsk4j.provider.memory.RetainAccount;
import org.wsk4j.socket.WskFlags;

/**
 * Brings received bytes to the requests that wait for them, and what no request takes to the
 * receive event.
 *
 * <p>All of it happens in {@link #pump}, which goes on while it makes progress: serve the oldest
 * request; if none waits, indicate what is buffered; if nothing is buffered, report that the peer
 * has ended. A callback or completion routine that calls back in here finds the pump running,
 * leaves its request in the queue and returns: the pump takes it up. So nothing nests, requests
 * come before the event, and every byte is given out once, in order. A call that completes inline
 * and ends a suspension leaves the events to a later pump: no callback runs on its stack.
 *
 * <p>A request with WAITALL is filled as bytes come. If it is cancelled, the bytes are copied back
 * out of its buffer, which is ours until the request completes, to the front of the queue (OPB-24).
 *
 * <p>Threads: owned by the event loop of the socket.
 */
public final class ReceiveQueue {
  private final EventGate gate;
  private final Indications client;
  private final RetainAccount retained;
  private final Function<ByteBuffer, DataIndication> restore;
  private final long readAhead;
  private final Runnable pumpLater;

  private final IrpQueue requests = new IrpQueue();
  private final DataQueue data = new DataQueue();
  private final LongOut accepted = new LongOut();

  /** The client refused data: no indication until a receive has completed (OPB-26). */
  private boolean suspended;

  private boolean pumping;
  private boolean endOfStream;
  private boolean gracefulReported;
  private @Nullable NtStatus failure;
  private boolean abortiveDue;

  /**
   * Makes an empty queue.
   *
   * @param gate which events may be called
   * @param client the callbacks
   * @param retained counts what the client keeps
   * @param restore copies bytes into an element that can be buffered
   * @param readAhead how many bytes are buffered while nobody takes them
   * @param pumpLater has {@link #pump} called on the event loop, when what runs now has returned
   */
  public ReceiveQueue(
      EventGate gate,
      Indications client,
      RetainAccount retained,
      Function<ByteBuffer, DataIndication> restore,
      long readAhead,
      Runnable pumpLater) {
    this.gate = gate;
    this.client = client;
    this.retained = retained;
    this.restore = restore;
    this.readAhead = readAhead;
    this.pumpLater = pumpLater;
  }

  /** {@return how many received bytes nobody has taken yet} */
  public long backlog() {
    return data.bytes();
  }

  /** {@return whether the peer has ended its side} */
  public boolean isEndOfStream() {
    return endOfStream;
  }

  /** {@return whether more bytes should be read from the network now} */
  public boolean wantsData() {
    if (endOfStream || failure != null) {
      return false;
    }
    return !requests.isEmpty()
        || (!suspended && gate.isOpen(WskEventCallbackControl.RECEIVE))
        || data.bytes() < readAhead;
  }

  /** {@return whether what is read is discarded, so that reading must not stop (RCV-36)} */
  public boolean isDraining() {
    Irp oldest = requests.peek();
    return oldest != null && isDrain(oldest);
  }

  /**
   * Takes a request made on the loop, and completes it inline if it can.
   *
   * @param irp the request, begun and not marked pending
   * @return what the call has to return
   */
  public NtStatus receiveInline(Irp irp) {
    boolean first = !pumping && requests.isEmpty() && isServableNow(irp);
    if (first && !Completions.isTooDeep()) {
      return serveInline(irp);
    }
    irp.markPending();
    requests.add(irp);
    if (first) {
      pumpLater.run();
    }
    return NtStatus.PENDING;
  }

  /**
   * Takes a request that came from another thread.
   *
   * @param irp the request, begun and marked pending
   */
  public void receive(Irp irp) {
    requests.add(irp);
  }

  /**
   * Takes received bytes; {@link #pump} has to follow.
   *
   * @param received the bytes
   */
  public void received(DataIndication received) {
    if (failure != null || endOfStream || received.length() == 0) {
      received.freeBuffered();
    } else {
      data.add(received);
    }
  }

  /**
   * Notes that the peer has ended its side, behind all that was received; {@link #pump} follows.
   */
  public void endOfStream() {
    endOfStream = true;
  }

  /**
   * Notes that the connection is broken: what is buffered is lost, all requests fail; {@link #pump}
   * follows.
   *
   * @param status what requests are answered from now on
   * @param byPeer whether the client is to be told through the disconnect event
   */
  public void fail(NtStatus status, boolean byPeer) {
    if (failure == null) {
      failure = status;
      abortiveDue = byPeer;
      data.freeAll();
    }
  }

  /**
   * Cancels a request.
   *
   * @param irp the request
   * @return whether it was waiting here
   */
  public boolean cancel(Irp irp) {
    if (!requests.remove(irp)) {
      return false;
    }
    putBack(irp);
    irp.complete(NtStatus.CANCELLED);
    pump();
    return true;
  }

  /** Ends everything because the socket closes: requests are cancelled, buffered bytes dropped. */
  public void close() {
    failure = NtStatus.CANCELLED;
    abortiveDue = false;
    data.freeAll();
    for (Irp irp = requests.poll(); irp != null; irp = requests.poll()) {
      irp.complete(NtStatus.CANCELLED);
    }
  }

  /** Brings bytes and endings to whoever is to have them, until nothing more can be done. */
  public void pump() {
    if (pumping) {
      return;
    }
    if (Completions.isTooDeep()) {
      pumpLater.run();
      return;
    }
    pumping = true;
    try {
      while (serveOldest() || indicate() || reportEnd()) {
        continue;
      }
    } finally {
      pumping = false;
    }
  }

  // ---- Requests

  private boolean serveOldest() {
    Irp irp = requests.peek();
    if (irp == null || !isServableNow(irp) && !fillPart(irp)) {
      return false;
    }
    requests.poll();
    NtStatus status = outcome(irp);
    long information = status == NtStatus.SUCCESS ? filled(irp) : 0;
    suspended = false;
    irp.complete(status, information, null);
    return true;
  }

  private NtStatus serveInline(Irp irp) {
    NtStatus status = outcome(irp);
    long information = status == NtStatus.SUCCESS ? filled(irp) : 0;
    suspended = false;
    NtStatus answer = Completions.finish(irp, status, information, null);
    if (hasNews()) {
      pumpLater.run();
    }
    return answer;
  }

  /** Whether there is something to tell through an event that may be called. */
  private boolean hasNews() {
    boolean unread = !suspended && !data.isEmpty();
    return unread && gate.isOpen(WskEventCallbackControl.RECEIVE)
        || isGracefulDue() && gate.isOpen(WskEventCallbackControl.DISCONNECT);
  }

  private NtStatus outcome(Irp irp) {
    NtStatus failed = failure;
    if (failed != null) {
      return failed;
    }
    fill(irp);
    return NtStatus.SUCCESS;
  }

  /** Whether the request can complete with what is there. */
  private boolean isServableNow(Irp irp) {
    if (failure != null) {
      return true;
    }
    IrpContext context = irp.context();
    if (isDrain(irp)) {
      data.freeAll();
      return endOfStream;
    }
    if (context.remaining == 0 || endOfStream) {
      return true;
    }
    boolean all = (context.flags & WskFlags.WAITALL) != 0;
    return data.bytes() >= (all ? context.remaining : 1);
  }

  private static boolean isDrain(Irp irp) {
    return (irp.context().flags & WskFlags.DRAIN) != 0;
  }

  /** Fills a part of a request with WAITALL, so that reading can go on; it stays in the queue. */
  private boolean fillPart(Irp irp) {
    if ((irp.context().flags & WskFlags.WAITALL) != 0) {
      fill(irp);
    }
    return false;
  }

  private void fill(Irp irp) {
    IrpContext context = irp.context();
    while (context.remaining > 0) {
      DataIndication first = data.head();
      Mdl mdl = context.mdl;
      if (first == null || mdl == null) {
        return;
      }
      int room = (int) Math.min(mdl.byteCount() - context.offset, context.remaining);
      int count = Math.min(room, first.length());
      first.moveTo(mdl, (int) context.offset, count);
      data.consumed(first, count);
      context.advance(count);
    }
  }

  private static long filled(Irp irp) {
    return irp.context().length - irp.context().remaining;
  }

  /** Copies what was filled into a request back to the front of the queue. */
  private void putBack(Irp irp) {
    if (failure != null) {
      return;
    }
    IrpContext context = irp.context();
    long left = filled(irp);
    DataQueue front = new DataQueue();
    context.rewind();
    while (left > 0 && context.mdl != null) {
      int offset = (int) context.offset;
      int count = (int) Math.min(context.mdl.byteCount() - offset, left);
      ByteBuffer part = context.mdl.buffer().position(offset).limit(offset + count);
      front.add(restore.apply(ByteBuffer.allocate(count).put(part).flip()));
      context.advance(count);
      left -= count;
    }
    data.addFirst(front);
  }

  // ---- Events

  private boolean indicate() {
    DataIndication list = data.head();
    if (list == null || suspended || !gate.enter(WskEventCallbackControl.RECEIVE)) {
      return false;
    }
    long bytes = data.bytes();
    data.takeAll();
    for (DataIndication each = list; each != null; each = each.following()) {
      each.indicate();
    }
    accepted.set(bytes);
    NtStatus answer = client.receive(list, bytes, accepted, receiveFlags());
    gate.leave(WskEventCallbackControl.RECEIVE);
    settle(list, bytes, answer);
    return true;
  }

  private int receiveFlags() {
    return retained.isHigh()
        ? WskFlags.AT_DISPATCH_LEVEL | WskFlags.RELEASE_ASAP
        : WskFlags.AT_DISPATCH_LEVEL;
  }

  private void settle(DataIndication list, long bytes, NtStatus answer) {
    if (answer == NtStatus.PENDING) {
      keep(list);
      return;
    }
    long taken = answer == NtStatus.SUCCESS ? Math.max(0, Math.min(accepted.get(), bytes)) : 0;
    suspended = taken < bytes;
    giveBack(list, taken);
  }

  private static void keep(DataIndication list) {
    for (DataIndication each = list; each != null; ) {
      DataIndication following = each.following();
      each.setFollowing(null);
      each.keep();
      each = following;
    }
  }

  /** Frees the accepted prefix and buffers the rest again, ahead of what came meanwhile. */
  private void giveBack(DataIndication list, long taken) {
    DataIndication newer = data.takeAll();
    long left = taken;
    for (DataIndication each = list; each != null; ) {
      DataIndication following = each.following();
      int length = each.indicatedBytes();
      if (left >= length) {
        each.freeIndicated();
      } else if (each.takeBack()) {
        each.skip((int) left);
        bufferUnlessFailed(each);
      }
      left = Math.max(0, left - length);
      each = following;
    }
    for (DataIndication each = newer; each != null; ) {
      DataIndication following = each.following();
      bufferUnlessFailed(each);
      each = following;
    }
  }

  private void bufferUnlessFailed(DataIndication element) {
    if (failure != null) {
      element.freeBuffered();
    } else {
      data.add(element);
    }
  }

  /** The abortive end is told at once, the graceful one when the last byte is consumed (OPB-33). */
  private boolean reportEnd() {
    if (abortiveDue) {
      return disconnect(WskFlags.ABORTIVE | WskFlags.AT_DISPATCH_LEVEL);
    }
    return isGracefulDue() && disconnect(WskFlags.AT_DISPATCH_LEVEL);
  }

  private boolean isGracefulDue() {
    return endOfStream && !gracefulReported && failure == null && data.isEmpty();
  }

  private boolean disconnect(int flags) {
    if (!gate.enter(WskEventCallbackControl.DISCONNECT)) {
      return false;
    }
    if ((flags & WskFlags.ABORTIVE) != 0) {
      abortiveDue = false;
    } else {
      gracefulReported = true;
    }
    client.disconnect(flags);
    gate.leave(WskEventCallbackControl.DISCONNECT);
    return true;
  }
}
