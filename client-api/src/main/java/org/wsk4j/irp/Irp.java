package org.wsk4j.irp;

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
 * <p><b>Layers.</b> An IRP has a stack of locations, one for each layer that it passes on its way
 * down; each keeps the completion routine of the layer above. A program that makes IRPs for itself
 * needs one. Completion walks the locations from the lowest up (IRP-28).
 *
 * <p><b>Threads.</b> {@link #cancel}, {@link #await}, {@link #toFuture} and the queries may be used
 * from any thread. All else belongs to the owner: the program while the IRP is idle, the provider
 * while it is in flight, the completion routine while it runs.
 */
public final class Irp extends IrpState {
  private static final Logger LOG = LoggerFactory.getLogger(Irp.class);
  private static final IoStatusBlock IN_FLIGHT_STATUS =
      new IoStatusBlock(NtStatus.PENDING, 0, null);

  // The result: written in COMPLETING and SUBMITTING, or by the owner in IDLE, so that what a
  // thread
  // reads between two looks at the same word in DONE or HELD belongs together.
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
   * @throws IllegalStateException if the IRP is in flight (IRP-37), or layers above are still to be
   *     told of its completion
   */
  public Irp reuse(NtStatus newStatus) {
    long owned = requireOwned("reuse");
    if (phase(owned) == HELD) {
      throw inFlight("reuse");
    }
    publishIdle(owned);
    locations.reset();
    status = newStatus;
    information = 0;
    object = null;
    pendingReturned = false;
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
    return requestCancel(this);
  }

  /** {@return whether cancellation was asked for since the IRP was made or reused} */
  public boolean isCancelRequested() {
    return isCancelRequested(word());
  }

  /** {@return whether the function that took the IRP returned, or will return, PENDING (IRP-10)} */
  public boolean pendingReturned() {
    return pendingReturned;
  }

  /**
   * {@return whether the request submitted last has completed, in all layers, and its result can be
   * read; its routine may still be running}
   */
  public boolean isCompleted() {
    return phase(word()) == DONE;
  }

  /** {@return the final status; PENDING while the request is in flight} */
  public NtStatus status() {
    return isOwned(word()) ? status : NtStatus.PENDING;
  }

  /** {@return the number of the result: bytes transferred or of output, else 0} */
  public long information() {
    return isOwned(word()) ? information : 0;
  }

  /** {@return the object that the request made, such as a socket, or {@code null}} */
  public @Nullable Object object() {
    return isOwned(word()) ? object : null;
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

  /**
   * {@return the result as a value that stays when the IRP is reused; while the request is in
   * flight PENDING and nothing else}
   */
  public IoStatusBlock ioStatus() {
    while (true) {
      long current = word();
      IoStatusBlock result = isOwned(current) ? result() : IN_FLIGHT_STATUS;
      VarHandle.acquireFence(); // the result was read before the word is read again
      if (word() == current) {
        return result;
      }
    }
  }

  /**
   * Waits until the request in flight has completed and its routine has run. A request that has
   * completed already is not waited for, even if its routine is still running. For people and
   * tests: it allocates.
   *
   * @return the final status
   * @throws InterruptedException if the thread is interrupted; the request goes on
   * @throws IllegalStateException if this thread must not wait (IRP-66), or nothing was submitted
   */
  public NtStatus await() throws InterruptedException {
    DispatchLevel.requirePassive("Waiting for an IRP");
    IrpWatch watch = watch();
    try {
      return watch.result.get().status();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      forget(watch);
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
    IrpWatch watch = watch();
    try {
      watch.result.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      forget(watch);
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
    return watch().result;
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
    long owned;
    do {
      owned = requireOwned("complete");
      if (locations.isAtTop()) {
        throw new IllegalStateException("no layer above waits for the completion of " + this);
      }
    } while (!change(owned, inPhase(owned, COMPLETING)));
    climb(inPhase(owned, COMPLETING));
  }

  // ---- The provider's side

  /**
   * Takes the IRP for a request. On anything but INVALID_PARAMETER the caller owns it and has to
   * {@link #complete} it.
   *
   * <p>From here on a cancellation may call the handler, before this method has returned. A handler
   * that completes the request itself, rather than passing it to the request's owner, is therefore
   * set later, by {@link #setCancelRoutine} after {@link #markPending}.
   *
   * @param handler makes the request cancellable at once; {@code null} if it is not, or not yet
   * @return SUCCESS; CANCELLED if cancellation was requested before, so that the caller completes
   *     it with that status; INVALID_PARAMETER if no stack location is left, and the IRP stays
   *     untouched (IRP-15)
   * @throws IllegalStateException if the IRP is in flight; the running request is not disturbed
   */
  public NtStatus begin(@Nullable IrpCancelRoutine handler) {
    long owned = claimForSubmission();
    if (locations.isFull()) {
      publish(owned);
      return NtStatus.INVALID_PARAMETER;
    }
    locations.push();
    object = null;
    pendingReturned = false;
    return publishInFlight(owned, handler) ? NtStatus.SUCCESS : NtStatus.CANCELLED;
  }

  /**
   * Makes the request in flight cancellable from now on (IoSetCancelRoutine), or gives it another
   * handler.
   *
   * @param handler what a cancellation calls
   * @return whether it was set; {@code false} if cancellation was requested before, and the handler
   *     will not be called: the caller completes the IRP
   * @throws IllegalStateException if no request is in flight
   */
  public boolean setCancelRoutine(IrpCancelRoutine handler) {
    return makeCancellable(handler);
  }

  /**
   * Makes the request uncancellable again (IoSetCancelRoutine with null).
   *
   * @return whether that holds now; {@code false} if a cancellation has taken the handler: it was
   *     or is being called, and may have completed the request; so also if none is in flight
   */
  public boolean withdrawCancelRoutine() {
    return withdraw();
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
    long claimed = claimForCompletion();
    if (claimed == 0) {
      return false;
    }
    status = finalStatus;
    information = finalInformation;
    if (finalObject != null) { // it is null from the beginning; garbage collectors charge stores
      object = finalObject;
    }
    context.clear();
    climb(claimed);
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
   * Walks up to the routines that want to hear of the result. As soon as DONE or HELD is published
   * others may take the IRP, so by then all that a step needs has been read; the next step goes on
   * only if the IRP still stands where this one left it.
   */
  private void climb(long completing) {
    StackLocations stack = locations;
    long claimed = completing;
    while (claimed != 0) {
      IoCompletionRoutine routine =
          stack.popToRoutine(status.isSuccess(), isCancelRequested(claimed));
      Object routineContext = stack.routineContext();
      pendingReturned = stack.pendingReturned();
      if (routine == null || stack.isAtTop()) {
        finish(claimed, routine, routineContext);
        return;
      }
      long held = inNewPhase(claimed, HELD);
      publish(held);
      boolean goesOn = call(routine, routineContext) != NtStatus.MORE_PROCESSING_REQUIRED;
      claimed = goesOn ? claimHeld(held) : 0;
    }
  }

  /** The last step: calls the routine of the highest layer, then tells those who wait. */
  private void finish(
      long claimed, @Nullable IoCompletionRoutine routine, @Nullable Object routineContext) {
    long done = inPhase(claimed, DONE) & ~WATCHED;
    if (done == inPhase(claimed, DONE)) {
      publish(done);
      if (routine != null) {
        call(routine, routineContext);
      }
      return;
    }
    IoStatusBlock result = result();
    IrpWatch watching = takeWatches();
    publish(done);
    try {
      if (routine != null) {
        call(routine, routineContext);
      }
    } finally {
      IrpWatch.tell(watching, result);
    }
  }

  private NtStatus call(IoCompletionRoutine routine, @Nullable Object routineContext) {
    DispatchLevel level = DispatchLevel.current();
    level.raise();
    try {
      return routine.complete(this, routineContext);
    } catch (Throwable fault) { // also the checked ones that other languages let through
      LOG.error(
          "The completion routine {} failed; it counts as having kept its IRP", routine, fault);
      return NtStatus.MORE_PROCESSING_REQUIRED;
    } finally {
      level.lower();
    }
  }

  private IoStatusBlock result() {
    return new IoStatusBlock(status, information, object);
  }

  private IrpWatch watch() {
    while (true) {
      long current = settledWord();
      switch (phase(current)) {
        case IDLE -> throw new IllegalStateException("no request was submitted with " + this);
        case DONE -> {
          IoStatusBlock result = ioStatus();
          if (word() == current) {
            return new IrpWatch(result);
          }
        }
        default -> {
          IrpWatch watch = new IrpWatch();
          if (addWatch(current, watch)) {
            return watch;
          }
        }
      }
    }
  }

  private boolean addWatch(long current, IrpWatch watch) {
    synchronized (locations) {
      if (!change(current, current | WATCHED)) {
        return false;
      }
      watch.next = watches;
      watches = watch;
      return true;
    }
  }

  private @Nullable IrpWatch takeWatches() {
    synchronized (locations) {
      IrpWatch taken = watches;
      watches = null;
      return taken;
    }
  }

  /** Takes back a watch whose owner has given up, so that those who look often leave nothing. */
  private void forget(IrpWatch watch) {
    if (!watch.result.isDone()) {
      synchronized (locations) {
        watches = IrpWatch.without(watches, watch);
      }
    }
  }

  @Override
  public String toString() {
    String phase =
        switch (phase(word())) {
          case IDLE -> "idle";
          case DONE -> "completed with " + status;
          case HELD -> "completed with " + status + " below a layer that holds it";
          case COMPLETING -> "completing";
          default -> "in flight";
        };
    return "Irp@" + Integer.toHexString(System.identityHashCode(this)) + "[" + phase + "]";
  }
}
