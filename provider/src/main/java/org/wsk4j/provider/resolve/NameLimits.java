package org.wsk4j.provider.resolve;

/**
 * What bounds the requests for names of a provider.
 *
 * @param timeoutMillis how long a request may take in milliseconds, whatever it waits for
 * @param running how many requests may ask servers at a time; at least 1
 * @param waiting how many more may wait for their turn; beyond that a request is refused
 */
public record NameLimits(long timeoutMillis, int running, int waiting) {}
