package org.wsk4j.irp;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.DispatchLevel;

/**
 * One who waits for the request that an IRP carries now: an element of a list that the completing
 * thread takes over and tells in one go. Only {@code await} and {@code toFuture} make these, so the
 * hot path never does. The list is guarded by its IRP.
 */
final class IrpWatch {
  final CompletableFuture<IoStatusBlock> result;
  @Nullable IrpWatch next;

  /** One who is still to be told. */
  IrpWatch() {
    result = new CompletableFuture<>();
  }

  /** One who came late. */
  IrpWatch(IoStatusBlock result) {
    this.result = CompletableFuture.completedFuture(result);
  }

  /** The list without one element, if it has that. */
  static @Nullable IrpWatch without(@Nullable IrpWatch first, IrpWatch gone) {
    if (first == gone) {
      return gone.next;
    }
    for (IrpWatch at = first; at != null; at = at.next) {
      if (at.next == gone) {
        at.next = gone.next;
      }
    }
    return first;
  }

  /** Tells this and all further waiters; what hangs on their futures must not wait. */
  static void tell(@Nullable IrpWatch first, IoStatusBlock result) {
    DispatchLevel level = DispatchLevel.current();
    level.raise();
    try {
      for (IrpWatch watch = first; watch != null; watch = watch.next) {
        watch.result.complete(result);
      }
    } finally {
      level.lower();
    }
  }
}
