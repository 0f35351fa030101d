package org.wsk4j.datagram;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * Called when datagrams have arrived and no receive request takes them (WskReceiveFromEvent). The
 * calls of one socket are serial. It must not wait; it may call every function, also close the
 * socket.
 */
@FunctionalInterface
public interface WskReceiveFromEvent {
  /**
   * Takes received datagrams.
   *
   * @param socketContext the context given with the socket
   * @param flags MSG_BCAST or MSG_MCAST if all of the list was sent so; {@code
   *     WskFlags.AT_DISPATCH_LEVEL}
   * @param dataIndication the datagrams in the order of arrival; {@code null} says that the socket
   *     no longer functions and has to be closed
   * @return SUCCESS: taken, and the memory goes back now; PENDING: kept until released;
   *     DATA_NOT_ACCEPTED, and any other failure: not taken. The event is then disabled and the
   *     datagrams stay queued, or, if it was enabled statically, they are dropped and it stays
   *     enabled
   */
  NtStatus onReceiveFrom(
      @Nullable Object socketContext, int flags, @Nullable WskDatagramIndication dataIndication);
}
