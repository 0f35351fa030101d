package org.wsk4j.nmr;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * Tells a client to let go of a provider (NPI_CLIENT_DETACH_PROVIDER_FN). Called once per
 * attachment, whichever side deregisters (NMR-48). From then on the client starts no new calls to
 * the provider's functions (NMR-61).
 *
 * <p>Threads: called on any thread, also on an event loop, never with a lock held; it must not
 * block (NMR-68).
 */
@FunctionalInterface
public interface NpiClientDetachProvider {
  /**
   * Lets go of the provider.
   *
   * @param clientBindingContext what the client gave when it attached (NMR-47)
   * @return SUCCESS if no call to the provider is running (NMR-52); PENDING if there is, and {@link
   *     NetworkModuleRegistrar#clientDetachProviderComplete} follows (NMR-53). Anything else, and
   *     an exception, counts as SUCCESS and is logged (OP-28, OP-31)
   */
  NtStatus detachProvider(@Nullable Object clientBindingContext);
}
