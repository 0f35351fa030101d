package org.wsk4j.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Control messages to and from their native layout. */
final class CmsgCodec {
  /** What {@link #decode} gives for bytes that are not well-formed: this very object. */
  static final List<ControlMessage> MALFORMED = new ArrayList<>(0);

  private static final int ALIGNMENT = 8;

  private CmsgCodec() {}

  static int sizeOf(List<ControlMessage> messages) {
    int sum = 0;
    for (ControlMessage message : messages) {
      sum += message.nativeSpace();
    }
    return sum;
  }

  static void encode(List<ControlMessage> messages, ByteBuffer target) {
    ByteBuffer out = target.slice().order(ByteOrder.LITTLE_ENDIAN);
    int start = 0;
    for (ControlMessage message : messages) {
      out.putLong(message.nativeLength()).putInt(message.level()).putInt(message.type());
      message.encodeData(out);
      start += message.nativeSpace();
      while (out.position() < start) {
        out.put((byte) 0);
      }
    }
    target.position(target.position() + start);
  }

  static List<ControlMessage> decode(ByteBuffer bytes) {
    ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    List<ControlMessage> messages = new ArrayList<>(2);
    while (in.remaining() >= NativeSizes.CMSGHDR) {
      long length = in.getLong(in.position());
      if (length < NativeSizes.CMSGHDR || length > in.remaining()) {
        return MALFORMED;
      }
      messages.add(decodeOne(in.slice(in.position(), (int) length).order(in.order())));
      long space = length + ALIGNMENT - 1 & -ALIGNMENT;
      in.position((int) Math.min(in.limit(), in.position() + space));
    }
    return List.copyOf(messages);
  }

  private static ControlMessage decodeOne(ByteBuffer object) {
    object.position(Long.BYTES);
    int level = object.getInt();
    int type = object.getInt();
    return switch (level) {
      case Protocol.IP -> decodeIp(type, object);
      case Protocol.IPV6 -> decodeIpv6(type, object);
      case Protocol.UDP -> decodeUdp(type, object);
      default -> raw(level, type, object);
    };
  }

  private static ControlMessage decodeIp(int type, ByteBuffer data) {
    return switch (type) {
      case ControlType.IP_PKTINFO ->
          data.remaining() == NativeSizes.IN_PKTINFO
              ? InPktInfo.decode(data)
              : raw(Protocol.IP, type, data);
      case ControlType.IP_RECVERR -> recvErr(Protocol.IP, type, data);
      case ControlType.IP_TOS, ControlType.IP_TTL, ControlType.IP_ECN ->
          number(Protocol.IP, type, data);
      default -> raw(Protocol.IP, type, data);
    };
  }

  private static ControlMessage decodeIpv6(int type, ByteBuffer data) {
    return switch (type) {
      case ControlType.IPV6_PKTINFO ->
          data.remaining() == NativeSizes.IN6_PKTINFO
              ? In6PktInfo.decode(data)
              : raw(Protocol.IPV6, type, data);
      case ControlType.IPV6_RECVERR -> recvErr(Protocol.IPV6, type, data);
      case ControlType.IPV6_TCLASS, ControlType.IPV6_HOPLIMIT, ControlType.IPV6_ECN ->
          number(Protocol.IPV6, type, data);
      default -> raw(Protocol.IPV6, type, data);
    };
  }

  private static ControlMessage decodeUdp(int type, ByteBuffer data) {
    return switch (type) {
      case ControlType.UDP_SEND_MSG_SIZE, ControlType.UDP_COALESCED_INFO ->
          number(Protocol.UDP, type, data);
      default -> raw(Protocol.UDP, type, data);
    };
  }

  private static ControlMessage recvErr(int level, int type, ByteBuffer data) {
    return data.remaining() == NativeSizes.IN_RECVERR
        ? InRecvErr.decode(level, data)
        : raw(level, type, data);
  }

  private static ControlMessage number(int level, int type, ByteBuffer data) {
    return data.remaining() == Integer.BYTES
        ? new IntControlMessage(level, type, data.getInt())
        : raw(level, type, data);
  }

  private static ControlMessage raw(int level, int type, ByteBuffer data) {
    byte[] copy = new byte[data.remaining()];
    data.get(copy);
    return new RawControlMessage(level, type, copy);
  }
}
