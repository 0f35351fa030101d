package org.wsk4j.provider.core;

import static org.wsk4j.provider.core.SharingRules.Verdict.CHECK;
import static org.wsk4j.provider.core.SharingRules.Verdict.DENIED;
import static org.wsk4j.provider.core.SharingRules.Verdict.EXISTS;
import static org.wsk4j.provider.core.SharingRules.Verdict.SHARED;

/**
 * Whether a second socket may bind where a first one is bound, on the same port: Windows' table
 * (OPT-101 to OPT-136).
 *
 * <p>Two different specific addresses never meet here. Rows are the first socket, columns the
 * second.
 */
final class SharingRules {
  /** What a cell of the table says. */
  enum Verdict {
    /** The second bind succeeds. */
    SHARED,
    /** The first socket's security descriptor decides. */
    CHECK,
    /** The address is in use. */
    EXISTS,
    /** Sharing is refused. */
    DENIED
  }

  /** What a socket has asked for. */
  enum Mode {
    /** Neither option. */
    PLAIN,
    /** SO_REUSEADDR. */
    REUSE,
    /** SO_EXCLUSIVEADDRUSE. */
    EXCLUSIVE
  }

  /** The second socket binds the wildcard; columns PLAIN, REUSE, EXCLUSIVE. */
  private static final Verdict[][] WILDCARD_AFTER_WILDCARD = {
    {EXISTS, DENIED, EXISTS}, // PLAIN
    {EXISTS, SHARED, EXISTS}, // REUSE
    {EXISTS, DENIED, EXISTS}, // EXCLUSIVE
  };

  private static final Verdict[][] WILDCARD_AFTER_SPECIFIC = {
    {SHARED, SHARED, EXISTS},
    {SHARED, SHARED, EXISTS},
    {SHARED, SHARED, EXISTS},
  };

  /** The second socket binds a specific address. */
  private static final Verdict[][] SPECIFIC_AFTER_WILDCARD = {
    {CHECK, CHECK, CHECK},
    {CHECK, SHARED, CHECK},
    {DENIED, DENIED, DENIED},
  };

  private static final Verdict[][] SPECIFIC_AFTER_SPECIFIC = {
    {EXISTS, DENIED, EXISTS},
    {DENIED, SHARED, EXISTS},
    {EXISTS, DENIED, EXISTS},
  };

  private SharingRules() {}

  static Verdict judge(boolean firstWildcard, Mode first, boolean secondWildcard, Mode second) {
    Verdict[][] table;
    if (secondWildcard) {
      table = firstWildcard ? WILDCARD_AFTER_WILDCARD : WILDCARD_AFTER_SPECIFIC;
    } else {
      table = firstWildcard ? SPECIFIC_AFTER_WILDCARD : SPECIFIC_AFTER_SPECIFIC;
    }
    return table[first.ordinal()][second.ordinal()];
  }
}
