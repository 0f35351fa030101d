package org.wsk4j.provider.memory;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports what a client has kept of a socket and never released, when the garbage collector finds
 * that nobody can release it any more (DGX-21).
 *
 * <p>Threads: any.
 */
final class LeakReport implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LeakReport.class);
  private static final Cleaner CLEANER = Cleaner.create();

  private final AtomicLong elements = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile String socket = "a socket";

  /** Watches what all elements that were kept refer to. */
  void watch(RetainAccount account) {
    CLEANER.register(account, this);
  }

  void setSocket(String name) {
    socket = name;
  }

  void kept(long count) {
    elements.incrementAndGet();
    bytes.addAndGet(count);
  }

  void released(long count) {
    elements.decrementAndGet();
    bytes.addAndGet(-count);
  }

  @Override
  public void run() {
    long lost = elements.get();
    if (lost > 0) {
      LOG.error(
          "Leak: {} datagrams of {} bytes that came to {} were retained and never released",
          lost,
          bytes.get(),
          socket);
    }
  }
}
