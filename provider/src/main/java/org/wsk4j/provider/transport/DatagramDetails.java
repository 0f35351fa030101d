package org.wsk4j.provider.transport;

/**
 * What a socket for datagrams is to do beside moving them.
 *
 * @param wanted what is to be told of each datagram: the {@linkplain DatagramInfo#bit bits}
 * @param coalescing whether datagrams of one sender may be joined
 */
public record DatagramDetails(int wanted, boolean coalescing) {
  /** Nothing beside moving them. */
  public static final DatagramDetails NONE = new DatagramDetails(0, false);
}
