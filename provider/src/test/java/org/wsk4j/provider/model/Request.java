package org.wsk4j.provider.model;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * One IRP on its way: it completes exactly once, says rightly whether the call returned PENDING,
 * and carries nothing if it failed. When all that has been seen, the IRP is used again, so that a
 * second completion would hit the next request.
 *
 * <p>Threads: any.
 */
final class Request {
  /** What it asks for. */
  enum Kind {
    MAKE,
    WRONG,
    BIND,
    ACCEPT,
    CONNECT,
    SEND,
    RECEIVE,
    DISCONNECT,
    ABORT,
    INSPECT,
    ENABLE,
    DISABLE,
    QUERY,
    CLOSE
  }

  private final Kind kind;
  private final String name;
  private final Requests owner;
  private final Irp irp;

  private volatile Runnable beforeCancel = () -> {};

  private volatile Consumer<Request> verdict = request -> {};

  // Guarded by this.
  private boolean cancelRequested;
  private @Nullable NtStatus returned;
  private @Nullable NtStatus status;
  private long information;
  private @Nullable Object object;
  private boolean pendingReturned;

  Request(Kind kind, String name, Requests owner, Irp irp) {
    this.kind = kind;
    this.name = name;
    this.owner = owner;
    this.irp = irp;
  }

  Kind kind() {
    return kind;
  }

  /** {@return how it ended} */
  synchronized NtStatus status() {
    return status == null ? NtStatus.PENDING : status;
  }

  synchronized long information() {
    return information;
  }

  synchronized @Nullable Object object() {
    return object;
  }

  /** {@return whether it ended before its call returned} */
  synchronized boolean endedInline() {
    return status != null && !pendingReturned;
  }

  synchronized boolean isDone() {
    return status != null && returned != null;
  }

  synchronized boolean isCancelRequested() {
    return cancelRequested;
  }

  /**
   * Makes the call.
   *
   * @param call the call
   * @param onCompletion judges the result, in the completion routine
   * @return what the call returned
   */
  NtStatus submit(Function<Irp, NtStatus> call, Consumer<Request> onCompletion) {
    verdict = onCompletion;
    irp.setCompletionRoutine(
        (completed, context) -> {
          owner.journal().guarded(() -> completed(completed));
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    NtStatus answer = call.apply(irp);
    owner.journal().note(name + " returned " + answer.name());
    synchronized (this) {
      returned = answer;
      if (answer != NtStatus.PENDING && status == null) {
        owner.journal().violation(name + " returned " + answer + " and has not completed");
      }
      compare();
    }
    return answer;
  }

  /** Something to be done before its cancellation is asked for. */
  Request beforeCancel(Runnable work) {
    beforeCancel = work;
    return this;
  }

  /** Asks for its cancellation, unless it has completed. Its IRP is not used again. */
  void cancel() {
    synchronized (this) {
      if (status != null || cancelRequested) {
        return;
      }
      cancelRequested = true;
      beforeCancel.run();
    }
    owner.journal().operation("cancel " + name);
    irp.cancel();
  }

  /** {@return whether the call has returned PENDING and the request has not completed} */
  synchronized boolean isPending() {
    return returned == NtStatus.PENDING && status == null;
  }

  private void completed(Irp completed) {
    NtStatus ended = completed.status();
    synchronized (this) {
      owner.journal().note(name + " completed: " + ended.name());
      if (status != null) {
        owner.journal().violation(name + " completed twice: " + status + ", " + ended);
        return;
      }
      information = completed.information();
      object = completed.object();
      pendingReturned = completed.pendingReturned();
      status = ended;
      compare();
    }
    boolean empty = information == 0 && object == null;
    owner.journal().require(ended.isSuccess() || empty, name + " failed with a result");
    verdict.accept(this);
    owner.completed(this);
  }

  private void compare() {
    if (returned != null && status != null) {
      boolean inline = returned == status && !pendingReturned;
      boolean later = returned == NtStatus.PENDING && pendingReturned;
      owner
          .journal()
          .require(
              inline || later,
              "%s returned %s, completed with %s, pendingReturned %s"
                  .formatted(name, returned, status, pendingReturned));
      if (!cancelRequested) {
        owner.over(irp);
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
