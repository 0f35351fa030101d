package org.wsk4j.nmr;

import org.jspecify.annotations.Nullable;

/**
 * Lets a provider free what it holds for an attachment (NPI_PROVIDER_CLEANUP_BINDING_CONTEXT_FN).
 * Called once per attachment, after both sides have let go and the client was cleaned up (NMR-62,
 * NMR-65, OP-19).
 *
 * <p>Threads: called on any thread, also on an event loop and inside the call that completed the
 * detachment, never with a lock held; it must not block (NMR-68).
 */
@FunctionalInterface
public interface NpiProviderCleanupBindingContext {
  /**
   * Frees the context. An exception is logged (OP-31).
   *
   * @param providerBindingContext what the provider stored when it attached
   */
  void cleanupBindingContext(@Nullable Object providerBindingContext);
}
