package org.wsk4j.provider.channel;

import java.util.function.LongSupplier;
import org.wsk4j.provider.control.SocketOptions;

/**
 * What bounds a connection.
 *
 * @param readAhead how many bytes are read while nobody takes them, on a socket whose receive
 *     buffer was not set
 * @param retainSoft above so many retained bytes indications ask to be released soon
 * @param retainHard at so many retained bytes reading stops
 * @param connectTimeoutMillis how long a connect may take
 * @param disconnectTimeoutMillis how long a graceful disconnect may take; 0 for no bound
 */
public record ConnectionLimits(
    long readAhead,
    long retainSoft,
    long retainHard,
    int connectTimeoutMillis,
    long disconnectTimeoutMillis) {

  /**
   * {@return these limits with another bound on graceful disconnects}
   *
   * @param millis how long one may take; 0 for no bound
   */
  public ConnectionLimits withDisconnectTimeout(long millis) {
    return new ConnectionLimits(readAhead, retainSoft, retainHard, connectTimeoutMillis, millis);
  }

  /** How many bytes a socket reads ahead: what it has as its receive buffer, if it was set. */
  LongSupplier readAhead(SocketOptions options) {
    return () -> {
      int requested = options.requestedReceiveBuffer();
      return requested >= 0 ? Math.max(1, requested) : readAhead;
    };
  }
}
