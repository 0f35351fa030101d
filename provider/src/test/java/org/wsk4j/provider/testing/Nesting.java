package org.wsk4j.provider.testing;

import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.provider.completion.Completions;

/** Runs something as if completion routines were nested around it. */
public final class Nesting {
  private static final int TOO_DEEP = 16;

  private Nesting() {}

  /** Runs something where it is too deep for one more routine. */
  public static void tooDeep(Runnable work) {
    of(
        TOO_DEEP,
        () -> {
          if (!Completions.isTooDeep()) {
            throw new AssertionError("there is room for one more");
          }
          work.run();
        });
  }

  /** Runs something with so many routines around it. */
  public static void of(int depth, Runnable work) {
    DispatchLevel level = DispatchLevel.current();
    for (int i = 0; i < depth; i++) {
      level.raise();
    }
    try {
      work.run();
    } finally {
      for (int i = 0; i < depth; i++) {
        level.lower();
      }
    }
  }
}
