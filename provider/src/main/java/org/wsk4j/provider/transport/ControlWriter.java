package org.wsk4j.provider.transport;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlMessage;
import org.wsk4j.net.ControlType;
import org.wsk4j.net.In6PktInfo;
import org.wsk4j.net.InPktInfo;
import org.wsk4j.net.IntControlMessage;
import org.wsk4j.net.Protocol;

/**
 * Writes control messages as Linux lays them out. Which of them make sense together, and with the
 * destination, has been judged before.
 *
 * <p>Threads: one event loop.
 */
final class ControlWriter {
  private static final int ECN_BITS = 3;
  private static final int NONE = -1;

  private int defaultTos;
  private int defaultTrafficClass;
  private int at;

  /** Takes note of what packets have to which nothing else is said. */
  void setDefaults(int tos, int trafficClass) {
    defaultTos = tos;
    defaultTrafficClass = trafficClass;
  }

  /** Writes what belongs to one datagram; {@return how long it is}. */
  int write(ByteBuffer memory, int start, @Nullable ControlInfo info, int segment) {
    at = start;
    if (info != null) {
      write(memory, info.messages());
    }
    if (segment > 0) {
      int data = begin(memory, Linux.SOL_UDP, Linux.UDP_SEGMENT, Short.BYTES);
      memory.putShort(data, (short) segment);
    }
    return at - start;
  }

  private void write(ByteBuffer memory, List<ControlMessage> messages) {
    int tos = NONE;
    int ecn = NONE;
    boolean ipv6 = false;
    for (int each = 0; each < messages.size(); each++) {
      ControlMessage message = messages.get(each);
      if (message instanceof InPktInfo info) {
        packetInfo(memory, info);
      } else if (message instanceof In6PktInfo info) {
        packetInfo(memory, info);
      } else if (message instanceof IntControlMessage number) {
        boolean of6 = number.level() == Protocol.IPV6;
        boolean of4 = number.level() == Protocol.IP;
        if (of6 && number.type() == ControlType.IPV6_TCLASS
            || of4 && number.type() == ControlType.IP_TOS) {
          tos = number.value();
          ipv6 = of6;
        } else if (of6 && number.type() == ControlType.IPV6_ECN
            || of4 && number.type() == ControlType.IP_ECN) {
          ecn = number.value();
          ipv6 = of6;
        } else {
          hops(memory, number);
        }
      }
    }
    trafficClass(memory, ipv6, tos, ecn);
  }

  private void hops(ByteBuffer memory, IntControlMessage number) {
    if (number.level() == Protocol.IP && number.type() == ControlType.IP_TTL) {
      memory.putInt(begin(memory, Linux.SOL_IP, Linux.IP_TTL, Integer.BYTES), number.value());
    } else if (number.level() == Protocol.IPV6 && number.type() == ControlType.IPV6_HOPLIMIT) {
      int data = begin(memory, Linux.SOL_IPV6, Linux.IPV6_HOPLIMIT, Integer.BYTES);
      memory.putInt(data, number.value());
    }
  }

  /** The system knows the whole byte alone. */
  private void trafficClass(ByteBuffer memory, boolean ipv6, int tos, int ecn) {
    if (tos == NONE && ecn == NONE) {
      return;
    }
    int byDefault = ipv6 ? defaultTrafficClass : defaultTos;
    int value = tos != NONE ? tos : byDefault;
    if (ecn != NONE) {
      value = value & ~ECN_BITS | ecn;
    }
    int data =
        begin(
            memory,
            ipv6 ? Linux.SOL_IPV6 : Linux.SOL_IP,
            ipv6 ? Linux.IPV6_TCLASS : Linux.IP_TOS,
            Integer.BYTES);
    memory.putInt(data, value);
  }

  private void packetInfo(ByteBuffer memory, InPktInfo info) {
    int data = begin(memory, Linux.SOL_IP, Linux.IP_PKTINFO, Linux.IN_PKTINFO);
    memory.putInt(data, info.interfaceIndex());
    octets(memory, data + Linux.IN_PKTINFO_SOURCE, info.address());
    memory.putInt(data + Linux.IN_PKTINFO_ADDRESS, 0);
  }

  private void packetInfo(ByteBuffer memory, In6PktInfo info) {
    int data = begin(memory, Linux.SOL_IPV6, Linux.IPV6_PKTINFO, Linux.IN6_PKTINFO);
    octets(memory, data, info.address());
    memory.putInt(data + Linux.IN6_PKTINFO_INTERFACE, info.interfaceIndex());
  }

  private static void octets(ByteBuffer memory, int place, InetAddress address) {
    memory.put(place, address.getAddress());
  }

  /** Writes a header; {@return where the data goes}. */
  private int begin(ByteBuffer memory, int level, int type, int length) {
    int header = at;
    memory.putLong(header, Linux.CMSG_HEADER + length);
    memory.putInt(header + Linux.CMSG_LEVEL, level);
    memory.putInt(header + Linux.CMSG_TYPE, type);
    at = header + Linux.space(length);
    return header + Linux.CMSG_HEADER;
  }
}
