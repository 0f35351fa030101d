package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.DatagramRecorder;
import org.wsk4j.provider.testing.Death;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.testing.TransportMatrix;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** Datagram sockets that close, or whose transport fails under them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DatagramCloseTest {
  private static final NtStatus DEAD = NtStatus.FILE_FORCED_CLOSED;

  @EachTransportAndFamily
  @Rule({"DGB-49", "DGB-50", "DGR-34", "DGS-38"})
  void shouldEndWhatIsPending(Transport transport, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    DatagramClient udp =
        new DatagramClient(TestClient.on(transport, scope), TestClient.family(family));
    WskDatagramSocket socket = udp.bound();
    SocketAddress to = udp.local(socket);
    Irp[] receives = new Irp[3];
    for (int i = 0; i < receives.length; i++) {
      receives[i] = udp.client().pend(irp -> DatagramClient.receive(socket, new byte[1], irp));
    }
    udp.client().drain();
    Irp send = udp.client().irp();
    NtStatus returned =
        socket.sendTo(WskBuf.of(new byte[1]), 0, TestClient.loopback(udp.family(), 9), null, send);
    assertThat(to).isNotNull();
    udp.client().close(socket);
    assertThat(udp.client().result(returned, send)).isIn(NtStatus.SUCCESS, NtStatus.CANCELLED);
    for (Irp receive : receives) {
      assertThat(receive.isCompleted()).isTrue();
      assertThat(udp.client().result(NtStatus.PENDING, receive)).isEqualTo(NtStatus.CANCELLED);
    }
  }

  @EachTransport
  @Rule({"DGB-52"})
  void shouldAnswerNothingAfterwards(Transport transport, TestScope scope) throws Exception {
    DatagramClient udp = new DatagramClient(TestClient.on(transport, scope), AddressFamily.INET);
    WskDatagramSocket socket = udp.bound();
    InetSocketAddress local = udp.local(socket);
    udp.client().close(socket);
    WskBuf one = WskBuf.of(new byte[1]);
    for (Call call :
        new Call[] {
          irp -> socket.bind(local, 0, irp),
          irp -> socket.sendTo(one, 0, local, null, irp),
          irp -> DatagramClient.receive(socket, new byte[1], irp),
          irp -> socket.getLocalAddress(new Out<>(), irp),
          socket::closeSocket
        }) {
      Irp irp = udp.client().irp();
      assertThat(call.with(irp)).isEqualTo(NtStatus.INVALID_HANDLE);
      assertThat(irp.status()).isEqualTo(NtStatus.INVALID_HANDLE);
    }
    assertThat(udp.enable(socket)).isEqualTo(NtStatus.INVALID_HANDLE);
  }

  static Stream<Arguments> deaths() {
    return TransportMatrix.transports().stream()
        .flatMap(
            transport ->
                Stream.of(Death.DECLARED, Death.LOOPS_END)
                    .map(death -> Arguments.of(transport, death)));
  }

  private static void assertDead(TestClient client, Call call) throws InterruptedException {
    Irp irp = client.irp();
    assertThat(call.with(irp)).isEqualTo(DEAD);
    assertThat(client.result(irp)).isEqualTo(DEAD);
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"DGB-48", "DGS-39", "DGR-35", "DGR-77", "DGR-78"})
  void shouldTellThatItIsDead(Transport transport, Death death, TestScope scope) throws Exception {
    RunningProvider provider = RunningProvider.alone(transport, scope);
    TestClient client = TestClient.on(provider, scope);
    DatagramClient udp = new DatagramClient(client, AddressFamily.INET);
    DatagramRecorder recorder = new DatagramRecorder();
    WskDatagramSocket socket = udp.listening(recorder);
    InetSocketAddress local = udp.local(socket);
    DatagramPeer peer = DatagramPeer.on(AddressFamily.INET, scope);
    Irp waiting = client.pend(irp -> DatagramClient.receive(socket, new byte[1], irp));
    client.drain();
    death.of(socket, provider);
    assertThat(client.result(NtStatus.PENDING, waiting)).isEqualTo(DEAD);
    DatagramRecorder.Call told = recorder.next();
    assertThat(told.list()).isNull();
    assertThat(told.context()).isSameAs(recorder);
    assertThat(told.flags()).isEqualTo(WskFlags.AT_DISPATCH_LEVEL);
    WskBuf one = WskBuf.of(new byte[1]);
    assertDead(client, irp -> socket.bind(local, 0, irp));
    assertDead(client, irp -> socket.getLocalAddress(new Out<>(), irp));
    assertDead(client, irp -> socket.sendTo(one, 0, peer.address(), null, irp));
    assertDead(client, irp -> DatagramClient.receive(socket, new byte[1], irp));
    assertThat(udp.enable(socket)).isEqualTo(DEAD);
    peer.send(local, (byte) 1);
    client.close(socket);
    assertThat(recorder.count()).isOne();
    DatagramPeer.at(local, scope);
  }
}
