package org.wsk4j.net;

import java.nio.ByteBuffer;

/**
 * A control message whose data is one number of four bytes (INT or DWORD). Reading bytes gives it
 * for the kinds that have a factory here; numbers of other kinds are read as {@link
 * RawControlMessage}.
 *
 * @param level see {@link Protocol}
 * @param type see {@link ControlType}
 * @param value the number
 */
public record IntControlMessage(int level, int type, int value) implements ControlMessage {
  /**
   * Sets or tells the type of service byte of an IPv4 packet: DSCP in the upper six bits, ECN in
   * the lower two (DGS-57, DGR-46).
   *
   * @param value 0 to 255
   * @return the message
   */
  public static IntControlMessage tos(int value) {
    return new IntControlMessage(Protocol.IP, ControlType.IP_TOS, value);
  }

  /**
   * Sets or tells the traffic class byte of an IPv6 packet (DGS-57, DGR-46).
   *
   * @param value 0 to 255
   * @return the message
   */
  public static IntControlMessage trafficClass(int value) {
    return new IntControlMessage(Protocol.IPV6, ControlType.IPV6_TCLASS, value);
  }

  /**
   * Sets or tells the time to live of an IPv4 packet (DGR-48).
   *
   * @param value 1 to 255
   * @return the message
   */
  public static IntControlMessage ttl(int value) {
    return new IntControlMessage(Protocol.IP, ControlType.IP_TTL, value);
  }

  /**
   * Sets or tells the hop limit of an IPv6 packet (DGR-48).
   *
   * @param value 1 to 255
   * @return the message
   */
  public static IntControlMessage hopLimit(int value) {
    return new IntControlMessage(Protocol.IPV6, ControlType.IPV6_HOPLIMIT, value);
  }

  /**
   * Sets or tells the ECN codepoint of a packet (DGS-56, DGR-47).
   *
   * @param level {@link Protocol#IP} or {@link Protocol#IPV6}
   * @param value 0 to 3
   * @return the message
   */
  public static IntControlMessage ecn(int level, int value) {
    int type = level == Protocol.IP ? ControlType.IP_ECN : ControlType.IPV6_ECN;
    return new IntControlMessage(level, type, value);
  }

  /**
   * Cuts each buffer of a send into datagrams (DGS-58).
   *
   * @param size how long each is, in bytes, more than 0; the last one may be shorter
   * @return the message
   */
  public static IntControlMessage sendMessageSize(int size) {
    return new IntControlMessage(Protocol.UDP, ControlType.UDP_SEND_MSG_SIZE, size);
  }

  /**
   * Tells that several datagrams were joined (DGR-50).
   *
   * @param size how long each is, in bytes; the last one may be shorter
   * @return the message
   */
  public static IntControlMessage coalescedInfo(int size) {
    return new IntControlMessage(Protocol.UDP, ControlType.UDP_COALESCED_INFO, size);
  }

  @Override
  public int dataSize() {
    return Integer.BYTES;
  }

  @Override
  public void encodeData(ByteBuffer target) {
    target.putInt(value);
  }
}
