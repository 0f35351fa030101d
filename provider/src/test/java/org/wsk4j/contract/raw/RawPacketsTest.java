package org.wsk4j.contract.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlMessage;
import org.wsk4j.net.ControlType;
import org.wsk4j.net.IntControlMessage;
import org.wsk4j.net.Protocol;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.DatagramRecorder;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** What raw sockets send and receive; the other end is UDP of the system. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RawPacketsTest {
  private static final int EXPERIMENTAL = 253;
  private static final int CHECKSUM_OF_UDP = 6;
  private static final int FROM = 7777;
  private static final NtStatus OK = NtStatus.SUCCESS;

  private static RawClient on(Transport on, StandardProtocolFamily family, TestScope scope) {
    return RawClient.on(on, TestClient.family(family), scope);
  }

  /** A UDP socket of the JDK at the address of the raw sockets. */
  private static DatagramPeer peer(RawClient raw, TestScope scope) throws Exception {
    return DatagramPeer.at(raw.here(), scope);
  }

  @EachTransportAndFamily
  @Rule({"SOC-31", "DGB-02", "DGR-04"})
  void shouldReceiveThePacketsOfTheProtocol(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    RawClient raw = on(on, family, scope);
    WskDatagramSocket socket = raw.bound(RawClient.UDP);
    DatagramPeer from = peer(raw, scope);
    DatagramPeer to = peer(raw, scope);
    int port = to.address().getPort();

    from.send(to.address(), (byte) 1, (byte) 2);

    int header = raw.header();
    RawClient.Packet packet =
        raw.receive(socket, bytes -> RawClient.destination(bytes, header) == port);
    assertThat(packet.from()).isEqualTo(raw.here());
    assertThat(Arrays.copyOfRange(packet.bytes(), header + RawClient.UDP_HEADER, header + 10))
        .containsExactly(1, 2);
    assertThat(packet.bytes()).hasSize(header + 10);
    if (!raw.isV6()) {
      assertThat(packet.bytes()[0]).isEqualTo((byte) 0x45);
      assertThat(packet.bytes()[9]).isEqualTo((byte) RawClient.UDP);
    }
    assertThat(to.read()).containsExactly(1, 2); // it has only watched
    raw.client().closeAll();
  }

  @EachTransportAndFamily
  @Rule({"SOC-31", "DGS-02"})
  void shouldSendPacketsOfTheProtocol(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    RawClient raw = on(on, family, scope);
    Controls calls = new Controls(raw.client());
    WskDatagramSocket socket = raw.bound(RawClient.UDP);
    DatagramPeer peer = peer(raw, scope);
    int port = peer.address().getPort();
    if (raw.isV6()) {
      // Without a checksum the system throws it away.
      assertThat(raw.send(socket, raw.here(), RawClient.udp(FROM, port, (byte) 9))).isEqualTo(OK);
      assertThat(calls.set(socket, Ipv6Options.CHECKSUM, CHECKSUM_OF_UDP)).isEqualTo(OK);
    }
    // Ports mean nothing to the socket, whatever they are.
    assertThat(raw.send(socket, peer.address(), RawClient.udp(FROM, port, (byte) 1))).isEqualTo(OK);
    assertThat(raw.send(socket, raw.here(), RawClient.udp(FROM + 1, port))).isEqualTo(OK);
    assertThat(peer.next())
        .satisfies(
            datagram -> {
              assertThat(datagram.bytes()).containsExactly(1);
              assertThat(datagram.from())
                  .isEqualTo(new InetSocketAddress(raw.here().getAddress(), FROM));
            });
    assertThat(peer.next().from().getPort()).isEqualTo(FROM + 1);
    raw.client().closeAll();
  }

  @EachTransport
  void shouldLetTheProgramWriteTheHeader(Transport on, TestScope scope) throws Exception {
    RawClient raw = RawClient.on(on, AddressFamily.INET, scope);
    Controls calls = new Controls(raw.client());
    WskDatagramSocket socket = raw.socket(RawClient.UDP, null);
    assertThat(calls.set(socket, IpOptions.HDRINCL, 1)).isEqualTo(OK);
    raw.client().succeed(irp -> socket.bind(raw.here(), 0, irp));
    DatagramPeer peer = peer(raw, scope);
    byte[] elsewhere = {127, 9, 9, 9};
    byte[] datagram = RawClient.udp(FROM, peer.address().getPort(), (byte) 5);
    byte[] packet = new byte[RawClient.IPV4_HEADER + datagram.length];
    packet[0] = 0x45;
    RawClient.short16(packet, 2, packet.length);
    packet[8] = 64;
    packet[9] = RawClient.UDP;
    System.arraycopy(elsewhere, 0, packet, 12, 4);
    System.arraycopy(raw.here().getAddress().getAddress(), 0, packet, 16, 4);
    System.arraycopy(datagram, 0, packet, RawClient.IPV4_HEADER, datagram.length);

    assertThat(raw.send(socket, raw.here(), packet)).isEqualTo(OK);

    assertThat(peer.next().from()).isEqualTo(TestClient.address(elsewhere, FROM));
    assertThat(calls.set(socket, IpOptions.HDRINCL, 0)).isEqualTo(OK);
    assertThat(raw.send(socket, raw.here(), datagram)).isEqualTo(OK);
    assertThat(peer.next().from().getAddress()).isEqualTo(raw.here().getAddress());
    raw.client().closeAll();
  }

  @EachTransportAndFamily
  @Rule({"DGB-41", "DGS-01", "DGS-13", "DGS-16"})
  void shouldHaveAddressesWithoutPorts(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    RawClient raw = on(on, family, scope);
    WskDatagramSocket socket = raw.socket(EXPERIMENTAL, null);
    assertThat(raw.send(socket, raw.here(), (byte) 1)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    InetSocketAddress withPort = new InetSocketAddress(raw.here().getAddress(), 99);
    raw.client().succeed(irp -> socket.bind(withPort, 0, irp));
    WskDatagramSocket other = raw.socket(EXPERIMENTAL, null);
    raw.client().succeed(irp -> other.bind(withPort, 0, irp));
    assertThat(raw.local(socket)).isEqualTo(raw.here());
    assertThat(raw.local(other)).isEqualTo(raw.here());
    int family6 = raw.isV6() ? AddressFamily.INET : AddressFamily.INET6;
    assertThat(raw.send(socket, TestClient.loopback(family6, 0), (byte) 1))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(raw.send(socket, TestClient.any(raw.family(), 0), (byte) 1))
        .isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);

    // Each packet goes to both.
    assertThat(raw.send(socket, withPort, (byte) 1)).isEqualTo(OK);
    for (WskDatagramSocket each : new WskDatagramSocket[] {socket, other}) {
      RawClient.Packet packet = raw.receive(each);
      assertThat(packet.from()).isEqualTo(raw.here());
      assertThat(packet.bytes()).hasSize(raw.header() + 1).endsWith(1);
    }
    raw.client().closeAll();
  }

  @EachTransport
  @Rule({"DGB-18", "DGB-19"})
  void shouldReceiveWhatGoesToItsAddress(Transport on, TestScope scope) throws Exception {
    RawClient raw = RawClient.on(on, AddressFamily.INET, scope);
    InetSocketAddress elsewhere = TestClient.address(new byte[] {127, 0, 7, 8}, 0);
    WskDatagramSocket one = raw.bound(EXPERIMENTAL);
    WskDatagramSocket all = raw.socket(EXPERIMENTAL, null);
    raw.client().succeed(irp -> all.bind(TestClient.any(raw.family(), 0), 0, irp));
    assertThat(raw.send(one, elsewhere, (byte) 1)).isEqualTo(OK);
    assertThat(raw.send(one, raw.here(), (byte) 2)).isEqualTo(OK);
    assertThat(raw.receive(one).bytes()).endsWith(2);
    assertThat(raw.receive(all).bytes()).endsWith(1);
    assertThat(raw.receive(all).bytes()).endsWith(2);
    raw.client().closeAll();
  }

  @EachTransport
  @Rule({"DGR-36", "DGS-06", "IOC-14"})
  void shouldTalkToTheFixedRemoteAlone(Transport on, TestScope scope) throws Exception {
    RawClient raw = RawClient.on(on, AddressFamily.INET, scope);
    InetSocketAddress elsewhere = TestClient.address(new byte[] {127, 0, 7, 8}, 0);
    WskDatagramSocket socket = raw.bound(EXPERIMENTAL);
    WskDatagramSocket peer = raw.socket(EXPERIMENTAL, null);
    raw.client().succeed(irp -> peer.bind(elsewhere, 0, irp));
    InetSocketAddress withPort = new InetSocketAddress(elsewhere.getAddress(), 99);
    raw.client()
        .succeed(
            irp ->
                socket.controlSocket(
                    WskControlSocketType.IOCTL,
                    WskIoctls.SET_REMOTE_ADDRESS,
                    withPort,
                    0,
                    null,
                    null,
                    irp));
    assertThat(raw.send(socket, raw.here(), (byte) 1)).isEqualTo(OK); // comes from itself
    assertThat(raw.send(peer, raw.here(), (byte) 2)).isEqualTo(OK);
    assertThat(raw.receive(socket).bytes()).endsWith(2);
    assertThat(raw.send(socket, null, (byte) 3)).isEqualTo(OK);
    assertThat(raw.receive(peer).bytes()).endsWith(3);
    raw.client().closeAll();
  }

  @EachTransportAndFamily
  @Rule({"DGR-54", "DGX-05"})
  void shouldBringPacketsToTheEventAndLetThemBeKept(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    RawClient raw = on(on, family, scope);
    DatagramRecorder recorder = new DatagramRecorder(call -> NtStatus.PENDING);
    WskDatagramSocket socket = raw.socket(EXPERIMENTAL, recorder.dispatch());
    raw.client().succeed(irp -> socket.bind(raw.here(), 0, irp));
    assertThat(raw.client().control(socket, WskEventCallbackControl.RECEIVE_FROM)).isEqualTo(OK);
    assertThat(raw.send(socket, raw.here(), (byte) 4)).isEqualTo(OK);
    DatagramRecorder.Call call = recorder.next();
    WskDatagramIndication kept = call.list();
    raw.client().drain();
    assertThat(kept.buffer().toByteArray()).endsWith(4);
    assertThat(kept.remoteAddress()).isEqualTo(raw.here());
    assertThat(socket.release(kept)).isEqualTo(OK);
    raw.client().closeAll();
  }

  @EachTransportAndFamily
  @Rule("DGR-48")
  void shouldTellAndTakeControlInformation(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    RawClient raw = on(on, family, scope);
    Controls calls = new Controls(raw.client());
    DatagramRecorder recorder = new DatagramRecorder(call -> NtStatus.PENDING);
    WskDatagramSocket socket = raw.socket(EXPERIMENTAL, recorder.dispatch());
    assertThat(calls.set(socket, raw.isV6() ? Ipv6Options.HOPLIMIT : IpOptions.HOPLIMIT, 1))
        .isEqualTo(OK);
    raw.client().succeed(irp -> socket.bind(raw.here(), 0, irp));
    raw.client().control(socket, WskEventCallbackControl.RECEIVE_FROM);
    ControlMessage limit =
        raw.isV6()
            ? new IntControlMessage(Protocol.IPV6, ControlType.IPV6_HOPLIMIT, 77)
            : new IntControlMessage(Protocol.IP, ControlType.IP_TTL, 77);
    ControlInfo info = ControlInfo.of(limit);
    raw.client().succeed(irp -> socket.sendTo(WskBuf.of(new byte[1]), 0, raw.here(), info, irp));
    WskDatagramIndication kept = recorder.next().list();
    assertThat(kept.controlInfo().messages()).contains(limit);
    assertThat(socket.release(kept)).isEqualTo(OK);
    ControlInfo segments =
        ControlInfo.of(new IntControlMessage(Protocol.UDP, ControlType.UDP_SEND_MSG_SIZE, 1200));
    assertThat(
            raw.client()
                .result(irp -> socket.sendTo(WskBuf.of(new byte[1]), 0, raw.here(), segments, irp)))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    raw.client().closeAll();
  }
}
