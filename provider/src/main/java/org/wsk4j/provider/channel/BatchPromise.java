package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a batch is told through: one for each connection, used for batch after batch, so
 * that a batch costs no object.
 *
 * <p>At most one batch is with the channel at a time, and the channel ends each of them once. The
 * owner is told of an end that comes inside the call that writes when that call has returned, and
 * of a later one at once. Nobody else sees this promise: it takes no listener and is not waited
 * for.
 *
 * <p>Threads: owned by the event loop of the channel.
 */
final class BatchPromise extends DefaultChannelPromise {
  private final Outgoing owner;
  private boolean writing;
  private boolean ended;
  private @Nullable Throwable failure;

  BatchPromise(Channel channel, Outgoing owner) {
    super(channel);
    this.owner = owner;
  }

  /**
   * {@return this promise, for the next batch; {@link #written} follows the call that writes it}
   */
  ChannelPromise begin() {
    writing = true;
    ended = false;
    failure = null;
    return this;
  }

  /** The call that writes has returned. */
  void written() {
    writing = false;
    if (ended) {
      owner.batchEnded(failure);
    }
  }

  private boolean end(@Nullable Throwable cause) {
    if (ended) {
      return false;
    }
    ended = true;
    failure = cause;
    if (!writing) {
      owner.batchEnded(cause);
    }
    return true;
  }

  // ---- What the channel does with it

  @Override
  public boolean trySuccess() {
    return end(null);
  }

  @Override
  public boolean trySuccess(@Nullable Void result) {
    return end(null);
  }

  @Override
  public boolean tryFailure(Throwable cause) {
    return end(cause);
  }

  @Override
  public ChannelPromise setSuccess() {
    return setSuccess(null);
  }

  @Override
  public ChannelPromise setSuccess(@Nullable Void result) {
    requireFirst(end(null));
    return this;
  }

  @Override
  public ChannelPromise setFailure(Throwable cause) {
    requireFirst(end(cause));
    return this;
  }

  private static void requireFirst(boolean first) {
    if (!first) {
      throw new IllegalStateException("the batch has ended already");
    }
  }

  @Override
  public boolean setUncancellable() {
    return true;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return false;
  }

  @Override
  public boolean isDone() {
    return ended;
  }

  @Override
  public boolean isSuccess() {
    return ended && failure == null;
  }

  @Override
  public @Nullable Throwable cause() {
    return failure;
  }

  @Override
  public ChannelPromise addListener(
      GenericFutureListener<? extends Future<? super Void>> listener) {
    throw new IllegalStateException("a batch is told of to its connection alone");
  }
}
