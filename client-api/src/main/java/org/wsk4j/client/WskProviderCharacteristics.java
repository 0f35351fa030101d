package org.wsk4j.client;

import org.wsk4j.nmr.NpiId;

/**
 * Which versions a provider offers (WSK_PROVIDER_CHARACTERISTICS). It is what a provider of {@link
 * #NPI_WSK_INTERFACE_ID} puts into its registration with the registrar (NMR-85).
 *
 * @param highestVersion the highest version; see {@link WskVersion}
 * @param lowestVersion the lowest version, not above the highest
 */
public record WskProviderCharacteristics(int highestVersion, int lowestVersion) {
  /** Identifies the WSK interface to the registrar, and the standard events to a socket. */
  public static final NpiId NPI_WSK_INTERFACE_ID =
      NpiId.of("{2227E803-8D8B-11D4-ABAD-009027719E09}");

  /**
   * Tells whether a version is offered.
   *
   * @param version the version that a client asks for
   * @return whether it lies in the range (REG-83, REG-84)
   */
  public boolean offers(int version) {
    return lowestVersion <= version && version <= highestVersion;
  }
}
