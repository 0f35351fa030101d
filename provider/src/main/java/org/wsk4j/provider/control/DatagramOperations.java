package org.wsk4j.provider.control;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOperation.IrpUse;
import org.wsk4j.provider.control.SocketOperation.When;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.socket.WskSocketCategory;

/** The operations of datagram sockets alone. */
final class DatagramOperations {
  static final Set<WskSocketCategory> DATAGRAM = EnumSet.of(WskSocketCategory.DATAGRAM);

  static final List<SocketOperation> ALL =
      Stream.of(
              Rows.onOff(
                  WskOptions.BROADCAST,
                  DATAGRAM,
                  When.ALWAYS,
                  SocketOptions::setBroadcast,
                  SocketOptions::broadcast),
              List.of(
                  maxMessageSize(),
                  fixed(WskIoctls.SET_REMOTE_ADDRESS, ControlTarget::fixRemoteAddress),
                  fixed(WskIoctls.SET_SENDTO_ADDRESS, ControlTarget::fixSendToAddress)))
          .flatMap(List::stream)
          .toList();

  private static final int SOCKADDR_IN = 16;
  private static final int SOCKADDR_IN6 = 28;

  private DatagramOperations() {}

  /** How many bytes a datagram can have (OPT-65). */
  private static SocketOperation maxMessageSize() {
    return new SocketOperation(
        WskControlSocketType.GET_OPTION,
        WskOptions.MAX_MSG_SIZE,
        DATAGRAM,
        IrpUse.REQUIRED,
        When.ALWAYS,
        (target, call) -> call.answer(NativeLayouts.ULONG, mostBytes(target)));
  }

  private static int mostBytes(ControlTarget target) {
    boolean ipv6 = target.addressFamily() == AddressFamily.INET6;
    if (target.isRaw()) {
      return MessageLengths.raw(ipv6, target.options().headerIncluded());
    }
    return ipv6 ? MessageLengths.UDP_IPV6 : MessageLengths.UDP_IPV4;
  }

  /** Fixes one of the addresses of a socket. */
  @FunctionalInterface
  private interface Fix {
    NtStatus with(ControlTarget target, @Nullable InetSocketAddress address);
  }

  private static SocketOperation fixed(WskControlKey<SocketAddress, Void> key, Fix fix) {
    return new SocketOperation(
        WskControlSocketType.IOCTL,
        key,
        DATAGRAM,
        IrpUse.REQUIRED,
        When.ALWAYS,
        (target, call) -> call.answer(fix(target, call.input(), fix)));
  }

  /** Without an address the one that is fixed is cleared (IOC-06). */
  private static NtStatus fix(ControlTarget target, @Nullable Object input, Fix fix) {
    if (target.state().phase() != SocketPhase.BOUND) {
      return target.state().wrongPhase();
    }
    if (input == null || input instanceof ByteBuffer none && !none.hasRemaining()) {
      return fix.with(target, null);
    }
    if (input instanceof InetSocketAddress address) {
      return fix.with(target, address);
    }
    return input instanceof ByteBuffer bytes
        ? fixRaw(target, bytes.duplicate(), fix)
        : NtStatus.INVALID_PARAMETER;
  }

  /** What is larger than the address is accepted (IOC-09, IOC-10). */
  private static NtStatus fixRaw(ControlTarget target, ByteBuffer bytes, Fix fix) {
    boolean ipv6 = target.addressFamily() == AddressFamily.INET6;
    if (bytes.remaining() < (ipv6 ? SOCKADDR_IN6 : SOCKADDR_IN)) {
      return NtStatus.INVALID_BUFFER_SIZE;
    }
    try {
      return fix.with(target, SocketAddresses.decode(bytes));
    } catch (IllegalArgumentException malformed) {
      return NtStatus.INVALID_PARAMETER;
    }
  }
}
