package org.wsk4j.nmr;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.wsk4j.nt.NtStatus;

/**
 * One round of clients and providers of a few interfaces that come and go on many threads. Every
 * module notes what happens to it in a {@link StressPair}; {@link #check} reads the notes when all
 * are gone.
 */
final class Stress {
  private static final int THREADS = 4;
  private static final int STEPS = 60;
  private static final int HELD = 8;
  static final List<NpiId> NPIS =
      List.of(
          NpiId.of("d2a2b07e-31c8-4c7f-8b9d-5c0f3a9e1b01"),
          NpiId.of("d2a2b07e-31c8-4c7f-8b9d-5c0f3a9e1b02"),
          NpiId.of("d2a2b07e-31c8-4c7f-8b9d-5c0f3a9e1b03"));

  final NetworkModuleRegistrar nmr = new NetworkModuleRegistrar();

  /** Orders the registrations and deregistrations of all threads. */
  final AtomicLong clock = new AtomicLong();

  final ConcurrentLinkedQueue<StressPair> pairs = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<StressModule> modules = new ConcurrentLinkedQueue<>();
  private final ExecutorService completers = Executors.newFixedThreadPool(2);
  private final long seed;

  Stress(long seed) {
    this.seed = seed;
  }

  void fault(String what, Object... details) {
    faults.add(what + " " + List.of(details));
  }

  /** Reports the end of a detachment from another thread. */
  void later(Runnable completion) {
    completers.execute(
        () -> {
          try {
            completion.run();
          } catch (RuntimeException e) {
            fault("a detach-complete call was refused", e);
          }
        });
  }

  /** Runs the round until all modules are gone. */
  void run() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(seed + thread);
        work.add(() -> comeAndGo(random));
      }
      for (Future<Void> done : threads.invokeAll(work, 20, TimeUnit.SECONDS)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
      completers.shutdown();
    }
    if (!completers.awaitTermination(10, TimeUnit.SECONDS)) {
      fault("completions are stuck");
    }
  }

  private Void comeAndGo(Random random) {
    List<StressModule> held = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      if (held.size() == HELD || !held.isEmpty() && random.nextInt(3) == 0) {
        letGo(held.remove(random.nextInt(held.size())));
      } else {
        held.add(newModule(random));
      }
    }
    held.forEach(StressModule::leave);
    held.forEach(this::letGo);
    return null;
  }

  private StressModule newModule(Random random) {
    StressModule module = new StressModule(this, random.nextBoolean(), random.nextLong());
    modules.add(module);
    module.register();
    return module;
  }

  private void letGo(StressModule module) {
    module.leave();
    NtStatus status = module.awaitGone();
    if (status != NtStatus.SUCCESS) {
      fault("a wait returned", status, module);
    }
    pairs.stream().filter(pair -> pair.involves(module)).forEach(StressPair::requireOver);
  }

  /** Collects all that is wrong after the round. */
  List<String> check() {
    pairs.forEach(StressPair::requireOver);
    List<StressModule> all = List.copyOf(modules);
    for (StressModule client : all) {
      for (StressModule provider : all) {
        if (client.isClient() && !provider.isClient()) {
          client.requireMet(provider);
        }
      }
    }
    if (!nmr.describe().isEmpty()) {
      fault("left behind", nmr.describe());
    }
    return List.copyOf(faults);
  }
}
