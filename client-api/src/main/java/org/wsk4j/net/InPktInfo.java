package org.wsk4j.net;

import java.net.Inet4Address;
import java.nio.ByteBuffer;

/**
 * Packet information for IPv4 (IN_PKTINFO): for a received datagram, the local address it was sent
 * to and the interface it came in by (DGR-42); for a sent one, the source address and the outgoing
 * interface (DGS-51). What was received can be handed back to answer from the same address
 * (DGR-45).
 *
 * @param address the local address; in sends, 0.0.0.0 leaves it to routing (DGS-53)
 * @param interfaceIndex the interface; in sends, 0 leaves it to routing (DGS-53)
 */
public record InPktInfo(Inet4Address address, int interfaceIndex) implements ControlMessage {
  static InPktInfo decode(ByteBuffer data) {
    Inet4Address address = InAddr.toAddress(Integer.reverseBytes(data.getInt()));
    return new InPktInfo(address, data.getInt());
  }

  @Override
  public int level() {
    return Protocol.IP;
  }

  @Override
  public int type() {
    return ControlType.IP_PKTINFO;
  }

  @Override
  public int dataSize() {
    return NativeSizes.IN_PKTINFO;
  }

  @Override
  public void encodeData(ByteBuffer target) {
    target.put(address.getAddress()).putInt(interfaceIndex);
  }
}
