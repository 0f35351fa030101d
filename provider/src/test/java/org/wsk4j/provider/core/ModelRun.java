package org.wsk4j.provider.core;

import java.util.Random;
import java.util.function.Function;

/**
 * Runs episodes of random operations until there were enough. Each episode has a seed of its own;
 * one that fails names it, and {@code -Dwsk4j.model.seed=} with that number begins with the same
 * episode. {@code -Dwsk4j.model.operations=} sets how many operations are enough.
 */
final class ModelRun {
  private static final long OPERATIONS = Long.getLong("wsk4j.model.operations", 100_000);

  private ModelRun() {}

  /** One sequence of operations. */
  @FunctionalInterface
  interface Episode {
    /** Runs to the end; {@return how many operations there were} */
    int run();
  }

  static void run(String what, Function<Random, Episode> fresh) {
    long first = Long.getLong("wsk4j.model.seed", System.nanoTime());
    System.out.printf("%s: episodes from seed %d%n", what, first);
    long seed = first;
    for (long done = 0; done < OPERATIONS; seed++) {
      try {
        done += fresh.apply(new Random(seed)).run();
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError(what + " failed with -Dwsk4j.model.seed=" + seed, failure);
      }
    }
  }
}
