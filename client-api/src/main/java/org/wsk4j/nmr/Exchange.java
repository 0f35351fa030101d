package org.wsk4j.nmr;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.Out;

/**
 * What client and provider exchange in one attempt to attach.
 *
 * @param clientBindingContext from the client
 * @param clientDispatch from the client
 * @param providerBindingContext place for the provider's
 * @param providerDispatch place for the provider's
 */
record Exchange(
    @Nullable Object clientBindingContext,
    @Nullable Object clientDispatch,
    Out<Object> providerBindingContext,
    Out<Object> providerDispatch) {

  /** {@return the same attempt with places of its own, so that a failure leaves the given alone} */
  Exchange withFreshPlaces() {
    return new Exchange(clientBindingContext, clientDispatch, new Out<>(), new Out<>());
  }

  /** Hands the results over to the places of the client (NMR-24). */
  void deliverTo(Exchange client) {
    client.providerBindingContext.set(providerBindingContext.get());
    client.providerDispatch.set(providerDispatch.get());
  }
}
