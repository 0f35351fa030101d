package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlMessage;
import org.wsk4j.net.ControlType;
import org.wsk4j.net.IcmpType;
import org.wsk4j.net.In6PktInfo;
import org.wsk4j.net.InPktInfo;
import org.wsk4j.net.InRecvErr;
import org.wsk4j.net.IntControlMessage;
import org.wsk4j.net.MessageFlags;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.RawControlMessage;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.DatagramRecorder;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.Told;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.testing.TestScope;

/** What travels beside the data of datagrams, and how datagrams were sent. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ControlInfoTest {
  private static final int V4 = AddressFamily.INET;
  private static final int V6 = AddressFamily.INET6;
  private static final NtStatus YES = NtStatus.SUCCESS;
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;
  private static final int CMSGHDR = 16;

  /** A receiver bound to the wildcard, and a sender bound to the loopback address. */
  private record Ends(
      Transport transport,
      DatagramClient udp,
      Controls calls,
      WskDatagramSocket receiver,
      WskDatagramSocket sender) {
    static Ends of(Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
      return of(on, TestClient.family(family), scope);
    }

    static Ends of(Transport on, int family, TestScope scope) throws Exception {
      DatagramClient udp = new DatagramClient(TestClient.on(on, scope), family);
      WskDatagramSocket receiver = udp.boundTo(TestClient.any(family, 0));
      return new Ends(on, udp, new Controls(udp.client()), receiver, udp.bound());
    }

    boolean six() {
      return udp.family() == V6;
    }

    /** Where the receiver is reached. */
    InetSocketAddress to() throws InterruptedException {
      return TestClient.loopback(udp.family(), udp.local(receiver).getPort());
    }

    boolean can() {
      return transport.can(TransportFeature.CONTROL_INFO);
    }

    /** Switches on what the receiver is told; {@return whether it is}. */
    boolean tell(WskControlKey<Integer, Integer> four, WskControlKey<Integer, Integer> six)
        throws InterruptedException {
      WskControlKey<Integer, Integer> key = six() ? six : four;
      assertThat(calls.set(receiver, key, 1)).isEqualTo(can() ? YES : NtStatus.NOT_SUPPORTED);
      return can();
    }

    NtStatus send(InetSocketAddress to, ControlMessage... messages) throws InterruptedException {
      ControlInfo info = messages.length > 0 ? ControlInfo.of(messages) : null;
      return udp.client().result(irp -> sender.sendTo(WskBuf.of(new byte[] {1}), 0, to, info, irp));
    }

    NtStatus send(ControlMessage... messages) throws InterruptedException {
      return send(to(), messages);
    }

    Told told() throws InterruptedException {
      return Told.by(udp.client(), receiver);
    }

    /** What is told of a datagram that is sent with something. */
    List<ControlMessage> toldOf(ControlMessage... messages) throws InterruptedException {
      assertThat(send(messages)).isEqualTo(YES);
      return told().messages();
    }

    ControlMessage info(String address, int index) throws Exception {
      return packetInfo(InetAddress.getByName(address), index);
    }

    void close() throws InterruptedException {
      udp.client().close(receiver, sender);
    }
  }

  private static ControlMessage packetInfo(InetAddress address, int index) {
    return address instanceof Inet6Address six
        ? new In6PktInfo(six, index)
        : new InPktInfo((Inet4Address) address, index);
  }

  private static int loopback() throws Exception {
    return NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1")).getIndex();
  }

  // ---- What is told

  @EachTransportAndFamily
  @Rule({"DGR-42", "DGR-43", "DGR-21", "OPT-76", "OPT-79"})
  void shouldTellWhereADatagramWasSentTo(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(on, family, scope);
    assertThat(ends.toldOf()).isEmpty();
    if (ends.tell(IpOptions.PKTINFO, Ipv6Options.PKTINFO)) {
      WskControlKey<Integer, Integer> key = ends.six() ? Ipv6Options.PKTINFO : IpOptions.PKTINFO;
      assertThat(ends.calls.get(ends.receiver, key)).isEqualTo(1);
      assertThat(ends.send()).isEqualTo(YES);
      Told told = ends.told();
      assertThat(told.messages()).containsExactly(packetInfo(ends.to().getAddress(), loopback()));
      assertThat(told.length()).isEqualTo(told.messages().get(0).nativeSpace());
      assertThat(told.flags()).isZero();
      assertThat(ends.calls.set(ends.receiver, key, 0)).isEqualTo(YES);
      assertThat(ends.toldOf()).isEmpty();
    }
    ends.close();
  }

  @EachTransportAndFamily
  @Rule({"OPT-79", "DGR-58"})
  void shouldTellAlsoWhatWasAskedForBeforeTheBindThroughTheEvent(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(on, family, scope);
    DatagramRecorder recorder = new DatagramRecorder();
    WskDatagramSocket socket = ends.udp.socket(recorder, recorder.dispatch());
    WskControlKey<Integer, Integer> key = ends.six() ? Ipv6Options.PKTINFO : IpOptions.PKTINFO;
    assertThat(ends.calls.set(socket, key, 1)).isEqualTo(ends.can() ? YES : NtStatus.NOT_SUPPORTED);
    ends.udp.client().succeed(irp -> socket.bind(TestClient.any(ends.udp.family(), 0), 0, irp));
    assertThat(ends.udp.enable(socket)).isEqualTo(YES);
    InetSocketAddress to = TestClient.loopback(ends.udp.family(), ends.udp.local(socket).getPort());
    ControlInfo expected = ControlInfo.of(packetInfo(to.getAddress(), loopback()));
    DatagramRecorder.Action look =
        call -> {
          WskDatagramIndication first = call.list();
          assertThat(first).isNotNull();
          assertThat(first.controlInfo()).isEqualTo(ends.can() ? expected : null);
          return NtStatus.SUCCESS;
        };
    long faults = ends.udp.client().provider().statistics().clientFaults();
    recorder.then(look);
    assertThat(ends.send(to)).isEqualTo(YES);
    assertThat(recorder.nextDatagram()).containsExactly(1);
    ends.udp.client().close(socket);
    assertThat(ends.udp.client().provider().statistics().clientFaults()).isEqualTo(faults);
    ends.close();
  }

  @EachTransportAndFamily
  @Rule({"DGR-46", "DGR-47", "DGS-56", "DGS-57", "OPT-77"})
  void shouldCarryTheTrafficClass(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    Ends ends = Ends.of(on, family, scope);
    int level = ends.six() ? Protocol.IPV6 : Protocol.IP;
    IntControlMessage whole =
        ends.six() ? IntControlMessage.trafficClass(0xBA) : IntControlMessage.tos(0xBA);
    if (ends.tell(IpOptions.RECVTOS, Ipv6Options.RECVTCLASS)) {
      assertThat(ends.toldOf(whole)).containsExactly(whole);
      ends.tell(IpOptions.ECN, Ipv6Options.ECN);
      assertThat(ends.toldOf(whole)).containsExactly(whole, IntControlMessage.ecn(level, 2));
      for (int codepoint = 0; codepoint <= 3; codepoint++) {
        IntControlMessage ecn = IntControlMessage.ecn(level, codepoint);
        assertThat(ends.toldOf(ecn))
            .containsExactly(new IntControlMessage(level, whole.type(), codepoint), ecn);
      }
      WskControlKey<Integer, Integer> key = ends.six() ? Ipv6Options.TCLASS : IpOptions.TOS;
      assertThat(ends.calls.set(ends.sender, key, 0x28)).isEqualTo(YES);
      ends.udp.client().drain();
      assertThat(ends.toldOf(IntControlMessage.ecn(level, 1)).get(0))
          .isEqualTo(new IntControlMessage(level, whole.type(), 0x29));
    } else {
      assertThat(ends.send(whole)).isEqualTo(NtStatus.NOT_SUPPORTED);
      assertThat(ends.send(IntControlMessage.ecn(level, 1))).isEqualTo(NtStatus.NOT_SUPPORTED);
    }
    ends.close();
  }

  @EachTransportAndFamily
  @Rule({"DGR-48", "DGS-59", "DGS-60", "OPT-77"})
  void shouldCarryHopsBesideOtherThingsForOneDatagram(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(on, family, scope);
    IntControlMessage hops = ends.six() ? IntControlMessage.hopLimit(7) : IntControlMessage.ttl(7);
    IntControlMessage tos =
        ends.six() ? IntControlMessage.trafficClass(0x20) : IntControlMessage.tos(0x20);
    if (ends.tell(IpOptions.RECVTTL, Ipv6Options.HOPLIMIT)) {
      ends.tell(IpOptions.RECVTOS, Ipv6Options.RECVTCLASS);
      assertThat(ends.toldOf(hops, tos)).containsExactlyInAnyOrder(hops, tos);
      assertThat(ends.toldOf())
          .containsExactlyInAnyOrder(
              new IntControlMessage(hops.level(), hops.type(), 64),
              new IntControlMessage(tos.level(), tos.type(), 0));
    } else {
      assertThat(ends.send(hops)).isEqualTo(NtStatus.NOT_SUPPORTED);
    }
    ends.close();
  }

  @EachTransport
  @Rule({"DGR-23", "DGR-21", "DGR-22"})
  void shouldStoreWholeObjectsAlone(Transport on, TestScope scope) throws Exception {
    Ends ends = Ends.of(on, V4, scope);
    if (ends.tell(IpOptions.RECVTTL, Ipv6Options.HOPLIMIT)) {
      ends.tell(IpOptions.RECVTOS, Ipv6Options.RECVTCLASS);
      assertThat(ends.send()).isEqualTo(YES);
      Told all = ends.told();
      assertThat(all.messages()).hasSize(2);
      for (int room : List.of(48, 47, 24, 20, 19, 0)) {
        assertThat(ends.send()).isEqualTo(YES);
        Told told = Told.by(ends.udp.client(), ends.receiver, room);
        int fitting = room >= 44 ? 2 : room >= 20 ? 1 : 0;
        assertThat(told.messages()).isEqualTo(all.messages().subList(0, fitting));
        assertThat(told.length()).isEqualTo(Math.min(room, 24L * fitting));
        assertThat(told.flags()).isEqualTo(fitting == 2 ? 0 : MessageFlags.CTRUNC);
        assertThat(told.data()).containsExactly(1);
      }
    }
    ends.close();
  }

  // ---- Packet info of what is sent

  @EachTransport
  @Rule({"DGR-45", "DGS-51"})
  void shouldAnswerFromTheAddressThatWasAskedFor(Transport on, TestScope scope) throws Exception {
    Ends ends = Ends.of(on, V4, scope);
    InetSocketAddress second = new InetSocketAddress("127.0.0.2", ends.to().getPort());
    if (ends.tell(IpOptions.PKTINFO, Ipv6Options.PKTINFO)) {
      assertThat(ends.send(second)).isEqualTo(YES);
      Told told = ends.told();
      assertThat(told.messages()).containsExactly(ends.info("127.0.0.2", loopback()));
      ControlInfo back = ControlInfo.of(told.messages());
      ends.udp
          .client()
          .succeed(
              irp -> ends.receiver.sendTo(WskBuf.of(new byte[] {2}), 0, told.from(), back, irp));
      assertThat(Told.by(ends.udp.client(), ends.sender).from()).isEqualTo(second);
    }
    ends.close();
  }

  @EachTransportAndFamily
  @Rule({"DGS-51", "DGS-52", "DGS-53", "DGS-55", "DGS-60"})
  void shouldSendFromTheAddressAndInterfaceThatAreGiven(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(on, family, scope);
    WskDatagramSocket free = ends.udp.boundTo(TestClient.any(ends.udp.family(), 0));
    InetSocketAddress to = ends.to();
    String local = ends.six() ? "::1" : "127.0.0.3";
    String any = ends.six() ? "::" : "0.0.0.0";
    String foreign = ends.six() ? "2001:db8::7" : "203.0.113.7";
    int lo = loopback();
    Map<ControlMessage, NtStatus> results =
        Map.of(
            ends.info(local, 0), YES,
            ends.info(local, lo), YES,
            ends.info(any, lo), YES,
            ends.info(any, 0), YES,
            ends.info(foreign, 0), NtStatus.INVALID_ADDRESS_COMPONENT,
            ends.info(any, 9_999), NtStatus.INVALID_ADDRESS_COMPONENT);
    for (Map.Entry<ControlMessage, NtStatus> each : results.entrySet()) {
      ControlInfo info = ControlInfo.of(each.getKey());
      assertThat(
              ends.udp
                  .client()
                  .result(irp -> free.sendTo(WskBuf.of(new byte[] {1}), 0, to, info, irp)))
          .as("%s", each.getKey())
          .isEqualTo(ends.can() ? each.getValue() : NtStatus.NOT_SUPPORTED);
      if (ends.can() && each.getValue() == YES) {
        boolean chosen = each.getKey().toString().contains(local);
        String from = chosen ? local : ends.six() ? "::1" : "127.0.0.1";
        assertThat(((InetSocketAddress) ends.told().from()).getAddress())
            .isEqualTo(InetAddress.getByName(from));
      }
    }
    ends.udp.send(free, to, (byte) 9);
    Told plain = ends.told();
    assertThat(plain.data()).containsExactly(9);
    assertThat(((InetSocketAddress) plain.from()).getAddress()).isEqualTo(to.getAddress());
    ends.udp.client().close(free);
    ends.close();
  }

  @EachTransport
  @Rule({"DGR-44", "DGS-54", "OPT-74", "OPT-75"})
  void shouldKeepTheFamiliesOfADualStackSocketApart(Transport on, TestScope scope)
      throws Exception {
    DatagramClient six = new DatagramClient(TestClient.on(on, scope), V6);
    Controls calls = new Controls(six.client());
    WskDatagramSocket both = six.socket();
    boolean can = on.can(TransportFeature.CONTROL_INFO);
    NtStatus set = can ? YES : NtStatus.NOT_SUPPORTED;
    assertThat(calls.set(both, Ipv6Options.V6ONLY, 0)).isEqualTo(YES);
    assertThat(calls.set(both, Ipv6Options.PKTINFO, 1)).isEqualTo(set);
    six.client().succeed(irp -> both.bind(TestClient.any(V6, 0), 0, irp));
    int port = six.local(both).getPort();
    DatagramPeer four = DatagramPeer.on(V4, scope);
    DatagramPeer peer = DatagramPeer.on(V6, scope);
    four.send(TestClient.loopback(V4, port), (byte) 4);
    Told told = Told.by(six.client(), both);
    assertThat(told.messages()).isEmpty();
    InetSocketAddress mapped = (InetSocketAddress) told.from();
    assertThat(mapped).isEqualTo(SocketAddresses.toMapped(four.address()));
    assertThat(calls.set(both, IpOptions.PKTINFO, 1)).isEqualTo(set);
    if (can) {
      four.send(TestClient.loopback(V4, port), (byte) 4);
      ControlMessage info4 = packetInfo(InetAddress.getByName("127.0.0.1"), loopback());
      assertThat(Told.by(six.client(), both).messages()).containsExactly(info4);
      peer.send(TestClient.loopback(V6, port), (byte) 6);
      ControlMessage info6 = packetInfo(InetAddress.getByName("::1"), loopback());
      assertThat(Told.by(six.client(), both).messages()).containsExactly(info6);
      assertThat(send(six, both, mapped, info4)).isEqualTo(YES);
      assertThat(send(six, both, mapped, info6)).isEqualTo(BAD);
      assertThat(send(six, both, peer.address(), info6)).isEqualTo(YES);
      assertThat(send(six, both, peer.address(), info4)).isEqualTo(BAD);
      assertThat(send(six, both, mapped, IntControlMessage.tos(4))).isEqualTo(YES);
      ControlMessage elsewhere = packetInfo(InetAddress.getByName("127.0.0.5"), 0);
      assertThat(four.read()).containsExactly(7);
      assertThat(four.read()).containsExactly(7);
      assertThat(send(six, both, mapped, elsewhere)).isEqualTo(YES);
      assertThat(four.next().from()).isEqualTo(new InetSocketAddress("127.0.0.5", port));
      assertThat(peer.read()).containsExactly(7);
    }
    six.client().close(both);
  }

  private static NtStatus send(
      DatagramClient udp, WskDatagramSocket socket, InetSocketAddress to, ControlMessage message)
      throws InterruptedException {
    ControlInfo info = ControlInfo.of(message);
    return udp.client().result(irp -> socket.sendTo(WskBuf.of(new byte[] {7}), 0, to, info, irp));
  }

  @EachTransport
  @Rule({"DGS-47", "DGS-49", "DGS-50", "DGS-59"})
  void shouldJudgeWhatIsToGoAlong(Transport on, TestScope scope) throws Exception {
    Ends ends = Ends.of(on, V4, scope);
    NtStatus bad = ends.can() ? BAD : NtStatus.NOT_SUPPORTED;
    for (ControlMessage wrong :
        List.of(
            IntControlMessage.tos(256),
            IntControlMessage.tos(-1),
            IntControlMessage.ttl(0),
            IntControlMessage.ttl(256),
            IntControlMessage.ecn(Protocol.IP, 4),
            IntControlMessage.trafficClass(1),
            new RawControlMessage(Protocol.IP, ControlType.IP_PKTINFO, new byte[4]),
            new RawControlMessage(Protocol.IP, ControlType.IP_TOS, new byte[1]))) {
      assertThat(ends.send(wrong)).as("%s", wrong).isEqualTo(bad);
    }
    for (ControlMessage unknown :
        List.of(
            new InRecvErr(Protocol.IP, Protocol.ICMP, 0, 3, 3),
            IntControlMessage.coalescedInfo(5),
            new RawControlMessage(Protocol.IP, ControlType.IP_OPTIONS, new byte[4]),
            new RawControlMessage(77, 1, new byte[4]))) {
      assertThat(ends.send(unknown)).as("%s", unknown).isEqualTo(NtStatus.NOT_SUPPORTED);
    }
    ControlMessage tos = IntControlMessage.tos(4);
    ControlMessage nothing =
        new RawControlMessage(Protocol.IP, ControlType.IP_OPTIONS, new byte[0]);
    assertThat(ends.send(tos, tos, tos, tos, tos, tos)).isEqualTo(bad);
    assertThat(ends.send(nothing, nothing, nothing, nothing, nothing, nothing)).isEqualTo(YES);
    assertThat(ends.told().data()).containsExactly(1);
    ends.close();
  }

  // ---- How a datagram was sent

  @EachTransport
  @Rule({"DGR-26", "DGR-28", "DGR-60"})
  void shouldTellBroadcastsFromWhatWasSentToThisHostAlone(Transport on, TestScope scope)
      throws Exception {
    Ends ends = Ends.of(on, V4, scope);
    assertThat(ends.calls.set(ends.sender, WskOptions.BROADCAST, 1)).isEqualTo(YES);
    InetSocketAddress all = new InetSocketAddress("127.255.255.255", ends.to().getPort());
    for (InetSocketAddress to : List.of(all, ends.to(), all)) {
      assertThat(ends.send(to)).isEqualTo(YES);
      boolean broadcast = ends.can() && to == all;
      assertThat(ends.told().flags()).isEqualTo(broadcast ? MessageFlags.BCAST : 0);
    }
    ends.close();
  }

  @EachTransport
  @Rule({"DGR-27", "DGR-28"})
  void shouldTellMulticastsOfASocketThatIsBoundToAnyAddress(Transport on, TestScope scope)
      throws Exception {
    Ends ends = Ends.of(on, V4, scope);
    Groups groups = Groups.on(on, ends.udp.family(), scope);
    InetAddress group = groups.newGroup();
    WskDatagramSocket receiver = groups.boundToAny();
    assertThat(groups.join(receiver, group)).isEqualTo(YES);
    WskDatagramSocket sender = groups.sender();
    groups.send(sender, group, receiver, 5);
    assertThat(Told.by(groups.client(), receiver).flags())
        .isEqualTo(ends.can() ? MessageFlags.MCAST : 0);
    InetSocketAddress alone =
        TestClient.loopback(ends.udp.family(), groups.sockets().local(receiver).getPort());
    assertThat(ends.send(alone)).isEqualTo(YES);
    assertThat(Told.by(groups.client(), receiver).flags()).isZero();
    groups.client().closeAll();
    ends.close();
  }

  // ---- Network errors

  @EachTransportAndFamily
  @Rule({"DGR-49", "DGR-52", "DGS-36", "OPT-77"})
  void shouldTellThatNobodyTookADatagramIfItIsAskedTo(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(on, family, scope);
    WskDatagramSocket closed = ends.udp.bound();
    InetSocketAddress nobody = ends.udp.local(closed);
    ends.udp.client().close(closed);
    WskControlKey<Integer, Integer> key = ends.six() ? Ipv6Options.RECVERR : IpOptions.RECVERR;
    assertThat(ends.calls.set(ends.sender, key, 1))
        .isEqualTo(ends.can() ? YES : NtStatus.NOT_SUPPORTED);
    ends.udp.client().drain();
    for (int round = 0; round < 3; round++) {
      assertThat(ends.send(nobody)).isEqualTo(YES);
    }
    if (ends.can()) {
      Told told = Told.by(ends.udp.client(), ends.sender);
      int level = ends.six() ? Protocol.IPV6 : Protocol.IP;
      int protocol = ends.six() ? Protocol.ICMPV6 : Protocol.ICMP;
      int type = ends.six() ? IcmpType.V6_DST_UNREACH : IcmpType.V4_DST_UNREACH;
      int code = ends.six() ? 4 : 3;
      assertThat(told.messages()).containsExactly(new InRecvErr(level, protocol, 0, type, code));
      assertThat(told.from()).isEqualTo(nobody);
      assertThat(told.data()).isEmpty();
      assertThat(told.length()).isEqualTo(CMSGHDR + 12 + 4);
    }
    ends.udp.send(ends.receiver, ends.udp.local(ends.sender), (byte) 8);
    byte[] data;
    do {
      data = Told.by(ends.udp.client(), ends.sender).data();
    } while (data.length == 0);
    assertThat(data).containsExactly(8);
    ends.close();
  }
}
