package org.wsk4j.provider.resolve;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.nt.NtStatus;

/**
 * The requests that take a look-up: so many run at a time, so many more wait, others are refused.
 *
 * <p>A request counts until nothing of it is under way any more: one that was cancelled makes room
 * when its exchanges with servers have been given up.
 *
 * <p>Threads: requests come from any; they run on that of names.
 */
final class NameQueue {
  private static final Logger LOG = LoggerFactory.getLogger(NameQueue.class);

  private final EventLoop loop;
  private final NameLimits limits;
  private final Sources sources;
  private final AtomicInteger admitted = new AtomicInteger();

  // On the loop.
  private final Deque<NameRequest<?>> waiting = new ArrayDeque<>();
  private int running;

  NameQueue(EventLoop loop, NameLimits limits, Sources sources) {
    this.loop = loop;
    this.limits = limits;
    this.sources = sources;
  }

  /**
   * Takes a request.
   *
   * @return whether its call has to answer PENDING; {@code false} if there is no room for it
   */
  boolean submit(NameRequest<?> request) {
    int most = limits.running() + limits.waiting();
    if (admitted.getAndUpdate(count -> Math.min(most, count + 1)) >= most) {
      return false;
    }
    request.irp().markPending();
    if (request.irp().setCancelRoutine(irp -> cancel(request))) {
      loop.execute(() -> take(request));
    } else {
      admitted.decrementAndGet();
      request.fail(NtStatus.CANCELLED);
    }
    return true;
  }

  /** Completes the request right here: nothing that may be slow can hold a cancellation up. */
  private void cancel(NameRequest<?> request) {
    request.fail(NtStatus.CANCELLED);
    loop.execute(() -> giveUp(request));
  }

  // ---- On the loop

  private void take(NameRequest<?> request) {
    if (request.isOver()) {
      admitted.decrementAndGet();
      return;
    }
    request
        .work()
        .track(loop.schedule(() -> expire(request), limits.timeoutMillis(), TimeUnit.MILLISECONDS));
    waiting.add(request);
    pump();
  }

  private void expire(NameRequest<?> request) {
    request.expire(sources);
    giveUp(request);
  }

  private void giveUp(NameRequest<?> request) {
    if (waiting.remove(request)) {
      admitted.decrementAndGet();
    }
    request.work().cancel();
  }

  private void pump() {
    while (running < limits.running() && !waiting.isEmpty()) {
      running++;
      run(waiting.remove());
    }
  }

  private void run(NameRequest<?> request) {
    try {
      request.begin(sources, () -> finished(request));
    } catch (RuntimeException fault) {
      LOG.error("A search for names failed", fault);
      request.fail(NtStatus.UNSUCCESSFUL);
      finished(request);
    }
  }

  /** The next one is not begun in here, since searches may end where they begin. */
  private void finished(NameRequest<?> request) {
    if (!request.work().end()) {
      return;
    }
    running--;
    admitted.decrementAndGet();
    if (!waiting.isEmpty()) {
      loop.execute(this::pump);
    }
  }
}
