package org.wsk4j.provider.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpContext;

/**
 * Sends the data that goes with a graceful disconnect, piece by piece, each one a copy: what the
 * system has not taken is never the caller's memory, so the disconnect can be cancelled while the
 * peer reads nothing (decision 38).
 *
 * <p>Threads: owned by the event loop of the channel.
 */
final class LastData {
  /** So much is copied and handed over at a time. */
  static final int PIECE = 64 * 1024;

  /** So much is taken over from a request that is cancelled; more breaks the connection off. */
  static final int MOST_KEPT = 1024 * 1024;

  private final ConnectionChannel connection;
  private final Outgoing owner;
  private final ChannelFutureListener pieceEnded = this::pieceEnded;

  /** Whose data goes out, as long as it is the request's. */
  private @Nullable Irp irp;

  /** What was taken over from a request that was cancelled. */
  private @Nullable ByteBuf rest;

  LastData(ConnectionChannel connection, Outgoing owner) {
    this.connection = connection;
    this.owner = owner;
  }

  void send(Irp request) {
    irp = request;
    sendOn();
  }

  /** The request completes now: what is left of its data becomes ours. */
  void keepRest() {
    Irp request = irp;
    irp = null;
    if (request != null) {
      long left = request.context().remaining;
      if (left <= MOST_KEPT) {
        rest = copy(request.context(), (int) left);
      } else {
        connection.execute(connection::abandon);
      }
    }
  }

  private void sendOn() {
    Throwable fault = null;
    try {
      ByteBuf piece = next();
      while (piece != null) {
        ChannelFuture written = connection.channel().writeAndFlush(piece);
        if (!written.isDone()) {
          written.addListener(pieceEnded);
          return;
        }
        fault = written.cause();
        piece = fault == null ? next() : null;
      }
    } catch (RuntimeException | OutOfMemoryError cause) {
      fault = cause;
    }
    irp = null;
    owner.batchEnded(fault);
  }

  private void pieceEnded(ChannelFuture written) {
    if (written.isSuccess()) {
      sendOn();
      return;
    }
    irp = null;
    ByteBuf unsent = rest;
    rest = null;
    if (unsent != null) {
      unsent.release();
    }
    owner.batchEnded(written.cause());
  }

  /** The next piece; {@code null} if all has gone out. */
  private @Nullable ByteBuf next() {
    ByteBuf kept = rest;
    rest = null;
    Irp request = irp;
    if (request == null) {
      return kept;
    }
    int count = (int) Math.min(request.context().remaining, PIECE);
    return copy(request.context(), count);
  }

  private @Nullable ByteBuf copy(IrpContext from, int count) {
    return count > 0 ? Copies.next(connection.channel(), from, count) : null;
  }
}
