package org.wsk4j.provider.core;

import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.memory.DatagramIndication;

/**
 * The callback of a datagram socket as the receiving side calls it, with context and table of the
 * socket filled in. Exceptions of the client never come through: they are faults of the client, and
 * count as the answer that accepts nothing.
 *
 * <p>Threads: called on the event loop of the socket.
 */
public interface DatagramIndications {
  /**
   * Calls the receive event.
   *
   * @param first the list
   * @param flags the flags of the callback
   * @return what the client answered
   */
  NtStatus receiveFrom(DatagramIndication first, int flags);

  /**
   * Tells through the receive event that the socket no longer functions.
   *
   * @param flags the flags of the callback
   */
  void dead(int flags);
}
