package org.wsk4j.control;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.UUID;
import org.wsk4j.net.InAddr;
import org.wsk4j.net.NativeSizes;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.net.WskTransport;
import org.wsk4j.security.SecurityDescriptor;

/** The native layouts of the values that options, ioctls and client control codes take and give. */
public final class NativeLayouts {
  /** A 32-bit number without sign, also for on/off values (CTL-18). */
  public static final NativeLayout<Integer> ULONG =
      FixedLayout.of(4, (value, target) -> target.putInt(value), ByteBuffer::getInt);

  /** A 32-bit number in network byte order, such as the interface index of IP_UNICAST_IF. */
  public static final NativeLayout<Integer> NETWORK_ULONG =
      FixedLayout.of(
          4,
          (value, target) -> target.putInt(Integer.reverseBytes(value)),
          source -> Integer.reverseBytes(source.getInt()));

  /** A truth value of one byte; any non-zero byte is true. */
  public static final NativeLayout<Boolean> BOOLEAN =
      FixedLayout.of(
          1, (value, target) -> target.put((byte) (value ? 1 : 0)), source -> source.get() != 0);

  /** A count of bytes, or a handle: 64 bits. */
  public static final NativeLayout<Long> SIZE_T =
      FixedLayout.of(8, (value, target) -> target.putLong(value), ByteBuffer::getLong);

  /** A GUID of 16 bytes, the first three groups little-endian. */
  public static final NativeLayout<UUID> GUID =
      FixedLayout.of(16, NativeLayouts::putGuid, NativeLayouts::getGuid);

  /** An IPv4 address of 4 bytes. */
  public static final NativeLayout<Inet4Address> IN_ADDR =
      FixedLayout.of(
          4, (value, target) -> target.put(value.getAddress()), NativeLayouts::getInAddr);

  /** An address with its port: 16 bytes for IPv4, 28 for IPv6. */
  public static final NativeLayout<SocketAddress> SOCKADDR = new SockaddrLayout();

  /** A list of addresses (SOCKET_ADDRESS_LIST). */
  public static final NativeLayout<List<SocketAddress>> SOCKET_ADDRESS_LIST =
      new SocketAddressListLayout();

  /** A list of transports, 28 bytes for each. */
  public static final NativeLayout<List<WskTransport>> TRANSPORT_LIST = new TransportListLayout();

  /** Bytes of any number, from a buffer's position to its limit. */
  public static final NativeLayout<ByteBuffer> BYTES = new BytesLayout();

  /** Which request for a connection: 16 bytes. */
  public static final NativeLayout<WskInspectId> INSPECT_ID =
      FixedLayout.of(16, NativeLayouts::putInspectId, NativeLayouts::getInspectId);

  /** When an idle connection is probed: 12 bytes. */
  public static final NativeLayout<KeepAliveValues> KEEPALIVE_VALUES =
      FixedLayout.of(12, NativeLayouts::putKeepAlive, NativeLayouts::getKeepAlive);

  /** Whether closing waits: 4 bytes. */
  public static final NativeLayout<Linger> LINGER =
      FixedLayout.of(4, NativeLayouts::putLinger, NativeLayouts::getLinger);

  /** A membership in an IPv4 group: 8 bytes. */
  public static final NativeLayout<IpMreq> IP_MREQ =
      FixedLayout.of(NativeSizes.IP_MREQ, NativeLayouts::putIpMreq, NativeLayouts::getIpMreq);

  /** A membership in an IPv4 group for one source: 12 bytes. */
  public static final NativeLayout<IpMreqSource> IP_MREQ_SOURCE =
      FixedLayout.of(12, NativeLayouts::putIpMreqSource, NativeLayouts::getIpMreqSource);

  /** A membership in an IPv6 group: 20 bytes. */
  public static final NativeLayout<Ipv6Mreq> IPV6_MREQ =
      FixedLayout.of(NativeSizes.IPV6_MREQ, NativeLayouts::putIpv6Mreq, NativeLayouts::getIpv6Mreq);

  /** A membership in a group of either family: 136 bytes. */
  public static final NativeLayout<GroupRequest> GROUP_REQ =
      FixedLayout.of(136, NativeLayouts::putGroup, NativeLayouts::getGroup);

  /** A membership in a group of either family for one source: 264 bytes. */
  public static final NativeLayout<GroupSourceRequest> GROUP_SOURCE_REQ =
      FixedLayout.of(264, NativeLayouts::putGroupSource, NativeLayouts::getGroupSource);

  /** A reference to a security descriptor: 8 bytes. */
  public static final NativeLayout<SecurityDescriptor> SECURITY_DESCRIPTOR =
      FixedLayout.ofReferences(8);

  /** Which events to enable or disable, with a reference to the interface's name: 16 bytes. */
  public static final NativeLayout<WskEventCallbackControl> EVENT_CALLBACK_CONTROL =
      FixedLayout.ofReferences(16);

  /** Three references: 24 bytes. */
  public static final NativeLayout<WskExtensionControlIn> EXTENSION_CONTROL_IN =
      FixedLayout.ofReferences(24);

  /** Two references: 16 bytes. */
  public static final NativeLayout<WskExtensionControlOut> EXTENSION_CONTROL_OUT =
      FixedLayout.ofReferences(16);

  /** A count and a reference to mappings: 16 bytes. */
  public static final NativeLayout<WskTdiMapInfo> TDI_MAP_INFO = FixedLayout.ofReferences(16);

  private NativeLayouts() {}

  static void putGuid(UUID value, ByteBuffer target) {
    long high = value.getMostSignificantBits();
    target.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
    target.putLong(Long.reverseBytes(value.getLeastSignificantBits()));
  }

  static UUID getGuid(ByteBuffer source) {
    long first = Integer.toUnsignedLong(source.getInt());
    long second = Short.toUnsignedLong(source.getShort());
    long third = Short.toUnsignedLong(source.getShort());
    return new UUID(first << 32 | second << 16 | third, Long.reverseBytes(source.getLong()));
  }

  private static Inet4Address getInAddr(ByteBuffer source) {
    return InAddr.toAddress(Integer.reverseBytes(source.getInt()));
  }

  private static Inet6Address getIn6Addr(ByteBuffer source) {
    byte[] octets = new byte[16];
    source.get(octets);
    return SocketAddresses.inet6(octets, 0);
  }

  private static void putInspectId(WskInspectId value, ByteBuffer target) {
    target.putLong(value.key()).putInt(value.serialNumber()).putInt(0);
  }

  private static WskInspectId getInspectId(ByteBuffer source) {
    WskInspectId id = new WskInspectId(source.getLong(), source.getInt());
    source.getInt();
    return id;
  }

  private static void putKeepAlive(KeepAliveValues value, ByteBuffer target) {
    target.putInt(value.onOff());
    target.putInt(value.keepAliveTime()).putInt(value.keepAliveInterval());
  }

  private static KeepAliveValues getKeepAlive(ByteBuffer source) {
    return new KeepAliveValues(source.getInt(), source.getInt(), source.getInt());
  }

  private static void putLinger(Linger value, ByteBuffer target) {
    target.putShort((short) value.onOff()).putShort((short) value.seconds());
  }

  private static Linger getLinger(ByteBuffer source) {
    int onOff = Short.toUnsignedInt(source.getShort());
    return new Linger(onOff, Short.toUnsignedInt(source.getShort()));
  }

  private static void putIpMreq(IpMreq value, ByteBuffer target) {
    target.put(value.group().getAddress()).put(value.interfaceAddress().getAddress());
  }

  private static IpMreq getIpMreq(ByteBuffer source) {
    return new IpMreq(getInAddr(source), getInAddr(source));
  }

  private static void putIpMreqSource(IpMreqSource value, ByteBuffer target) {
    target.put(value.group().getAddress()).put(value.source().getAddress());
    target.put(value.interfaceAddress().getAddress());
  }

  private static IpMreqSource getIpMreqSource(ByteBuffer source) {
    return new IpMreqSource(getInAddr(source), getInAddr(source), getInAddr(source));
  }

  private static void putIpv6Mreq(Ipv6Mreq value, ByteBuffer target) {
    target.put(value.group().getAddress()).putInt(value.interfaceIndex());
  }

  private static Ipv6Mreq getIpv6Mreq(ByteBuffer source) {
    return new Ipv6Mreq(getIn6Addr(source), source.getInt());
  }

  private static void putGroup(GroupRequest value, ByteBuffer target) {
    target.putInt(value.interfaceIndex()).putInt(0);
    putStorage(value.group(), target);
  }

  private static GroupRequest getGroup(ByteBuffer source) {
    int index = source.getInt();
    source.getInt();
    return new GroupRequest(index, getStorage(source));
  }

  private static void putGroupSource(GroupSourceRequest value, ByteBuffer target) {
    target.putInt(value.interfaceIndex()).putInt(0);
    putStorage(value.group(), target);
    putStorage(value.source(), target);
  }

  private static GroupSourceRequest getGroupSource(ByteBuffer source) {
    int index = source.getInt();
    source.getInt();
    return new GroupSourceRequest(index, getStorage(source), getStorage(source));
  }

  private static void putStorage(SocketAddress address, ByteBuffer target) {
    int end = target.position() + NativeSizes.SOCKADDR_STORAGE;
    SocketAddresses.encode(address, target);
    while (target.position() < end) {
      target.put((byte) 0);
    }
  }

  private static SocketAddress getStorage(ByteBuffer source) {
    int end = source.position() + NativeSizes.SOCKADDR_STORAGE;
    SocketAddress address = SocketAddresses.decode(source);
    source.position(end);
    return address;
  }

  /** A view of what remains of a buffer in little-endian order. */
  static ByteBuffer littleEndian(ByteBuffer buffer) {
    return buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
