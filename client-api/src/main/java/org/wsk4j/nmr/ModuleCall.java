package org.wsk4j.nmr;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.nt.NtStatus;

/**
 * The one place where code of modules runs: no lock is held, nothing that it throws gets further,
 * and the waits of the registrar know that they would be inside a callback (OP-29, OP-31).
 */
final class ModuleCall {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkModuleRegistrar.class);

  /** How many callbacks are nested on this thread; absent is none. */
  private static final ThreadLocal<@Nullable Integer> DEPTH = new ThreadLocal<>();

  private ModuleCall() {}

  /** Asks a module whether it attaches; a callback that fails has not (OP-31). */
  static NtStatus attach(Registration module, Supplier<@Nullable NtStatus> callback) {
    NtStatus answer = run(module, "attach", callback);
    return answer != null ? answer : NtStatus.UNSUCCESSFUL;
  }

  /** Tells a module to let go; whatever it answers except PENDING, it has (OP-28, OP-31). */
  static NtStatus detach(Registration module, Supplier<@Nullable NtStatus> callback) {
    NtStatus answer = run(module, "detach", callback);
    if (answer != null && answer != NtStatus.SUCCESS && answer != NtStatus.PENDING) {
      LOG.warn("Taken as SUCCESS, the answer of the detach callback of {}: {}", module, answer);
    }
    return answer == NtStatus.PENDING ? NtStatus.PENDING : NtStatus.SUCCESS;
  }

  /** Tells a module to clean up. */
  static void cleanup(Registration module, Runnable callback) {
    run(
        module,
        "cleanup",
        () -> {
          callback.run();
          return NtStatus.SUCCESS;
        });
  }

  /**
   * Refuses to go on inside a callback.
   *
   * @throws IllegalStateException if this thread runs a callback of the registrar
   */
  static void requireOutside(String what) {
    if (DEPTH.get() != null) {
      throw new IllegalStateException(
          what + " may wait for the callback that " + Thread.currentThread().getName() + " runs");
    }
  }

  private static @Nullable NtStatus run(
      Registration module, String name, Supplier<@Nullable NtStatus> callback) {
    Integer outer = DEPTH.get();
    DEPTH.set(outer == null ? 1 : outer + 1);
    try {
      NtStatus answer = callback.get();
      if (answer == null) {
        LOG.error("The {} callback of {} answered null", name, module);
      }
      return answer;
    } catch (RuntimeException | Error fault) {
      LOG.error("The {} callback of {} failed", name, module, fault);
      return null;
    } finally {
      leave(outer);
    }
  }

  private static void leave(@Nullable Integer outer) {
    if (outer == null) {
      DEPTH.remove();
    } else {
      DEPTH.set(outer);
    }
  }
}
