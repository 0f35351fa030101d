package org.wsk4j.provider.model;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.model.ByteStream.Outcome;
import org.wsk4j.provider.model.Request.Kind;
import org.wsk4j.provider.model.SocketModel.Fact;
import org.wsk4j.socket.WskFlags;

/**
 * The sending half of a WSK socket: each send is a piece of the stream, and a disconnect is its
 * end.
 *
 * <p>Threads: any; calls are made one after the other, since their order is that of the stream.
 */
final class Sends {
  private final WskEnd end;
  private final Fifo waiting;

  Sends(WskEnd end) {
    this.end = end;
    waiting = new Fifo(end.journal());
  }

  /** Sends so many bytes. */
  void send(Dice dice, int flags, int length) {
    synchronized (end.order()) {
      ByteStream.Piece piece = end.out().append(length);
      Memory memory = memory(dice, piece);
      String what = end.name() + " send " + length + " flags " + flags;
      Request request = end.requests().begin(Kind.SEND, what).beforeCancel(piece::mayBeCancelled);
      waiting.add(request);
      end.call(
          request,
          irp -> end.socket().send(memory.buffer(), flags, irp),
          done -> {
            waiting.completed(done);
            memory.fill();
            boolean all = done.status() != NtStatus.SUCCESS || done.information() == length;
            end.journal().require(all, done + " sent " + done.information());
            piece.is(outcome(done));
          });
    }
  }

  /** Connects with data. */
  ByteStream.Piece first(int length) {
    return end.out().append(length);
  }

  /** {@return memory that holds a piece} */
  static Memory memory(Dice dice, ByteStream.Piece piece) {
    Memory memory = new Memory(dice, piece.length());
    memory.put(piece.bytes());
    return memory;
  }

  /** {@return what became of the bytes of a request} */
  Outcome outcome(Request done) {
    NtStatus status = done.status();
    if (status == NtStatus.SUCCESS) {
      return Outcome.SENT;
    }
    boolean cancelled = status == NtStatus.CANCELLED && !end.model().mayBe(Fact.CLOSING);
    boolean broken =
        status == NtStatus.CONNECTION_RESET
            || status == NtStatus.CONNECTION_ABORTED
            || status == NtStatus.CANCELLED;
    return broken && !cancelled && !done.endedInline() ? Outcome.BROKEN : Outcome.NEVER;
  }

  /** Disconnects in order, with data if there are decisions about it. */
  void disconnect(@Nullable Dice data) {
    synchronized (end.order()) {
      ByteStream.Piece piece = end.out().append(data == null ? 0 : data.bytes(Dice.MOST_BYTES));
      Memory memory = data == null ? null : memory(data, piece);
      boolean first = end.model().maybe(Fact.ENDED);
      end.far().model().farEnds();
      String what = end.name() + " disconnect " + (memory == null ? "" : piece.length());
      Request request =
          end.requests().begin(Kind.DISCONNECT, what).beforeCancel(piece::mayBeCancelled);
      waiting.add(request);
      end.call(
          request,
          irp -> end.socket().disconnect(memory == null ? null : memory.buffer(), 0, irp),
          done -> {
            waiting.completed(done);
            boolean late = done.isCancelRequested() && !wasCancelledBefore(done);
            piece.is(late ? uncertain(done) : outcome(done));
          });
      if (!wasCancelledBefore(request)) {
        end.model().surely(Fact.ENDED);
      } else if (first) {
        end.model().notAtAll(Fact.ENDED);
      }
    }
  }

  /** A request that is cancelled before its call has changed nothing. */
  private static boolean wasCancelledBefore(Request request) {
    return request.endedInline() && request.status() == NtStatus.CANCELLED;
  }

  /** A disconnect that was cancelled has perhaps sent its data before. */
  private static Outcome uncertain(Request done) {
    return done.status() == NtStatus.SUCCESS ? Outcome.SENT : Outcome.BROKEN;
  }

  /** Breaks the connection off. */
  void abort() {
    end.model().maybe(Fact.ABORTED);
    end.far().model().farBreaks();
    Request request = end.requests().begin(Kind.ABORT, end.name() + " abort");
    end.call(request, irp -> end.socket().disconnect(null, WskFlags.ABORTIVE, irp), done -> {});
    end.model().surely(Fact.ABORTED);
  }
}
