package org.wsk4j.provider.channel;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpCancelRoutine;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.completion.SubmissionQueue;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.provider.transport.LoopResident;
import org.wsk4j.provider.transport.LoopResidents;
import org.wsk4j.provider.transport.LoopTask;
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
 *
 * <p>When the loop ends, what lives on it is dead (OPB-15): its requests end, and the socket can
 * only be closed. That still works, in the place that stands in for the loop ({@link LoopTask}).
 */
public abstract class LoopBound implements IrpCancelRoutine, LoopResident {
  private final EventLoop loop;
  private final SubmissionQueue submissions = new SubmissionQueue();
  private final Runnable drain = this::drain;
  private final RundownProtection calls = new RundownProtection();

  /** The oldest request that was taken from the submissions and not performed yet. */
  private @Nullable Irp taken;

  /** Another network end of the same socket, if it has one. */
  private @Nullable LoopBound companion;

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
   * Performs a request, called on the loop, behind what was handed over before. Completion routines
   * that run meanwhile may make calls; these come behind this one.
   *
   * @param irp the request, begun, with its operation and arguments in its context
   * @return what the call has to return: PENDING, unless the request can end at once
   */
  public final NtStatus performInline(Irp irp) {
    if (taken == null && submissions.isEmpty() && isReady()) {
      return performAtOnce(irp);
    }
    submit(irp);
    drain();
    return NtStatus.PENDING;
  }

  /** {@return whether requests find the channel as they need it, before a burst begins} */
  boolean isReady() {
    return true;
  }

  /** Performs a request that nothing is waiting before; {@return what the call has to return} */
  abstract NtStatus performAtOnce(Irp irp);

  /**
   * Hands a request over to the loop.
   *
   * @param irp the request, begun, with its operation and arguments in its context
   * @return PENDING
   */
  public final NtStatus submit(Irp irp) {
    irp.markPending();
    if (submissions.submit(irp)) {
      LoopTask.executeAgain(loop, drain);
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
    LoopTask.execute(loop, work);
  }

  /** A cancellation is looked at on the loop, behind what was handed over before. */
  @Override
  public final void cancel(Irp irp) {
    execute(
        () -> {
          catchUp();
          if (irp.isCancelRequested()) {
            cancelOnLoop(irp);
          }
        });
  }

  // ---- Death

  /** Begins to live on the loop, and is told when it ends; when all fields are set. */
  final void settle() {
    if (!LoopResidents.enter(loop, this)) {
      die();
      LoopTask.afterEnd(loop, this::loopEnded);
    }
  }

  /** Lives on the loop no more: everything has ended. */
  public final void leaveLoop() {
    LoopResidents.leave(loop, this);
  }

  /**
   * Declares the socket dead: the transport has failed under it. Calls are refused at once; on the
   * loop its requests end and the client is told. Nothing happens if it is dead or closes.
   */
  public final void die() {
    if (state().die()) {
      execute(this::allDie);
    }
  }

  /** As {@link #die}, on the loop, before anything else happens there. */
  final void dieNow() {
    if (state().die()) {
      allDie();
    }
  }

  private void allDie() {
    dieOnLoop();
    LoopBound other = companion;
    if (other != null) {
      other.dieOnLoop();
    }
  }

  /** Another network end of the same socket, on the same loop, is dead when this one is. */
  final void dieWith(LoopBound other) {
    companion = other;
    other.companion = this;
  }

  @Override
  public final void loopEnding() {
    dieNow();
  }

  @Override
  public final void loopEnded() {
    dieNow();
    catchUp();
    afterLoop();
  }

  /** {@return the state of the socket} */
  abstract SocketState state();

  /** The socket is dead: ends all requests, lets go of the network and tells the client. */
  abstract void dieOnLoop();

  /** The loop has ended: what was still to be heard from the network will not come any more. */
  abstract void afterLoop();

  // ---- Close

  /** Goes on to {@link #closeOnLoop} when no foreign call is in progress any more. */
  final void runDownCalls() {
    calls.beginRundown(() -> execute(this::closeAfterCalls));
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
      case BIND, LISTEN, CONNECT, SOCKET_CONNECT, DISCONNECT, ABORT, SECURE -> true;
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
