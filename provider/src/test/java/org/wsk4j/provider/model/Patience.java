package org.wsk4j.provider.model;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what must come. */
final class Patience {
  /** What has not happened by then does not happen. */
  static final Duration LIMIT = Duration.ofSeconds(Long.getLong("wsk4j.model.patience", 10));

  private static final long BETWEEN_LOOKS = Duration.ofNanos(20_000).toNanos();

  private final long begin = System.nanoTime();

  /** {@return whether there is none left} */
  boolean isExhausted() {
    return System.nanoTime() - begin > LIMIT.toNanos();
  }

  /** Lets others work for a moment. */
  static void pause() {
    LockSupport.parkNanos(BETWEEN_LOOKS);
  }

  /** Waits for something; {@return whether it came} */
  static boolean await(BooleanSupplier condition) {
    Patience patience = new Patience();
    while (!condition.getAsBoolean()) {
      if (patience.isExhausted()) {
        return false;
      }
      pause();
    }
    return true;
  }
}
