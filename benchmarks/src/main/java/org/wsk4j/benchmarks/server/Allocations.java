package org.wsk4j.benchmarks.server;

import java.lang.management.ManagementFactory;

/** What threads allocate on the heap, as the JVM counts it. */
final class Allocations {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  /** {@return what all threads that live have allocated since they began, but for this one} */
  static long ofOtherThreads() {
    long own = Thread.currentThread().getId();
    long sum = 0;
    long[] threads = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(threads);
    for (int i = 0; i < threads.length; i++) {
      sum += threads[i] == own ? 0 : Math.max(0, bytes[i]);
    }
    return sum;
  }
}
