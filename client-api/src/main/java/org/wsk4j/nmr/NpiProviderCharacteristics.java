package org.wsk4j.nmr;

import org.jspecify.annotations.Nullable;

/**
 * A provider of an interface as it registers (NPI_PROVIDER_CHARACTERISTICS). A record may be
 * registered several times (NMR-38).
 *
 * @param version 0 (NMR-79)
 * @param attachClient asked about each client that wants to attach; registering without it is
 *     refused (OP-30)
 * @param detachClient told to let go; registering without it is refused (OP-30)
 * @param cleanupBindingContext told to clean up, or {@code null} if there is nothing to (NMR-67)
 * @param registrationInstance what is registered; registering without it is refused (OP-30)
 */
public record NpiProviderCharacteristics(
    int version,
    @Nullable NpiProviderAttachClient attachClient,
    @Nullable NpiProviderDetachClient detachClient,
    @Nullable NpiProviderCleanupBindingContext cleanupBindingContext,
    @Nullable NpiRegistrationInstance registrationInstance) {

  /**
   * Makes characteristics of version 0.
   *
   * @param attachClient asked about each client that wants to attach
   * @param detachClient told to let go
   * @param cleanupBindingContext told to clean up, or {@code null}
   * @param registrationInstance what is registered
   * @return the characteristics
   */
  public static NpiProviderCharacteristics of(
      NpiProviderAttachClient attachClient,
      NpiProviderDetachClient detachClient,
      @Nullable NpiProviderCleanupBindingContext cleanupBindingContext,
      NpiRegistrationInstance registrationInstance) {
    return new NpiProviderCharacteristics(
        0, attachClient, detachClient, cleanupBindingContext, registrationInstance);
  }

  /** {@return whether it can be registered (OP-30)} */
  boolean isValid() {
    return version == 0
        && attachClient != null
        && detachClient != null
        && registrationInstance != null
        && registrationInstance.isValid();
  }
}
