package org.wsk4j.contract.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Which raw sockets can be made, and what options they have. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RawSocketTest {
  private static final int[] FAMILIES = {AddressFamily.INET, AddressFamily.INET6};
  private static final int EXPERIMENTAL = 253;
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;

  @EachTransport
  @Rule({"SOC-31", "BAS-03", "DGB-02", "OPT-62"})
  void shouldMakeBasicAndDatagramSocketsOfAnyProtocol(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    boolean offered = on.can(TransportFeature.RAW_SOCKETS);
    for (int family : FAMILIES) {
      RawClient raw = new RawClient(client, family);
      for (int protocol : new int[] {1, 17, 58, EXPERIMENTAL, Protocol.RAW}) {
        for (int flags : new int[] {WskFlags.BASIC_SOCKET, WskFlags.DATAGRAM_SOCKET}) {
          Irp irp = client.irp();
          NtStatus status = client.result(raw.make(protocol, flags, null, irp), irp);
          assertThat(status).isEqualTo(offered ? NtStatus.SUCCESS : NtStatus.NOT_SUPPORTED);
          if (offered) {
            WskSocket socket = client.watch(irp.object(WskSocket.class));
            assertThat(calls.get(socket, WskOptions.TYPE)).isEqualTo(SocketType.RAW);
            client.close(socket);
          }
        }
      }
    }
    assertThat(client.openSockets()).isZero();
  }

  @EachTransport
  @Rule({"SOC-34", "SOC-35", "SOC-28", "SOC-29"})
  void shouldRefuseOtherCategoriesAndProtocols(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    RawClient raw = new RawClient(client, AddressFamily.INET);
    int[] others = {WskFlags.LISTEN_SOCKET, WskFlags.CONNECTION_SOCKET, WskFlags.STREAM_SOCKET};
    for (int flags : others) {
      assertThat(client.result(irp -> raw.make(EXPERIMENTAL, flags, null, irp)))
          .isEqualTo(NtStatus.NOT_SUPPORTED);
    }
    for (int flags : new int[] {WskFlags.BASIC_SOCKET, WskFlags.DATAGRAM_SOCKET}) {
      assertThat(client.result(irp -> raw.make(0, flags, null, irp)))
          .isEqualTo(NtStatus.PROTOCOL_UNREACHABLE);
      for (int none : new int[] {-1, 256, 1 << 16}) {
        assertThat(client.result(irp -> raw.make(none, flags, null, irp)))
            .isEqualTo(NtStatus.NOT_SUPPORTED);
      }
    }
  }

  @EachTransport
  void shouldHaveOptionsOfTheirOwn(Transport on, TestScope scope) throws Exception {
    RawClient raw = RawClient.on(on, AddressFamily.INET6, scope);
    Controls calls = new Controls(raw.client());
    WskDatagramSocket v6 = raw.socket(EXPERIMENTAL, null);
    RawClient other = new RawClient(raw.client(), AddressFamily.INET);
    WskDatagramSocket v4 = other.socket(EXPERIMENTAL, null);
    onOff(calls, v4, IpOptions.HDRINCL);
    onOff(calls, v6, Ipv6Options.HDRINCL);
    assertThat(calls.get(v6, Ipv6Options.CHECKSUM)).isEqualTo(-1);
    for (int offset : new int[] {0, 6, -1, 16}) {
      assertThat(calls.set(v6, Ipv6Options.CHECKSUM, offset)).isEqualTo(NtStatus.SUCCESS);
      assertThat(calls.get(v6, Ipv6Options.CHECKSUM)).isEqualTo(offset);
    }
    for (int never : new int[] {1, 7, -2}) {
      assertThat(calls.set(v6, Ipv6Options.CHECKSUM, never)).isEqualTo(BAD);
    }
    WskDatagramSocket icmp = raw.socket(Protocol.ICMPV6, null);
    assertThat(calls.set(icmp, Ipv6Options.CHECKSUM, 2)).isEqualTo(BAD);
    assertThat(calls.set(v6, Ipv6Options.V6ONLY, 0)).isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(calls.set(v6, Ipv6Options.V6ONLY, 1)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.get(v6, Ipv6Options.V6ONLY)).isEqualTo(1);
    raw.client().closeAll();
  }

  private static void onOff(
      Controls calls, WskSocket socket, WskControlKey<Integer, Integer> option)
      throws InterruptedException {
    assertThat(calls.get(socket, option)).isZero();
    assertThat(calls.set(socket, option, 7)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.get(socket, option)).isEqualTo(1);
    assertThat(calls.set(socket, option, 0)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.get(socket, option)).isZero();
  }

  @EachTransport
  @Rule({"CTL-08", "BAS-06"})
  void shouldNotHaveTheOptionsOfOtherSockets(Transport on, TestScope scope) throws Exception {
    RawClient raw = RawClient.on(on, AddressFamily.INET, scope);
    TestClient client = raw.client();
    Controls calls = new Controls(client);
    WskSocket udp = calls.socket(AddressFamily.INET, false, WskFlags.DATAGRAM_SOCKET);
    for (WskSocket each : new WskSocket[] {udp, calls.basic(AddressFamily.INET, false)}) {
      assertThat(calls.set(each, IpOptions.HDRINCL, 1)).isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    }
    Irp made = client.succeed(irp -> raw.make(EXPERIMENTAL, WskFlags.BASIC_SOCKET, null, irp));
    WskSocket basic = client.watch(made.object(WskSocket.class));
    onOff(calls, basic, IpOptions.HDRINCL);
    client.closeAll();
  }

  @EachTransport
  @Rule({"OPT-65", "DGS-29"})
  void shouldBoundTheLengthOfPackets(Transport on, TestScope scope) throws Exception {
    for (int family : FAMILIES) {
      RawClient raw = RawClient.on(on, family, scope);
      Controls calls = new Controls(raw.client());
      WskDatagramSocket socket = raw.bound(EXPERIMENTAL);
      int most = raw.isV6() ? 65_535 : 65_515;
      assertThat(calls.get(socket, WskOptions.MAX_MSG_SIZE)).isEqualTo(most);
      assertThat(raw.send(socket, raw.here(), new byte[most + 1]))
          .isEqualTo(NtStatus.INVALID_BUFFER_SIZE);
      if (!raw.isV6()) {
        assertThat(calls.set(socket, IpOptions.HDRINCL, 1)).isEqualTo(NtStatus.SUCCESS);
        assertThat(calls.get(socket, WskOptions.MAX_MSG_SIZE)).isEqualTo(65_535);
      }
      raw.client().closeAll();
    }
  }
}
