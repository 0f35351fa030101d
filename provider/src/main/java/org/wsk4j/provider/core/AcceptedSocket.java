package org.wsk4j.provider.core;

import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.nt.Out;

/**
 * A socket between its arrival and the moment it is the client's: it can be used, but no callback
 * of it is called yet.
 *
 * <p>Threads: used on the event loop of the listener.
 */
public interface AcceptedSocket {
  /** {@return the socket as the client sees it} */
  WskConnectionSocket socket();

  /**
   * Notes that the accept event is about to be called on this thread, with these places for its
   * answers: a request to enable events is judged with what stands there (ACC-42).
   *
   * @param dispatch the place for the callbacks
   * @param inheritedEvents events enabled from the start, unless they are disabled in the callback
   */
  void offered(Out<WskClientConnectionDispatch> dispatch, int inheritedEvents);

  /**
   * Makes the socket the client's. Its callbacks still wait for {@link #open}.
   *
   * @param context the context for its callbacks
   * @param dispatch its callbacks, or {@code null} for none
   */
  void adopt(@Nullable Object context, @Nullable WskClientConnectionDispatch dispatch);

  /** Lets the callbacks of the socket begin: the client has been told of it. */
  void open();

  /** Ends the connection by a reset and the socket with it: the client did not want it. */
  void discard();
}
