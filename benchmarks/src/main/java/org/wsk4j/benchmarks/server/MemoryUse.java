package org.wsk4j.benchmarks.server;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory this process uses.
 *
 * @param heap on the heap, in bytes
 * @param direct off the heap, of buffers, in bytes
 */
record MemoryUse(long heap, long direct) {
  private static final int COLLECTIONS = 3;

  /** Collects garbage first, so that what counts is what is still in use. */
  static MemoryUse afterCollection() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return new MemoryUse(heap, javaBuffers() + Math.max(0, PlatformDependent.usedDirectMemory()));
  }

  private static long javaBuffers() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
