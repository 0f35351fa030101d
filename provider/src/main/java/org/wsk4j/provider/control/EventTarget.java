package org.wsk4j.provider.control;

import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.EventGate;

/**
 * What enabling and disabling events needs to know of a socket.
 *
 * <p>Threads: called on the thread of the control call, which may be any.
 */
public interface EventTarget {
  /**
   * Finds the events of an extension.
   *
   * @param id the extension
   * @return its events, whose flags are moved down by {@link EventControl#EXTENSION_SHIFT}, or
   *     {@code null} if it is not registered here
   */
  @Nullable EventTarget extension(NpiId id);

  /** {@return whether an extension with a callback is registered here} */
  boolean hasExtensionEvents();

  /** {@return the gate of the socket's events} */
  EventGate gate();

  /** {@return the events that sockets of this category can have; 0 for none} */
  int validEvents();

  /**
   * {@return the events that, once enabled here, stay so, because accepted sockets inherit them}
   */
  int lastingEvents();

  /** {@return the events for which the client has given a callback} */
  int implementedEvents();

  /** {@return SUCCESS if events can be enabled and disabled now, else what the call is answered} */
  NtStatus checkEventState();

  /** {@return whether the socket is being closed, which cancels what waits} */
  boolean isClosing();

  /** {@return whether another thread runs the accept callback that offers this socket} */
  boolean isOfferedElsewhere();

  /** An event was enabled: look for what can be brought to the client. */
  void eventsChanged();

  /**
   * Has a request completed with success when the callback that runs now has returned, before any
   * further one is called; then the gate is told that it is {@link EventGate#drained}.
   *
   * @param irp the request, marked pending
   */
  void completeAfterCallbacks(Irp irp);

  /**
   * Does work when the accept callback that offers this socket has returned, or at once if the
   * socket closes. A close waits for it.
   *
   * @param work the work
   */
  void afterOffer(Runnable work);
}
