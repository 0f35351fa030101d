package org.wsk4j.nmr;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * Tells a provider to let go of a client (NPI_PROVIDER_DETACH_CLIENT_FN). Called once per
 * attachment, whichever side deregisters (NMR-48). From then on the provider starts no new calls to
 * the client's callbacks (NMR-61).
 *
 * <p>Threads: called on any thread, also on an event loop, never with a lock held; it must not
 * block (NMR-68).
 */
@FunctionalInterface
public interface NpiProviderDetachClient {
  /**
   * Lets go of the client.
   *
   * @param providerBindingContext what the provider stored when it attached (NMR-47)
   * @return SUCCESS if no call to the client is running (NMR-52); PENDING if there is, and {@link
   *     NetworkModuleRegistrar#providerDetachClientComplete} follows (NMR-54). Anything else, and
   *     an exception, counts as SUCCESS and is logged (OP-28, OP-31)
   */
  NtStatus detachClient(@Nullable Object providerBindingContext);
}
