package org.wsk4j.nmr;

import org.jspecify.annotations.Nullable;

/**
 * What a module registers: which interface it uses or offers, and who it is
 * (NPI_REGISTRATION_INSTANCE). The other side of an offer sees exactly this object (NMR-13,
 * NMR-20).
 *
 * <p>It must stay unchanged while the module is registered (NMR-82), which holds by itself except
 * for what lies behind the characteristics.
 *
 * @param version 0 (NMR-79)
 * @param npiId the interface; registering without it is refused (OP-30)
 * @param moduleId the module; registering without it is refused (OP-30)
 * @param number tells implementations of one interface by one module apart, 0 if there is only one;
 *     passed to the other side and not compared (NMR-80)
 * @param npiSpecificCharacteristics what the interface defines for this side, or {@code null} if it
 *     defines nothing (NMR-81)
 */
public record NpiRegistrationInstance(
    int version,
    @Nullable NpiId npiId,
    @Nullable NpiModuleId moduleId,
    int number,
    @Nullable Object npiSpecificCharacteristics) {

  /**
   * Describes the only implementation of an interface by a module.
   *
   * @param npiId the interface
   * @param moduleId the module
   * @param npiSpecificCharacteristics what the interface defines for this side, or {@code null}
   * @return version 0, number 0 and the given
   */
  public static NpiRegistrationInstance of(
      NpiId npiId, NpiModuleId moduleId, @Nullable Object npiSpecificCharacteristics) {
    return new NpiRegistrationInstance(0, npiId, moduleId, 0, npiSpecificCharacteristics);
  }

  /** {@return whether it can be registered (OP-30)} */
  boolean isValid() {
    return version == 0 && npiId != null && moduleId != null;
  }
}
