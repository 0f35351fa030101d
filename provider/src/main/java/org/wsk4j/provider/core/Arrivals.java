package org.wsk4j.provider.core;

import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * What the accept queue needs of its listener: the making of sockets, and the accept event with
 * context and table filled in. Exceptions of the client never come through; they count as a
 * refusal.
 *
 * <p>Threads: called on the event loop of the listener.
 */
public interface Arrivals {
  /**
   * Makes a socket of a connection.
   *
   * @param arrival the connection, which now belongs to the socket
   * @return the socket, or {@code null} if none can be made any more, and the connection is refused
   */
  @Nullable AcceptedSocket make(Arrival arrival);

  /**
   * Calls the accept event.
   *
   * @param arrival the connection
   * @param socket its socket
   * @param context receives the context for the callbacks of the socket
   * @param dispatch receives the callbacks of the socket
   * @return what the client answered
   */
  NtStatus accept(
      Arrival arrival,
      AcceptedSocket socket,
      Out<Object> context,
      Out<WskClientConnectionDispatch> dispatch);

  /** Tells through the accept event that the listener no longer functions. */
  void acceptDead();
}
