package org.wsk4j.nmr;

import org.jspecify.annotations.Nullable;

/**
 * Lets a client free what it holds for an attachment (NPI_CLIENT_CLEANUP_BINDING_CONTEXT_FN).
 * Called once per attachment, after both sides have let go (NMR-62, NMR-64).
 *
 * <p>Threads: called on any thread, also on an event loop and inside the call that completed the
 * detachment, never with a lock held; it must not block (NMR-68).
 */
@FunctionalInterface
public interface NpiClientCleanupBindingContext {
  /**
   * Frees the context. An exception is logged (OP-31).
   *
   * @param clientBindingContext what the client gave when it attached
   */
  void cleanupBindingContext(@Nullable Object clientBindingContext);
}
