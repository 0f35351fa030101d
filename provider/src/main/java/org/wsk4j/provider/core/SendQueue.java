package org.wsk4j.provider.core;

import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.completion.IrpQueue;

/**
 * Sends in the order of the calls, in batches: at most one batch is with the system, all else waits
 * here, where it can still be cancelled.
 *
 * <p>A graceful disconnect is a request in the same queue. When it is reached, everything before it
 * has left; its final data goes out, then the sending side ends.
 *
 * <p>{@link #flush} goes on while there is something to hand over. Requests made by completion
 * routines in between are left to it, so nothing nests and answers gather into one batch.
 *
 * <p>Threads: owned by the event loop of the socket.
 */
public final class SendQueue {
  /** A batch takes further requests until it has so many bytes. */
  static final long BATCH_BYTES = 256 * 1024;

  private final SendSink sink;
  private final int disconnectOperation;
  private final IrpQueue waiting = new IrpQueue();
  private final IrpQueue batch = new IrpQueue();

  private long outstandingBytes;
  private boolean withSystem;
  private boolean flushing;
  private boolean endingOutput;

  /** Nothing is handed over, as long as nothing has failed. */
  private boolean held;

  /** The call of the only request in the batch is on the stack. */
  private boolean inCall;

  private @Nullable NtStatus answer;

  private boolean outputEnded;
  private @Nullable NtStatus failure;
  private @Nullable NtStatus failureOfDisconnects;

  /**
   * Makes an empty queue.
   *
   * @param sink where the data goes
   * @param disconnectOperation the operation number that marks a graceful disconnect
   */
  public SendQueue(SendSink sink, int disconnectOperation) {
    this.sink = sink;
    this.disconnectOperation = disconnectOperation;
  }

  /** {@return how many bytes were given here and are not with the system yet} */
  public long outstandingBytes() {
    return outstandingBytes;
  }

  /** {@return whether a batch is with the system, so that its memory is in use} */
  public boolean isBusy() {
    return withSystem;
  }

  /** {@return whether no request waits here and none is with the system} */
  public boolean isIdle() {
    return waiting.isEmpty() && batch.isEmpty();
  }

  /** {@return whether the sending side has ended} */
  public boolean isOutputEnded() {
    return outputEnded;
  }

  /** {@return whether the system was told to end the sending side, or the side has ended} */
  public boolean isEndingOutput() {
    return endingOutput;
  }

  /**
   * Performs a request inside its call: at once, if nothing has to wait. What its completion
   * routine requests then is left to {@link #flush}, as always.
   *
   * @param irp the request, begun and not marked pending
   * @return what the call has to return
   */
  public NtStatus perform(Irp irp) {
    if (withSystem || flushing || held || !waiting.isEmpty()) {
      irp.markPending();
      add(irp);
      flush();
      return NtStatus.PENDING;
    }
    NtStatus refused = failure != null ? failure : refusal(irp);
    return refused != null ? Completions.finish(irp, refused) : handOverInCall(irp);
  }

  private NtStatus handOverInCall(Irp irp) {
    add(irp);
    inCall = true;
    handOver(irp);
    inCall = false;
    NtStatus given = answer;
    answer = null;
    if (given == null) {
      irp.markPending();
      return NtStatus.PENDING;
    }
    completeBatch(given);
    return given;
  }

  /**
   * Takes a request; {@link #flush} has to follow.
   *
   * @param irp the request, begun; marked pending, unless its call is on the stack
   */
  public void add(Irp irp) {
    outstandingBytes += irp.context().length;
    waiting.add(irp);
  }

  /** Hands nothing over until {@link #letGo}; what waits can still be cancelled. */
  public void hold() {
    held = true;
  }

  /** Ends {@link #hold}; {@link #flush} has to follow. */
  public void letGo() {
    held = false;
  }

  /** Hands over what waits, unless a batch is with the system already. */
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
      while (!withSystem && !waiting.isEmpty() && (!held || failure != null)) {
        step();
      }
    } finally {
      flushing = false;
    }
  }

  /**
   * Takes note that the batch has ended.
   *
   * @param status SUCCESS if the system has taken all of it, else what its requests are answered
   */
  public void batchEnded(NtStatus status) {
    Irp first = batch.peek();
    if (first != null && isDisconnect(first) && status == NtStatus.SUCCESS) {
      endOutput();
    } else {
      completeBatch(status);
    }
  }

  /**
   * Takes note that the sending side has ended.
   *
   * @param status SUCCESS, or what the disconnect is answered
   */
  public void outputEnded(NtStatus status) {
    outputEnded = true;
    completeBatch(status);
  }

  /** What routines send meanwhile waits: the batch is with the system until all of it is told. */
  private void completeBatch(NtStatus status) {
    if (inCall) {
      answer = status;
      return;
    }
    for (Irp irp = batch.poll(); irp != null; irp = batch.poll()) {
      complete(irp, status);
    }
    withSystem = false;
    flush();
  }

  /**
   * Fails all that waits, and all that will come. A batch with the system ends by itself; what
   * waits behind it is answered after it, so that requests complete in the order of the calls.
   *
   * @param status what the requests are answered, unless a failure came before
   */
  public void fail(NtStatus status) {
    if (failure == null) {
      failure = status;
    }
    flush();
  }

  /**
   * Fails all as {@link #fail(NtStatus)} does, because a disconnect has taken too long.
   *
   * @param status what the requests are answered
   * @param ofDisconnects what disconnects are answered
   */
  public void fail(NtStatus status, NtStatus ofDisconnects) {
    failureOfDisconnects = ofDisconnects;
    fail(status);
  }

  /**
   * Cancels a request that has not begun to go out, or a disconnect. A disconnect that is cancelled
   * still ends the stream, where it stood: before its data, or behind all of it if that has begun
   * to go out (decision 38).
   *
   * @param irp the request
   * @return whether it could be cancelled
   */
  public boolean cancel(Irp irp) {
    if (irp == batch.peek() && isDisconnect(irp)) {
      if (!endingOutput) {
        sink.keepRest(irp);
      }
      batch.replace(irp, endOfStream());
      complete(irp, NtStatus.CANCELLED);
      return true;
    }
    if (!(isDisconnect(irp) ? waiting.replace(irp, endOfStream()) : waiting.remove(irp))) {
      return false;
    }
    complete(irp, NtStatus.CANCELLED);
    flush();
    return true;
  }

  /** {@return what stands in for a disconnect that was cancelled; nobody waits for it} */
  private Irp endOfStream() {
    Irp stand = Irp.allocate();
    stand.begin(null);
    stand.context().operation = disconnectOperation;
    return stand;
  }

  private void step() {
    Irp first = waiting.peek();
    NtStatus refused = failure != null ? failure : refusal(first);
    if (refused != null) {
      waiting.poll();
      complete(first, refused);
      return;
    }
    handOver(first);
  }

  private void handOver(Irp first) {
    withSystem = true;
    if (isDisconnect(first)) {
      disconnect(first);
    } else {
      gather();
    }
  }

  /** Behind the end of the stream nothing can be sent; a further disconnect has nothing to do. */
  private @Nullable NtStatus refusal(Irp irp) {
    if (!outputEnded) {
      return null;
    }
    boolean plainDisconnect = isDisconnect(irp) && irp.context().length == 0;
    return plainDisconnect ? NtStatus.SUCCESS : NtStatus.INVALID_DEVICE_STATE;
  }

  /** A batch of its own, so that it can be cancelled as long as what came before goes out. */
  private void disconnect(Irp irp) {
    waiting.poll();
    batch.add(irp);
    if (irp.context().length == 0) {
      endOutput();
    } else {
      sink.writeLast(irp);
    }
  }

  private void endOutput() {
    endingOutput = true;
    sink.endOutput();
  }

  private void gather() {
    long bytes = 0;
    Irp irp = waiting.peek();
    while (irp != null && !isDisconnect(irp) && bytes < BATCH_BYTES) {
      waiting.poll();
      batch.add(irp);
      bytes += irp.context().length;
      sink.write(irp);
      irp = waiting.peek();
    }
    sink.endBatch();
  }

  private void complete(Irp irp, NtStatus status) {
    long length = irp.context().length;
    boolean sent = status == NtStatus.SUCCESS && !isDisconnect(irp);
    outstandingBytes -= length;
    irp.complete(told(irp, status), sent ? length : 0, null);
  }

  private NtStatus told(Irp irp, NtStatus status) {
    NtStatus other = failureOfDisconnects;
    return other != null && status == failure && isDisconnect(irp) ? other : status;
  }

  private boolean isDisconnect(Irp irp) {
    return irp.context().operation == disconnectOperation;
  }
}
