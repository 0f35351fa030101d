package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.buffer.WskBufList;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FixedAddressTest {
  private static final WskControlKey<SocketAddress, Void> REMOTE = WskIoctls.SET_REMOTE_ADDRESS;
  private static final WskControlKey<SocketAddress, Void> SENDTO = WskIoctls.SET_SENDTO_ADDRESS;
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;

  /** One bound socket and two foreign ends of the same family. */
  private record Ends(
      DatagramClient udp, WskDatagramSocket socket, DatagramPeer one, DatagramPeer other) {
    static Ends of(Transport on, StandardProtocolFamily family, TestScope scope)
        throws InterruptedException, IOException {
      DatagramClient udp = new DatagramClient(TestClient.on(on, scope), TestClient.family(family));
      return new Ends(
          udp,
          udp.bound(),
          DatagramPeer.on(udp.family(), scope),
          DatagramPeer.on(udp.family(), scope));
    }

    TestClient client() {
      return udp.client();
    }

    NtStatus fix(WskControlKey<SocketAddress, Void> key, @Nullable SocketAddress address)
        throws InterruptedException {
      return udp.set(socket, WskControlSocketType.IOCTL, key, address);
    }

    NtStatus fixRaw(WskControlKey<SocketAddress, Void> key, ByteBuffer bytes)
        throws InterruptedException {
      return udp.set(
          socket, WskControlSocketType.IOCTL, WskControlKey.raw(key.level(), key.code()), bytes);
    }

    void come(DatagramPeer from, int number) throws Exception {
      from.send(udp.local(socket), (byte) number);
      client().drain();
    }

    NtStatus sendNowhere() throws InterruptedException {
      return client().result(irp -> socket.sendTo(WskBuf.of(new byte[1]), 0, null, null, irp));
    }
  }

  @EachTransportAndFamily
  @Rule({"DGR-36", "DGR-38", "DGR-39", "DGS-06", "IOC-14"})
  void shouldTalkToTheFixedRemoteAlone(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    ends.come(ends.other, 1);
    assertThat(ends.fix(REMOTE, ends.one.address())).isEqualTo(NtStatus.SUCCESS);
    ends.come(ends.other, 2);
    ends.come(ends.one, 3);
    assertThat(ends.udp.receive(ends.socket)).containsExactly(1);
    assertThat(ends.udp.receive(ends.socket)).containsExactly(3);
    ends.udp.send(ends.socket, null, (byte) 4);
    assertThat(ends.one.read()).containsExactly(4);
    assertThat(ends.fix(REMOTE, null)).isEqualTo(NtStatus.SUCCESS);
    ends.come(ends.other, 5);
    assertThat(ends.udp.receive(ends.socket)).containsExactly(5);
    ends.client().close(ends.socket);
  }

  @EachTransportAndFamily
  @Rule({"DGS-05", "DGS-11", "DGS-12", "DGS-68", "IOC-15"})
  void shouldOverrideItForOneSend(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    InetSocketAddress local = ends.udp.local(ends.socket);
    assertThat(ends.fix(REMOTE, ends.one.address())).isEqualTo(NtStatus.SUCCESS);
    assertThat(ends.udp.local(ends.socket)).isEqualTo(local);
    ends.udp.send(ends.socket, ends.other.address(), (byte) 1);
    assertThat(ends.other.read()).containsExactly(1);
    ends.come(ends.other, 2);
    WskBufList list = WskBufList.of(WskBuf.of(new byte[] {3}));
    ends.client().succeed(irp -> ends.socket.sendMessages(list, 0, null, null, irp));
    assertThat(ends.one.read()).containsExactly(3);
    ends.come(ends.one, 4);
    assertThat(ends.udp.receive(ends.socket)).containsExactly(4);
    ends.client().close(ends.socket);
  }

  @EachTransportAndFamily
  @Rule({"DGS-07", "DGR-37", "IOC-17", "IOC-16"})
  void shouldSendToTheFixedDestinationAndHearAll(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    assertThat(ends.fix(SENDTO, ends.one.address())).isEqualTo(NtStatus.SUCCESS);
    ends.udp.send(ends.socket, null, (byte) 1);
    assertThat(ends.one.read()).containsExactly(1);
    ends.come(ends.other, 2);
    ends.come(ends.one, 3);
    assertThat(ends.udp.receive(ends.socket)).containsExactly(2);
    assertThat(ends.udp.receive(ends.socket)).containsExactly(3);
    assertThat(ends.fix(SENDTO, null)).isEqualTo(NtStatus.SUCCESS);
    assertThat(ends.sendNowhere()).isEqualTo(BAD);
    ends.client().close(ends.socket);
  }

  @EachTransport
  @Rule({"DGS-08", "DGS-10", "IOC-07", "IOC-08", "IOC-18"})
  void shouldUseTheOneSetLast(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, StandardProtocolFamily.INET, scope);
    assertThat(ends.fix(REMOTE, null)).isEqualTo(NtStatus.SUCCESS);
    assertThat(ends.fix(SENDTO, null)).isEqualTo(NtStatus.SUCCESS);
    ends.fix(REMOTE, ends.one.address());
    ends.fix(SENDTO, ends.other.address());
    ends.udp.send(ends.socket, null, (byte) 1);
    assertThat(ends.other.read()).containsExactly(1);
    ends.fix(REMOTE, ends.other.address());
    ends.fix(REMOTE, ends.one.address());
    ends.udp.send(ends.socket, null, (byte) 2);
    assertThat(ends.one.read()).containsExactly(2);
    ends.fix(REMOTE, null);
    ends.udp.send(ends.socket, null, (byte) 3);
    assertThat(ends.other.read()).containsExactly(3);
    ends.fix(SENDTO, null);
    assertThat(ends.sendNowhere()).isEqualTo(BAD);
    ends.client().close(ends.socket);
  }

  @EachTransport
  @Rule({"IOC-02", "IOC-03", "IOC-04", "IOC-11"})
  void shouldBeJudged(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, StandardProtocolFamily.INET, scope);
    TestClient client = ends.client();
    WskDatagramSocket unbound = ends.udp.socket();
    for (WskControlKey<SocketAddress, Void> key : java.util.List.of(REMOTE, SENDTO)) {
      assertThat(ends.udp.set(unbound, WskControlSocketType.IOCTL, key, ends.one.address()))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      assertThat(
              ends.socket.controlSocket(
                  WskControlSocketType.IOCTL, key, ends.one.address(), 0, null, null, null))
          .isEqualTo(BAD);
      assertThat(ends.fix(key, TestClient.loopback(AddressFamily.INET6, 9))).isEqualTo(BAD);
      assertThat(ends.fix(key, TestClient.loopback(AddressFamily.INET, 0)))
          .isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);
      assertThat(ends.sendNowhere()).isEqualTo(BAD);
      Irp irp =
          client.succeed(
              one ->
                  ends.socket.controlSocket(
                      WskControlSocketType.IOCTL, key, ends.one.address(), 0, null, null, one));
      assertThat(irp.information()).isZero();
      ends.fix(key, null);
    }
    client.close(ends.socket, unbound);
  }

  @EachTransport
  @Rule({"IOC-05", "BAS-14"})
  void shouldBeForDatagramSocketsAlone(Transport transport, TestScope scope) throws Exception {
    TestClient client = TestClient.on(transport, scope);
    SocketAddress address = TestClient.loopback(AddressFamily.INET, 9);
    WskSocket basic =
        client
            .succeed(
                irp ->
                    client
                        .functions()
                        .socket(
                            client.client(),
                            AddressFamily.INET,
                            org.wsk4j.net.SocketType.DGRAM,
                            org.wsk4j.net.Protocol.UDP,
                            org.wsk4j.socket.WskFlags.BASIC_SOCKET,
                            null,
                            null,
                            null,
                            null,
                            null,
                            irp))
            .object(WskSocket.class);
    WskSocket connection = client.bound();
    WskSocket listener = client.listening();
    for (WskSocket socket : new WskSocket[] {client.watch(basic), connection, listener}) {
      assertThat(
              client.result(
                  irp ->
                      socket.controlSocket(
                          WskControlSocketType.IOCTL, REMOTE, address, 0, null, null, irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    }
    client.close(basic, connection, listener);
  }

  @EachTransportAndFamily
  @Rule({"IOC-06", "IOC-09", "IOC-10", "IOC-13"})
  void shouldTakeBytes(Transport transport, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    int size = SocketAddresses.nativeSize(ends.one.address());
    ByteBuffer bytes = ByteBuffer.allocate(60);
    SocketAddresses.encode(ends.one.address(), bytes);
    bytes.position(0);
    assertThat(ends.fixRaw(REMOTE, bytes.duplicate().limit(size - 1)))
        .isEqualTo(NtStatus.INVALID_BUFFER_SIZE);
    assertThat(ends.fixRaw(REMOTE, bytes)).isEqualTo(NtStatus.SUCCESS);
    SocketAddresses.encode(ends.other.address(), bytes.duplicate());
    ends.udp.send(ends.socket, null, (byte) 1);
    assertThat(ends.one.read()).containsExactly(1);
    assertThat(ends.fixRaw(REMOTE, ByteBuffer.allocate(0))).isEqualTo(NtStatus.SUCCESS);
    assertThat(ends.sendNowhere()).isEqualTo(BAD);
    ends.client().close(ends.socket);
  }

  @EachTransport
  @Rule({"IOC-12"})
  void shouldFixAnIpv4PeerOfASocketForBoth(Transport transport, TestScope scope) throws Exception {
    TestClient client = TestClient.on(transport, scope);
    DatagramClient six = new DatagramClient(client, AddressFamily.INET6);
    WskDatagramSocket socket = six.socket();
    six.set(socket, WskControlSocketType.SET_OPTION, Ipv6Options.V6ONLY, 0);
    client.succeed(irp -> socket.bind(TestClient.any(AddressFamily.INET6, 0), 0, irp));
    DatagramPeer peer = DatagramPeer.on(AddressFamily.INET, scope);
    DatagramPeer stranger = DatagramPeer.on(AddressFamily.INET, scope);
    assertThat(
            six.set(
                socket,
                WskControlSocketType.IOCTL,
                REMOTE,
                SocketAddresses.toMapped(peer.address())))
        .isEqualTo(NtStatus.SUCCESS);
    InetSocketAddress to = TestClient.loopback(AddressFamily.INET, six.local(socket).getPort());
    stranger.send(to, (byte) 1);
    peer.send(to, (byte) 2);
    assertThat(six.receive(socket)).containsExactly(2);
    six.send(socket, null, (byte) 3);
    assertThat(peer.read()).containsExactly(3);
    client.close(socket);
  }
}
