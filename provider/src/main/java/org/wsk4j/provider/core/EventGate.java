package org.wsk4j.provider.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.nt.NtStatus;

/**
 * Which event callbacks of a socket may be called: one atomic word, read once for each batch of
 * events, changed from any thread (decision 33).
 *
 * <p>The word holds the enabled events, those among them that were enabled statically and so for
 * good, which callback is running, which events are draining, and whether the gate is shut because
 * the socket closes. Entering a callback and disabling it meet in the word: either the disable
 * comes first and the callback is not entered, or the disable sees it running and says so.
 *
 * <p>An event is draining from a disable that found its callback running until whoever asked has
 * been told that it is over. It may be enabled again meanwhile; that takes effect after the drain,
 * so nobody hears of a callback between the call that disabled it and its completion (OPB-39).
 *
 * <p>Threads: {@link #enter} and {@link #leave} on the event loop; all else from any thread.
 */
public final class EventGate {
  /**
   * The event of the callback that stands in for the receive event. It is none of those that a
   * client names: setting the callback enables it, clearing the callback disables it (OPB-45).
   */
  public static final int RECEIVE_EX = 0x20;

  /** The events have the bits 4 to 9, and the same, shifted, for each of the other sets. */
  private static final int EVENTS = 0x3F0;

  private static final int STATIC_SHIFT = 6;
  private static final int RUNNING_SHIFT = 12;
  private static final int DRAINING_SHIFT = 18;
  private static final int DRAINING = EVENTS << DRAINING_SHIFT;

  /** What is received is not what the client is to see of it yet. */
  private static final int VEILED = 1 << 29;

  private static final int SHUT = 1 << 30;

  /** The socket waits for its accept callback: nothing may be called yet. */
  private static final int HELD = 1 << 31;

  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(EventGate.class, "word", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int word;

  /** Makes a gate with all events disabled. */
  public EventGate() {}

  /**
   * Enables events for good, before the socket is used.
   *
   * @param events the events
   */
  public void enableStatically(int events) {
    WORD.getAndBitwiseOr(this, events | events << STATIC_SHIFT);
  }

  /**
   * Enables events.
   *
   * @param events the events
   */
  public void enable(int events) {
    WORD.getAndBitwiseOr(this, events);
  }

  /**
   * Leaves enabled only events that have a callback; before any may be called.
   *
   * @param events those that have one
   */
  public void keep(int events) {
    int others = EVENTS & ~events;
    WORD.getAndBitwiseAnd(this, ~(others | others << STATIC_SHIFT));
  }

  /**
   * Disables an event.
   *
   * @param event one event
   * @param drain whether, if its callback is running, no call may start until {@link #drained},
   *     even if the event is enabled again
   * @return SUCCESS if its callback is not running; PENDING if it is, and no new call will start;
   *     NOT_SUPPORTED if it was enabled statically
   */
  public NtStatus disable(int event, boolean drain) {
    while (true) {
      int current = word;
      if ((current & event << STATIC_SHIFT) != 0) {
        return NtStatus.NOT_SUPPORTED;
      }
      boolean running = (current & event << RUNNING_SHIFT) != 0;
      int draining = running && drain ? event << DRAINING_SHIFT : 0;
      if (WORD.compareAndSet(this, current, current & ~event | draining)) {
        return running ? NtStatus.PENDING : NtStatus.SUCCESS;
      }
    }
  }

  /**
   * Notes that all who disabled events and had to wait have been told that it is over. No callback
   * is running.
   */
  public void drained() {
    WORD.getAndBitwiseAnd(this, ~DRAINING);
  }

  /** {@return the events enabled now} */
  public int enabled() {
    return word & EVENTS;
  }

  /**
   * Tells whether a callback could be called now.
   *
   * @param event one event
   * @return whether it is enabled and not draining, and the gate is open
   */
  public boolean isOpen(int event) {
    return isOpen(word, event);
  }

  private static boolean isOpen(int current, int event) {
    return (current & (event | event << DRAINING_SHIFT | VEILED | SHUT | HELD)) == event;
  }

  /**
   * Enters a callback.
   *
   * @param event its event
   * @return whether it may be called; then {@link #leave} has to follow
   */
  public boolean enter(int event) {
    while (true) {
      int current = word;
      if (!isOpen(current, event)) {
        return false;
      }
      if (WORD.compareAndSet(this, current, current | event << RUNNING_SHIFT)) {
        return true;
      }
    }
  }

  /**
   * Notes that a callback has returned.
   *
   * @param event its event
   */
  public void leave(int event) {
    WORD.getAndBitwiseAnd(this, ~(event << RUNNING_SHIFT));
  }

  /** {@return the event through which received data is told now} */
  public int receiveEvent() {
    return (word & RECEIVE_EX) != 0 ? RECEIVE_EX : WskEventCallbackControl.RECEIVE;
  }

  /** Holds all callbacks back, until {@link #letGo}. */
  public void hold() {
    WORD.getAndBitwiseOr(this, HELD);
  }

  /** Ends {@link #hold}. */
  public void letGo() {
    WORD.getAndBitwiseAnd(this, ~HELD);
  }

  /** {@return whether callbacks are held back} */
  public boolean isHeld() {
    return (word & HELD) != 0;
  }

  /**
   * Holds all callbacks back because what was received is not for the client as it is, until {@link
   * #unveil}.
   *
   * @return whether this call has done so; {@code false} if they are held back for that already
   */
  public boolean veil() {
    return ((int) WORD.getAndBitwiseOr(this, VEILED) & VEILED) == 0;
  }

  /** Ends {@link #veil}. */
  public void unveil() {
    WORD.getAndBitwiseAnd(this, ~VEILED);
  }

  /** {@return whether what was received is not for the client as it is} */
  public boolean isVeiled() {
    return (word & VEILED) != 0;
  }

  /** Lets no callback start any more: the socket closes. */
  public void shut() {
    WORD.getAndBitwiseOr(this, SHUT);
  }

  /** {@return whether no callback may start any more, not even one that has no switch} */
  public boolean isShut() {
    return (word & SHUT) != 0;
  }
}
