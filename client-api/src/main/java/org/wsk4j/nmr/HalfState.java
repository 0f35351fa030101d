package org.wsk4j.nmr;

/**
 * How one side of a binding lets go.
 *
 * <pre>{@code
 * UNATTACHED --> ATTACHED --> CALLED --+--> PENDING ----------------+
 *                                      |          detach-complete   |
 *                                      |                            v
 *                                      +----------------------> DETACHED
 *                                      |  any other answer          ^
 *                                      |                            |
 *                                      +--> COMPLETED_EARLY --------+
 *                            detach-complete   the callback returns
 * }</pre>
 *
 * <p>A half that completed early waits for its callback to return (NMR-58), so that cleanup never
 * overtakes a callback that still uses what is cleaned up.
 */
enum HalfState {
  /** Never attached, so there is nothing to detach or to clean up (NMR-29, NMR-30). */
  UNATTACHED,
  /** Attached, and not asked to let go. */
  ATTACHED,
  /** The detach callback is running. */
  CALLED,
  /** The detach callback is running, and detachment was reported as complete meanwhile. */
  COMPLETED_EARLY,
  /** The detach callback has answered PENDING. */
  PENDING,
  /** This side has let go. */
  DETACHED;

  HalfState to(HalfState next) {
    boolean allowed =
        switch (this) {
          case UNATTACHED -> next == ATTACHED;
          case ATTACHED -> next == CALLED;
          case CALLED -> next == COMPLETED_EARLY || next == PENDING || next == DETACHED;
          case COMPLETED_EARLY, PENDING -> next == DETACHED;
          case DETACHED -> false;
        };
    if (!allowed) {
      throw new IllegalStateException("a side of a binding can't go from " + this + " to " + next);
    }
    return next;
  }
}
