package org.wsk4j.provider.core;

import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.memory.DataIndication;

/**
 * The callbacks of a connection as the receiving side calls them, with context and table of the
 * socket filled in. Exceptions of the client never come through: they are faults of the client, and
 * count as the answer that accepts nothing.
 *
 * <p>Threads: called on the event loop of the socket.
 */
public interface Indications {
  /**
   * Calls the receive event, or the callback that stands in for it.
   *
   * @param event which of the two: RECEIVE or {@link EventGate#RECEIVE_EX}
   * @param first the list
   * @param bytes how many bytes it holds
   * @param accepted preset to that number
   * @param flags the flags of the callback
   * @return what the client answered
   */
  NtStatus receive(int event, DataIndication first, long bytes, LongOut accepted, int flags);

  /**
   * Tells through the receive event, or the callback that stands in for it, that the socket no
   * longer functions.
   *
   * @param event which of the two: RECEIVE or {@link EventGate#RECEIVE_EX}
   * @param flags the flags of the callback
   */
  void dead(int event, int flags);

  /**
   * Calls the disconnect event.
   *
   * @param flags the flags of the callback
   */
  void disconnect(int flags);
}
