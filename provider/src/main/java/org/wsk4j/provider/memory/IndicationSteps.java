package org.wsk4j.provider.memory;

import io.netty.util.ReferenceCounted;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The steps that received data makes on its way to the client and back: first buffered, then
 * perhaps indicated, then perhaps retained.
 *
 * <pre>
 *   BUFFERED ──indicate──► INDICATED ──keep──► RETAINED
 *      ▲                     │   │                │
 *      └──────take back──────┘   └────claim───┬───┘
 *                                             ▼
 *                            CLAIMED ──free──► FREED
 *                               └──unclaim──► as before
 * </pre>
 *
 * <p>The client may release an element while the callback that indicates it still runs, from any
 * thread, so the steps out of INDICATED and RETAINED are atomic, and the memory is freed by the one
 * that made the step. A list is released by claiming all of its elements first; if one cannot be
 * claimed, the others are given back, so all or none are released (OPB-29).
 *
 * <p>Threads: while BUFFERED it belongs to the event loop; the steps say the rest.
 */
final class IndicationSteps {
  private static final int BUFFERED = 0;
  private static final int INDICATED = 1;
  private static final int RETAINED = 2;
  private static final int CLAIMED_INDICATED = 3;
  private static final int CLAIMED_RETAINED = 4;
  private static final int FREED = 5;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(IndicationSteps.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through STATE
  private volatile int state = BUFFERED;

  private final RetainAccount account;

  /** One count of it is released when the data is freed. */
  private @Nullable ReferenceCounted memory;

  /**
   * How many bytes were indicated. The buffer must not be asked once the client may have released
   * it: its memory may be somebody else's by then.
   */
  private int bytes;

  IndicationSteps(RetainAccount account, @Nullable ReferenceCounted memory) {
    this.account = account;
    this.memory = memory;
  }

  /** Begins again, with other data, when the data before is freed; only for our own elements. */
  void reuse(ReferenceCounted other) {
    memory = other;
    bytes = 0;
    state = BUFFERED;
  }

  int indicatedBytes() {
    return bytes;
  }

  boolean isFreed() {
    return state == FREED;
  }

  /** So many bytes are shown to the client; all that belongs to them is in place. */
  void indicate(int count) {
    bytes = count;
    state = INDICATED;
  }

  /** The client answered PENDING: it keeps the element, unless it has released it already. */
  void keep() {
    account.add(bytes);
    if (!settle(RETAINED)) {
      account.subtract(bytes);
    }
  }

  /**
   * The client answered SUCCESS: the memory is ours again, unless it has released it already;
   * {@return whether it was ours}.
   */
  boolean freeIndicated() {
    boolean ours = settle(FREED);
    if (ours) {
      release();
    }
    return ours;
  }

  /** The client did not accept it: it is buffered again; {@return whether it is}. */
  boolean takeBack() {
    return settle(BUFFERED);
  }

  /** Somebody else frees the memory of an element that is only buffered. */
  void giveUp() {
    state = FREED;
  }

  void freeBuffered() {
    state = FREED;
    release();
  }

  /** In the order of the steps: what is kept between the two tries is found by the second. */
  boolean claim(RetainAccount owner) {
    return owner == account
        && (STATE.compareAndSet(this, INDICATED, CLAIMED_INDICATED)
            || STATE.compareAndSet(this, RETAINED, CLAIMED_RETAINED));
  }

  void unclaim() {
    state = state == CLAIMED_RETAINED ? RETAINED : INDICATED;
  }

  void freeClaimed() {
    boolean wasRetained = state == CLAIMED_RETAINED;
    state = FREED;
    release();
    if (wasRetained) {
      account.subtract(bytes);
    }
  }

  private void release() {
    if (memory != null) {
      memory.release();
    }
  }

  /**
   * Ends the indication. A release on another thread may hold the element for a moment: it then
   * either frees it or gives it back.
   */
  private boolean settle(int next) {
    while (!STATE.compareAndSet(this, INDICATED, next)) {
      if (state == FREED) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }
}
