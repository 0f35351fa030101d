package org.wsk4j.nmr;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * Offers a provider to a client (NPI_CLIENT_ATTACH_PROVIDER_FN).
 *
 * <p>A client that wants the provider calls {@link NetworkModuleRegistrar#clientAttachProvider} in
 * here, on this thread, and returns what that returned; it may try again with another dispatch
 * table after a refusal (NMR-26). A client that doesn't want it returns {@link
 * NtStatus#NOINTERFACE} (NMR-16).
 *
 * <p>Threads: called on the thread that registers the client or the provider, never at dispatch
 * level and never with a lock held, so it may block (NMR-40); offers of several providers can come
 * at the same time on several threads. It may call all functions of the registrar but the waits
 * (OP-29).
 */
@FunctionalInterface
public interface NpiClientAttachProvider {
  /**
   * Decides on a provider.
   *
   * @param binding the pair (NMR-12)
   * @param clientContext what the client gave when it registered
   * @param provider what the provider registered, the same object (NMR-13)
   * @return the status of the last {@code clientAttachProvider}; or NOINTERFACE, or another
   *     failure, if the client didn't call it (NMR-28, NMR-32). A failure after the provider has
   *     accepted makes the registrar detach the provider again; SUCCESS without that is no
   *     attachment (OP-23). An exception counts as UNSUCCESSFUL (OP-31)
   */
  NtStatus attachProvider(
      NmrBindingHandle binding, @Nullable Object clientContext, NpiRegistrationInstance provider);
}
