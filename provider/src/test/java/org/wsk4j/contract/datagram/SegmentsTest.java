package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.buffer.WskBufList;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.UdpOptions;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlMessage;
import org.wsk4j.net.IntControlMessage;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.Told;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.testing.TestScope;

/** Buffers that are cut into datagrams, and datagrams that come joined. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SegmentsTest {
  private static final NtStatus YES = NtStatus.SUCCESS;
  private static final NtStatus NO = NtStatus.NOT_SUPPORTED;

  private record Ends(Transport on, DatagramClient udp, Controls calls, WskDatagramSocket sender) {
    static Ends of(Transport on, int family, TestScope scope) throws Exception {
      DatagramClient udp = new DatagramClient(TestClient.on(on, scope), family);
      return new Ends(on, udp, new Controls(udp.client()), udp.bound());
    }

    boolean cuts() {
      return on.can(TransportFeature.SEND_SEGMENTATION);
    }

    NtStatus cut(int size) throws InterruptedException {
      return calls.set(sender, UdpOptions.SEND_MSG_SIZE, size);
    }

    long send(InetSocketAddress to, byte[] data, @Nullable ControlInfo info)
        throws InterruptedException {
      return udp.client()
          .succeed(irp -> sender.sendTo(WskBuf.of(data), 0, to, info, irp))
          .information();
    }

    void close() throws InterruptedException {
      udp.client().close(sender);
    }
  }

  private static void assertCut(DatagramPeer peer, byte[] data, int size) throws Exception {
    for (int at = 0; at < data.length; at += size) {
      byte[] expected = Arrays.copyOfRange(data, at, Math.min(data.length, at + size));
      assertThat(peer.read()).isEqualTo(expected);
    }
  }

  @EachTransportAndFamily
  @Rule({"DGS-58", "DGS-60", "OPT-96"})
  void shouldCutABufferIntoDatagrams(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    Ends ends = Ends.of(on, TestClient.family(family), scope);
    DatagramPeer peer = DatagramPeer.on(ends.udp.family(), scope);
    ControlInfo info = ControlInfo.of(IntControlMessage.sendMessageSize(1_000));
    byte[] data = Bytes.pattern(3, 3_500);
    if (ends.cuts()) {
      assertThat(ends.send(peer.address(), data, info)).isEqualTo(3_500);
      assertCut(peer, data, 1_000);
      assertThat(ends.send(peer.address(), data, null)).isEqualTo(3_500);
      assertThat(peer.read()).isEqualTo(data);
      assertThat(ends.calls.get(ends.sender, UdpOptions.SEND_MSG_SIZE)).isZero();
      assertThat(ends.cut(700)).isEqualTo(YES);
      assertThat(ends.calls.get(ends.sender, UdpOptions.SEND_MSG_SIZE)).isEqualTo(700);
      ends.send(peer.address(), data, null);
      assertCut(peer, data, 700);
      ends.send(peer.address(), data, info);
      assertCut(peer, data, 1_000);
      ends.send(peer.address(), Bytes.pattern(1, 700), null);
      ends.send(peer.address(), new byte[0], null);
      assertThat(peer.read()).hasSize(700);
      assertThat(peer.read()).isEmpty();
    } else {
      assertThat(ends.cut(700)).isEqualTo(NO);
      assertThat(ends.calls.getting(ends.sender, UdpOptions.SEND_MSG_SIZE)).isEqualTo(NO);
      WskBuf buffer = WskBuf.of(data);
      assertThat(
              ends.udp
                  .client()
                  .result(irp -> ends.sender.sendTo(buffer, 0, peer.address(), info, irp)))
          .isEqualTo(NO);
    }
    ends.close();
  }

  @EachTransportAndFamily
  @Rule({"DGS-58", "DGS-73", "DGS-63"})
  void shouldCutEachElementOfAListHoweverManyDatagramsThatMakes(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(on, TestClient.family(family), scope);
    if (ends.cuts()) {
      DatagramPeer peer = DatagramPeer.on(ends.udp.family(), scope);
      ByteBuffer direct = ByteBuffer.allocateDirect(6_000).put(Bytes.pattern(9, 6_000)).flip();
      Mdl chain = Mdl.of(Bytes.pattern(1, 2_500)).setNext(Mdl.of(direct));
      WskBuf scattered = new WskBuf(chain, 100, 8_000);
      WskBufList list =
          WskBufList.of(WskBuf.of(new byte[0]), scattered, WskBuf.of(Bytes.pattern(4, 30)));
      ControlInfo info = ControlInfo.of(IntControlMessage.sendMessageSize(50));
      Irp irp =
          ends.udp
              .client()
              .succeed(one -> ends.sender.sendMessages(list, 0, peer.address(), info, one));
      assertThat(irp.information()).isEqualTo(8_030);
      assertThat(peer.read()).isEmpty();
      assertCut(peer, scattered.toByteArray(), 50);
      assertThat(peer.read()).isEqualTo(Bytes.pattern(4, 30));
    }
    ends.close();
  }

  @EachTransportAndFamily
  @Rule({"DGR-50", "OPT-97", "DGR-07"})
  void shouldTellOfDatagramsThatWereJoined(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(on, TestClient.family(family), scope);
    WskDatagramSocket receiver = ends.udp.bound();
    boolean joins = on.can(TransportFeature.RECEIVE_COALESCING);
    assertThat(ends.calls.set(receiver, WskOptions.RCVBUF, 200_000)).isEqualTo(YES);
    assertThat(ends.calls.set(receiver, UdpOptions.RECV_MAX_COALESCED_SIZE, 60_000))
        .isEqualTo(joins ? YES : NO);
    if (joins) {
      assertThat(ends.calls.get(receiver, UdpOptions.RECV_MAX_COALESCED_SIZE)).isEqualTo(60_000);
      ends.udp.client().drain();
      InetSocketAddress to = ends.udp.local(receiver);
      assertThat(ends.cut(1_000)).isEqualTo(YES);
      byte[] data = Bytes.pattern(3, 9_500);
      ControlMessage joined = IntControlMessage.coalescedInfo(1_000);
      ends.send(to, data, null);
      Told all = Told.by(ends.udp.client(), receiver);
      assertThat(all.data()).isEqualTo(data);
      assertThat(all.messages()).containsExactly(joined);
      assertThat(ends.calls.set(receiver, UdpOptions.RECV_MAX_COALESCED_SIZE, 3_500))
          .isEqualTo(YES);
      ends.send(to, data, null);
      for (int at = 0; at < 9_000; at += 3_000) {
        Told part = Told.by(ends.udp.client(), receiver);
        assertThat(part.data()).isEqualTo(Arrays.copyOfRange(data, at, at + 3_000));
        assertThat(part.messages()).containsExactly(joined);
      }
      Told last = Told.by(ends.udp.client(), receiver);
      assertThat(last.data()).isEqualTo(Arrays.copyOfRange(data, 9_000, 9_500));
      assertThat(last.messages()).isEmpty();
      assertThat(ends.calls.set(receiver, UdpOptions.RECV_MAX_COALESCED_SIZE, 0)).isEqualTo(YES);
      ends.udp.client().drain();
      ends.send(to, Bytes.pattern(3, 2_000), null);
      assertThat(Told.by(ends.udp.client(), receiver).data()).hasSize(1_000);
      assertThat(Told.by(ends.udp.client(), receiver).messages()).isEmpty();
    }
    ends.udp.client().close(receiver);
    ends.close();
  }

  @EachTransport
  @Rule({"OPT-96", "OPT-97", "OPT-78", "BAS-07"})
  void shouldTellABasicSocketWhatOthersCanDo(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (int family : List.of(AddressFamily.INET, AddressFamily.INET6)) {
      assertThat(calls.getting(calls.basic(family, false), UdpOptions.SEND_MSG_SIZE))
          .isEqualTo(on.can(TransportFeature.SEND_SEGMENTATION) ? YES : NO);
      assertThat(calls.getting(calls.basic(family, false), UdpOptions.RECV_MAX_COALESCED_SIZE))
          .isEqualTo(on.can(TransportFeature.RECEIVE_COALESCING) ? YES : NO);
      WskControlKey<Integer, Integer> info =
          family == AddressFamily.INET6 ? Ipv6Options.PKTINFO : IpOptions.PKTINFO;
      assertThat(calls.set(calls.basic(family, true), info, 1))
          .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    }
    client.closeAll();
  }
}
