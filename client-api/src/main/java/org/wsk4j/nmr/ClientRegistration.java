package org.wsk4j.nmr;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/** A registered client. */
final class ClientRegistration extends Registration implements NmrClientHandle {
  private final NpiClientAttachProvider attachProvider;
  private final NpiClientDetachProvider detachProvider;
  private final @Nullable NpiClientCleanupBindingContext cleanupBindingContext;

  /** Makes a registration from characteristics that were found valid. */
  ClientRegistration(
      RegistrationTable table, NpiClientCharacteristics client, @Nullable Object context) {
    super(table, Objects.requireNonNull(client.registrationInstance()), context);
    attachProvider = Objects.requireNonNull(client.attachProvider());
    detachProvider = Objects.requireNonNull(client.detachProvider());
    cleanupBindingContext = client.cleanupBindingContext();
  }

  /** Offers a provider to the client; without a lock. */
  NtStatus attach(Binding binding, NpiRegistrationInstance provider) {
    return ModuleCall.attach(
        this, () -> attachProvider.attachProvider(binding, context(), provider));
  }

  @Override
  Side side() {
    return Side.CLIENT;
  }

  @Override
  NtStatus detach(@Nullable Object bindingContext) {
    return ModuleCall.detach(this, () -> detachProvider.detachProvider(bindingContext));
  }

  @Override
  void cleanup(@Nullable Object bindingContext) {
    NpiClientCleanupBindingContext callback = cleanupBindingContext;
    if (callback != null) {
      ModuleCall.cleanup(this, () -> callback.cleanupBindingContext(bindingContext));
    }
  }
}
