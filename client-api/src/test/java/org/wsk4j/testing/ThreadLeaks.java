package org.wsk4j.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Threads that a test started and that still run. */
final class ThreadLeaks implements LeakCheck {
  /** What the JDK and the tools start for themselves, at a time of their own. */
  private static final List<String> LASTING =
      List.of(
          "Attach Listener",
          "C1 CompilerThread",
          "C2 CompilerThread",
          "Cleaner-",
          "Common-Cleaner",
          "CompletableFutureDelayScheduler",
          "Finalizer",
          "ForkJoinPool.commonPool-",
          "JFR ",
          "JNA Cleaner",
          "JVMCI",
          "Notification Thread",
          "RMI ",
          "Service Thread",
          "Signal Dispatcher",
          "awaitility-",
          "junit-",
          "logback-",
          "ping-",
          "process reaper",
          "surefire-");

  private final List<String> lasting;

  ThreadLeaks(List<String> lasting) {
    this.lasting = Stream.concat(LASTING.stream(), lasting.stream()).toList();
  }

  @Override
  public Probe open() {
    Set<Thread> before = Collections.newSetFromMap(new IdentityHashMap<>());
    before.addAll(live());
    return () ->
        live().stream()
            .filter(one -> !before.contains(one) && !lasts(one))
            .map(this::name)
            .toList();
  }

  private boolean lasts(Thread thread) {
    return lasting.stream().anyMatch(thread.getName()::startsWith);
  }

  private String name(Thread thread) {
    List<String> at = new ArrayList<>();
    for (StackTraceElement frame : thread.getStackTrace()) {
      at.add(frame.toString());
    }
    return "the thread " + thread.getName() + " at " + at;
  }

  private static List<Thread> live() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] found = new Thread[root.activeCount() + 16];
    int count = root.enumerate(found);
    while (count == found.length) {
      found = new Thread[2 * found.length];
      count = root.enumerate(found);
    }
    return List.of(Arrays.copyOf(found, count));
  }
}
