package org.wsk4j.nmr;

import java.util.Objects;
import java.util.UUID;

/**
 * Identifies a network programming interface (NPIID). Two are the same interface if their values
 * are equal (NMR-08).
 *
 * @param value the GUID
 */
public record NpiId(UUID value) {
  /**
   * Makes an identifier.
   *
   * @param value the GUID
   */
  public NpiId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Reads an identifier.
   *
   * @param guid the GUID as text, with or without braces
   * @return the identifier
   * @throws IllegalArgumentException if the text is no GUID
   */
  public static NpiId of(String guid) {
    return new NpiId(Guids.parse(guid));
  }

  @Override
  public String toString() {
    return "{" + value + "}";
  }
}
