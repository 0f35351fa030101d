package org.wsk4j.examples;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The queries that a forwarder has passed on and that have no answer yet, under numbers of its own:
 * numbers of different clients may be equal, and what cannot be guessed cannot be forged. There are
 * at most so many, and each waits so long.
 *
 * <p>Threads: any; {@link #awaitNone} waits.
 */
final class DnsQueries {
  /** Half of all numbers, so that a free one is found soon. */
  static final int MOST = 0x8000;

  private final int most;
  private final Duration timeout;
  private final LongSupplier nanoClock;
  private final IntSupplier numbers;

  /** In the order of their deadlines, since all wait equally long; guarded by this. */
  private final Map<Integer, Query> waiting = new LinkedHashMap<>();

  /**
   * Makes an empty table.
   *
   * @param most how many queries may wait, at most {@link #MOST}
   * @param timeout how long each may wait
   * @param nanoClock tells the time
   * @param numbers chooses numbers; the lower 16 bits count
   */
  DnsQueries(int most, Duration timeout, LongSupplier nanoClock, IntSupplier numbers) {
    this.most = Math.min(most, MOST);
    this.timeout = timeout;
    this.nanoClock = nanoClock;
    this.numbers = numbers;
  }

  /**
   * One query.
   *
   * @param message as it came
   * @param client who has asked
   * @param number under which it was passed on
   * @param deadline when it has waited long enough, in nanoseconds of the clock
   */
  record Query(byte[] message, SocketAddress client, int number, long deadline) {}

  /** {@return the query, which waits now, or {@code null} if there is no room} */
  synchronized @Nullable Query add(byte[] message, SocketAddress client) {
    if (waiting.size() >= most) {
      return null;
    }
    int number = numbers.getAsInt() & 0xFFFF;
    while (waiting.containsKey(number)) {
      number = numbers.getAsInt() & 0xFFFF;
    }
    Query query = new Query(message, client, number, nanoClock.getAsLong() + timeout.toNanos());
    waiting.put(number, query);
    return query;
  }

  /** {@return the query that a response answers, which waits no more, or {@code null}} */
  synchronized @Nullable Query answered(byte[] response) {
    Query query = waiting.get(DnsMessage.id(response));
    if (query == null || !DnsMessage.sameQuestion(query.message(), response)) {
      return null;
    }
    remove(query);
    return query;
  }

  /** {@return those that have waited long enough; they wait no more} */
  synchronized List<Query> expired() {
    long now = nanoClock.getAsLong();
    List<Query> late = new ArrayList<>();
    for (Iterator<Query> all = waiting.values().iterator(); all.hasNext(); ) {
      Query oldest = all.next();
      if (oldest.deadline() - now > 0) {
        break;
      }
      late.add(oldest);
    }
    late.forEach(this::remove);
    return late;
  }

  /** {@return all of them; none waits any more} */
  synchronized List<Query> giveUp() {
    List<Query> all = List.copyOf(waiting.values());
    all.forEach(this::remove);
    return all;
  }

  private void remove(Query query) {
    waiting.remove(query.number());
    notifyAll();
  }

  /** {@return how many wait} */
  synchronized int size() {
    return waiting.size();
  }

  /** Waits until none waits any more, but not longer than that. */
  synchronized void awaitNone(Duration longest) throws InterruptedException {
    long start = System.nanoTime();
    long left = longest.toMillis();
    while (!waiting.isEmpty() && left > 0) {
      wait(left);
      left = longest.minusNanos(System.nanoTime() - start).toMillis();
    }
  }
}
