package org.wsk4j.connection;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * Called when the peer has disconnected (WskDisconnectEvent): at most once gracefully, after the
 * last byte was consumed, and at most once by a reset, never in the other order (DSC-36, DSC-39).
 * What this side does to itself is not reported. It must not wait; it may call every function.
 */
@FunctionalInterface
public interface WskDisconnectEvent {
  /**
   * Takes note of a disconnect by the peer.
   *
   * @param socketContext the context given with the socket
   * @param flags {@code WskFlags.ABORTIVE} if the peer reset the connection; {@code
   *     AT_DISPATCH_LEVEL}
   * @return SUCCESS; the value has no effect (DSC-40)
   */
  NtStatus onDisconnect(@Nullable Object socketContext, int flags);
}
