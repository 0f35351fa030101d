package org.wsk4j.provider.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Work for an event loop that is done even if the loop has ended: Netty's one global thread then
 * stands in for the loop.
 *
 * <p>A loop refuses tasks from the moment its last ones run, and forgets those that come at that
 * very moment. So a task that may have come too late waits for the end of the loop as well, and
 * runs where it is reached first. What belongs to a loop is therefore used by one thread at a time,
 * also after its end.
 *
 * <p>Threads: may be handed over from any thread.
 */
public final class LoopTask implements Runnable {
  private final AtomicReference<@Nullable Runnable> work;

  private LoopTask(Runnable work) {
    this.work = new AtomicReference<>(work);
  }

  /**
   * Has work done once, later, on a loop or in its place.
   *
   * @param loop the loop
   * @param work the work
   */
  public static void execute(EventLoop loop, Runnable work) {
    executeAgain(loop, new LoopTask(work));
  }

  /**
   * Has work done, later, on a loop or in its place; perhaps in both, one after the other. Spares
   * the memory that {@link #execute} takes.
   *
   * @param loop the loop
   * @param work work that has nothing to do the second time
   */
  public static void executeAgain(EventLoop loop, Runnable work) {
    try {
      loop.execute(work);
    } catch (RejectedExecutionException ended) {
      afterEnd(loop, work);
      return;
    }
    if (loop.isShutdown()) {
      afterEnd(loop, work);
    }
  }

  /**
   * Has work done where the loop was, when it has ended.
   *
   * @param loop the loop
   * @param work the work
   */
  public static void afterEnd(EventLoop loop, Runnable work) {
    loop.terminationFuture().addListener(ended -> GlobalEventExecutor.INSTANCE.execute(work));
  }

  @Override
  public void run() {
    Runnable once = work.getAndSet(null);
    if (once != null) {
      once.run();
    }
  }
}
