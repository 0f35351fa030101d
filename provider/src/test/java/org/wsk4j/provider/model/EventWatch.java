package org.wsk4j.provider.model;

import org.wsk4j.nt.NtStatus;

/**
 * When one event callback of a socket may come: not twice at once, not after a disable has been
 * reported complete, not after close has completed.
 *
 * <p>An enable counts from its call on; a disable from the moment that its success is known, unless
 * an enable was under way at some time between the call and that moment.
 *
 * <p>Threads: any.
 */
final class EventWatch {
  private static final long NONE = -1;

  private final String name;
  private final Journal journal;
  private long enables;
  private int enabling;
  private boolean off = true;
  private boolean closed;
  private boolean running;

  /** The enables there were when a disable was called that counts when the callback returns. */
  private long offAfterReturn = NONE;

  EventWatch(String name, Journal journal) {
    this.name = name;
    this.journal = journal;
  }

  /** An enable is about to be called. */
  synchronized void enabling() {
    enables++;
    enabling++;
    off = false;
  }

  /** An enable is over. */
  synchronized void enabled() {
    enables++;
    enabling--;
  }

  /** A disable is about to be called; {@return what {@link #disabled} has to be told} */
  synchronized long disabling() {
    return enables;
  }

  /** A disable was reported complete. */
  synchronized void disabled(long token) {
    if (isUndisturbed(token)) {
      journal.require(!running, name + " runs after it was disabled");
      off = true;
    }
  }

  /** A disable without an IRP has returned. */
  synchronized void disabled(long token, NtStatus returned) {
    if (returned == NtStatus.SUCCESS) {
      disabled(token);
    } else if (returned == NtStatus.EVENT_PENDING) {
      offAfterReturn = token;
    }
  }

  private boolean isUndisturbed(long token) {
    return token == enables && enabling == 0;
  }

  /** The close of the socket has completed. */
  synchronized void closed() {
    journal.require(!running, name + " runs after close has completed");
    closed = true;
  }

  synchronized void begins() {
    journal.require(!running, name + " was called while it runs");
    journal.require(!off, name + " was called although it is disabled");
    journal.require(!closed, name + " was called after close had completed");
    running = true;
  }

  synchronized void ends() {
    running = false;
    off |= isUndisturbed(offAfterReturn);
    offAfterReturn = NONE;
  }
}
