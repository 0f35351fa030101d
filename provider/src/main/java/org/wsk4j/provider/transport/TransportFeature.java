package org.wsk4j.provider.transport;

/**
 * What a transport may be able to do. {@link Transport#features} says which of these hold for the
 * transport at hand, on this system, now; tests prove every one that is claimed.
 */
public enum TransportFeature {
  /** The family of a TCP socket is chosen when it is made; without it, all are of one family. */
  FAMILY_CHOICE,

  /** {@code IPV6_V6ONLY} can be set; without it, IPv4 peers reach IPv6 wildcard listeners. */
  IPV6_ONLY,

  /** Any option can be set and read by its level and number. */
  RAW_OPTIONS,

  /** Several listeners may share an address, and the system spreads connections over them. */
  REUSE_PORT,

  /** {@link Transport#tcpInfo} tells how a connection fares. */
  TCP_INFO,

  /** Receiving may poll the network device ({@code SO_BUSY_POLL}). */
  BUSY_POLL,

  /** Many datagrams move with one call of the system, each as it is. */
  DATAGRAM_BATCHES,

  /** Control information goes with datagrams: packet info, hops, traffic class, network errors. */
  CONTROL_INFO,

  /** Buffers are cut into datagrams of a given size on their way ({@code UDP_SEGMENT}). */
  SEND_SEGMENTATION,

  /** Datagrams of one sender may be joined on their way ({@code UDP_GRO}). */
  RECEIVE_COALESCING,

  /** Data can travel with the first packet of a connection. */
  FAST_OPEN_CONNECT,

  /** UDP sockets can join multicast groups. */
  MULTICAST,

  /** Of datagrams it is known whether they were sent to a group. */
  DESTINATION,

  /** {@link Transport#openRaw} opens raw sockets, if the system permits it to this process. */
  RAW_SOCKETS
}
