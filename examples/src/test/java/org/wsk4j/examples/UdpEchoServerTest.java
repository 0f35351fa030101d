package org.wsk4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.testing.TestScope;

@Timeout(60)
class UdpEchoServerTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int LARGEST = 65_507;

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void shouldSendBackDatagramsOfAnyLengthToTheirSenders(String at, TestScope scope)
      throws Exception {
    WskProgram program = WskProgram.start();
    UdpEchoServer server = new UdpEchoServer(program);
    InetSocketAddress address = server.start(new InetSocketAddress(at, 0));
    DatagramPeer one = DatagramPeer.at(new InetSocketAddress(at, 0), scope);
    DatagramPeer other = DatagramPeer.at(new InetSocketAddress(at, 0), scope);
    int rounds = 0;
    for (int length : new int[] {0, 1, 1472, 9000, LARGEST}) {
      byte[] datagram = new byte[length];
      Arrays.fill(datagram, (byte) length);
      one.send(address, datagram);
      other.send(address, (byte) length, (byte) 1);
      assertThat(one.read()).isEqualTo(datagram);
      assertThat(other.read()).containsExactly((byte) length, 1);
      rounds += 2;
    }
    assertThat(server.stop(LONG)).isEqualTo(new DatagramServer.Report(rounds, rounds, 0, 0, 0));
    Programs.end(program);
  }

  @Test
  void shouldNotAnswerWhenItHasStopped(TestScope scope) throws Exception {
    WskProgram program = WskProgram.start();
    UdpEchoServer server = new UdpEchoServer(program);
    InetSocketAddress address = server.start(new InetSocketAddress("127.0.0.1", 0));
    assertThat(server.stop(LONG)).isEqualTo(new DatagramServer.Report(0, 0, 0, 0, 0));
    UdpEchoServer next = new UdpEchoServer(program);
    assertThat(next.start(address)).isEqualTo(address);
    DatagramPeer peer = DatagramPeer.at(new InetSocketAddress("127.0.0.1", 0), scope);
    peer.send(address, (byte) 1);
    assertThat(peer.read()).containsExactly(1);
    assertThat(next.stop(LONG).sent()).isEqualTo(1);
    Programs.end(program);
  }
}
