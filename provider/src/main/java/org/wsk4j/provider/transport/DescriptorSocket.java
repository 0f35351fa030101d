package org.wsk4j.provider.transport;

import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import org.wsk4j.provider.natives.NativeSockets;

/** Opens sockets for datagrams, for a {@link NativeDatagramPort}. */
final class DescriptorSocket extends Socket {
  private static final int IPPROTO_IP = 0;
  private static final int IP_HDRINCL = 3;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_HDRINCL = 36;
  private static final int SOL_RAW = 255;
  private static final int IPV6_CHECKSUM = 7;
  private static final int IPPROTO_ICMPV6 = 58;

  /** Enough for all that a socket keeps, and an end if packets come without one. */
  private static final int MOST_EARLIER = 100_000;

  private final StandardProtocolFamily family;
  private final int rawProtocol;

  private DescriptorSocket(int descriptor, StandardProtocolFamily family, int rawProtocol) {
    super(descriptor);
    this.family = family;
    this.rawProtocol = rawProtocol;
  }

  /** A UDP socket; Netty makes those of a chosen family for subclasses alone. */
  static DescriptorSocket udp(StandardProtocolFamily family) {
    int descriptor = newSocketDgram0(family == StandardProtocolFamily.INET6);
    return new DescriptorSocket(descriptor, family, 0);
  }

  /**
   * A raw socket, where {@link NativeSockets} are available.
   *
   * @param family IPv4 or IPv6
   * @param protocol the number of the protocol, 1 to 255
   * @return the socket, which does not block
   * @throws IOException what the system said
   */
  static DescriptorSocket raw(StandardProtocolFamily family, int protocol) throws IOException {
    int descriptor = NativeSockets.open(number(family), NativeSockets.SOCK_RAW, protocol);
    if (descriptor < 0) {
      throw Errors.newIOException("socket", descriptor);
    }
    return new DescriptorSocket(descriptor, family, protocol);
  }

  /** The system's number of a family. */
  static int number(StandardProtocolFamily family) {
    return family == StandardProtocolFamily.INET6 ? NativeSockets.AF_INET6 : NativeSockets.AF_INET;
  }

  // ---- Raw sockets

  boolean isRaw() {
    return rawProtocol != 0;
  }

  /** Sets what raw sockets alone have. The system always does the checksum of ICMPv6. */
  void setRaw(boolean headerIncluded, int checksumOffset) throws IOException {
    if (!isRaw()) {
      return;
    }
    if (family == StandardProtocolFamily.INET) {
      setIntOpt(IPPROTO_IP, IP_HDRINCL, headerIncluded ? 1 : 0);
      return;
    }
    setIntOpt(IPPROTO_IPV6, IPV6_HDRINCL, headerIncluded ? 1 : 0);
    if (rawProtocol != IPPROTO_ICMPV6) {
      setIntOpt(SOL_RAW, IPV6_CHECKSUM, checksumOffset);
    }
  }

  /** A raw socket gets packets from when it is opened; those to other addresses are not its. */
  void dropEarlier() throws IOException {
    if (isRaw()) {
      ByteBuffer nowhere = ByteBuffer.allocateDirect(1);
      for (int each = 0; each < MOST_EARLIER && recv(nowhere, 0, 1) > 0; each++) {
        nowhere.clear();
      }
    }
  }
}
