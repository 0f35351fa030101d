package org.wsk4j.irp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;

/**
 * A request, and the way its result comes back (IRP).
 *
 * <p><b>The one rule.</b> A function that is given an IRP completes it exactly once, with the final
 * status, whatever the function returned: SUCCESS, PENDING or an error (IRP-01). Only a function
 * that could not own the IRP leaves it untouched, and says so in its documentation.
 *
 * <p><b>Use.</b> The program makes an IRP, sets a completion routine (or means to {@link #await}),
 * and passes it to a function. When it has completed, {@link #reuse} prepares it for the next
 * request, to the same or to any other function and socket (IRP-35); an IRP that has completed may
 * also be submitted again as it is, with the same routine. While it is in flight it belongs to the
 * provider: submitting or reusing it then is refused with an exception (IRP-37).
 *
 * <pre>
 *            begin                      complete
 *   IDLE ──────────► IN_FLIGHT ────────────────────► COMPLETING ──► DONE ──► routine runs
 *    ▲                │    ▲                              ▲           │
 *    │ setCancelRoutine    │ cancel (handler is called)   │           │ begin: in flight again
 *    │                ▼    │                              │           │
 *    │             CANCELLABLE ───────────────────────────┘           │
 *    └──────────────────────────── reuse ─────────────────────────────┘
 * </pre>
 *
 * <p><b>Why this is exactly once.</b> The phases above are one atomic word. {@code begin} and
 * {@code complete} each take one compare-and-set on it, so of two that try only one goes on, and
 * the result is written by the one that won the step to COMPLETING, before DONE is published. The
 * cancel flag is a field of its own. {@code cancel} sets the flag and then looks at the word;
 * {@code begin} moves the word and then looks at the flag: at least one of them sees the other, so
 * no cancellation is lost, and the step from CANCELLABLE back to IN_FLIGHT lets the handler run at
 * most once.
 *
 * <p><b>Layers.</b> An IRP has a stack of locations, one for each layer that it passes on its way
 * down; each keeps the completion routine of the layer above. A program that makes IRPs for itself
 * needs one. Completion walks the locations from the lowest up (IRP-28).
 *
 * <p><b>Threads.</b> {@link #cancel}, {@link #await}, {@link #toFuture} and the queries may be used
 * from any thread. All else belongs to the owner: the program while the IRP is idle, the provider
 * while it is in flight, the completion routine while it runs.
 */
public final class Irp {
  private static final Logger LOG = LoggerFactory.getLogger(Irp.class);

  private static final int IDLE = 0;
  private static final int DONE = 1;
  private static final int IN_FLIGHT = 2;
  private static final int CANCELLABLE = 3;
  private static final int COMPLETING = 4;
  private static final int PHASE = 7;

  /** Someone waits for this request: the completing thread has to look for watches. */
  private static final int WATCHED = 8;

  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(Irp.class, "word", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The phase and WATCHED. Changed through WORD. */
  private volatile int word;

  /** Set by any thread, at any time; cleared by {@link #reuse} alone. */
  private volatile boolean cancelRequested;

  /** Written before {@code begin} or {@code setCancelRoutine} moves the word. */
  private @Nullable IrpCancelRoutine cancelRoutine;

  // The result: written between COMPLETING and DONE, or by the owner.
  private NtStatus status = NtStatus.SUCCESS;
  private long information;
  private @Nullable Object object;

  // Owned like the IRP itself.
  private final StackLocations locations;
  private boolean pendingReturned;
  private final IrpContext context = new IrpContext();

  /** Guarded by {@link #locations}, which nobody outside can see. */
  private @Nullable IrpWatch watches;

  private Irp(int stackSize) {
    locations = new StackLocations(stackSize);
  }

  /**
   * Makes an IRP for a program's own requests (IoAllocateIrp with one stack location).
   *
   * @return an idle IRP without a completion routine
   */
  public static Irp allocate() {
    return allocate(1);
  }

  /**
   * Makes an IRP that passes several layers (IoAllocateIrp).
   *
   * @param stackSize how many layers below its maker will handle it, at least 1
   * @return an idle IRP without a completion routine
   * @throws IllegalArgumentException if the stack size is not between 1 and 32 (IRP-14)
   */
  public static Irp allocate(int stackSize) {
    return new Irp(stackSize);
  }

  // ---- The program's side

  /**
   * Sets the routine that is told of the completion, whatever the result is (IoSetCompletionRoutine
   * with all three conditions).
   *
   * @param routine the routine, or {@code null} for none
   * @param routineContext an object handed to it unchanged
   * @return this IRP
   * @throws IllegalStateException if the IRP is in flight or has no stack location left
   */
  public Irp setCompletionRoutine(
      @Nullable IoCompletionRoutine routine, @Nullable Object routineContext) {
    return setCompletionRoutine(routine, routineContext, true, true, true);
  }

  /**
   * Sets the routine that is told of the completion (IoSetCompletionRoutine). It is called if at
   * least one of the conditions asked for holds (IRP-17 to IRP-20).
   *
   * @param routine the routine, or {@code null} for none
   * @param routineContext an object handed to it unchanged
   * @param invokeOnSuccess call it if the status passes the NT_SUCCESS test
   * @param invokeOnError call it if the status does not
   * @param invokeOnCancel call it if cancellation was requested, whatever the status is
   * @return this IRP
   * @throws IllegalStateException if the IRP is in flight or has no stack location left
   */
  public Irp setCompletionRoutine(
      @Nullable IoCompletionRoutine routine,
      @Nullable Object routineContext,
      boolean invokeOnSuccess,
      boolean invokeOnError,
      boolean invokeOnCancel) {
    requireOwned("set a completion routine on");
    locations.setRoutine(routine, routineContext, invokeOnSuccess, invokeOnError, invokeOnCancel);
    return this;
  }

  /**
   * Puts the IRP back into its first state (IoReuseIrp): no completion routine, not cancelled, not
   * pending, no information, all stack locations free (IRP-33). For IRPs that the program made, not
   * for those handed down to it.
   *
   * @param newStatus the status that it shows until it is submitted
   * @return this IRP
   * @throws IllegalStateException if the IRP is in flight (IRP-37)
   */
  public Irp reuse(NtStatus newStatus) {
    requireOwned("reuse");
    locations.reset();
    status = newStatus;
    information = 0;
    object = null;
    pendingReturned = false;
    if (cancelRequested) {
      cancelRequested = false;
    }
    WORD.setRelease(this, IDLE);
    return this;
  }

  /**
   * Asks the request to end early (IoCancelIrp). It does not wait: the request then completes once,
   * with CANCELLED or, if it was just finishing, with its result (IRP-43, IRP-45). The flag set
   * here stays until the IRP is reused; an IRP that is submitted with it set completes with
   * CANCELLED at once (IRP-46).
   *
   * @return whether a handler of the provider was there and was called (IRP-40)
   */
  public boolean cancel() {
    cancelRequested = true;
    int current = word;
    while ((current & PHASE) == CANCELLABLE) {
      IrpCancelRoutine handler = cancelRoutine;
      if (handler != null && WORD.compareAndSet(this, current, inPhase(current, IN_FLIGHT))) {
        handler.cancel(this);
        return true;
      }
      current = word;
    }
    return false;
  }

  /** {@return whether cancellation was asked for since the IRP was made or reused} */
  public boolean isCancelRequested() {
    return cancelRequested;
  }

  /** {@return whether the function that took the IRP returned, or will return, PENDING (IRP-10)} */
  public boolean pendingReturned() {
    return pendingReturned;
  }

  /** {@return whether the request submitted last has completed and its result can be read} */
  public boolean isCompleted() {
    return (word & PHASE) == DONE;
  }

  /** {@return the final status; PENDING while the request is in flight} */
  public NtStatus status() {
    return status;
  }

  /** {@return the number of the result: bytes transferred or of output, else 0} */
  public long information() {
    return information;
  }

  /** {@return the object that the request made, such as a socket, or {@code null}} */
  public @Nullable Object object() {
    return object;
  }

  /**
   * {@return the object that the request made}
   *
   * @param type what it is
   * @param <T> what it is
   * @throws IllegalStateException if the request made none, with its status in the message
   */
  public <T> T object(Class<T> type) {
    return ioStatus().require(type);
  }

  /** {@return the result as a value that stays when the IRP is reused} */
  public IoStatusBlock ioStatus() {
    return new IoStatusBlock(status, information, object);
  }

  /**
   * Waits until the request in flight has completed and its routine has run. For people and tests:
   * it allocates.
   *
   * @return the final status
   * @throws InterruptedException if the thread is interrupted; the request goes on
   * @throws IllegalStateException if this thread must not wait (IRP-66), or nothing was submitted
   */
  public NtStatus await() throws InterruptedException {
    DispatchLevel.requirePassive("Waiting for an IRP");
    try {
      return toFuture().get().status();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Waits as {@link #await()} does, but not longer than given.
   *
   * @param timeout how long
   * @return whether the request completed within that time
   * @throws InterruptedException if the thread is interrupted; the request goes on
   * @throws IllegalStateException if this thread must not wait (IRP-66), or nothing was submitted
   */
  public boolean await(Duration timeout) throws InterruptedException {
    DispatchLevel.requirePassive("Waiting for an IRP");
    try {
      toFuture().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Gives the result of the request in flight as a future. It completes, never exceptionally, after
   * the routine of that request has run, even if the routine submits the IRP again; actions
   * attached to it may run on an event loop and must not wait.
   *
   * @return the future; completed already if the request has
   * @throws IllegalStateException if nothing was submitted since the IRP was made or reused
   */
  public CompletableFuture<IoStatusBlock> toFuture() {
    while (true) {
      int current = word;
      switch (current & PHASE) {
        case IDLE -> throw new IllegalStateException("no request was submitted with " + this);
        case DONE -> {
          IoStatusBlock result = ioStatus();
          if (word == current) {
            return CompletableFuture.completedFuture(result);
          }
        }
        case COMPLETING -> Thread.onSpinWait();
        default -> {
          IrpWatch watch = watch(current);
          if (watch != null) {
            return watch.result;
          }
        }
      }
    }
  }

  // ---- Layers

  /**
   * Steps to the next lower stack location before the IRP is handed to the layer below
   * (IoSetNextIrpStackLocation). The routine set before belongs to the layer that hands it down.
   *
   * @throws IllegalStateException if the IRP is in flight or has no stack location left
   */
  public void setNextStackLocation() {
    requireOwned("hand down");
    locations.push();
  }

  /**
   * Notes that the layer which handles the IRP answers PENDING (IoMarkIrpPending). A provider calls
   * it before another thread can complete the request; the routine of a layer that lets completion
   * go on calls it if {@link #pendingReturned} is true.
   */
  public void markPending() {
    locations.markPending();
  }

  /**
   * Resumes a completion that a routine stopped with MORE_PROCESSING_REQUIRED (IoCompleteRequest):
   * the routines of the layers above are called (IRP-27).
   *
   * @throws IllegalStateException if no layer above is waiting for the IRP
   */
  public void completeRequest() {
    requireOwned("complete");
    if (locations.isAtTop()) {
      throw new IllegalStateException("no layer above waits for the completion of " + this);
    }
    climb();
  }

  // ---- The provider's side

  /**
   * Takes the IRP for a request. On anything but INVALID_PARAMETER the caller owns it and has to
   * {@link #complete} it.
   *
   * @param handler makes the request cancellable at once; {@code null} if it is not, or not yet
   * @return SUCCESS; CANCELLED if cancellation was requested before, so that the caller completes
   *     it with that status; INVALID_PARAMETER if no stack location is left, and the IRP stays
   *     untouched (IRP-15)
   * @throws IllegalStateException if the IRP is in flight; the running request is not disturbed
   */
  public NtStatus begin(@Nullable IrpCancelRoutine handler) {
    int current = requireOwned("submit");
    if (locations.isFull()) {
      return NtStatus.INVALID_PARAMETER;
    }
    cancelRoutine = handler;
    if (!WORD.compareAndSet(this, current, handler != null ? CANCELLABLE : IN_FLIGHT)) {
      throw inFlight("submit");
    }
    locations.push();
    status = NtStatus.PENDING;
    information = 0;
    object = null;
    pendingReturned = false;
    if (cancelRequested && withdrawCancelRoutine()) {
      return NtStatus.CANCELLED;
    }
    return NtStatus.SUCCESS;
  }

  /**
   * Makes the request in flight cancellable from now on (IoSetCancelRoutine).
   *
   * @param handler what a cancellation calls
   * @return whether it was set; {@code false} if cancellation was requested before, and the handler
   *     will not be called: the caller completes the IRP
   */
  public boolean setCancelRoutine(IrpCancelRoutine handler) {
    cancelRoutine = handler;
    int current = word;
    while (!WORD.compareAndSet(this, current, inPhase(current, CANCELLABLE))) {
      current = word;
    }
    return !cancelRequested || !withdrawCancelRoutine();
  }

  /**
   * Makes the request uncancellable again (IoSetCancelRoutine with null).
   *
   * @return whether that holds now; {@code false} if a cancellation has taken the handler: it was
   *     or is being called
   */
  public boolean withdrawCancelRoutine() {
    int current = word;
    while ((current & PHASE) == CANCELLABLE) {
      if (WORD.compareAndSet(this, current, inPhase(current, IN_FLIGHT))) {
        return true;
      }
      current = word;
    }
    return cancelRoutine == null;
  }

  /**
   * Completes the request: stores the result, then calls the completion routines from the lowest
   * layer up, on this thread. The caller must not touch the IRP afterwards; a routine may have
   * submitted it again.
   *
   * @param finalStatus the status, not PENDING
   * @param finalInformation the number of the result
   * @param finalObject the object that the request made, or {@code null}
   * @return whether this call completed it; {@code false} if it was not in flight, so that somebody
   *     else has
   */
  public boolean complete(
      NtStatus finalStatus, long finalInformation, @Nullable Object finalObject) {
    if (finalStatus == NtStatus.PENDING) {
      throw new IllegalArgumentException("PENDING is not a final status");
    }
    int current = word;
    while (!isClaimable(current) || !WORD.compareAndSet(this, current, COMPLETING)) {
      if (!isClaimable(current)) {
        return false;
      }
      current = word;
    }
    status = finalStatus;
    information = finalInformation;
    object = finalObject;
    cancelRoutine = null;
    context.clear();
    if ((current & WATCHED) == 0) {
      climb();
    } else {
      IoStatusBlock result = ioStatus();
      IrpWatch watching = takeWatches();
      climb();
      IrpWatch.tell(watching, result);
    }
    return true;
  }

  /**
   * Completes a request that has neither a count nor an object.
   *
   * @param finalStatus the status, not PENDING
   * @return whether this call completed it
   */
  public boolean complete(NtStatus finalStatus) {
    return complete(finalStatus, 0, null);
  }

  /** {@return the place where the provider keeps what it needs while it owns the IRP} */
  public IrpContext context() {
    return context;
  }

  // ---- Inside

  /**
   * Walks up to the routines that want to hear of the result. Whoever polls may take the IRP as
   * soon as DONE is published, so by then all that this walk needs has been read; behind the
   * routine of the highest layer the IRP is not ours any more.
   */
  private void climb() {
    StackLocations stack = locations;
    boolean top;
    NtStatus answer;
    do {
      IoCompletionRoutine routine;
      do {
        pendingReturned = stack.pop();
        routine = stack.wantedRoutine(status.isSuccess(), cancelRequested);
        if (routine == null && pendingReturned) {
          stack.markPending();
        }
        top = stack.isAtTop();
      } while (routine == null && !top);
      Object routineContext = stack.routineContext();
      WORD.setRelease(this, DONE);
      if (routine == null) {
        return;
      }
      answer = call(routine, routineContext);
    } while (answer != NtStatus.MORE_PROCESSING_REQUIRED && !top);
  }

  private NtStatus call(IoCompletionRoutine routine, @Nullable Object routineContext) {
    DispatchLevel level = DispatchLevel.current();
    level.raise();
    try {
      return routine.complete(this, routineContext);
    } catch (RuntimeException | Error fault) {
      LOG.error(
          "The completion routine {} failed; it counts as having kept its IRP", routine, fault);
      return NtStatus.MORE_PROCESSING_REQUIRED;
    } finally {
      level.lower();
    }
  }

  private @Nullable IrpWatch watch(int current) {
    synchronized (locations) {
      if (!WORD.compareAndSet(this, current, current | WATCHED)) {
        return null;
      }
      IrpWatch watch = new IrpWatch(watches);
      watches = watch;
      return watch;
    }
  }

  private @Nullable IrpWatch takeWatches() {
    synchronized (locations) {
      IrpWatch taken = watches;
      watches = null;
      return taken;
    }
  }

  private int requireOwned(String what) {
    int current = word;
    if ((current & PHASE) > DONE) {
      throw inFlight(what);
    }
    return current;
  }

  private IllegalStateException inFlight(String what) {
    return new IllegalStateException(
        "cannot " + what + " " + this + ": wait for the completion of the request it carries");
  }

  private static boolean isClaimable(int current) {
    int phase = current & PHASE;
    return phase == IN_FLIGHT || phase == CANCELLABLE;
  }

  private static int inPhase(int current, int phase) {
    return current & ~PHASE | phase;
  }

  @Override
  public String toString() {
    String phase =
        switch (word & PHASE) {
          case IDLE -> "idle";
          case DONE -> "completed with " + status;
          case COMPLETING -> "completing";
          default -> "in flight";
        };
    return "Irp@" + Integer.toHexString(System.identityHashCode(this)) + "[" + phase + "]";
  }
}
