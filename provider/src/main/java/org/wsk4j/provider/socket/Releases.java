package org.wsk4j.provider.socket;

import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.memory.DataIndication;
import org.wsk4j.provider.memory.RetainAccount;

/**
 * Releases lists of retained indications: all elements or none (OPB-29).
 *
 * <p>Every element is claimed first. A list that leads back into itself, or to an element that is
 * not retained on this socket, fails there, and what was claimed is given back.
 */
final class Releases {
  private Releases() {}

  static NtStatus release(@Nullable WskDataIndication first, RetainAccount owner) {
    int claimed = 0;
    WskDataIndication each = first;
    while (each instanceof DataIndication ours && ours.claim(owner)) {
      claimed++;
      each = each.next();
    }
    if (first == null || each != null) {
      unclaim(first, claimed);
      return NtStatus.INVALID_PARAMETER;
    }
    free(first);
    return NtStatus.SUCCESS;
  }

  private static void unclaim(@Nullable WskDataIndication first, int count) {
    WskDataIndication each = first;
    for (int left = count; left > 0 && each != null; left--) {
      WskDataIndication next = each.next();
      ((DataIndication) each).unclaim();
      each = next;
    }
  }

  private static void free(WskDataIndication first) {
    for (WskDataIndication each = first; each != null; ) {
      WskDataIndication next = each.next();
      ((DataIndication) each).freeClaimed();
      each = next;
    }
  }
}
