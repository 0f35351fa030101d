package org.wsk4j.provider.stats;

/**
 * What the event loops have done since the provider started.
 *
 * @param accepted connections that peers made
 * @param connected connections made to peers
 * @param sent what the system has taken
 * @param received what has come in
 * @param drops datagrams and connections that found no room and were thrown away
 */
public record Traffic(long accepted, long connected, Flow sent, Flow received, long drops) {
  /** Nothing. */
  static final Traffic NONE = new Traffic(0, 0, Flow.NONE, Flow.NONE, 0);

  Traffic plus(Traffic other) {
    return new Traffic(
        accepted + other.accepted,
        connected + other.connected,
        sent.plus(other.sent),
        received.plus(other.received),
        drops + other.drops);
  }
}
