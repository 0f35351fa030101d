package org.wsk4j.provider.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;

/**
 * Requests that complete when something in the system changes: the local addresses of a family, or
 * what sockets can be made of.
 *
 * <p>While requests wait, a thread of its own looks again and again; it ends with the last of them.
 * A request compares with what there was when it was made, so it misses no change that lasts until
 * the next look, and one change completes all that wait for it (OPC-36). The thread also asks for
 * the {@linkplain LocalInterfaces interfaces} when event loops want to know them.
 *
 * <p>Threads: any. Requests that a change completes are completed by the executor, the others
 * inside the call that cancels them.
 */
public final class ChangeWatch {
  private final Executor completer;
  private final long intervalMillis;

  /** Oldest first. Guarded by this. */
  private final List<Waiting> waiting = new ArrayList<>();

  /** Somebody wants the interfaces to be asked for. Guarded by this. */
  private boolean refresh;

  /** Written with the lock held; there while requests wait. */
  private volatile @Nullable Thread looking;

  /**
   * Makes a watch; no thread is started yet.
   *
   * @param completer runs the completions of changes
   * @param interval how long to wait between two looks
   */
  public ChangeWatch(Executor completer, Duration interval) {
    this.completer = completer;
    intervalMillis = Math.max(1, interval.toMillis());
  }

  /** A request, what it waits for, and what there was when it was made. */
  private static final class Waiting {
    final Object owner;
    final Irp irp;
    final Supplier<?> subject;
    final Object before;
    final Runnable completed;

    /** A cancellation came before it was among those that wait. Guarded by the watch. */
    boolean cancelled;

    Waiting(Object owner, Irp irp, Supplier<?> subject, Runnable completed) {
      this.owner = owner;
      this.irp = irp;
      this.subject = subject;
      this.completed = completed;
      before = subject.get();
    }

    void complete(NtStatus status) {
      Completions.complete(irp, status);
      completed.run();
    }
  }

  /**
   * Lets a request wait.
   *
   * @param owner whose request it is, for {@link #cancel}
   * @param irp the request, begun and not marked pending
   * @param subject gives what is watched; the same object for all that watch the same, and values
   *     that are equal while nothing has changed
   * @param completed runs when the request has completed, however that came
   * @return PENDING
   */
  public NtStatus await(Object owner, Irp irp, Supplier<?> subject, Runnable completed) {
    irp.markPending();
    Waiting request = new Waiting(owner, irp, subject, completed);
    boolean cancelled = !irp.setCancelRoutine(any -> cancel(request)) || !add(request);
    if (cancelled) {
      request.complete(NtStatus.CANCELLED);
    }
    return NtStatus.PENDING;
  }

  private synchronized boolean add(Waiting request) {
    if (request.cancelled) {
      return false;
    }
    waiting.add(request);
    beginToLook();
    return true;
  }

  private synchronized void beginToLook() {
    if (looking == null) {
      Thread started = new Thread(this::look, "wsk4j-changes");
      started.setDaemon(true);
      looking = started;
      started.start();
    }
  }

  private void cancel(Waiting request) {
    if (take(request)) {
      request.complete(NtStatus.CANCELLED);
    }
  }

  /** Takes a request out; {@return whether it was there} */
  private synchronized boolean take(Waiting request) {
    request.cancelled = true;
    boolean taken = waiting.remove(request);
    if (waiting.isEmpty()) {
      notifyAll();
    }
    return taken;
  }

  /**
   * Completes all requests of an owner with CANCELLED, before it returns.
   *
   * @param owner whose requests
   */
  public void cancel(Object owner) {
    if (looking == null) {
      return; // as for nearly every socket that closes
    }
    for (Waiting request : pending()) {
      if (request.owner == owner) {
        cancel(request);
      }
    }
  }

  /** Looks soon, without waiting for the interval to end: something has changed. */
  public synchronized void changed() {
    notifyAll();
  }

  /** Has the interfaces of this machine asked for soon, on the thread that looks. */
  public synchronized void refresh() {
    refresh = true;
    beginToLook();
    notifyAll();
  }

  private synchronized List<Waiting> pending() {
    return List.copyOf(waiting);
  }

  // ---- The thread that looks

  private void look() {
    while (awaitNextLook()) {
      if (takeRefresh()) {
        LocalInterfaces.ask();
      }
      Map<Supplier<?>, Object> now = new HashMap<>();
      for (Waiting request : pending()) {
        Object seen = now.computeIfAbsent(request.subject, Supplier::get);
        if (!seen.equals(request.before) && take(request)) {
          completeOnExecutor(request);
        }
      }
    }
  }

  /** {@return whether somebody still waits; else this thread is to end} */
  @SuppressWarnings("WaitNotInLoop") // Whoever wakes too early only looks once more.
  private synchronized boolean awaitNextLook() {
    try {
      if (!waiting.isEmpty() && !refresh) {
        wait(intervalMillis);
      }
    } catch (InterruptedException nobodyHasAReasonTo) {
      // Looking once more does no harm.
    }
    if (waiting.isEmpty() && !refresh) {
      looking = null;
      return false;
    }
    return true;
  }

  private synchronized boolean takeRefresh() {
    boolean wanted = refresh;
    refresh = false;
    return wanted;
  }

  private void completeOnExecutor(Waiting request) {
    try {
      completer.execute(() -> request.complete(NtStatus.SUCCESS));
    } catch (RejectedExecutionException loopsHaveEnded) {
      request.complete(NtStatus.SUCCESS);
    }
  }

  @Override
  public synchronized String toString() {
    return "watch for changes, " + waiting.size() + " waiting";
  }
}
