package org.wsk4j.irp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an IRP stands: one atomic word, and how its owner and those who cancel agree on it.
 *
 * <pre>
 *                  begin                         complete
 *   IDLE  DONE  ─────────► SUBMITTING ─┬► IN_FLIGHT ─────┬──► COMPLETING ──► DONE
 *    ▲     │  HELD                     │    │    ▲       │      ▲    │
 *    └─────┘                           │    │ 1  │ 2     │      │    └──────► HELD
 *     reuse                            │    ▼    │       │      │               │
 *                                      └► CANCELLABLE ───┤      └───────────────┘
 *                                           │            │         completeRequest, or the
 *                                           ▼ cancel     │         routine let it go on
 *   1 setCancelRoutine                    TAKEN ─────────┘
 *   2 withdrawCancelRoutine
 * </pre>
 *
 * <p><b>The word</b> is the phase, a bit that says that someone waits, another that cancellation
 * was requested, and a version. SUBMITTING and COMPLETING last for a few instructions of one
 * thread, which is then the only one that changes the word: it leaves them with a plain release
 * store, and the others wait that long. All other steps are compare-and-sets, but for the reuse,
 * whose owner wins over whoever cancels at the same time. Each submission and each cancel routine
 * has a version of its own, so a thread that looked long ago cannot mistake a later request for the
 * one it saw.
 *
 * <p><b>No submission disturbs another.</b> Of two threads that submit, one takes the step to
 * SUBMITTING; only then does it write anything. The cancel routine is written before CANCELLABLE is
 * published, so whoever sees that phase sees the routine, and nobody can cancel, much less
 * complete, a request that is half begun.
 *
 * <p><b>No cancellation is lost, and none counts twice.</b> In one step it either sets the bit,
 * which the step to a request and the step to CANCELLABLE look at, or sets the bit and takes the
 * cancel routine. A flag beside the word could not do that: a reuse might clear it, or both this
 * request and the next find it, before the one who set it has looked at the word.
 *
 * <p><b>The cancel routine runs at most once</b>, because only the thread that moves CANCELLABLE to
 * TAKEN calls it, and only the one that moves it to IN_FLIGHT has withdrawn it.
 */
abstract sealed class IrpState permits Irp {
  static final int IDLE = 0;
  static final int DONE = 1;

  /** A routine of a lower layer runs or has kept the IRP; routines above are still to be called. */
  static final int HELD = 2;

  static final int SUBMITTING = 3;
  static final int IN_FLIGHT = 4;
  static final int CANCELLABLE = 5;

  /** In flight, and a cancellation has taken the cancel routine. */
  static final int TAKEN = 6;

  static final int COMPLETING = 7;

  /** Someone waits for this request: the completing thread has to look for watches. */
  static final long WATCHED = 8;

  /** Cancellation was requested, in whatever phase; cleared by a reuse. */
  private static final long CANCEL = 16;

  private static final long PHASE = 7;
  private static final long ONE_VERSION = 32;
  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(IrpState.class, "word", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Changed through WORD. */
  private volatile long word;

  /** Written by the owner outside CANCELLABLE; read by those who cancel in CANCELLABLE. */
  private @Nullable IrpCancelRoutine cancelRoutine;

  // ---- The word

  final long word() {
    return word;
  }

  static int phase(long word) {
    return (int) (word & PHASE);
  }

  static boolean isOwned(long word) {
    return phase(word) <= HELD;
  }

  static boolean isCancelRequested(long word) {
    return (word & CANCEL) != 0;
  }

  private static boolean isInFlight(long word) {
    return phase(word) >= IN_FLIGHT && phase(word) <= TAKEN;
  }

  /** The word in another phase of the same request. */
  static long inPhase(long word, int phase) {
    return word & ~PHASE | phase;
  }

  /** The word in a phase that nobody who saw an earlier one can mistake for it. */
  static long inNewPhase(long word, int phase) {
    return inPhase(word + ONE_VERSION, phase);
  }

  private static boolean isSameVersion(long one, long other) {
    return ((one ^ other) & -ONE_VERSION) == 0;
  }

  final boolean change(long expected, long next) {
    return WORD.compareAndSet(this, expected, next);
  }

  /** Leaves SUBMITTING or COMPLETING, or goes back to IDLE; what was written before is seen. */
  final void publish(long next) {
    WORD.setRelease(this, next);
  }

  final long requireOwned(String what) {
    long current = word;
    if (!isOwned(current)) {
      throw inFlight(what);
    }
    return current;
  }

  final IllegalStateException inFlight(String what) {
    return new IllegalStateException(
        "cannot " + what + " " + this + ": wait for the completion of the request it carries");
  }

  // ---- Steps

  /** Takes the IRP for a submission. Returns the word from before. */
  final long claimForSubmission() {
    while (true) {
      long owned = requireOwned("submit");
      if (change(owned, inPhase(owned, SUBMITTING))) {
        VarHandle.storeStoreFence(); // who reads what follows must also see the phase
        return owned;
      }
    }
  }

  /** Ends a submission. Returns whether the request may start: no cancellation came before. */
  final boolean publishInFlight(long owned, @Nullable IrpCancelRoutine handler) {
    boolean cancelled = isCancelRequested(owned);
    cancelRoutine = handler;
    publish(inNewPhase(owned, cancelled || handler == null ? IN_FLIGHT : CANCELLABLE));
    return !cancelled;
  }

  /** Takes a request in flight for its completion. Returns the word, or 0 if none is in flight. */
  final long claimForCompletion() {
    long current = word;
    while (isInFlight(current)) {
      long claimed = inPhase(current, COMPLETING);
      if (change(current, claimed)) {
        VarHandle.storeStoreFence(); // as above
        cancelRoutine = null; // a completed request keeps nothing of its provider's alive
        return claimed;
      }
      current = word;
    }
    return 0;
  }

  /**
   * Takes an IRP back that a lower layer held. Returns the word, or 0 if that layer has sent it on
   * its way again.
   */
  final long claimHeld(long held) {
    long current = word;
    while (isSameVersion(current, held) && phase(current) == HELD) {
      long claimed = inPhase(current, COMPLETING);
      if (change(current, claimed)) {
        return claimed;
      }
      current = word;
    }
    return 0;
  }

  /** Puts an IRP that is owned back to its first phase. */
  final void publishIdle(long owned) {
    publish(inPhase(owned, IDLE) & ~CANCEL);
    VarHandle.storeStoreFence(); // as above
  }

  /** The word, in a phase that is left by compare-and-sets alone, or by a reuse. */
  final long settledWord() {
    long current = word;
    while (phase(current) == SUBMITTING || phase(current) == COMPLETING) {
      Thread.yield();
      current = word;
    }
    return current;
  }

  // ---- Cancelling

  final boolean requestCancel(Irp self) {
    while (true) {
      long current = settledWord();
      if (phase(current) == CANCELLABLE) {
        IrpCancelRoutine handler = cancelRoutine;
        if (handler != null && change(current, inPhase(current, TAKEN) | CANCEL)) {
          handler.cancel(self);
          return true;
        }
      } else if (isCancelRequested(current) || change(current, current | CANCEL)) {
        return false;
      }
    }
  }

  /** Returns whether the handler was set; false if a cancellation came before. */
  final boolean makeCancellable(IrpCancelRoutine handler) {
    Objects.requireNonNull(handler, "handler");
    requireInFlight();
    if (!withdraw()) {
      return false;
    }
    cancelRoutine = handler;
    long current = requireInFlight();
    while (!isCancelRequested(current)) {
      if (change(current, inNewPhase(current, CANCELLABLE))) {
        return true;
      }
      current = requireInFlight();
    }
    return false;
  }

  /** Returns whether no handler is set now; false if a cancellation has taken it. */
  final boolean withdraw() {
    long seen = word;
    long current = seen;
    while (phase(current) == CANCELLABLE && isSameVersion(current, seen)) {
      if (change(current, inPhase(current, IN_FLIGHT))) {
        return true;
      }
      current = word;
    }
    return phase(seen) == IN_FLIGHT;
  }

  private long requireInFlight() {
    long current = word;
    if (!isInFlight(current)) {
      throw new IllegalStateException(
          "cannot make " + this + " cancellable: the provider owns no request that it carries");
    }
    return current;
  }
}
