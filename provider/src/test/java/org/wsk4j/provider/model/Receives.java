package org.wsk4j.provider.model;

import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.model.Request.Kind;
import org.wsk4j.socket.WskFlags;

/**
 * The receiving half of a WSK socket: posts receives and compares what they bring.
 *
 * <p>Threads: any; what brings bytes comes on the event loop.
 */
final class Receives {
  private static final int READ_TO_THE_END = 1 << 16;

  /** Behind so many bytes nobody looks whether the memory was left alone. */
  private static final int MOST_LOOKED_AT = 4096;

  private final WskEnd end;
  private final Fifo waiting;

  /** The receive event said that it does not take everything. Written on the loop. */
  private volatile boolean suspended;

  private boolean resumed;

  Receives(WskEnd end) {
    this.end = end;
    waiting = new Fifo(end.journal());
  }

  void suspend() {
    suspended = true;
  }

  boolean isSuspended() {
    return suspended;
  }

  /** Posts a receive of so many bytes. */
  void post(Dice dice, int flags, int length) {
    boolean drain = (flags & WskFlags.DRAIN) != 0;
    Memory memory = new Memory(dice, length);
    if (length <= MOST_LOOKED_AT) {
      memory.fill();
    }
    synchronized (end.order()) {
      String what = end.name() + " receive " + length + " flags " + flags;
      Request request = end.requests().begin(Kind.RECEIVE, what);
      waiting.add(request);
      end.call(
          request,
          irp -> end.socket().receive(memory.buffer(), flags, irp),
          done -> {
            waiting.completed(done);
            suspended &= done.status() == NtStatus.CANCELLED;
            if (drain) {
              drained(done);
            } else if (done.status() == NtStatus.SUCCESS) {
              received(done, memory, flags, length);
            }
          });
    }
  }

  private void drained(Request done) {
    end.in().discard();
    end.journal().require(done.information() == 0, done + " counts bytes");
    if (done.status() == NtStatus.SUCCESS) {
      endReached(done);
    }
  }

  private void received(Request done, Memory memory, int flags, int length) {
    int count = (int) done.information();
    end.journal().require(count >= 0 && count <= length, done + " brought " + count + " bytes");
    if (count > 0) {
      end.in().take(memory.get(count), count);
    }
    boolean alone = length > MOST_LOOKED_AT || memory.isFilledBehind(count);
    end.journal().require(alone, done + " wrote behind its bytes");
    boolean cut = (flags & WskFlags.WAITALL) != 0 ? count < length : count == 0 && length > 0;
    if (cut) {
      endReached(done);
    }
  }

  private void endReached(Request done) {
    boolean ended = end.model().mayFarHaveEnded();
    end.journal().require(ended, done + " reached the end, though nobody ended");
    end.in().end();
  }

  /** Sees to it that something takes what still comes: a receive, or the event. */
  void readToTheEnd(boolean byEvent) {
    if (byEvent && end.dispatch() != null) {
      if (!resumed) {
        resumed = true;
        end.controls().enable(Callbacks.RECEIVE | Callbacks.DISCONNECT, false);
        post(end.dice(4), 0, 0);
      }
    } else if (waiting.isEmpty()) {
      post(end.dice(5), 0, READ_TO_THE_END);
    }
  }
}
