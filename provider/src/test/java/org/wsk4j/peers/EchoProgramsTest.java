package org.wsk4j.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramRecorder;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** Raw sockets that watch the echoes of ping, and of the JDK, which pings too if it may. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the programs are those of Linux")
class EchoProgramsTest {
  private static final int PATIENCE_MILLIS = 5000;
  private static final int NUMBER = 4;
  private static final int DATA = 8;
  private static final int REQUEST = 8;
  private static final int REPLY = 0;
  private static final int REQUEST6 = 128;
  private static final int REPLY6 = 129;

  /** A raw socket for ICMP, and what came to it. */
  private record Watch(TestClient client, boolean ipv6, DatagramRecorder seen) {
    static Watch on(Transport on, boolean ipv6, TestScope scope) throws Exception {
      assumeTrue(on.can(TransportFeature.RAW_SOCKETS), () -> on + " has no raw sockets");
      TestClient client = TestClient.on(on, scope);
      DatagramRecorder seen = new DatagramRecorder();
      Irp made = client.irp();
      NtStatus status =
          client.result(
              client
                  .functions()
                  .socket(
                      client.client(),
                      ipv6 ? AddressFamily.INET6 : AddressFamily.INET,
                      SocketType.RAW,
                      ipv6 ? Protocol.ICMPV6 : Protocol.ICMP,
                      WskFlags.DATAGRAM_SOCKET,
                      null,
                      seen.dispatch(),
                      null,
                      null,
                      null,
                      made),
              made);
      assumeTrue(status != NtStatus.ACCESS_DENIED, "needs the capability CAP_NET_RAW");
      assertThat(status).isEqualTo(NtStatus.SUCCESS);
      WskDatagramSocket socket = client.watch(made.object(WskDatagramSocket.class));
      int family = ipv6 ? AddressFamily.INET6 : AddressFamily.INET;
      client.succeed(irp -> socket.bind(TestClient.any(family, 0), 0, irp));
      assertThat(new DatagramClient(client, family).enable(socket)).isEqualTo(NtStatus.SUCCESS);
      return new Watch(client, ipv6, seen);
    }

    /** {@return the next message of a type} */
    ByteBuffer next(int type) throws InterruptedException {
      ByteBuffer message = next();
      while (Byte.toUnsignedInt(message.get(0)) != type) {
        message = next();
      }
      return message;
    }

    private ByteBuffer next() throws InterruptedException {
      ByteBuffer packet = ByteBuffer.wrap(seen.nextDatagram());
      int header = ipv6 ? 0 : (packet.get(0) & 0x0F) * 4;
      return packet.position(header).slice();
    }

    /** A request comes, and the reply of the system with the same number and data. */
    void expectEcho() throws InterruptedException {
      ByteBuffer request = next(ipv6 ? REQUEST6 : REQUEST);
      ByteBuffer reply = next(ipv6 ? REPLY6 : REPLY);
      while (reply.getInt(NUMBER) != request.getInt(NUMBER)) {
        reply = next(ipv6 ? REPLY6 : REPLY);
      }
      assertThat(reply.position(DATA)).isEqualTo(request.position(DATA));
    }
  }

  @EachTransportAndFamily
  void shouldSeeTheEchoesOfTheJdk(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    boolean ipv6 = family == StandardProtocolFamily.INET6;
    InetAddress address = InetAddress.getByName(ipv6 ? "::1" : "127.0.0.1");
    Watch watch = Watch.on(on, ipv6, scope);
    assertThat(address.isReachable(PATIENCE_MILLIS)).isTrue();
    watch.expectEcho();
    watch.client().closeAll();
  }

  @EachTransportAndFamily
  void shouldSeeTheEchoesOfPing(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    ForeignProgram.assumeInstalled("ping", "iputils-ping");
    boolean ipv6 = family == StandardProtocolFamily.INET6;
    InetAddress address = InetAddress.getByName(ipv6 ? "::1" : "127.0.0.1");
    Watch watch = Watch.on(on, ipv6, scope);
    ForeignProgram ping =
        ForeignProgram.start(
            scope, "ping", "-n", "-c", "3", "-i", "0.2", "-s", "100", address.getHostAddress());
    for (int i = 0; i < 3; i++) {
      watch.expectEcho();
    }
    ping.succeed();
    watch.client().closeAll();
  }
}
