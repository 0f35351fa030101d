package org.wsk4j.provider.model;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes calls on another thread. */
final class Elsewhere {
  private final ExecutorService thread;
  private final AtomicInteger queued = new AtomicInteger();

  Elsewhere(ExecutorService thread) {
    this.thread = thread;
  }

  /** Does something there, later. */
  void run(Journal journal, Runnable work) {
    queued.incrementAndGet();
    thread.execute(
        () -> {
          journal.guarded(work);
          queued.decrementAndGet();
        });
  }

  /** {@return whether all has been done} */
  boolean isIdle() {
    return queued.get() == 0;
  }
}
