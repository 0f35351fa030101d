package org.wsk4j.spi;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.socket.WskSocket;

/**
 * What an extension may do with a socket on which it is registered.
 *
 * <p>Threads: any, unless stated.
 */
public interface WskExtensionSocket {
  /** {@return the socket, as its client sees it} */
  WskSocket socket();

  /**
   * Runs a function of the extension as a call in progress: the close of the socket waits until it
   * has returned (EXT-20). It must not wait.
   *
   * @param function the function
   * @return what the function returned; FILE_FORCED_CLOSED or INVALID_HANDLE, without running it,
   *     if the socket closes or is closed
   */
  NtStatus call(Supplier<NtStatus> function);

  /**
   * Runs work later on the event loop of the socket, or, for a socket without one, on one loop of
   * the provider that is always the same. Work that was handed over by one thread runs in that
   * order. It may still run when the socket is closed.
   *
   * @param work the work
   */
  void execute(Runnable work);

  /**
   * Makes a callback, if its event is enabled; on the event loop, inside {@link #execute}. What the
   * callback throws is reported as a fault of the client.
   *
   * @param event the flag of the event
   * @param callback calls the client
   * @return whether the callback was made; {@code false} if the event is not enabled, or not any
   *     more, or the socket closes
   */
  boolean raise(int event, Runnable callback);

  /**
   * Gives a part of the provider, for extensions that were written for this provider.
   *
   * @param type its type
   * @param <T> its type
   * @return the part, or {@code null} if the socket has none of that type
   */
  <T> @Nullable T part(Class<T> type);
}
