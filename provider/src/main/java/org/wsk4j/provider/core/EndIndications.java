package org.wsk4j.provider.core;

import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.socket.WskFlags;

/**
 * Tells the client how its connection has ended, through the events that it has enabled: the end of
 * the peer's side and a reset through the disconnect event, each at most once, and the death of the
 * socket through the receive event, once.
 *
 * <p>A reset is told at once, the end of the peer's side when the last byte is consumed (OPB-33). A
 * dead socket tells of nothing else any more (OPB-15).
 *
 * <p>Threads: owned by the event loop of the socket.
 */
final class EndIndications {
  private final EventGate gate;
  private final Indications client;

  private boolean gracefulTold;
  private boolean truncated;
  private boolean resetDue;
  private boolean dead;
  private boolean deathTold;

  EndIndications(EventGate gate, Indications client) {
    this.gate = gate;
    this.client = client;
  }

  /** The peer has reset the connection. */
  void reset() {
    resetDue = true;
  }

  /** The peer's side ends without its having said so: that is told as an abortive end. */
  void truncated() {
    truncated = true;
  }

  /** The socket no longer functions. */
  void die() {
    dead = true;
  }

  /** Nobody is to be told of anything any more. */
  void close() {
    resetDue = false;
    dead = false;
  }

  /** Whether the end of the peer's side has been told. */
  boolean isGracefulTold() {
    return gracefulTold;
  }

  /**
   * Tells what is due.
   *
   * @param endReached whether the peer has ended its side and the last byte is consumed
   * @return whether the client was called
   */
  boolean tell(boolean endReached) {
    if (dead) {
      return !deathTold && tellDeath();
    }
    if (resetDue) {
      return disconnect(WskFlags.ABORTIVE | WskFlags.AT_DISPATCH_LEVEL);
    }
    return endReached && !gracefulTold && tellEnd();
  }

  private boolean tellEnd() {
    int how = truncated ? WskFlags.ABORTIVE : 0;
    return disconnect(how | WskFlags.AT_DISPATCH_LEVEL);
  }

  private boolean disconnect(int flags) {
    if (!gate.enter(WskEventCallbackControl.DISCONNECT)) {
      return false;
    }
    if (resetDue) {
      resetDue = false;
    } else {
      gracefulTold = true;
    }
    client.disconnect(flags);
    gate.leave(WskEventCallbackControl.DISCONNECT);
    return true;
  }

  private boolean tellDeath() {
    int event = gate.receiveEvent();
    if (!gate.enter(event)) {
      return false;
    }
    deathTold = true;
    client.dead(event, WskFlags.AT_DISPATCH_LEVEL);
    gate.leave(event);
    return true;
  }
}
