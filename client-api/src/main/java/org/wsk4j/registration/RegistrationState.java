package org.wsk4j.registration;

/**
 * The life of a registration block.
 *
 * <pre>
 *   NEW ───────────► REGISTERING ──► REGISTERED ──► DRAINING ──► DEREGISTERED
 *    ▲  register      │   ▲                  deregister               │
 *    └────────────────┘   └───────────────────────────────────────────┘
 *        it failed                         register
 * </pre>
 *
 * A registration that fails leads back to where the block came from.
 */
enum RegistrationState {
  /** Never registered. */
  NEW,
  /** Inside register. */
  REGISTERING,
  /** Registered: captures are possible. */
  REGISTERED,
  /** Inside deregister: no captures any more, those that are out are waited for. */
  DRAINING,
  /** Deregistered, and free to be registered again (OP-03). */
  DEREGISTERED;

  /** {@return whether the block can be registered now} */
  boolean isFree() {
    return this == NEW || this == DEREGISTERED;
  }

  /** {@return the next state, which must be one that can follow this one} */
  RegistrationState to(RegistrationState next) {
    boolean allowed =
        switch (this) {
          case NEW, DEREGISTERED -> next == REGISTERING;
          case REGISTERING -> next == REGISTERED || next.isFree();
          case REGISTERED -> next == DRAINING;
          case DRAINING -> next == DEREGISTERED;
        };
    if (!allowed) {
      throw new IllegalStateException("a registration can't go from " + this + " to " + next);
    }
    return next;
  }
}
