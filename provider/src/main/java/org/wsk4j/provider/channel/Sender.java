package org.wsk4j.provider.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpContext;
import org.wsk4j.provider.core.SendSink;
import org.wsk4j.provider.memory.MdlViews;

/**
 * Writes batches of sends to a channel.
 *
 * <p>Small pieces are gathered into one pooled buffer, so that a batch of many small sends is one
 * write; large ones go out from the caller's memory as they are. Only the end of the batch is
 * listened to: the system takes what is written in order, so when it has taken the last byte it has
 * taken all.
 *
 * <p>Threads: owned by the event loop of the channel.
 */
final class Sender implements SendSink {
  /** Pieces up to this size are copied rather than written by themselves. */
  static final int SMALL = 2048;

  private static final int GATHER_BYTES = 16 * 1024;

  private final ConnectionChannel connection;
  private final Outgoing owner;
  private final ChannelFutureListener outputEnded = this::outputEnded;
  private @Nullable LastData lastData;
  private @Nullable Portions portions;
  private @Nullable BatchPromise batchPromise;

  /** The newest piece: held back, because the last piece of the batch is the one listened to. */
  private @Nullable ByteBuf newest;

  /** Whether small pieces may be added to the newest one. */
  private boolean gathering;

  /**
   * What writing the batch has failed with: parts of it may be on their way, so nothing follows.
   */
  private @Nullable Throwable fault;

  Sender(ConnectionChannel connection, Outgoing owner) {
    this.connection = connection;
    this.owner = owner;
  }

  @Override
  public void write(Irp irp) {
    if (fault != null) {
      return;
    }
    try {
      writePieces(irp);
    } catch (RuntimeException | OutOfMemoryError cause) {
      fault = cause;
    }
  }

  private void writePieces(Irp irp) {
    IrpContext context = irp.context();
    owner.count(context.remaining);
    while (context.remaining > 0 && context.mdl != null) {
      Mdl mdl = context.mdl;
      int offset = (int) context.offset;
      int count = (int) Math.min(mdl.byteCount() - offset, context.remaining);
      if (count <= SMALL) {
        gather(mdl, offset, count);
      } else {
        add(MdlViews.of(mdl).retainedSlice(offset, count), false);
      }
      context.advance(count);
    }
  }

  @Override
  public void endBatch() {
    ByteBuf last = newest;
    Throwable failed = fault;
    newest = null;
    fault = null;
    gathering = false;
    Portions inPortions = portions;
    if (failed != null) {
      ReferenceCountUtil.release(last);
      if (inPortions != null) {
        inPortions.drop();
      }
      owner.batchEnded(failed);
      return;
    }
    if (last == null) {
      owner.batchEnded(null);
      return;
    }
    if (connection.securing().handler() != null) {
      inPortions().add(last);
      inPortions().handOver();
      return;
    }
    BatchPromise promise = promise();
    connection.channel().writeAndFlush(last, promise.begin());
    promise.written();
  }

  private BatchPromise promise() {
    BatchPromise made = batchPromise;
    if (made == null) {
      made = new BatchPromise(connection.channel(), owner);
      batchPromise = made;
    }
    return made;
  }

  @Override
  public void writeLast(Irp irp) {
    owner.count(irp.context().remaining);
    LastData last = new LastData(connection, owner);
    lastData = last;
    last.send(irp);
  }

  @Override
  public void keepRest(Irp irp) {
    LastData last = lastData;
    if (last != null) {
      last.keepRest();
    }
  }

  @Override
  public void endOutput() {
    TlsHandler tls = connection.securing().handler();
    if (tls == null) {
      shutdownOutput();
      return;
    }
    ChannelFuture said = tls.closeOutbound();
    if (said.isDone()) {
      closeNotified(said);
    } else {
      said.addListener((ChannelFutureListener) this::closeNotified);
    }
  }

  /** The peer was told that the stream ends, by TLS; now the connection says it too. */
  private void closeNotified(ChannelFuture said) {
    if (said.isSuccess()) {
      shutdownOutput();
    } else {
      owner.outputEnded(said.cause());
    }
  }

  private void shutdownOutput() {
    ChannelFuture ended = ((DuplexChannel) connection.channel()).shutdownOutput();
    if (ended.isDone()) {
      outputEnded(ended);
    } else {
      ended.addListener(outputEnded);
    }
  }

  private void gather(Mdl mdl, int offset, int count) {
    ByteBuf target = newest;
    if (target == null || !gathering || target.writableBytes() < count) {
      target = connection.channel().alloc().ioBuffer(GATHER_BYTES, GATHER_BYTES);
      add(target, true);
    }
    MdlViews.of(mdl).getBytes(offset, target, count); // asked like this, no view is made
  }

  private void add(ByteBuf piece, boolean gather) {
    ByteBuf before = newest;
    if (before != null) {
      write(before);
    }
    newest = piece;
    gathering = gather;
  }

  private void write(ByteBuf piece) {
    if (connection.securing().handler() != null) {
      inPortions().add(piece);
    } else {
      Channel channel = connection.channel();
      channel.write(piece, channel.voidPromise());
    }
  }

  private Portions inPortions() {
    Portions made = portions;
    if (made == null) {
      made = new Portions(connection, owner);
      portions = made;
    }
    return made;
  }

  private void outputEnded(ChannelFuture ended) {
    owner.outputEnded(ended.cause());
  }
}
