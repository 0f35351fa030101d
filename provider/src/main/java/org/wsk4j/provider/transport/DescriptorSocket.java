package org.wsk4j.provider.transport;

import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import org.wsk4j.provider.natives.NativeSockets;

/** Opens sockets for datagrams, for a {@link NativeDatagramPort}. */
final class DescriptorSocket extends Socket {
  private DescriptorSocket(int descriptor) {
    super(descriptor);
  }

  /** A UDP socket; Netty makes those of a chosen family for subclasses alone. */
  static Socket udp(StandardProtocolFamily family) {
    return new DescriptorSocket(newSocketDgram0(family == StandardProtocolFamily.INET6));
  }

  /**
   * A socket of any type and protocol, where {@link NativeSockets} are available.
   *
   * @param family IPv4 or IPv6
   * @param type {@link NativeSockets#SOCK_DGRAM} or {@link NativeSockets#SOCK_RAW}
   * @param protocol the number of the protocol
   * @return the socket, which does not block
   * @throws IOException what the system said
   */
  static Socket open(StandardProtocolFamily family, int type, int protocol) throws IOException {
    int descriptor = NativeSockets.open(number(family), type, protocol);
    if (descriptor < 0) {
      throw Errors.newIOException("socket", descriptor);
    }
    return new DescriptorSocket(descriptor);
  }

  /** The system's number of a family. */
  static int number(StandardProtocolFamily family) {
    return family == StandardProtocolFamily.INET6 ? NativeSockets.AF_INET6 : NativeSockets.AF_INET;
  }
}
