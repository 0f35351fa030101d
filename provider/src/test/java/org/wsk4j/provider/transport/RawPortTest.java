package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.provider.testing.EachTransport;

@Timeout(20)
class RawPortTest {
  private static final int UDP = 17;

  @EachTransport
  void shouldForgetWhatCameBeforeItHadAnAddress(Transport transport) throws Exception {
    if (!transport.can(TransportFeature.RAW_SOCKETS)) {
      assertThatThrownBy(() -> transport.openRaw(StandardProtocolFamily.INET, UDP))
          .isInstanceOf(IllegalStateException.class);
      return;
    }
    InetAddress here = InetAddress.getByName("127.0.7.9");
    DatagramPort port = transport.openRaw(StandardProtocolFamily.INET, UDP);
    try (DatagramSocket peer = new DatagramSocket(new InetSocketAddress("127.0.7.10", 0))) {
      for (int i = 0; i < 3; i++) {
        peer.send(new DatagramPacket(new byte[1], 1, peer.getLocalSocketAddress()));
      }
      port.bind(new InetSocketAddress(here, 0));
      ByteBuffer place = ByteBuffer.allocateDirect(1);
      assertThat(((NativeDatagramPort) port).socket().recv(place, 0, 1)).isZero();
      peer.send(new DatagramPacket(new byte[1], 1, new InetSocketAddress(here, 9)));
      assertThat(((NativeDatagramPort) port).socket().recv(place, 0, 1)).isPositive();
    } finally {
      port.abandon();
    }
  }
}
