package org.wsk4j.nmr;

import java.util.Objects;
import java.util.UUID;

/**
 * Identifies a network module (NPI_MODULEID of type GUID). The registrar shows it to the other side
 * and does not evaluate it (NMR-09, NMR-83).
 *
 * @param value the GUID
 */
public record NpiModuleId(UUID value) {
  /**
   * Makes an identifier.
   *
   * @param value the GUID
   */
  public NpiModuleId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Reads an identifier.
   *
   * @param guid the GUID as text, with or without braces
   * @return the identifier
   * @throws IllegalArgumentException if the text is no GUID
   */
  public static NpiModuleId of(String guid) {
    return new NpiModuleId(Guids.parse(guid));
  }

  /**
   * Makes a new one, for modules whose identity matters to nobody.
   *
   * @return an identifier unlike all others
   */
  public static NpiModuleId random() {
    return new NpiModuleId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return "{" + value + "}";
  }
}
