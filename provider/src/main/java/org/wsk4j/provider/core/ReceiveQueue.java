package org.wsk4j.provider.core;

import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.completion.IrpQueue;
import org.wsk4j.provider.memory.DataIndication;
import org.wsk4j.provider.memory.RetainAccount;

/**
 * Brings received bytes to the requests that wait for them, and what no request takes to the
 * receive event.
 *
 * <p>All of it happens in {@link #pump}, which goes on while it makes progress: serve the oldest
 * request; if none waits, indicate what is buffered ({@link DataIndications}); if nothing is
 * buffered, tell how the connection has ended ({@link EndIndications}). A callback or completion
 * routine that calls back in here finds the pump running, leaves its request in the queue and
 * returns: the pump takes it up. So nothing nests, requests come before the event, and every byte
 * is given out once, in order. A call that completes inline and ends a suspension leaves the events
 * to a later pump: no callback runs on its stack.
 *
 * <p>A request with WAITALL is filled as bytes come. If it is cancelled, the bytes are copied back
 * out of its buffer, which is ours until the request completes, to the front of the queue (OPB-24).
 *
 * <p>When the socket has begun to close, which shuts the gate, nothing is given out any more: a
 * request that still waits then is cancelled (IRP-49).
 *
 * <p>Threads: owned by the event loop of the socket.
 */
public final class ReceiveQueue extends PumpedQueue {
  private final EventGate gate;
  private final RetainAccount retained;
  private final Function<ByteBuffer, DataIndication> restore;
  private final LongSupplier readAhead;

  private final IrpQueue requests = new IrpQueue();
  private final DataQueue data = new DataQueue();
  private final DataIndications indications;
  private final EndIndications ends;

  private boolean endOfStream;

  /** What receives are answered behind the end, if that is not the end of the stream. */
  private @Nullable NtStatus cutShort;

  private @Nullable NtStatus failure;

  /**
   * Makes an empty queue.
   *
   * @param gate which events may be called
   * @param client the callbacks
   * @param retained counts what the client keeps
   * @param restore copies bytes into an element that can be buffered
   * @param readAhead how many bytes are buffered while nobody takes them
   * @param pumpLater has {@link #pump} called on the event loop, when what runs now has returned,
   *     and {@link #wantsData} asked then; may be called from any thread
   */
  public ReceiveQueue(
      EventGate gate,
      Indications client,
      RetainAccount retained,
      Function<ByteBuffer, DataIndication> restore,
      LongSupplier readAhead,
      Runnable pumpLater) {
    super(pumpLater);
    this.gate = gate;
    this.retained = retained;
    this.restore = restore;
    this.readAhead = readAhead;
    indications = new DataIndications(gate, client, retained, data, pumpLater);
    ends = new EndIndications(gate, client);
  }

  /** {@return how many received bytes nobody has taken yet} */
  public long backlog() {
    return data.bytes();
  }

  /** {@return whether the peer has ended its side} */
  public boolean isEndOfStream() {
    return endOfStream;
  }

  /**
   * {@return whether more bytes should be read from the network now} For a request that waits they
   * always are, however much the client keeps (REL-17); without one, only while the client takes
   * them or there is room to read ahead. Where it is the client's releasing that has to come first,
   * the pump is called later, when that has happened.
   */
  public boolean wantsData() {
    if (endOfStream || failure != null) {
      return false;
    }
    return !requests.isEmpty() || (indications.isOpen() || hasRoom()) && !indications.isFull();
  }

  /**
   * {@return whether reading may go on before what was read is brought to anybody} What is read in
   * one go is bounded by that.
   */
  public boolean hasRoom() {
    return data.bytes() < readAhead.getAsLong();
  }

  /**
   * Takes a request made on the loop, and completes it inline if it can.
   *
   * @param irp the request, begun and not marked pending
   * @return what the call has to return
   */
  public NtStatus receiveInline(Irp irp) {
    boolean first = !isPumping() && requests.isEmpty() && !isHeldBack() && isServableNow(irp);
    if (first && !Completions.isTooDeep()) {
      return serveInline(irp);
    }
    irp.markPending();
    requests.add(irp);
    if (first) {
      pumpLater();
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

  /** {@return an element to be used again, for received bytes; {@code null} if there is none} */
  public @Nullable DataIndication takeSpare() {
    return data.takeSpare();
  }

  /**
   * Takes received bytes; {@link #pump} has to follow.
   *
   * @param received the bytes
   */
  public void received(DataIndication received) {
    if (endOfStream || received.length() == 0) {
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
   * Notes that nothing comes any more, although the peer has not said that its stream ends; {@link
   * #pump} follows. What was received before is still given out.
   *
   * @param status what requests behind it are answered
   */
  public void truncated(NtStatus status) {
    endOfStream = true;
    cutShort = status;
    ends.truncated();
  }

  /** {@return all that was received and not taken, linked in order, which leaves the queue} */
  public @Nullable DataIndication takeBuffered() {
    return data.takeAll();
  }

  /** What is received is for the client from now on; {@link #pump} follows. */
  public void unveil() {
    gate.unveil();
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
      data.shut();
      if (byPeer) {
        ends.reset();
      }
    }
  }

  /**
   * Notes that the socket no longer functions: what is buffered is lost, all requests fail, and the
   * client is told through the receive event, if it is enabled; {@link #pump} follows.
   */
  public void die() {
    failure = NtStatus.FILE_FORCED_CLOSED;
    data.shut();
    ends.die();
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
    if (failure == null) {
      ReceiveMemory.takeBack(irp, data, restore);
    }
    irp.complete(NtStatus.CANCELLED);
    pump();
    return true;
  }

  /** Ends everything because the socket closes: requests are cancelled, buffered bytes dropped. */
  public void close() {
    failure = NtStatus.CANCELLED;
    ends.close();
    data.shut();
    retained.close();
    for (Irp irp = requests.poll(); irp != null; irp = requests.poll()) {
      irp.complete(NtStatus.CANCELLED);
    }
  }

  private boolean isHeldBack() {
    return gate.isShut() || gate.isVeiled() && failure == null;
  }

  @Override
  boolean step() {
    return !isHeldBack() && (serveOldest() || indications.indicate() || ends.tell(isAtEnd()));
  }

  private boolean isAtEnd() {
    return endOfStream && failure == null && data.isEmpty();
  }

  private boolean serveOldest() {
    Irp irp = requests.peek();
    if (irp == null || !isServableNow(irp) && !fillPart(irp)) {
      return false;
    }
    requests.poll();
    NtStatus status = outcome(irp);
    long information = information(irp, status);
    irp.complete(status, information, null);
    return true;
  }

  private NtStatus serveInline(Irp irp) {
    NtStatus status = outcome(irp);
    NtStatus answer = Completions.finish(irp, status, information(irp, status), null);
    if (hasNews()) {
      pumpLater();
    }
    return answer;
  }

  /** Whether there is something to tell through an event that may be called. */
  private boolean hasNews() {
    return !data.isEmpty() && indications.isOpen()
        || isAtEnd() && !ends.isGracefulTold() && gate.isOpen(WskEventCallbackControl.DISCONNECT);
  }

  /** What the request is answered; its memory is filled, and indications go on behind it. */
  private NtStatus outcome(Irp irp) {
    indications.resume();
    NtStatus failed = failure;
    if (failed != null) {
      return failed;
    }
    ReceiveMemory.fill(irp, data);
    NtStatus cut = cutShort;
    return cut != null && data.isEmpty() && ReceiveMemory.filled(irp) == 0 ? cut : NtStatus.SUCCESS;
  }

  private static long information(Irp irp, NtStatus status) {
    if (status != NtStatus.SUCCESS) {
      return 0;
    }
    tellControlInfo(irp);
    return ReceiveMemory.filled(irp);
  }

  /** On TCP there never is any, so what is asked for is empty (RCV-83). */
  @SuppressWarnings("unchecked") // a receive has no other target
  private static void tellControlInfo(Irp irp) {
    if (irp.context().target instanceof Out<?> place) {
      ((Out<ControlInfo>) place).set(ControlInfo.of());
    }
  }

  /** Whether the request can complete with what is there. */
  private boolean isServableNow(Irp irp) {
    if (failure != null) {
      return true;
    }
    if (ReceiveMemory.isDrain(irp)) {
      data.freeAll();
      return endOfStream;
    }
    return endOfStream || data.bytes() >= ReceiveMemory.needed(irp);
  }

  /** Fills a part of a request with WAITALL, so that reading can go on; it stays in the queue. */
  private boolean fillPart(Irp irp) {
    if (ReceiveMemory.waitsForAll(irp)) {
      ReceiveMemory.fill(irp, data);
    }
    return false;
  }
}
