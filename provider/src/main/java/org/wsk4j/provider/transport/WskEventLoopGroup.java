package org.wsk4j.provider.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.wsk4j.nt.DispatchLevel;

/**
 * The event loops of a provider, all on one transport.
 *
 * <p>Their threads are daemons called {@code wsk4j-<transport>-<n>}, are started when a loop gets
 * its first work, and are at dispatch level for good: what may wait refuses to run on them.
 *
 * <p>Threads: may be used from any thread; {@link #shutdown} waits and is refused on event loops.
 */
public final class WskEventLoopGroup {
  private final Transport transport;
  private final IoEventLoopGroup loops;
  private final AtomicInteger started = new AtomicInteger();
  private final Queue<LoopThread> threads = new ConcurrentLinkedQueue<>();

  /**
   * Makes the loops; no thread is started yet.
   *
   * @param transport the transport of all of them, which must be available
   * @param count how many, at least 1
   * @throws IllegalArgumentException if the count is less than 1
   */
  public WskEventLoopGroup(Transport transport, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one event loop is needed, not " + count);
    }
    this.transport = transport;
    loops = new Loops(count, this::newThread, transport.ioHandlerFactory());
  }

  private static final class Loops extends MultiThreadIoEventLoopGroup {
    Loops(int count, ThreadFactory threads, IoHandlerFactory ioHandlerFactory) {
      super(count, threads, ioHandlerFactory);
    }

    @Override
    protected IoEventLoop newChild(
        Executor executor, IoHandlerFactory ioHandlerFactory, Object... unused) {
      return new WskEventLoop(this, executor, ioHandlerFactory);
    }
  }

  private Thread newThread(Runnable loop) {
    String name = "wsk4j-" + transport.name() + "-" + started.incrementAndGet();
    LoopThread thread = new LoopThread(loop, name);
    threads.add(thread);
    return thread;
  }

  /** {@return the transport of the loops} */
  public Transport transport() {
    return transport;
  }

  /** {@return the loops, for Netty} */
  public IoEventLoopGroup netty() {
    return loops;
  }

  /** {@return the loop for the next socket, each in turn} */
  public IoEventLoop next() {
    return loops.next();
  }

  /**
   * Ends the loops: open channels are closed, queued tasks run, the threads end. Later calls wait
   * for the same end.
   *
   * @param deadline how long to wait
   * @return what happened
   * @throws IllegalStateException if this thread must not wait
   */
  public ShutdownResult shutdown(Duration deadline) {
    DispatchLevel.requirePassive("Shutting event loops down");
    long begin = System.nanoTime();
    loops.shutdownGracefully(0, deadline.toNanos(), TimeUnit.NANOSECONDS);
    boolean ended =
        loops.terminationFuture().awaitUninterruptibly(deadline.toNanos(), TimeUnit.NANOSECONDS);
    return new ShutdownResult(
        ended, ended ? List.of() : running(), Duration.ofNanos(System.nanoTime() - begin));
  }

  private List<String> running() {
    return threads.stream().filter(Thread::isAlive).map(Thread::getName).toList();
  }

  @Override
  public String toString() {
    return "WskEventLoopGroup[" + transport.name() + ", threads started: " + started + "]";
  }
}
