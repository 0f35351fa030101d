package org.wsk4j.provider.channel;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.provider.transport.TcpInfo;

/**
 * Waits until the peer has acknowledged the end of our side, where the system shows that (OPB-31).
 *
 * <p>The state of the connection is looked at again and again, with growing pauses, until the end
 * is acknowledged or the connection is gone. Where the system shows nothing, the end counts as soon
 * as the system has taken it.
 *
 * <p>Threads: owned by the event loop of the connection.
 */
final class OutputEnd {
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  /**
   * TCP states of Linux in which our end is not acknowledged yet: FIN-WAIT-1, LAST-ACK, CLOSING.
   */
  private static final long UNACKNOWLEDGED = 1L << 4 | 1L << 9 | 1L << 11;

  private final ConnectionChannel connection;
  private final Endpoint endpoint;
  private final Consumer<Boolean> whenOver;

  private boolean waiting;

  /**
   * Makes a watch.
   *
   * @param connection whose loop does the looking
   * @param endpoint the connection
   * @param whenOver told once for each wait whether the end was acknowledged
   */
  OutputEnd(ConnectionChannel connection, Endpoint endpoint, Consumer<Boolean> whenOver) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.whenOver = whenOver;
  }

  void await() {
    waiting = true;
    look(1);
  }

  /** The connection is being closed: there is nothing to wait for any more. */
  void stop() {
    if (waiting) {
      waiting = false;
      whenOver.accept(false);
    }
  }

  private void look(long pauseMillis) {
    if (!waiting) {
      return;
    }
    if (isAcknowledged()) {
      waiting = false;
      whenOver.accept(true);
      return;
    }
    long next = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    connection.loop().schedule(() -> look(next), pauseMillis, TimeUnit.MILLISECONDS);
  }

  private boolean isAcknowledged() {
    TcpInfo info = endpoint.tcpInfo();
    return isAcknowledged(info);
  }

  static boolean isAcknowledged(@Nullable TcpInfo info) {
    return info == null || (UNACKNOWLEDGED & 1L << info.state()) == 0;
  }
}
