package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.buffer.WskBufList;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlType;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.RawControlMessage;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SendToTest {
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;
  private static final int MOST_IPV4 = 65_507;
  private static final int MOST_IPV6 = 65_527;

  /** One bound socket and a foreign end of the same family. */
  private record Ends(DatagramClient udp, WskDatagramSocket socket, DatagramPeer peer) {
    static Ends of(Transport on, StandardProtocolFamily family, TestScope scope)
        throws InterruptedException, IOException {
      DatagramClient udp = new DatagramClient(TestClient.on(on, scope), TestClient.family(family));
      return new Ends(udp, udp.bound(), DatagramPeer.on(udp.family(), scope));
    }

    static Ends of(Transport on, TestScope scope) throws InterruptedException, IOException {
      return of(on, StandardProtocolFamily.INET, scope);
    }

    TestClient client() {
      return udp.client();
    }

    NtStatus send(WskBuf buffer, ControlInfo info) throws InterruptedException {
      return client().result(irp -> socket.sendTo(buffer, 0, peer.address(), info, irp));
    }

    NtStatus sendTo(SocketAddress to) throws InterruptedException {
      return client().result(irp -> socket.sendTo(WskBuf.of(new byte[1]), 0, to, null, irp));
    }
  }

  @EachTransportAndFamily
  @Rule({"DGS-02", "DGS-03", "DGS-19", "DGS-23"})
  void shouldSendDatagramsAsTheyAre(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    Mdl first = Mdl.of(Bytes.pattern(1, 10));
    Mdl second = Mdl.of(ByteBuffer.allocateDirect(20).put(Bytes.pattern(2, 20)).flip());
    first.setNext(second);
    for (WskBuf buffer :
        List.of(
            WskBuf.of(Bytes.pattern(3, 100)),
            WskBuf.of(second),
            WskBuf.of(first),
            new WskBuf(),
            new WskBuf(first, 3, 0))) {
      byte[] expected = buffer.toByteArray();
      Irp irp =
          ends.client()
              .succeed(one -> ends.socket.sendTo(buffer, 0, ends.peer.address(), null, one));
      assertThat(irp.information()).isEqualTo(expected.length);
      DatagramPeer.Datagram came = ends.peer.next();
      assertThat(came.bytes()).isEqualTo(expected);
      assertThat(came.from()).isEqualTo(ends.udp.local(ends.socket));
    }
    ends.client().close(ends.socket);
  }

  @EachTransportAndFamily
  @Rule({"DGS-21", "DGS-22", "DGS-24", "DGS-25", "DGS-20"})
  void shouldSendTheRegionAlone(Transport transport, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    Mdl chain = Mdl.of(Bytes.pattern(1, 10)).setNext(Mdl.of(Bytes.pattern(2, 10)));
    for (WskBuf good : List.of(new WskBuf(chain, 4, 9), new WskBuf(null, 77, 0))) {
      assertThat(ends.send(good, null)).isEqualTo(NtStatus.SUCCESS);
      assertThat(ends.peer.read()).isEqualTo(good.toByteArray());
    }
    for (WskBuf bad :
        List.of(new WskBuf(chain, 10, 5), new WskBuf(chain, 0, 21), new WskBuf(null, 0, 1))) {
      assertThat(ends.send(bad, null)).isEqualTo(BAD);
    }
    ends.udp.send(ends.socket, ends.peer.address(), (byte) 99);
    assertThat(ends.peer.read()).containsExactly(99);
    ends.client().close(ends.socket);
  }

  @EachTransport
  @Rule({"DGS-01", "DGS-04", "DGS-17", "DGS-18", "DGS-74"})
  void shouldRefuseBadArguments(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    TestClient client = ends.client();
    WskDatagramSocket unbound = ends.udp.socket();
    WskBuf one = WskBuf.of(new byte[1]);
    SocketAddress to = ends.peer.address();
    assertThat(client.result(irp -> unbound.sendTo(one, 0, to, null, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    for (int flags : new int[] {1, WskFlags.NODELAY, WskFlags.OOB, -1}) {
      assertThat(client.result(irp -> ends.socket.sendTo(one, flags, to, null, irp)))
          .isEqualTo(BAD);
    }
    assertThat(client.result(irp -> ends.socket.sendTo(null, 0, to, null, irp))).isEqualTo(BAD);
    assertThat(ends.socket.sendTo(one, 0, to, null, null)).isEqualTo(BAD);
    ends.udp.send(ends.socket, to, (byte) 42);
    assertThat(ends.peer.read()).containsExactly(42);
    client.close(ends.socket, unbound);
  }

  @EachTransportAndFamily
  @Rule({"DGS-09", "DGS-16"})
  void shouldNeedAnAddressThatCanBeReached(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    int other = ends.udp.family() == AddressFamily.INET ? AddressFamily.INET6 : AddressFamily.INET;
    assertThat(ends.sendTo(null)).isEqualTo(BAD);
    assertThat(ends.sendTo(TestClient.loopback(other, 9))).isEqualTo(BAD);
    assertThat(ends.sendTo(TestClient.loopback(ends.udp.family(), 0)))
        .isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);
    assertThat(ends.sendTo(TestClient.any(ends.udp.family(), 9)))
        .isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);
    ends.client().close(ends.socket);
  }

  @EachTransportAndFamily
  @Rule({"DGS-29", "DGR-62"})
  void shouldSendTheLongestDatagramAndNoLongerOne(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    int most = ends.udp.family() == AddressFamily.INET6 ? MOST_IPV6 : MOST_IPV4;
    WskDatagramSocket receiver = ends.udp.bound();
    SocketAddress to = ends.udp.local(receiver);
    assertThat(
            ends.client()
                .result(irp -> ends.socket.sendTo(WskBuf.of(new byte[most + 1]), 0, to, null, irp)))
        .isEqualTo(NtStatus.INVALID_BUFFER_SIZE);
    byte[] longest = Bytes.pattern(4, most);
    ends.udp.send(ends.socket, to, longest);
    assertThat(ends.udp.receive(receiver)).isEqualTo(longest);
    ends.client().close(ends.socket, receiver);
  }

  @EachTransportAndFamily
  @Rule({"OPT-65", "OPT-04", "OPT-68"})
  void shouldSayWhatItCanDo(Transport transport, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    boolean six = ends.udp.family() == AddressFamily.INET6;
    assertThat(get(ends, WskOptions.MAX_MSG_SIZE)).isEqualTo(six ? MOST_IPV6 : MOST_IPV4);
    assertThat(get(ends, WskOptions.BROADCAST)).isZero();
    assertThat(ends.udp.set(ends.socket, WskControlSocketType.SET_OPTION, TcpOptions.NODELAY, 1))
        .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    ends.client().close(ends.socket);
  }

  private static int get(Ends ends, WskControlKey<?, Integer> key) throws InterruptedException {
    Out<Integer> place = new Out<>();
    ends.client()
        .succeed(
            irp ->
                ends.socket.controlSocket(
                    WskControlSocketType.GET_OPTION, key, null, 4, place, null, irp));
    return place.require();
  }

  @EachTransport
  @Rule({"DGS-26", "DGS-27", "DGS-28"})
  void shouldNotTouchTheMemoryAfterwards(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    byte[] memory = {1, 2, 3};
    WskBuf buffer = WskBuf.of(memory);
    Irp irp = ends.client().irp();
    NtStatus returned = ends.socket.sendTo(buffer, 0, ends.peer.address(), null, irp);
    buffer.set(null, 0, 0);
    assertThat(ends.client().result(returned, irp)).isEqualTo(NtStatus.SUCCESS);
    Arrays.fill(memory, (byte) 9);
    assertThat(ends.peer.read()).containsExactly(1, 2, 3);
    ends.client().close(ends.socket);
  }

  @EachTransport
  @Rule({"DGS-31", "DGS-32", "OPT-05"})
  void shouldSendBroadcastsOnlyIfTold(Transport transport, TestScope scope) throws Exception {
    TestClient client = TestClient.on(transport, scope);
    DatagramClient udp = new DatagramClient(client, AddressFamily.INET);
    WskDatagramSocket receiver = udp.boundTo(TestClient.any(AddressFamily.INET, 0));
    InetSocketAddress all =
        TestClient.address(new byte[] {127, -1, -1, -1}, udp.local(receiver).getPort());
    WskDatagramSocket socket = udp.boundTo(TestClient.any(AddressFamily.INET, 0));
    WskBuf one = WskBuf.of(new byte[] {7});
    assertThat(client.result(irp -> socket.sendTo(one, 0, all, null, irp)))
        .isEqualTo(NtStatus.ACCESS_DENIED);
    assertThat(udp.set(socket, WskControlSocketType.SET_OPTION, WskOptions.BROADCAST, 1))
        .isEqualTo(NtStatus.SUCCESS);
    client.drain();
    client.succeed(irp -> socket.sendTo(one, 0, all, null, irp));
    assertThat(udp.receive(receiver)).containsExactly(7);
    client.close(receiver, socket);
  }

  @EachTransport
  @Rule({"DGS-36", "DGR-52"})
  void shouldHearNothingOfClosedPorts(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    InetSocketAddress closed = ends.peer.address();
    ends.peer.close();
    byte[] memory = new byte[4];
    Irp waiting = ends.client().pend(irp -> DatagramClient.receive(ends.socket, memory, irp));
    for (int i = 0; i < 5; i++) {
      assertThat(ends.sendTo(closed)).isEqualTo(NtStatus.SUCCESS);
      ends.client().drain();
    }
    assertThat(waiting.isCompleted()).isFalse();
    DatagramPeer other = DatagramPeer.on(AddressFamily.INET, scope);
    other.send(ends.udp.local(ends.socket), (byte) 3);
    assertThat(ends.client().result(NtStatus.PENDING, waiting)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory[0]).isEqualTo((byte) 3);
    ends.client().close(ends.socket);
  }

  @EachTransport
  @Rule({"DGS-40", "DGS-41"})
  void shouldSendFromManyThreadsAtOnce(Transport transport, TestScope scope) throws Exception {
    int threads = 4;
    int each = 20;
    Ends ends = Ends.of(transport, scope);
    List<Thread> senders = new ArrayList<>();
    List<Irp> irps = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Irp[] own = new Irp[each];
      Arrays.setAll(own, i -> ends.client().irp());
      irps.addAll(List.of(own));
      byte name = (byte) t;
      senders.add(
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  WskBuf one = WskBuf.of(new byte[] {name, (byte) i});
                  ends.socket.sendTo(one, 0, ends.peer.address(), null, own[i]);
                }
              }));
    }
    senders.forEach(Thread::start);
    for (Thread sender : senders) {
      sender.join();
    }
    for (Irp irp : irps) {
      assertThat(ends.client().result(irp)).isEqualTo(NtStatus.SUCCESS);
    }
    int[] next = new int[threads];
    for (int i = 0; i < threads * each; i++) {
      byte[] came = ends.peer.read();
      assertThat(came).hasSize(2);
      assertThat((int) came[1]).isEqualTo(next[came[0]]++);
    }
    ends.client().close(ends.socket);
  }

  @EachTransport
  @Rule({"DGS-43", "DGS-44", "DGS-47", "DGS-49", "DGS-50"})
  void shouldJudgeControlInformation(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    WskBuf one = WskBuf.of(new byte[] {1});
    assertThat(ends.send(one, ControlInfo.of())).isEqualTo(NtStatus.SUCCESS);
    for (RawControlMessage empty :
        List.of(
            new RawControlMessage(Protocol.IP, ControlType.IP_OPTIONS, new byte[0]),
            new RawControlMessage(Protocol.IPV6, ControlType.IPV6_RTHDR, new byte[0]))) {
      assertThat(ends.send(one, ControlInfo.of(empty))).isEqualTo(NtStatus.SUCCESS);
    }
    assertThat(ends.send(one, null)).isEqualTo(NtStatus.SUCCESS);
    for (int i = 0; i < 4; i++) {
      assertThat(ends.peer.read()).containsExactly(1);
    }
    WskBuf never = WskBuf.of(new byte[] {2});
    assertThat(ends.send(never, ControlInfo.wrap(ByteBuffer.allocate(16)))).isEqualTo(BAD);
    RawControlMessage unknown = new RawControlMessage(Protocol.IP, 12345, new byte[4]);
    assertThat(ends.send(never, ControlInfo.of(unknown))).isEqualTo(NtStatus.NOT_SUPPORTED);
    ends.udp.send(ends.socket, ends.peer.address(), (byte) 3);
    assertThat(ends.peer.read()).containsExactly(3);
    ends.client().close(ends.socket);
  }

  // ---- WskSendMessages

  private static WskBufList list(byte[]... parts) {
    return WskBufList.of(Arrays.stream(parts).map(WskBuf::of).toArray(WskBuf[]::new));
  }

  @EachTransportAndFamily
  @Rule({"DGS-61", "DGS-62", "DGS-63", "DGS-65", "DGS-66"})
  void shouldSendEachElementOfAList(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    byte[][] parts = {Bytes.pattern(1, 5), {}, Bytes.pattern(2, 1000), Bytes.pattern(3, 1)};
    Irp irp =
        ends.client()
            .succeed(
                one -> ends.socket.sendMessages(list(parts), 0, ends.peer.address(), null, one));
    assertThat(irp.information()).isEqualTo(1006);
    for (byte[] part : parts) {
      assertThat(ends.peer.read()).isEqualTo(part);
    }
    ends.client().close(ends.socket);
  }

  @EachTransport
  @Rule({"DGS-64", "DGS-67", "DGS-69", "DGS-72"})
  void shouldJudgeListsAsSingleDatagrams(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    TestClient client = ends.client();
    SocketAddress to = ends.peer.address();
    WskBufList one = list(new byte[] {5});
    Irp sent = client.succeed(irp -> ends.socket.sendMessages(one, 0, to, null, irp));
    assertThat(sent.information()).isOne();
    assertThat(ends.peer.read()).containsExactly(5);
    assertThat(client.result(irp -> ends.socket.sendMessages(null, 0, to, null, irp)))
        .isEqualTo(BAD);
    assertThat(client.result(irp -> ends.socket.sendMessages(one, 1, to, null, irp)))
        .isEqualTo(BAD);
    assertThat(client.result(irp -> ends.socket.sendMessages(one, 0, null, null, irp)))
        .isEqualTo(BAD);
    assertThat(ends.socket.sendMessages(one, 0, to, null, null)).isEqualTo(BAD);
    WskDatagramSocket unbound = ends.udp.socket();
    assertThat(client.result(irp -> unbound.sendMessages(one, 0, to, null, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    client.close(ends.socket, unbound);
  }

  @EachTransport
  @Rule({"DGS-71"})
  void shouldEndAListAtTheFirstFailure(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    WskBufList tooLong = list(new byte[] {1}, new byte[MOST_IPV4 + 1], new byte[] {2});
    Irp irp = ends.client().irp();
    NtStatus returned = ends.socket.sendMessages(tooLong, 0, ends.peer.address(), null, irp);
    assertThat(ends.client().result(returned, irp)).isEqualTo(NtStatus.INVALID_BUFFER_SIZE);
    assertThat(irp.information()).isZero();
    ends.udp.send(ends.socket, ends.peer.address(), (byte) 3);
    Set<Byte> came = new TreeSet<>();
    byte last = 0;
    while (last != 3) {
      last = ends.peer.read()[0];
      came.add(last);
    }
    assertThat(came).doesNotContain((byte) 2);
    ends.client().close(ends.socket);
  }

  @EachTransport
  @Rule({"DGS-42"})
  void shouldSendFromACompletionRoutine(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    Irp second = ends.client().irp();
    Irp first = ends.client().irp();
    ends.client()
        .onCompletion(
            first,
            done ->
                ends.socket.sendTo(
                    WskBuf.of(new byte[] {2}), 0, ends.peer.address(), null, second));
    NtStatus returned =
        ends.socket.sendTo(WskBuf.of(new byte[] {1}), 0, ends.peer.address(), null, first);
    assertThat(ends.client().result(returned, first)).isEqualTo(NtStatus.SUCCESS);
    assertThat(ends.client().result(second)).isEqualTo(NtStatus.SUCCESS);
    assertThat(ends.peer.read()).containsExactly(1);
    assertThat(ends.peer.read()).containsExactly(2);
    ends.client().close(ends.socket);
  }
}
