package org.wsk4j.provider.socket;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.memory.Releasable;
import org.wsk4j.provider.memory.RetainAccount;

/**
 * Releases lists of retained indications: all elements or none (OPB-29, OPC-24).
 *
 * <p>Every element is claimed first. A list that leads back into itself, or to an element that is
 * not retained on this socket, fails there, and what was claimed is given back.
 */
final class Releases {
  private Releases() {}

  static NtStatus release(@Nullable WskDataIndication first, RetainAccount owner) {
    return release(first, WskDataIndication::next, owner);
  }

  static NtStatus release(@Nullable WskDatagramIndication first, RetainAccount owner) {
    return release(first, WskDatagramIndication::next, owner);
  }

  private static <E> NtStatus release(
      @Nullable E first, UnaryOperator<@Nullable E> next, RetainAccount owner) {
    int claimed = 0;
    E each = first;
    while (each instanceof Releasable ours && ours.claim(owner)) {
      claimed++;
      each = next.apply(each);
    }
    if (first == null || each != null) {
      unclaim(first, next, claimed);
      return NtStatus.INVALID_PARAMETER;
    }
    free(first, next);
    return NtStatus.SUCCESS;
  }

  private static <E> void unclaim(@Nullable E first, UnaryOperator<@Nullable E> next, int count) {
    E each = first;
    for (int left = count; left > 0 && each != null; left--) {
      E following = next.apply(each);
      ((Releasable) each).unclaim();
      each = following;
    }
  }

  private static <E> void free(E first, UnaryOperator<@Nullable E> next) {
    for (E each = first; each != null; ) {
      E following = next.apply(each);
      ((Releasable) each).freeClaimed();
      each = following;
    }
  }
}
