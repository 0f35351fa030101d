package org.wsk4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.buffer.WskBufList;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.UdpOptions;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskTdiBehavior;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlMessage;
import org.wsk4j.net.In6PktInfo;
import org.wsk4j.net.InAddr;
import org.wsk4j.net.InPktInfo;
import org.wsk4j.net.InRecvErr;
import org.wsk4j.net.IntControlMessage;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/**
 * A library for a protocol on UDP (A5): it probes on basic sockets what there is, enables the
 * receive event for all sockets of the client, serves IPv4 and IPv6 from one socket, wants to know
 * for each datagram where it was sent to, sends batches with control information that stands on its
 * stack, and lets the answer of the close decide who frees the context.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DatagramBringUpTest {
  private static final int V6 = AddressFamily.INET6;
  private static final int V4 = AddressFamily.INET;
  private static final NtStatus OK = NtStatus.SUCCESS;
  private static final int LIVES = 10_000;

  /** The program: a binding, as such a library calls it. */
  private static final class Binding {
    private final Scenario scenario;
    private final Transport transport;
    private final DatagramLog log;
    private final Request irp;
    private final WskDatagramSocket socket;
    private final InetSocketAddress local;

    Binding(Transport transport, TestScope scope) throws InterruptedException {
      this.transport = transport;
      scenario = Scenario.on(transport, scope);
      log = new DatagramLog(scenario);
      irp = scenario.request();
      prepareClient();
      socket = scenario.datagrams(V6, this, log.dispatch());
      configure();
      submit(it -> socket.bind(TestClient.any(V6, 0), 0, it)).expect(OK);
      local = scenario.local(socket);
    }

    boolean tellsAndTakesControl() {
      return transport.can(TransportFeature.CONTROL_INFO);
    }

    /** One IRP serves one call after the other. */
    Turn submit(TestClient.Call call) throws InterruptedException {
      irp.submit(call);
      return irp.await();
    }

    private void prepareClient() {
      // What comes of the first is of no interest.
      scenario
          .client()
          .functions()
          .controlClient(
              scenario.client().client(),
              WskClientControls.TDI_BEHAVIOR,
              WskTdiBehavior.BYPASS_TDI,
              0,
              null,
              null,
              null);
      assertThat(scenario.client().statics(WskEventCallbackControl.RECEIVE_FROM)).isEqualTo(OK);
    }

    /** The order is that of the library; what a transport cannot do says so, and nothing else. */
    private void configure() throws InterruptedException {
      set(Ipv6Options.V6ONLY, 0).expect(OK);
      wish(IpOptions.DONTFRAGMENT);
      wish(Ipv6Options.DONTFRAG);
      wish(Ipv6Options.PKTINFO);
      wish(IpOptions.PKTINFO);
      wish(Ipv6Options.RECVTCLASS);
      wish(IpOptions.RECVTOS);
      wish(Ipv6Options.RECVERR);
      wish(IpOptions.RECVERR);
      wish(IpOptions.HOPLIMIT);
      wish(Ipv6Options.HOPLIMIT);
    }

    private void wish(WskControlKey<Integer, Integer> option) throws InterruptedException {
      set(option, 1).expect(tellsAndTakesControl() ? OK : NtStatus.NOT_SUPPORTED);
    }

    private Turn set(WskControlKey<Integer, Integer> option, int value)
        throws InterruptedException {
      return submit(
          it ->
              socket.controlSocket(
                  WskControlSocketType.SET_OPTION, option, value, 0, null, null, it));
    }

    /** {@return where an IPv4 peer reaches it} */
    InetSocketAddress forIpv4() {
      return TestClient.loopback(V4, local.getPort());
    }

    void connect(InetSocketAddress peer) throws InterruptedException {
      submit(
              it ->
                  socket.controlSocket(
                      WskControlSocketType.IOCTL,
                      WskIoctls.SET_REMOTE_ADDRESS,
                      mapped(peer),
                      0,
                      null,
                      null,
                      it))
          .expect(OK);
    }

    /** Sends a list; the control bytes are used for other things as soon as the call returns. */
    Turn send(@Nullable InetSocketAddress to, byte @Nullable [] control, @Nullable WskBufList list)
        throws InterruptedException {
      return submit(
          it -> {
            NtStatus returned =
                socket.sendMessages(list, 0, to, control != null ? wrapped(control) : null, it);
            if (control != null) {
              Arrays.fill(control, (byte) 0xA5);
            }
            return returned;
          });
    }

    void close() throws InterruptedException {
      scenario.close(socket);
    }
  }

  private static InetSocketAddress mapped(InetSocketAddress address) {
    return SocketAddresses.toMapped(address);
  }

  private static byte[] bytes(ControlInfo info) {
    byte[] bytes = new byte[info.nativeSize()];
    info.encode(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return bytes;
  }

  private static ControlInfo wrapped(byte[] bytes) {
    return ControlInfo.wrap(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static byte[] text(int length, int first) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) (first + i);
    }
    return text;
  }

  // ---- 1 to 8

  @EachTransport
  void shouldProbeWithBasicSocketsA5(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    WskSocket tcp = scenario.basic(V6, true);
    Out<Boolean> scales = new Out<>();
    Turn rss =
        scenario.call(
            irp ->
                tcp.controlSocket(
                    WskControlSocketType.IOCTL,
                    WskIoctls.QUERY_RSS_SCALABILITY_INFO,
                    null,
                    1,
                    scales,
                    null,
                    irp));
    assertThat(rss.status()).isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(scales.get()).isNull();
    scenario.close(tcp);

    WskSocket udp = scenario.basic(V6, false);
    for (WskControlKey<Integer, Integer> size :
        List.of(UdpOptions.SEND_MSG_SIZE, UdpOptions.RECV_MAX_COALESCED_SIZE)) {
      Turn turn =
          scenario.call(
              irp ->
                  udp.controlSocket(
                      WskControlSocketType.GET_OPTION, size, null, 4, new Out<>(), null, irp));
      TransportFeature feature =
          size == UdpOptions.SEND_MSG_SIZE
              ? TransportFeature.SEND_SEGMENTATION
              : TransportFeature.RECEIVE_COALESCING;
      assertThat(turn.status()).isEqualTo(on.can(feature) ? OK : NtStatus.NOT_SUPPORTED);
    }
    scenario.set(udp, Ipv6Options.TCLASS, 2);
    scenario.close(udp);
  }

  @EachTransport
  void shouldComeUpA5(Transport on, TestScope scope) throws Exception {
    Binding binding = new Binding(on, scope);
    assertThat(binding.local.getAddress()).isInstanceOf(Inet6Address.class);
    assertThat(binding.local.getAddress().isAnyLocalAddress()).isTrue();
    assertThat(binding.local.getPort()).isPositive();
    binding.close();
  }

  // ---- 9

  @EachTransport
  void shouldTellWhereEachDatagramWasSentA5(Transport on, TestScope scope) throws Exception {
    Binding binding = new Binding(on, scope);
    DatagramPeer peer = DatagramPeer.on(V4, scope);
    for (int i = 0; i < 3; i++) {
      peer.send(binding.forIpv4(), text(100 * i, i));
    }
    for (int i = 0; i < 3; i++) {
      DatagramLog.Datagram datagram = binding.log.next();
      assertThat(datagram.context()).isSameAs(binding);
      assertThat(datagram.data()).isEqualTo(text(100 * i, i));
      assertThat(datagram.from()).isEqualTo(mapped(peer.address()));
      if (binding.tellsAndTakesControl()) {
        assertThat(destination(datagram)).isEqualTo(peer.address().getAddress());
        assertThat(datagram.control()).anyMatch(DatagramBringUpTest::isTtl);
      }
      binding.scenario.client().drain();
      // It was taken: it is the provider's again.
      assertThat(binding.socket.release(datagram.element())).isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    binding.close();
  }

  /** Without it, such a library drops the datagram. */
  private static @Nullable InetAddress destination(DatagramLog.Datagram datagram) {
    InPktInfo ipv4 = datagram.find(InPktInfo.class);
    In6PktInfo ipv6 = datagram.find(In6PktInfo.class);
    if (ipv4 != null) {
      return ipv4.address();
    }
    return ipv6 != null ? SocketAddresses.unmap(ipv6.address()) : null;
  }

  private static boolean isTtl(ControlMessage message) {
    return message.equals(IntControlMessage.ttl(64))
        || message.equals(IntControlMessage.hopLimit(64));
  }

  // ---- 10, 11

  @EachTransport
  void shouldSendABatchWithControlInformationOfTheStackA5(Transport on, TestScope scope)
      throws Exception {
    Binding binding = new Binding(on, scope);
    DatagramPeer peer = DatagramPeer.on(V4, scope);
    byte[] large = text(2000, 7);
    WskBufList list =
        WskBufList.of(
            WskBuf.of(text(10, 1)), WskBuf.of(text(1200, 2)), new WskBuf(Mdl.of(large), 500, 300));
    ControlInfo control =
        ControlInfo.of(
            new InPktInfo(InAddr.toAddress(InAddr.LOOPBACK), 0),
            IntControlMessage.ecn(Protocol.IP, 2));

    Turn sent = binding.send(mapped(peer.address()), bytes(control), list);
    if (!binding.tellsAndTakesControl()) {
      sent.expect(NtStatus.NOT_SUPPORTED);
      sent = binding.send(mapped(peer.address()), null, list);
    }

    assertThat(sent.expect(OK).information()).isEqualTo(1510);
    assertThat(peer.read()).isEqualTo(text(10, 1));
    assertThat(peer.read()).isEqualTo(text(1200, 2));
    assertThat(peer.read()).isEqualTo(Arrays.copyOfRange(large, 500, 800));
    binding.close();
  }

  @EachTransport
  void shouldCutABufferIntoDatagramsA5(Transport on, TestScope scope) throws Exception {
    Binding binding = new Binding(on, scope);
    DatagramPeer peer = DatagramPeer.on(V4, scope);
    byte[] data = text(3000, 3);
    Turn sent =
        binding.send(
            mapped(peer.address()),
            bytes(ControlInfo.of(IntControlMessage.sendMessageSize(1200))),
            WskBufList.of(WskBuf.of(data)));
    if (on.can(TransportFeature.SEND_SEGMENTATION)) {
      assertThat(sent.expect(OK).information()).isEqualTo(3000);
      assertThat(peer.read()).isEqualTo(Arrays.copyOfRange(data, 0, 1200));
      assertThat(peer.read()).isEqualTo(Arrays.copyOfRange(data, 1200, 2400));
      assertThat(peer.read()).isEqualTo(Arrays.copyOfRange(data, 2400, 3000));
    } else {
      sent.expect(NtStatus.NOT_SUPPORTED);
    }
    binding.close();
  }

  // ---- 12 to 14

  @EachTransport
  void shouldTalkToOnePeerA5(Transport on, TestScope scope) throws Exception {
    Binding binding = new Binding(on, scope);
    DatagramPeer peer = DatagramPeer.on(V4, scope);
    DatagramPeer other = DatagramPeer.on(V4, scope);
    binding.connect(peer.address());
    binding.send(null, null, WskBufList.of(WskBuf.of(text(5, 5)))).expect(OK);
    assertThat(peer.read()).isEqualTo(text(5, 5));
    other.send(binding.forIpv4(), (byte) 1);
    peer.send(binding.forIpv4(), (byte) 2);
    assertThat(binding.log.next().data()).containsExactly(2);
    binding.scenario.client().drain();
    assertThat(binding.log.isEmpty()).isTrue();
    binding.close();
  }

  @EachTransport
  void shouldTakeAnAnswerThatIsNoneForARefusalA5(Transport on, TestScope scope) throws Exception {
    Binding binding = new Binding(on, scope);
    DatagramPeer peer = DatagramPeer.on(V4, scope);
    binding.log.answerOnce(NtStatus.DEVICE_NOT_READY);
    peer.send(binding.forIpv4(), (byte) 1);
    DatagramLog.Datagram refused = binding.log.next();
    binding.scenario.client().drain();
    assertThat(binding.socket.release(refused.element())).isEqualTo(NtStatus.INVALID_PARAMETER);
    peer.send(binding.forIpv4(), (byte) 2);
    assertThat(binding.log.next().data()).containsExactly(2);
    assertThat(binding.log.isEmpty()).isTrue();
    binding.close();
  }

  @EachTransport
  void shouldGoOnWhenNobodyListensA5(Transport on, TestScope scope) throws Exception {
    Binding binding = new Binding(on, scope);
    DatagramPeer gone = DatagramPeer.on(V4, scope);
    InetSocketAddress closed = gone.address();
    gone.close();
    binding.connect(closed);
    binding.send(null, null, WskBufList.of(WskBuf.of(text(5, 5)))).expect(OK);
    if (binding.tellsAndTakesControl()) {
      DatagramLog.Datagram told = binding.log.next();
      assertThat(told.find(InRecvErr.class)).isNotNull();
      assertThat(told.from()).isEqualTo(mapped(closed));
    }
    binding.send(null, null, WskBufList.of(WskBuf.of(text(5, 5)))).expect(OK);
    DatagramPeer peer = DatagramPeer.on(V4, scope);
    binding.connect(peer.address());
    binding.send(null, null, WskBufList.of(WskBuf.of(text(6, 6)))).expect(OK);
    assertThat(peer.read()).isEqualTo(text(6, 6));
    peer.send(binding.forIpv4(), (byte) 9);
    DatagramLog.Datagram datagram = binding.log.next();
    while (datagram.find(InRecvErr.class) != null) {
      datagram = binding.log.next(); // of the second one to nobody
    }
    assertThat(datagram.data()).containsExactly(9);
    binding.close();
  }

  // ---- 15

  /** A context that is freed once: by the caller, or by the routine if the close was pending. */
  private static final class Context {
    private final AtomicInteger freed = new AtomicInteger();

    void free() {
      freed.incrementAndGet();
    }
  }

  @EachTransport
  void shouldSayByItsAnswerWhoFreesTheContextA5(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    DatagramLog log = new DatagramLog(scenario);
    assertThat(scenario.client().statics(WskEventCallbackControl.RECEIVE_FROM)).isEqualTo(OK);
    WskDatagramSocket held = scenario.datagrams(V4, null, null);
    scenario.succeed(irp -> held.bind(TestClient.loopback(V4, 0), 0, irp));
    InetSocketAddress address = scenario.local(held);
    scenario.close(held);
    AtomicBoolean over = new AtomicBoolean();
    Future<?> load = flood(scenario.thread("load"), DatagramPeer.on(V4, scope), address, over);
    Request irp = scenario.request();
    int pending = 0;
    for (int life = 0; life < LIVES; life++) {
      boolean basic = life % 4 == 0;
      Context context = new Context();
      WskSocket socket =
          basic ? scenario.basic(V4, false) : scenario.datagrams(V4, context, log.dispatch());
      if (socket instanceof WskDatagramSocket datagrams) {
        irp.then(turn -> {});
        irp.submit(it -> datagrams.bind(address, 0, it));
        irp.await().expect(OK);
      }
      irp.then(
          turn -> {
            if (turn.pendingReturned()) {
              context.free();
            }
          });
      Turn close = irp.submit(socket::closeSocket);
      if (close.returned() != NtStatus.PENDING) {
        context.free();
      }
      pending += close.returned() == NtStatus.PENDING ? 1 : 0;
      irp.await().expect(OK);
      scenario.forget(socket);
      assertThat(context.freed).hasValue(1);
    }
    over.set(true);
    load.get(10, TimeUnit.SECONDS);
    assertThat(pending).as("closes that were pending").isBetween(1, LIVES - 1);
  }

  private static Future<?> flood(
      ExecutorService thread, DatagramPeer peer, InetSocketAddress to, AtomicBoolean over) {
    return thread.submit(
        () -> {
          while (!over.get()) {
            peer.send(to, (byte) 1);
            Thread.yield();
          }
          return null;
        });
  }
}
