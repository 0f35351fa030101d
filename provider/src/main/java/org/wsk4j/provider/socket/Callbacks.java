package org.wsk4j.provider.socket;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.provider.stats.SlowCallbackEvent;

/**
 * The frame in which every callback of a client runs: at dispatch level, timed, and unable to hurt
 * the event loop.
 *
 * <p>Threads: on an event loop.
 */
final class Callbacks {
  private Callbacks() {}

  /**
   * Calls a callback.
   *
   * @param socket whose callback it is
   * @param event its name
   * @param callback the call
   * @param <T> what it answers
   * @return what it answers; {@code null} if it has failed, which is reported
   */
  static <T> @Nullable T call(AbstractSocket socket, String event, Supplier<@Nullable T> callback) {
    DispatchLevel level = DispatchLevel.current();
    SlowCallbackEvent timed = SlowCallbackEvent.start();
    level.raise();
    try {
      return callback.get();
    } catch (RuntimeException | Error fault) {
      ClientFaults.report(socket.services().statistics(), socket, event, fault);
      return null;
    } finally {
      timed.finish(event, socket);
      level.lower();
    }
  }
}
