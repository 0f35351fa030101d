package org.wsk4j.provider.channel;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpCancelRoutine;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.completion.SubmissionQueue;
import org.wsk4j.rundown.RundownProtection;

/**
 * What lives on one event loop and takes requests from any thread: the common part of the channels.
 *
 * <p>A request made on the loop runs straight through. One made elsewhere is handed over; a burst
 * wakes the loop once. A call made on the loop first runs what was handed over before it, so the
 * order of cause and effect holds between threads.
 *
 * <p>A call in progress on a foreign thread holds a reference. Closing begins the rundown of these
 * references, and goes on, on the loop, when the last has come back: no call after that reaches the
 * channel.
 */
public abstract class LoopBound implements IrpCancelRoutine {
  private final EventLoop loop;
  private final SubmissionQueue submissions = new SubmissionQueue();
  private final Runnable drain = this::drain;
  private final RundownProtection calls = new RundownProtection();

  /** The oldest request that was taken from the submissions and not performed yet. */
  private @Nullable Irp taken;

  LoopBound(EventLoop loop) {
    this.loop = loop;
  }

  final EventLoop loop() {
    return loop;
  }

  /** {@return whether this is the thread of the loop} */
  public final boolean inLoop() {
    return loop.inEventLoop();
  }

  /**
   * Enters a call on a foreign thread.
   *
   * @return whether it may go on, and has to {@link #leave}; {@code false} if the channel is closed
   */
  public final boolean enter() {
    return calls.acquire();
  }

  /** Leaves a call that was entered. */
  public final void leave() {
    calls.release();
  }

  /**
   * Performs a request, called on the loop.
   *
   * @param irp the request, begun, with its operation and arguments in its context
   * @return what the call has to return: PENDING, unless the request can end at once
   */
  public abstract NtStatus performInline(Irp irp);

  /**
   * Hands a request over to the loop.
   *
   * @param irp the request, begun, with its operation and arguments in its context
   * @return PENDING
   */
  public final NtStatus submit(Irp irp) {
    irp.markPending();
    if (submissions.submit(irp)) {
      loop.execute(drain);
    }
    return NtStatus.PENDING;
  }

  /** Runs what was handed over so far; on the loop, before a call made there. */
  public final void catchUp() {
    if (taken != null || !submissions.isEmpty()) {
      drain();
    }
  }

  /**
   * Runs work on the loop, later.
   *
   * @param work the work
   */
  public final void execute(Runnable work) {
    loop.execute(work);
  }

  /** A cancellation is looked at on the loop, behind what was handed over before. */
  @Override
  public final void cancel(Irp irp) {
    loop.execute(
        () -> {
          catchUp();
          if (irp.isCancelRequested()) {
            cancelOnLoop(irp);
          }
        });
  }

  /** Goes on to {@link #closeOnLoop} when no foreign call is in progress any more. */
  final void runDownCalls() {
    calls.beginRundown(() -> loop.execute(this::closeAfterCalls));
  }

  private void closeAfterCalls() {
    catchUp();
    closeOnLoop();
  }

  /**
   * A completion routine that runs in between may call back in here: it goes on with what was taken
   * before it takes more, so the order of the submissions holds.
   */
  private void drain() {
    beginBurst();
    performTaken();
    taken = submissions.takeAll();
    performTaken();
    endBurst();
  }

  private void performTaken() {
    for (Irp irp = taken; irp != null; irp = taken) {
      taken = irp.context().next;
      irp.context().next = null;
      performUnlessCancelled(irp);
    }
  }

  /** A cancellation that came before the request was here has found nothing to cancel. */
  private void performUnlessCancelled(Irp irp) {
    if (!irp.isCancelRequested()) {
      perform(irp);
    } else if (!isEssential(irp)) {
      Completions.complete(irp, NtStatus.CANCELLED);
    } else {
      perform(irp);
      if (irp.isCancelRequested()) {
        cancelOnLoop(irp);
      }
    }
  }

  /**
   * Whether a request is performed even if its cancellation was requested on its way here: it has
   * changed the state of its socket, so cancelling it is more than completing it.
   */
  private static boolean isEssential(Irp irp) {
    return switch (Operation.of(irp)) {
      case BIND, CONNECT, SOCKET_CONNECT, DISCONNECT, ABORT -> true;
      default -> false;
    };
  }

  /** Requests follow each other: what they have in common can wait for {@link #endBurst}. */
  abstract void beginBurst();

  /** The last request of a burst was performed. */
  abstract void endBurst();

  /** Performs a request that was handed over; it is marked pending. */
  abstract void perform(Irp irp);

  /** Cancels a request, if it is still here and has not gone too far. */
  abstract void cancelOnLoop(Irp irp);

  /** Ends everything: no foreign call is in progress, none will come. */
  abstract void closeOnLoop();
}
