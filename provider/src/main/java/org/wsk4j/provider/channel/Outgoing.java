package org.wsk4j.provider.channel;

import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.SendQueue;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.provider.stats.LoopCounters;
import org.wsk4j.provider.transport.IoOperation;
import org.wsk4j.provider.transport.Statuses;

/**
 * The sending side of a connection: the queue, the writing, and the end of the stream.
 *
 * <p>While it is corked, requests gather in the queue: what one callback or burst sends leaves as
 * one batch. Outside of that a request is performed inside its call.
 *
 * <p>Threads: owned by the event loop of the connection.
 */
final class Outgoing {
  private final ConnectionChannel connection;
  private final SocketState state;
  private final LoopCounters counters;
  private final SendQueue queue;
  private final BacklogWatch backlog;
  private final OutputEnd outputEnd;
  private final DisconnectBound bound;

  /** Greater than 0 while sends wait for the end of what is being done. */
  private int corks;

  private long handedOver;

  Outgoing(
      ConnectionChannel connection,
      Endpoint endpoint,
      ConnectionOwner owner,
      SocketState state,
      LoopCounters counters,
      long disconnectTimeoutMillis) {
    this.connection = connection;
    this.state = state;
    this.counters = counters;
    backlog = new BacklogWatch(connection, endpoint, owner);
    queue = new SendQueue(new Sender(connection, this), Operation.DISCONNECT.ordinal());
    outputEnd = new OutputEnd(connection, endpoint, this::outputAcknowledged);
    bound = new DisconnectBound(connection, disconnectTimeoutMillis, this::tookTooLong);
  }

  // ---- Requests

  /** Performs a request inside its call; {@return what the call has to return} */
  NtStatus perform(Irp irp) {
    watch(irp);
    if (corks == 0) {
      return queue.perform(irp);
    }
    irp.markPending();
    queue.add(irp);
    return NtStatus.PENDING;
  }

  /** Takes a request that is marked pending. */
  void add(Irp irp) {
    watch(irp);
    queue.add(irp);
  }

  /** Data that goes with a connect is the first of the stream; its request completes when sent. */
  void sendFirst(Irp irp) {
    Operation.SEND.mark(irp);
    cork();
    queue.add(irp);
    uncork();
  }

  private void watch(Irp irp) {
    if (Operation.of(irp) == Operation.DISCONNECT) {
      bound.begin();
    }
  }

  boolean cancel(Irp irp) {
    return queue.cancel(irp);
  }

  void cork() {
    corks++;
  }

  void uncork() {
    corks--;
    if (corks == 0) {
      queue.flush();
    }
  }

  /** How much should be outstanding. */
  BacklogWatch backlog() {
    return backlog;
  }

  /** Counts what is handed over to the system. */
  void count(long bytes) {
    handedOver += bytes;
    counters.sent(bytes);
    backlog.sent(bytes);
  }

  /** {@return how many bytes were handed over so far} */
  long handedOver() {
    return handedOver;
  }

  /** Hands nothing over until {@link #letGo}. */
  void hold() {
    queue.hold();
  }

  void letGo() {
    queue.letGo();
    if (corks == 0) {
      queue.flush();
    }
  }

  void countConnect() {
    counters.connected();
  }

  // ---- Ends

  boolean isBusy() {
    return queue.isBusy();
  }

  /** {@return whether nothing that was asked for is still to be done} */
  boolean isIdle() {
    return queue.isIdle();
  }

  /** {@return whether the system was asked to end the sending side} */
  boolean isEnding() {
    return queue.isEndingOutput();
  }

  boolean isEnded() {
    return queue.isOutputEnded();
  }

  void fail(NtStatus status) {
    queue.fail(status);
  }

  /** A graceful disconnect has taken longer than it may. */
  private void tookTooLong() {
    if (connection.ending() == null && !state.isBroken()) {
      state.abort();
      queue.fail(NtStatus.CONNECTION_ABORTED, NtStatus.IO_TIMEOUT);
      connection.abandon();
    }
  }

  /** The connection is being closed: nothing is waited for any more. */
  void stop() {
    bound.over();
    outputEnd.stop();
  }

  /** The system will not be heard any more. */
  void afterLoop() {
    stop();
    if (queue.isBusy()) {
      queue.batchEnded(NtStatus.FILE_FORCED_CLOSED);
    }
  }

  // ---- What the system reports

  void batchEnded(@Nullable Throwable cause) {
    NtStatus status = cause == null ? NtStatus.SUCCESS : connection.securing().refusal(cause);
    if (status == null && cause != null) {
      connection.faults().broken(cause);
      status = failureOf(cause);
    }
    cork();
    queue.batchEnded(status != null ? status : NtStatus.SUCCESS);
    uncork();
    connection.finishIfEnding();
  }

  /** The system ends the output of every connection that stands, so a failure means a reset. */
  void outputEnded(@Nullable Throwable cause) {
    if (cause == null || connection.securing().mayHaveLeft()) {
      outputEnd.await();
    } else {
      connection.faults().broken(cause);
      end(failureOf(cause));
    }
  }

  private void outputAcknowledged(boolean acknowledged) {
    NtStatus why = connection.ending();
    if (acknowledged || why == null && connection.securing().mayHaveLeft()) {
      end(NtStatus.SUCCESS);
    } else {
      end(why != null ? why : NtStatus.CONNECTION_RESET);
    }
  }

  private void end(NtStatus status) {
    bound.over();
    queue.outputEnded(status);
    connection.finishIfEnding();
  }

  private NtStatus failureOf(Throwable cause) {
    NtStatus why = connection.ending();
    if (why != null) {
      return why;
    }
    return state.isBroken() ? state.howBroken() : Statuses.of(cause, IoOperation.SEND);
  }
}
