package org.wsk4j.provider.channel;

/**
 * What bounds a connection.
 *
 * @param readAhead how many bytes are read while nobody takes them
 * @param retainSoft above so many retained bytes indications ask to be released soon
 * @param retainHard at so many retained bytes reading stops
 * @param connectTimeoutMillis how long a connect may take
 */
public record ConnectionLimits(
    long readAhead, long retainSoft, long retainHard, int connectTimeoutMillis) {}
