package org.wsk4j.connection;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;

/**
 * Called when data has arrived and no receive request takes it (WskReceiveEvent). The calls of one
 * socket are strictly serial (RCV-50). It must not wait; it may call every function, also close the
 * socket.
 */
@FunctionalInterface
public interface WskReceiveEvent {
  /**
   * Takes received data.
   *
   * @param socketContext the context given with the socket
   * @param flags {@code WskFlags.RELEASE_ASAP}, {@code ENTIRE_MESSAGE}, {@code AT_DISPATCH_LEVEL}
   * @param dataIndication the data; {@code null} says that the socket no longer functions and has
   *     to be closed
   * @param bytesIndicated how many bytes the list holds
   * @param bytesAccepted preset to {@code bytesIndicated}; set it lower, and answer SUCCESS, to
   *     accept only the first part. The rest stays with the provider, and no call follows until a
   *     receive request has completed (RCV-53, RCV-54)
   * @return SUCCESS: accepted, and the memory goes back now; PENDING: all of it is accepted and
   *     kept until released; DATA_NOT_ACCEPTED, and anything else: nothing is accepted, and no call
   *     follows until a receive request has completed
   */
  NtStatus onReceive(
      @Nullable Object socketContext,
      int flags,
      @Nullable WskDataIndication dataIndication,
      long bytesIndicated,
      LongOut bytesAccepted);
}
