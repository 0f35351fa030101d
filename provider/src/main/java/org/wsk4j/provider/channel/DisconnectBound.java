package org.wsk4j.provider.channel;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a graceful disconnect may take, if the configuration sets a bound: from the call until
 * our end is acknowledged. When the time has passed, the connection is aborted.
 *
 * <p>Threads: owned by the event loop of the connection.
 */
final class DisconnectBound {
  private final ConnectionChannel connection;
  private final long millis;

  private @Nullable Future<?> alarm;

  /**
   * Makes a bound.
   *
   * @param connection what it bounds
   * @param millis how long; 0 for no bound
   */
  DisconnectBound(ConnectionChannel connection, long millis) {
    this.connection = connection;
    this.millis = millis;
  }

  /** A disconnect was asked for; a further one has what is left of the first one's time. */
  void begin() {
    if (millis > 0 && alarm == null) {
      alarm =
          connection
              .loop()
              .schedule(connection::disconnectTookTooLong, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** The end has come, one way or the other. */
  void over() {
    Future<?> pending = alarm;
    if (pending != null) {
      pending.cancel(false);
    }
  }
}
