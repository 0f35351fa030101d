package org.wsk4j.provider.stats;

import org.wsk4j.socket.WskSocketCategory;

public final class ProviderStatistics {
  private final java.util.concurrent.atomic.AtomicLong open =
      new java.util.concurrent.atomic.AtomicLong();
  private final java.util.concurrent.atomic.AtomicLong faults =
      new java.util.concurrent.atomic.AtomicLong();

  public void clientFault() {
    faults.incrementAndGet();
  }

  public void socketOpened(WskSocketCategory c) {
    open.incrementAndGet();
  }

  public void socketClosed(WskSocketCategory c) {
    open.decrementAndGet();
  }

  public StatisticsSnapshot snapshot() {
    return new StatisticsSnapshot(open.get(), faults.get());
  }
}
