package org.wsk4j.nmr;

import java.util.UUID;

/**
 * Identifies a network programming interface (NPIID). Two are the same interface if their values are
 * equal (NMR-08).
 *
 * @param value the GUID
 */
public record NpiId(UUID value) {
  /**
   * Reads an identifier.
   *
   * @param guid the GUID as text, with or without braces
   * @return the identifier
   * @throws IllegalArgumentException if the text is no GUID
   */
  public static NpiId of(String guid) {
    boolean braced = guid.startsWith("{") && guid.endsWith("}");
    return new NpiId(UUID.fromString(braced ? guid.substring(1, guid.length() - 1) : guid));
  }

  @Override
  public String toString() {
    return "{" + value + "}";
  }
}
