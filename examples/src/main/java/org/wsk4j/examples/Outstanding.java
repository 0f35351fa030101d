package org.wsk4j.examples;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a program has outstanding: sockets that are open, and requests in flight. A program
 * that says at its end that nothing is left should have counted.
 *
 * <p>Threads: any. The count of requests is exact once no thread makes requests any more.
 */
final class Outstanding {
  private final AtomicLong sockets = new AtomicLong();
  private final LongAdder requestsBegun = new LongAdder();
  private final LongAdder requestsEnded = new LongAdder();

  void socketOpened() {
    sockets.incrementAndGet();
  }

  void socketClosed() {
    sockets.decrementAndGet();
  }

  void requestBegins() {
    requestsBegun.increment();
  }

  void requestEnded() {
    requestsEnded.increment();
  }

  /** {@return how many sockets are open} */
  long sockets() {
    return sockets.get();
  }

  /** {@return how many requests have not completed yet} */
  long requests() {
    return requestsBegun.sum() - requestsEnded.sum();
  }

  /** {@return whether neither a socket nor a request is left} */
  boolean isNothing() {
    return sockets() == 0 && requests() == 0;
  }
}
