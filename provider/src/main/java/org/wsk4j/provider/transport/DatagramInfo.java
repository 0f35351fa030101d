package org.wsk4j.provider.transport;

/** What can be told of each received datagram, beside its data and its sender. */
public enum DatagramInfo {
  /** Of IPv4: the local address that it was sent to, and the interface. */
  PACKET_INFO,
  /** Of IPv4: its time to live. */
  TTL,
  /** Of IPv4: its type of service. */
  TOS,
  /** Of IPv4: its ECN codepoint. */
  ECN,
  /** Of IPv4: errors that the network reports of datagrams sent. */
  ERRORS,
  /** Of IPv6: the local address that it was sent to, and the interface. */
  PACKET_INFO6,
  /** Of IPv6: its hop limit. */
  HOP_LIMIT,
  /** Of IPv6: its traffic class. */
  TRAFFIC_CLASS,
  /** Of IPv6: its ECN codepoint. */
  ECN6,
  /** Of IPv6: errors that the network reports of datagrams sent. */
  ERRORS6,
  /** Of both: that nobody is at the port of a peer, which a receive tells by failing. */
  REFUSALS;

  /** {@return the bit that stands for it in a set} */
  public int bit() {
    return 1 << ordinal();
  }

  boolean isIn(int set) {
    return (set & bit()) != 0;
  }
}
