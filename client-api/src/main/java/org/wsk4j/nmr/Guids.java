package org.wsk4j.nmr;

import java.util.UUID;

/** Reads GUIDs as Windows writes them. */
final class Guids {
  private Guids() {}

  static UUID parse(String guid) {
    boolean braced = guid.startsWith("{") && guid.endsWith("}");
    return UUID.fromString(braced ? guid.substring(1, guid.length() - 1) : guid);
  }
}
