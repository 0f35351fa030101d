package org.wsk4j.provider.transport;

/**
 * How a TCP connection fares, as the system sees it at one moment.
 *
 * @param state the system's number of the TCP state; 1 is ESTABLISHED
 * @param unacked segments sent and not yet acknowledged, an unacknowledged FIN included
 * @param retransmits consecutive retransmissions of the oldest segment
 * @param totalRetransmits retransmissions during the life of the connection
 * @param rttMicros the smoothed round-trip time in microseconds
 * @param rttVarianceMicros its variance in microseconds
 * @param sendWindow the congestion window in segments
 * @param sendMss the size of the segments that are sent, in bytes
 */
public record TcpInfo(
    int state,
    long unacked,
    int retransmits,
    long totalRetransmits,
    long rttMicros,
    long rttVarianceMicros,
    long sendWindow,
    long sendMss) {
  private static final int CLOSED = 7;

  /** {@return whether nothing is left of the connection} */
  public boolean isClosed() {
    return state == CLOSED;
  }
}
