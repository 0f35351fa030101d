package org.wsk4j.provider.core;

import org.wsk4j.control.WskInspectId;
import org.wsk4j.listen.WskInspectAction;

/**
 * What the inspect queue needs of its listener: the two callbacks of conditional accept. Exceptions
 * of the client never come through.
 *
 * <p>Threads: called on the event loop of the listener.
 */
public interface Inspector {
  /**
   * Calls the inspect event.
   *
   * @param arrival the connection
   * @param id its identifier
   * @return what the client answered; REJECT if it gave no answer
   */
  WskInspectAction inspect(Arrival arrival, WskInspectId id);

  /** Tells through the inspect event that the listener no longer functions. */
  void inspectDead();

  /**
   * Calls the abort event.
   *
   * @param id the identifier of a connection that is gone
   */
  void aborted(WskInspectId id);
}
