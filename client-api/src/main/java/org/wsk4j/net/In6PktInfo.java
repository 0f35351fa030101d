package org.wsk4j.net;

import java.net.Inet6Address;
import java.nio.ByteBuffer;

/**
 * Packet information for IPv6 (IN6_PKTINFO), in the sense of {@link InPktInfo} (DGS-52, DGR-43).
 *
 * @param address the local address; in sends, {@code ::} leaves it to routing (DGS-53)
 * @param interfaceIndex the interface; in sends, 0 leaves it to routing (DGS-53)
 */
public record In6PktInfo(Inet6Address address, int interfaceIndex) implements ControlMessage {
  static In6PktInfo decode(ByteBuffer data) {
    byte[] octets = new byte[16];
    data.get(octets);
    return new In6PktInfo(SocketAddresses.inet6(octets, 0), data.getInt());
  }

  @Override
  public int level() {
    return Protocol.IPV6;
  }

  @Override
  public int type() {
    return ControlType.IPV6_PKTINFO;
  }

  @Override
  public int dataSize() {
    return NativeSizes.IN6_PKTINFO;
  }

  @Override
  public void encodeData(ByteBuffer target) {
    target.put(address.getAddress()).putInt(interfaceIndex);
  }
}
