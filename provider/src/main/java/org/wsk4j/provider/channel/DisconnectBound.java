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
  private final Runnable passed;

  private @Nullable Future<?> alarm;

  /**
   * Makes a bound.
   *
   * @param connection what it bounds
   * @param millis how long; 0 for no bound
   * @param passed runs when the time has passed before the end has come
   */
  DisconnectBound(ConnectionChannel connection, long millis, Runnable passed) {
    this.connection = connection;
    this.millis = millis;
    this.passed = passed;
  }

  /** A disconnect was asked for; a further one has what is left of the first one's time. */
  void begin() {
    if (millis > 0 && alarm == null) {
      alarm = connection.loop().schedule(passed, millis, TimeUnit.MILLISECONDS);
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
