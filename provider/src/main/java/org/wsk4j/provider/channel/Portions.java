package org.wsk4j.provider.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Hands a batch over a portion at a time, the next one when the system has taken the one before: a
 * handler that encrypts does so at once with all that it is given, and what it makes of it is
 * memory of ours.
 *
 * <p>Threads: owned by the event loop of the channel.
 */
final class Portions {
  /** The most bytes in a portion. */
  static final int MOST = 256 * 1024;

  private final ConnectionChannel connection;
  private final Outgoing owner;
  private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>();
  private final ChannelFutureListener portionEnded = this::portionEnded;

  Portions(ConnectionChannel connection, Outgoing owner) {
    this.connection = connection;
    this.owner = owner;
  }

  /** Takes the next piece of the batch. */
  void add(ByteBuf piece) {
    pieces.add(piece);
  }

  /** Hands over all that was added; {@link Outgoing#batchEnded} is told how it went. */
  void handOver() {
    Throwable fault = null;
    while (fault == null && !pieces.isEmpty()) {
      ChannelFuture written = writeNext();
      if (!written.isDone()) {
        written.addListener(portionEnded);
        return;
      }
      fault = written.cause();
    }
    end(fault);
  }

  private void portionEnded(ChannelFuture written) {
    if (written.isSuccess()) {
      handOver();
    } else {
      end(written.cause());
    }
  }

  private void end(@Nullable Throwable fault) {
    drop();
    owner.batchEnded(fault);
  }

  /** Frees what was not handed over. */
  void drop() {
    for (ByteBuf piece = pieces.poll(); piece != null; piece = pieces.poll()) {
      piece.release();
    }
  }

  private ChannelFuture writeNext() {
    Channel channel = connection.channel();
    ByteBuf last = next(MOST);
    for (int left = MOST - last.readableBytes(); left > 0 && !pieces.isEmpty(); ) {
      channel.write(last, channel.voidPromise());
      last = next(left);
      left -= last.readableBytes();
    }
    return channel.writeAndFlush(last);
  }

  private ByteBuf next(int most) {
    ByteBuf first = pieces.element();
    return first.readableBytes() > most ? first.readRetainedSlice(most) : pieces.remove();
  }
}
