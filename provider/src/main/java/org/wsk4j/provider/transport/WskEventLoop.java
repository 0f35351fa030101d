package org.wsk4j.provider.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An event loop that tells those who live on it when it ends, closes its channels before it ends,
 * whenever the shutdown comes, and ends when the system has let go of their sockets.
 *
 * <p>Netty's own loop fails at both. It closes channels only if it notices the shutdown early in a
 * turn: one that comes while tasks run leaves every socket open. And on io_uring it puts a barrier
 * into the ring behind the first operations of the end, but the close of a socket comes later, when
 * its accept or read has been cancelled: it waits behind the barrier, and is dropped with the ring
 * when that ends first. Nobody can close such a socket afterwards. So this loop closes its channels
 * itself, while the ring still works as always, and lets Netty end what is then empty.
 */
final class WskEventLoop extends SingleThreadIoEventLoop {
  /** How long tasks run before it is the turn of input and output; Netty's default. */
  private static final long TASK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long the end waits for operations that the system does not give back. */
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private final LoopResidents residents = new LoopResidents();

  /** The channels that are registered and not closed. Owned by the loop. */
  private final Set<Channel> channels = new HashSet<>();

  WskEventLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory ioHandlerFactory) {
    super(parent, executor, ioHandlerFactory);
    terminationFuture().addListener(ended -> residents.loopEnded());
  }

  LoopResidents residents() {
    return residents;
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    promise.addListener(
        registered -> {
          if (registered.isSuccess()) {
            keep(promise.channel());
          }
        });
    return super.register(promise);
  }

  private void keep(Channel channel) {
    channels.add(channel);
    channel.closeFuture().addListener(closed -> channels.remove(channel));
  }

  /** Netty's loop without its own preparation of the end, see above. */
  @Override
  protected void run() {
    ioHandler().initialize();
    do {
      runIo();
      runAllTasks(TASK_NANOS);
    } while (!confirmShutdown() && !canSuspend());
  }

  @Override
  protected boolean confirmShutdown() {
    boolean confirmed = super.confirmShutdown();
    if (isShuttingDown()) {
      residents.loopEnding();
      closeChannels();
    }
    return confirmed;
  }

  /**
   * Closes all channels and goes on until nothing happens any more: a close that is delayed ends
   * with the operations that it cancelled, and an operation that is queued is submitted by the next
   * run.
   */
  private void closeChannels() {
    long begin = System.nanoTime();
    boolean active = true;
    while (active || !channels.isEmpty()) {
      List.copyOf(channels).forEach(Channel::close);
      boolean io = ioHandler().run(WithoutWaiting.CONTEXT) > 0;
      active = runAllTasks() || io;
      if (System.nanoTime() - begin > CLOSE_NANOS) {
        ioHandler().prepareToDestroy();
        return;
      }
      if (!active) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static final class WithoutWaiting implements IoHandlerContext {
    static final WithoutWaiting CONTEXT = new WithoutWaiting();

    @Override
    public boolean canBlock() {
      return false;
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      return 0;
    }

    @Override
    public long deadlineNanos() {
      return -1;
    }
  }
}
