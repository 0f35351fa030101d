package org.wsk4j.control;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.wsk4j.net.NativeSizes;
import org.wsk4j.net.SocketAddresses;

/** SOCKADDR_IN or SOCKADDR_IN6. */
final class SockaddrLayout implements NativeLayout<SocketAddress> {
  @Override
  public int size() {
    return NativeSizes.SOCKADDR_IN;
  }

  @Override
  public boolean isFixedSize() {
    return false;
  }

  @Override
  public int sizeOf(SocketAddress value) {
    return SocketAddresses.nativeSize(value);
  }

  @Override
  public void encode(SocketAddress value, ByteBuffer target) {
    SocketAddresses.encode(value, target);
  }

  @Override
  public SocketAddress decode(ByteBuffer source) {
    return SocketAddresses.decode(source);
  }
}
