package org.wsk4j.provider.model;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Requests that succeed in the order in which they were made.
 *
 * <p>Threads: any.
 */
final class Fifo {
  private final Journal journal;
  private final Deque<Request> waiting = new ArrayDeque<>();

  Fifo(Journal journal) {
    this.journal = journal;
  }

  synchronized void add(Request request) {
    waiting.add(request);
  }

  /** One has completed; if it has succeeded, it must have been the oldest. */
  synchronized void completed(Request request) {
    Request oldest = waiting.peek();
    if (request.status().isSuccess() && oldest != request) {
      journal.violation(request + " succeeded before " + oldest);
    }
    waiting.remove(request);
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }
}
