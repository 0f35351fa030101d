package org.wsk4j.provider.transport;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlMessage;
import org.wsk4j.net.In6PktInfo;
import org.wsk4j.net.InAddr;
import org.wsk4j.net.InPktInfo;
import org.wsk4j.net.InRecvErr;
import org.wsk4j.net.IntControlMessage;
import org.wsk4j.net.MessageFlags;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.provider.natives.MessageVector;

/**
 * Reads control messages as Linux lays them out: gives those that are wanted, and tells from the
 * packet info how the datagram was sent. Datagrams that follow each other mostly have the same
 * ones; the last result is kept for that.
 *
 * <p>Threads: one event loop.
 */
final class ControlReader {
  private static final int ECN_BITS = 3;
  private static final int MULTICAST_MASK = 0xF0000000;
  private static final int MULTICAST = 0xE0000000;
  private static final int MAPPED_MARK = 0x0000FFFF;

  private final ByteBuffer known =
      ByteBuffer.allocate(MessageVector.CONTROL_SIZE).order(ByteOrder.nativeOrder());
  private int knownLength = -1;

  private int wanted;
  private int flags;
  private int joined;
  private boolean refusal;
  private @Nullable ControlInfo info;

  /** Takes note of what is to be told: the bits of {@link DatagramInfo}. */
  void setWanted(int wanted) {
    this.wanted = wanted;
    knownLength = -1;
  }

  /** Reads what came with one datagram. */
  void read(MessageVector vector, int index) {
    ByteBuffer memory = vector.memory();
    int start = vector.control(index);
    int length = vector.controlLength(index);
    if (isKnown(memory, start, length)) {
      return;
    }
    flags = 0;
    joined = 0;
    refusal = false;
    List<ControlMessage> messages = new ArrayList<>(3);
    int end = start + length;
    for (int at = start; at + Linux.CMSG_HEADER <= end; ) {
      int size = (int) memory.getLong(at);
      readOne(memory, at, messages);
      at += Linux.space((long) size - Linux.CMSG_HEADER);
    }
    info = messages.isEmpty() ? null : ControlInfo.of(messages);
  }

  /** How the last datagram was sent. */
  int flags() {
    return flags;
  }

  /** Of which size the datagrams are that make up the last one, or 0 if it is one. */
  int joined() {
    return joined;
  }

  /** Whether it was no datagram, but the news that nobody is at the port of a peer. */
  boolean isRefusal() {
    return refusal;
  }

  /** What is to be told of the last datagram, or {@code null} if it is nothing. */
  @Nullable ControlInfo info() {
    return info;
  }

  private boolean isKnown(ByteBuffer memory, int start, int length) {
    boolean same = length == knownLength;
    for (int each = 0; same && each < length; each += Long.BYTES) {
      same = memory.getLong(start + each) == known.getLong(each);
    }
    if (!same) {
      knownLength = length;
      for (int each = 0; each < length; each += Long.BYTES) {
        known.putLong(each, memory.getLong(start + each));
      }
    }
    return same;
  }

  private void readOne(ByteBuffer memory, int at, List<ControlMessage> messages) {
    int type = memory.getInt(at + Linux.CMSG_TYPE);
    int data = at + Linux.CMSG_HEADER;
    switch (memory.getInt(at + Linux.CMSG_LEVEL)) {
      case Linux.SOL_IP -> readIp(memory, type, data, messages);
      case Linux.SOL_IPV6 -> readIpv6(memory, type, data, messages);
      case Linux.SOL_UDP -> {
        if (type == Linux.UDP_GRO) {
          joined = memory.getInt(data);
          messages.add(IntControlMessage.coalescedInfo(joined));
        }
      }
      default -> {
        // Not asked for by us.
      }
    }
  }

  private void readIp(ByteBuffer memory, int type, int data, List<ControlMessage> messages) {
    switch (type) {
      case Linux.IP_PKTINFO -> readPacketInfo(memory, data, messages);
      case Linux.IP_TTL ->
          add(messages, DatagramInfo.TTL, IntControlMessage.ttl(memory.getInt(data)));
      case Linux.IP_TOS -> {
        int tos = Byte.toUnsignedInt(memory.get(data));
        add(messages, DatagramInfo.TOS, IntControlMessage.tos(tos));
        add(messages, DatagramInfo.ECN, IntControlMessage.ecn(Protocol.IP, tos & ECN_BITS));
      }
      case Linux.IP_RECVERR ->
          add(messages, DatagramInfo.ERRORS, error(memory, data, Protocol.IP, Protocol.ICMP));
      default -> {
        // Not asked for by us.
      }
    }
  }

  /** Only what was sent to this host alone has the same address in both places. */
  private void readPacketInfo(ByteBuffer memory, int data, List<ControlMessage> messages) {
    int local = bigInt(memory, data + Linux.IN_PKTINFO_SOURCE);
    int target = bigInt(memory, data + Linux.IN_PKTINFO_ADDRESS);
    if ((target & MULTICAST_MASK) == MULTICAST) {
      flags |= MessageFlags.MCAST;
    } else if (target != local) {
      flags |= MessageFlags.BCAST;
    }
    if (DatagramInfo.PACKET_INFO.isIn(wanted)) {
      Inet4Address address = InAddr.toAddress(target);
      messages.add(new InPktInfo(address, memory.getInt(data)));
    }
  }

  private void readIpv6(ByteBuffer memory, int type, int data, List<ControlMessage> messages) {
    switch (type) {
      case Linux.IPV6_PKTINFO -> readPacketInfo6(memory, data, messages);
      case Linux.IPV6_HOPLIMIT ->
          add(messages, DatagramInfo.HOP_LIMIT, IntControlMessage.hopLimit(memory.getInt(data)));
      case Linux.IPV6_TCLASS -> {
        int value = memory.getInt(data);
        add(messages, DatagramInfo.TRAFFIC_CLASS, IntControlMessage.trafficClass(value));
        add(messages, DatagramInfo.ECN6, IntControlMessage.ecn(Protocol.IPV6, value & ECN_BITS));
      }
      case Linux.IPV6_RECVERR ->
          add(messages, DatagramInfo.ERRORS6, error(memory, data, Protocol.IPV6, Protocol.ICMPV6));
      default -> {
        // Not asked for by us.
      }
    }
  }

  /** What an IPv4 peer has sent has the other kind too, which says it. */
  private void readPacketInfo6(ByteBuffer memory, int data, List<ControlMessage> messages) {
    if (isMapped(memory, data)) {
      return;
    }
    if (memory.get(data) == (byte) 0xFF) {
      flags |= MessageFlags.MCAST;
    }
    if (DatagramInfo.PACKET_INFO6.isIn(wanted)) {
      byte[] octets = new byte[16];
      memory.get(data, octets);
      int index = memory.getInt(data + Linux.IN6_PKTINFO_INTERFACE);
      messages.add(new In6PktInfo(SocketAddresses.inet6(octets, 0), index));
    }
  }

  private static boolean isMapped(ByteBuffer memory, int data) {
    return memory.getLong(data) == 0 && bigInt(memory, data + 8) == MAPPED_MARK;
  }

  /** {@code sock_extended_err}: error, origin, type, code, padding, info, data. */
  private InRecvErr error(ByteBuffer memory, int data, int level, int protocol) {
    refusal = memory.getInt(data) == -Linux.ECONNREFUSED;
    int type = Byte.toUnsignedInt(memory.get(data + 5));
    int code = Byte.toUnsignedInt(memory.get(data + 6));
    return new InRecvErr(level, protocol, memory.getInt(data + 8), type, code);
  }

  private void add(List<ControlMessage> messages, DatagramInfo kind, ControlMessage message) {
    if (kind.isIn(wanted)) {
      messages.add(message);
    }
  }

  private static int bigInt(ByteBuffer memory, int at) {
    int value = memory.getInt(at);
    return memory.order() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
  }
}
