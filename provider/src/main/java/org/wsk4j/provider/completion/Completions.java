package org.wsk4j.provider.completion;

import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;

/**
 * Completes requests inside the call that made them, without nesting without end.
 *
 * <p>A completion routine may make the next request, which may complete inside its call, whose
 * routine makes the next one. Beyond a fixed depth the call therefore answers PENDING, and the
 * completion waits until the stack of this thread is empty again; errors are no exception.
 *
 * <p>Threads: any.
 */
public final class Completions {
  /** How many completion routines may be nested on one thread. */
  static final int DEEPEST = 16;

  private Completions() {}

  /**
   * Completes a request inline.
   *
   * @param irp the request, begun by the caller and not marked pending
   * @param status the final status
   * @param information the number of the result
   * @param object the object of the result, or {@code null}
   * @return what the call has to return: the status, or PENDING if the completion was deferred
   */
  public static NtStatus finish(
      Irp irp, NtStatus status, long information, @Nullable Object object) {
    if (!isTooDeep()) {
      irp.complete(status, information, object);
      return status;
    }
    irp.markPending();
    DispatchLevel.current().defer(() -> irp.complete(status, information, object));
    return NtStatus.PENDING;
  }

  /**
   * Completes a request inline that has neither a count nor an object, and then does something that
   * must not come before.
   *
   * @param irp the request, begun by the caller and not marked pending
   * @param status the final status
   * @param then what follows the completion, also where that was deferred
   * @return what the call has to return
   */
  public static NtStatus finishAndThen(Irp irp, NtStatus status, Runnable then) {
    Runnable completion =
        () -> {
          irp.complete(status);
          then.run();
        };
    if (!isTooDeep()) {
      completion.run();
      return status;
    }
    irp.markPending();
    DispatchLevel.current().defer(completion);
    return NtStatus.PENDING;
  }

  /** {@return whether this thread runs so many nested routines that nothing may complete inline} */
  public static boolean isTooDeep() {
    return DispatchLevel.current().depth() >= DEEPEST;
  }

  /**
   * Completes a request inline that has neither a count nor an object.
   *
   * @param irp the request, begun by the caller and not marked pending
   * @param status the final status
   * @return what the call has to return
   */
  public static NtStatus finish(Irp irp, NtStatus status) {
    return finish(irp, status, 0, null);
  }

  /**
   * Completes a request whose call has answered PENDING, from inside some other call that may be
   * nested deep.
   *
   * @param irp the request, marked pending
   * @param status the final status
   */
  public static void complete(Irp irp, NtStatus status) {
    if (isTooDeep()) {
      DispatchLevel.current().defer(() -> irp.complete(status));
    } else {
      irp.complete(status);
    }
  }
}
