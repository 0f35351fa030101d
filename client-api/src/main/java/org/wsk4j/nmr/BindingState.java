package org.wsk4j.nmr;

/**
 * The life of a binding, the pair of a client and a provider.
 *
 * <pre>{@code
 * OFFERED --> ATTACHING <--> ASKING --> ACCEPTED --> ATTACHED
 *    |            |                        |            |
 *    | a side     | the client             | the client | a side
 *    | deregis-   | doesn't                | fails      | deregisters
 *    | ters       | want it                | after all  v
 *    |            |                        +-------> DETACHING   (each half: see HalfState)
 *    |            |                                     |
 *    |            |                                     | both halves have let go
 *    |            |                                     v
 *    |            |                                CLEANING_UP
 *    |            |                                     |
 *    |            |                                     | both are cleaned up
 *    v            v                                     v
 *    +------------+----------------------------------> GONE
 * }</pre>
 *
 * <p>A side that deregisters in ATTACHING, ASKING or ACCEPTED is remembered, and the binding goes
 * from ATTACHED to DETACHING at once (OP-26).
 */
enum BindingState {
  /** The pair was found; the client hasn't been asked. */
  OFFERED,
  /** The client's attach callback is running. */
  ATTACHING,
  /** Inside it, the provider's attach callback is running. */
  ASKING,
  /** The provider is attached; the client's attach callback hasn't returned. */
  ACCEPTED,
  /** Both are attached. */
  ATTACHED,
  /** The detach callbacks are being made, or have been answered with PENDING. */
  DETACHING,
  /** The cleanup callbacks are being made. */
  CLEANING_UP,
  /** Nothing more will happen. */
  GONE;

  BindingState to(BindingState next) {
    if (!mayBecome(next)) {
      throw new IllegalStateException("a binding can't go from " + this + " to " + next);
    }
    return next;
  }

  private boolean mayBecome(BindingState next) {
    return switch (this) {
      case OFFERED -> next == ATTACHING || next == GONE;
      case ATTACHING -> next == ASKING || next == GONE;
      case ASKING -> next == ATTACHING || next == ACCEPTED;
      case ACCEPTED -> next == ATTACHED || next == DETACHING;
      case ATTACHED -> next == DETACHING;
      case DETACHING -> next == CLEANING_UP;
      case CLEANING_UP -> next == GONE;
      case GONE -> false;
    };
  }
}
