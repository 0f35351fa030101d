package org.wsk4j.nmr;

import org.jspecify.annotations.Nullable;

/**
 * A client of an interface as it registers (NPI_CLIENT_CHARACTERISTICS). A record may be registered
 * several times (NMR-38).
 *
 * @param version 0 (NMR-79)
 * @param attachProvider asked about each provider; registering without it is refused (OP-30)
 * @param detachProvider told to let go; registering without it is refused (OP-30)
 * @param cleanupBindingContext told to clean up, or {@code null} if there is nothing to (NMR-67)
 * @param registrationInstance what is registered; registering without it is refused (OP-30)
 */
public record NpiClientCharacteristics(
    int version,
    @Nullable NpiClientAttachProvider attachProvider,
    @Nullable NpiClientDetachProvider detachProvider,
    @Nullable NpiClientCleanupBindingContext cleanupBindingContext,
    @Nullable NpiRegistrationInstance registrationInstance) {

  /**
   * Makes characteristics of version 0.
   *
   * @param attachProvider asked about each provider
   * @param detachProvider told to let go
   * @param cleanupBindingContext told to clean up, or {@code null}
   * @param registrationInstance what is registered
   * @return the characteristics
   */
  public static NpiClientCharacteristics of(
      NpiClientAttachProvider attachProvider,
      NpiClientDetachProvider detachProvider,
      @Nullable NpiClientCleanupBindingContext cleanupBindingContext,
      NpiRegistrationInstance registrationInstance) {
    return new NpiClientCharacteristics(
        0, attachProvider, detachProvider, cleanupBindingContext, registrationInstance);
  }

  /** {@return whether it can be registered (OP-30)} */
  boolean isValid() {
    return version == 0
        && attachProvider != null
        && detachProvider != null
        && registrationInstance != null
        && registrationInstance.isValid();
  }
}
