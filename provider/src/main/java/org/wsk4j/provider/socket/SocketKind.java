package org.wsk4j.provider.socket;

import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;

/**
 * Of what a socket is made.
 *
 * @param addressFamily its family
 * @param type its type
 * @param protocol its protocol
 */
record SocketKind(int addressFamily, int type, int protocol) {
  boolean isTcp() {
    return type == SocketType.STREAM && protocol == Protocol.TCP;
  }

  boolean isUdp() {
    return type == SocketType.DGRAM && protocol == Protocol.UDP;
  }

  boolean isRaw() {
    return type == SocketType.RAW;
  }

  /** The protocol of a raw socket, 0 if it is none. */
  int rawProtocol() {
    return isRaw() ? protocol : 0;
  }
}
