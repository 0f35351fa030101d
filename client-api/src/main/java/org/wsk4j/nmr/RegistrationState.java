package org.wsk4j.nmr;

/**
 * The life of a registration.
 *
 * <pre>{@code
 *         deregister          the last binding is gone,
 *                             and somebody waits
 * REGISTERED --> DEREGISTERING --+-------------------> RETIRED
 *                                |                        ^
 *                                | and nobody waits       | a wait comes
 *                                +---> DEREGISTERED ------+
 * }</pre>
 */
enum RegistrationState {
  /** The module is offered peers. */
  REGISTERED,
  /** No more offers; bindings are being detached (NMR-51). */
  DEREGISTERING,
  /** All bindings are gone, but nobody has been told yet. */
  DEREGISTERED,
  /** A wait has told of the end: the handle is no longer valid (OP-22). */
  RETIRED;

  RegistrationState to(RegistrationState next) {
    boolean allowed =
        switch (this) {
          case REGISTERED -> next == DEREGISTERING;
          case DEREGISTERING -> next == DEREGISTERED || next == RETIRED;
          case DEREGISTERED -> next == RETIRED;
          case RETIRED -> false;
        };
    if (!allowed) {
      throw new IllegalStateException("a registration can't go from " + this + " to " + next);
    }
    return next;
  }
}
