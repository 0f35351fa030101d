package org.wsk4j.nmr;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/** A registered provider. */
final class ProviderRegistration extends Registration implements NmrProviderHandle {
  private final NpiProviderAttachClient attachClient;
  private final NpiProviderDetachClient detachClient;
  private final @Nullable NpiProviderCleanupBindingContext cleanupBindingContext;

  /** Makes a registration from characteristics that were found valid. */
  ProviderRegistration(
      RegistrationTable table, NpiProviderCharacteristics provider, @Nullable Object context) {
    super(table, Objects.requireNonNull(provider.registrationInstance()), context);
    attachClient = Objects.requireNonNull(provider.attachClient());
    detachClient = Objects.requireNonNull(provider.detachClient());
    cleanupBindingContext = provider.cleanupBindingContext();
  }

  /** Brings a client to the provider; without a lock. */
  NtStatus attach(Binding binding, NpiRegistrationInstance client, Exchange exchange) {
    return ModuleCall.attach(
        this,
        () ->
            attachClient.attachClient(
                binding,
                context(),
                client,
                exchange.clientBindingContext(),
                exchange.clientDispatch(),
                exchange.providerBindingContext(),
                exchange.providerDispatch()));
  }

  @Override
  Side side() {
    return Side.PROVIDER;
  }

  @Override
  NtStatus detach(@Nullable Object bindingContext) {
    return ModuleCall.detach(this, () -> detachClient.detachClient(bindingContext));
  }

  @Override
  void cleanup(@Nullable Object bindingContext) {
    NpiProviderCleanupBindingContext callback = cleanupBindingContext;
    if (callback != null) {
      ModuleCall.cleanup(this, () -> callback.cleanupBindingContext(bindingContext));
    }
  }
}
