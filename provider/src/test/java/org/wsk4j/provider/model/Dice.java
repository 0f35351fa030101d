package org.wsk4j.provider.model;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Decisions. Those of one place depend on the seed and on the place alone, such as "the fifth
 * operation of this episode" or "the second receive event of that socket", and not on how many
 * decisions were made elsewhere before.
 */
final class Dice {
  /** The longest transfer: 256 KiB. */
  static final int MOST_BYTES = 1 << 18;

  private static final int MOST_BITS = 18;

  private final SplittableRandom random;

  private Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** {@return the decisions of a place} */
  static Dice of(long seed, long... place) {
    long mixed = seed;
    for (long part : place) {
      mixed = new SplittableRandom(mixed ^ part * 0x9E3779B97F4A7C15L).nextLong();
    }
    return new Dice(mixed);
  }

  /** {@return 0 or more, below a bound} */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** {@return true once in so many times} */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** {@return one of them} */
  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** {@return a count of bytes, each order of magnitude as likely as the others, up to a limit} */
  int bytes(int most) {
    return Math.min(most, random.nextInt(1 << random.nextInt(MOST_BITS + 1)));
  }

  /** {@return a number to make other decisions of} */
  long seed() {
    return random.nextLong();
  }
}
