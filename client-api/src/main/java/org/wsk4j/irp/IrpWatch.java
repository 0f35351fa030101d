package org.wsk4j.irp;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One who waits for the request that an IRP carries now: an element of a list that the completing
 * thread takes over and tells in one go. Only {@code await} and {@code toFuture} make these, so the
 * hot path never does.
 */
final class IrpWatch {
  final CompletableFuture<IoStatusBlock> result = new CompletableFuture<>();
  final @Nullable IrpWatch next;

  IrpWatch(@Nullable IrpWatch next) {
    this.next = next;
  }

  /** Tells this and all further waiters. */
  static void tell(@Nullable IrpWatch first, IoStatusBlock result) {
    for (IrpWatch watch = first; watch != null; watch = watch.next) {
      watch.result.complete(result);
    }
  }
}
