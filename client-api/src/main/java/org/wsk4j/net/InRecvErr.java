package org.wsk4j.net;

import java.nio.ByteBuffer;

/**
 * A network error that an earlier datagram met (IN_RECVERR, DGR-49).
 *
 * @param level {@link Protocol#IP} or {@link Protocol#IPV6}
 * @param protocol the protocol that reported it: {@link Protocol#ICMP} or {@link Protocol#ICMPV6}
 * @param info what the report says beyond type and code, such as the largest packet a link takes
 * @param icmpType the type of the report, 0 to 255, see {@link IcmpType}
 * @param icmpCode the code of the report, 0 to 255
 */
public record InRecvErr(int level, int protocol, int info, int icmpType, int icmpCode)
    implements ControlMessage {
  static InRecvErr decode(int level, ByteBuffer data) {
    int protocol = data.getInt();
    int info = data.getInt();
    int icmpType = Byte.toUnsignedInt(data.get());
    return new InRecvErr(level, protocol, info, icmpType, Byte.toUnsignedInt(data.get()));
  }

  @Override
  public int type() {
    return level == Protocol.IP ? ControlType.IP_RECVERR : ControlType.IPV6_RECVERR;
  }

  @Override
  public int dataSize() {
    return NativeSizes.IN_RECVERR;
  }

  @Override
  public void encodeData(ByteBuffer target) {
    target.putInt(protocol).putInt(info).put((byte) icmpType).put((byte) icmpCode);
    target.putShort((short) 0);
  }
}
