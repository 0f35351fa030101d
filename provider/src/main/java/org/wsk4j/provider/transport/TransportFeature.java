package org.wsk4j.provider.transport;

/**
 * What a transport may be able to do. {@link Transport#features} says which of these hold for the
 * transport at hand, on this system, now; tests prove every one that is claimed.
 */
public enum TransportFeature {
  /** The family of a TCP socket is chosen when it is made; without it, all are of one family. */
  FAMILY_CHOICE("TCP sockets are of a chosen family"),

  /** {@code IPV6_V6ONLY} can be set; without it, IPv4 peers reach IPv6 wildcard listeners. */
  IPV6_ONLY("IPV6_V6ONLY is carried over to the system"),

  /** Any option can be set and read by its level and number. */
  RAW_OPTIONS("options by level and number"),

  /** Several listeners may share an address, and the system spreads connections over them. */
  REUSE_PORT("several sockets share an address", "not on Windows"),

  /** {@link Transport#tcpInfo} tells how a connection fares. */
  TCP_INFO("the system tells how a connection fares"),

  /** Receiving may poll the network device ({@code SO_BUSY_POLL}). */
  BUSY_POLL("receiving polls the device"),

  /** Many datagrams move with one call of the system, each as it is. */
  DATAGRAM_BATCHES("many datagrams with one call", "Linux with 64 bits, and JNA"),

  /** Control information goes with datagrams: packet info, hops, traffic class, network errors. */
  CONTROL_INFO("control information with datagrams", "Linux with 64 bits, and JNA"),

  /** Buffers are cut into datagrams of a given size on their way ({@code UDP_SEGMENT}). */
  SEND_SEGMENTATION("UDP_SEND_MSG_SIZE", "Linux 4.18, and JNA"),

  /** Datagrams of one sender may be joined on their way ({@code UDP_GRO}). */
  RECEIVE_COALESCING("UDP_RECV_MAX_COALESCED_SIZE", "Linux 5.0, and JNA"),

  /** Data can travel with the first packet of a connection. */
  FAST_OPEN_CONNECT(
      "data with the first packet of a connection", "bit 1 of `net.ipv4.tcp_fastopen` on Linux"),

  /** UDP sockets can join multicast groups. */
  MULTICAST("multicast groups"),

  /** Of datagrams it is known whether they were sent to a group. */
  DESTINATION("MSG_BCAST and MSG_MCAST", "Linux with 64 bits, and JNA"),

  /** {@link Transport#openRaw} opens raw sockets, if the system permits it to this process. */
  RAW_SOCKETS("raw sockets", "Linux with 64 bits, JNA, and CAP_NET_RAW");

  private final String title;
  private final String needs;

  TransportFeature(String title) {
    this(title, "");
  }

  TransportFeature(String title, String needs) {
    this.title = title;
    this.needs = needs;
  }

  /** {@return what it is, in a few words} */
  public String title() {
    return title;
  }

  /** {@return what the system has to have for it, or nothing if every one has it} */
  public String needs() {
    return needs;
  }
}
