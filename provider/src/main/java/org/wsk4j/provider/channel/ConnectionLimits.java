package org.wsk4j.provider.channel;

/**
 * What bounds a connection.
 *
 * @param readAhead how many bytes are read while nobody takes them
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
}
