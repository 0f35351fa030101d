package org.wsk4j.provider.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What has happened in one episode, and the first thing that the contract does not allow.
 *
 * <p>Threads: any.
 */
final class Journal {
  private static final int MOST_LINES = 400;

  private final AtomicLong operations;
  private final Deque<String> lines = new ArrayDeque<>();
  private long number;
  private volatile @Nullable AssertionError violation;

  /**
   * Makes one.
   *
   * @param operations counts the operations of all episodes
   */
  Journal(AtomicLong operations) {
    this.operations = operations;
  }

  /** Notes a call or an action of a foreign end. */
  void operation(String what) {
    operations.incrementAndGet();
    note(what);
  }

  /** Notes something that was seen. */
  synchronized void note(String what) {
    if (lines.size() == MOST_LINES) {
      lines.removeFirst();
    }
    lines.addLast(++number + " [" + Thread.currentThread().getName() + "] " + what);
  }

  /** Says that something was not allowed. */
  void violation(String what) {
    violation(new AssertionError(what));
  }

  /** Says that something was not allowed, unless it is. */
  void require(boolean allowed, String what) {
    if (!allowed) {
      violation(what);
    }
  }

  synchronized void violation(Throwable what) {
    note("VIOLATION " + what.getMessage());
    if (violation == null) {
      violation = what instanceof AssertionError error ? error : new AssertionError(what);
    }
  }

  /** Runs part of a callback or a completion routine, which must not throw. */
  void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | AssertionError fault) {
      violation(fault);
    }
  }

  /** {@return the first violation, or {@code null}} */
  @Nullable AssertionError violation() {
    return violation;
  }

  /** {@return the last lines} */
  synchronized List<String> lines() {
    return new ArrayList<>(lines);
  }
}
