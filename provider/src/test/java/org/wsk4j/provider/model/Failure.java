package org.wsk4j.provider.model;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An episode that went wrong: what to say of it, and the shortest beginning of it that still goes
 * wrong.
 */
final class Failure {
  private static final int LONGEST = 160;
  private static final int ATTEMPTS = 5;

  private final long seed;
  private final AssertionError violation;
  private final String statistics;
  private final String history;

  Failure(Episode failed, String statistics) {
    seed = failed.seed();
    AssertionError found = failed.journal().violation();
    violation = found == null ? new AssertionError("nothing is wrong") : found;
    this.statistics = statistics;
    history = String.join("\n  ", failed.journal().lines());
  }

  /**
   * Replays the episode alone, with half as many operations each time it still fails.
   *
   * @param replay makes the episode again, with so many operations at most
   * @return the error to throw
   */
  AssertionError shortened(IntFunction<Episode> replay) {
    String shortest = history;
    int length = LONGEST;
    for (int most = LONGEST; most > 0; most = most / 2) {
      String again = fails(replay, most);
      if (again == null) {
        break;
      }
      shortest = again;
      length = most;
    }
    return new AssertionError(
        """
        %s
        -Dwsk4j.model.seed=%d
        %s
        the shortest replay that failed has at most %d operations:
          %s
        what happened at first:
          %s"""
            .formatted(violation.getMessage(), seed, statistics, length, shortest, history),
        violation);
  }

  private static @Nullable String fails(IntFunction<Episode> replay, int most) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Episode episode = replay.apply(most);
      Patience.await(
          () -> {
            episode.step();
            return episode.isOver() || episode.journal().violation() != null;
          });
      if (episode.journal().violation() != null) {
        String lines = String.join("\n  ", episode.journal().lines());
        episode.abandon();
        return lines;
      }
    }
    return null;
  }
}
