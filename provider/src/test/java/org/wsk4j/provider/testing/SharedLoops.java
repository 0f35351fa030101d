package org.wsk4j.provider.testing;

import java.util.List;
import org.wsk4j.testing.LeakCheck;

/** Tells the scope of the tests which threads stay: those of {@link TransportMatrix#loops}. */
public final class SharedLoops implements LeakCheck {
  /** What their names begin with. */
  static final String THREADS = "test-loop-";

  /** Netty's own thread, which tells of the end of loops and ends by itself. */
  private static final String NETTY = "globalEventExecutor-";

  /** Made by the service loader. */
  public SharedLoops() {}

  @Override
  public Probe open() {
    return List::of;
  }

  @Override
  public List<String> lastingThreads() {
    return List.of(THREADS, NETTY);
  }
}
