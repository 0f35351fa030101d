package org.wsk4j.nmr;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * Brings a client that wants to attach to a provider (NPI_PROVIDER_ATTACH_CLIENT_FN). It is always
 * the client that begins (NMR-11).
 *
 * <p>Threads: called inside the client's {@link NetworkModuleRegistrar#clientAttachProvider}, never
 * at dispatch level and never with a lock held, so it may block (NMR-40); several clients can come
 * at the same time on several threads. It may call all functions of the registrar but the waits
 * (OP-29).
 */
@FunctionalInterface
public interface NpiProviderAttachClient {
  /**
   * Decides on a client.
   *
   * @param binding the pair, the same object that the client was given (NMR-18)
   * @param providerContext what the provider gave when it registered (NMR-19)
   * @param client what the client registered, the same object (NMR-20)
   * @param clientBindingContext what the client wants to get with each callback
   * @param clientDispatch the client's callbacks, or {@code null} if the interface has none
   *     (NMR-21)
   * @param providerBindingContext where to store what the provider wants to get with each call
   * @param providerDispatch where to store the provider's functions
   * @return SUCCESS if the two are attached now; NOINTERFACE if the provider doesn't want the
   *     client (NMR-25); another status if it failed. The client gets exactly this (NMR-23). What
   *     was stored counts only with SUCCESS. An exception counts as UNSUCCESSFUL (OP-31)
   */
  NtStatus attachClient(
      NmrBindingHandle binding,
      @Nullable Object providerContext,
      NpiRegistrationInstance client,
      @Nullable Object clientBindingContext,
      @Nullable Object clientDispatch,
      Out<Object> providerBindingContext,
      Out<Object> providerDispatch);
}
