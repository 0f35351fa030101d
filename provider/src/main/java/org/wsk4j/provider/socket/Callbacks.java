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
    SlowCallbackEvent timed = enter();
    try {
      return callback.get();
    } catch (RuntimeException | Error fault) {
      failed(socket, event, fault);
      return null;
    } finally {
      leave(timed, event, socket);
    }
  }

  /** Begins a callback that is called without an object for the call; {@link #leave} follows. */
  static SlowCallbackEvent enter() {
    SlowCallbackEvent timed = SlowCallbackEvent.start();
    DispatchLevel.current().raise();
    return timed;
  }

  static void leave(SlowCallbackEvent timed, String event, AbstractSocket socket) {
    timed.finish(event, socket);
    DispatchLevel.current().lower();
  }

  /** Reports what a callback has thrown. */
  static void failed(AbstractSocket socket, String event, Throwable fault) {
    ClientFaults.report(socket.services().statistics(), socket, event, fault);
  }
}
