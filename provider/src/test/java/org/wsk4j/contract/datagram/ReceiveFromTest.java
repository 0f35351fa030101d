package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.MessageFlags;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramClient.Received;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ReceiveFromTest {
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;

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

    /** A datagram comes and is queued. */
    void come(byte... bytes) throws Exception {
      client().deliver(peer, udp.local(socket), bytes);
    }

    Irp pend(byte[] memory) {
      return client().pend(irp -> DatagramClient.receive(socket, memory, irp));
    }

    void close() throws InterruptedException {
      client().close(socket);
    }
  }

  @EachTransportAndFamily
  @Rule({"DGR-02", "DGR-06", "DGR-07", "DGR-15", "DGR-41"})
  void shouldGiveQueuedDatagramsInOrder(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    byte[][] sent = {Bytes.pattern(1, 10), Bytes.pattern(2, 3), Bytes.pattern(3, 200)};
    for (byte[] each : sent) {
      ends.come(each);
    }
    for (byte[] each : sent) {
      byte[] memory = new byte[1000];
      Received received = ends.udp.receive(ends.socket, WskBuf.of(memory));
      assertThat(received)
          .isEqualTo(new Received(NtStatus.SUCCESS, each.length, ends.peer.address(), 0, 0));
      assertThat(Arrays.copyOf(memory, each.length)).isEqualTo(each);
    }
    ends.close();
  }

  @EachTransportAndFamily
  @Rule({"DGR-03", "DGR-04", "DGR-05", "DGR-16"})
  void shouldServeWaitingRequestsInOrder(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    byte[][] memory = new byte[3][8];
    Irp[] irps = {ends.pend(memory[0]), ends.pend(memory[1]), ends.pend(memory[2])};
    ends.client().drain();
    assertThat(irps[0].isCompleted()).isFalse();
    for (int i = 0; i < 3; i++) {
      ends.peer.send(ends.udp.local(ends.socket), (byte) i);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(ends.client().result(NtStatus.PENDING, irps[i])).isEqualTo(NtStatus.SUCCESS);
      assertThat(irps[i].information()).isOne();
      assertThat(memory[i][0]).isEqualTo((byte) i);
    }
    Irp none = ends.pend(memory[0]);
    ends.client().drain();
    assertThat(none.isCompleted()).isFalse();
    ends.close();
    assertThat(ends.client().result(none)).isEqualTo(NtStatus.CANCELLED);
  }

  @EachTransportAndFamily
  @Rule({"DGR-08"})
  void shouldReceiveDatagramsWithoutData(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    Irp waiting = ends.pend(new byte[5]);
    ends.come();
    assertThat(ends.client().result(NtStatus.PENDING, waiting)).isEqualTo(NtStatus.SUCCESS);
    assertThat(waiting.information()).isZero();
    ends.come();
    ends.come((byte) 1);
    assertThat(ends.udp.receive(ends.socket)).isEmpty();
    assertThat(ends.udp.receive(ends.socket)).containsExactly(1);
    ends.close();
  }

  @EachTransportAndFamily
  @Rule({"DGR-09", "DGR-10", "DGR-11", "DGR-12"})
  void shouldCutWhatDoesNotFit(Transport transport, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    Ends ends = Ends.of(transport, family, scope);
    SocketAddress from = ends.peer.address();
    byte[] sent = Bytes.pattern(1, 10);
    byte[] memory = new byte[10];
    ends.come(sent);
    ends.come(sent);
    assertThat(ends.udp.receive(ends.socket, new WskBuf(Mdl.of(memory), 0, 4)))
        .isEqualTo(new Received(NtStatus.BUFFER_OVERFLOW, 4, from, 0, MessageFlags.TRUNC));
    assertThat(Arrays.copyOf(memory, 5)).isEqualTo(Arrays.copyOf(Arrays.copyOf(sent, 4), 5));
    assertThat(ends.udp.receive(ends.socket, WskBuf.of(memory)))
        .isEqualTo(new Received(NtStatus.SUCCESS, 10, from, 0, 0));
    AtomicReference<Received> waiting = new AtomicReference<>();
    Thread waiter =
        new Thread(
            () -> {
              try {
                waiting.set(ends.udp.receive(ends.socket, new WskBuf()));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    waiter.start();
    ends.come(sent);
    waiter.join();
    assertThat(waiting.get())
        .isEqualTo(new Received(NtStatus.BUFFER_OVERFLOW, 0, from, 0, MessageFlags.TRUNC));
    ends.come();
    assertThat(ends.udp.receive(ends.socket, new WskBuf()))
        .isEqualTo(new Received(NtStatus.SUCCESS, 0, from, 0, 0));
    ends.close();
  }

  @EachTransport
  @Rule({"DGR-13", "DGR-14"})
  void shouldFillAChain(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    byte[] first = new byte[6];
    byte[] third = new byte[20];
    Mdl second = Mdl.allocateDirect(5);
    Mdl chain = Mdl.of(first).setNext(second.setNext(Mdl.of(third)));
    byte[] sent = Bytes.pattern(5, 12);
    ends.come(sent);
    Received received = ends.udp.receive(ends.socket, new WskBuf(chain, 2, 25));
    assertThat(received.stored()).isEqualTo(12);
    assertThat(new WskBuf(chain, 2, 12).toByteArray()).isEqualTo(sent);
    assertThat(Arrays.copyOf(first, 2)).containsOnly(0);
    assertThat(Arrays.copyOfRange(third, 3, 20)).containsOnly(0);
    ends.close();
  }

  @EachTransport
  @Rule({"DGR-18", "DGR-19", "DGR-20", "DGR-22", "DGR-24"})
  void shouldWriteOnlyTheOutputsThatAreWanted(Transport transport, TestScope scope)
      throws Exception {
    Ends ends = Ends.of(transport, scope);
    Out<ControlInfo> info = new Out<>();
    LongOut flags = new LongOut();
    flags.set(77);
    LongOut length = new LongOut();
    length.set(500);
    WskBuf buffer = WskBuf.of(new byte[4]);
    for (int i = 0; i < 4; i++) {
      ends.come((byte) i);
    }
    TestClient client = ends.client();
    client.succeed(irp -> ends.socket.receiveFrom(buffer, 0, null, null, info, flags, irp));
    assertThat(info.get()).isNull();
    assertThat(flags.get()).isEqualTo(77);
    client.succeed(irp -> ends.socket.receiveFrom(buffer, 0, null, length, info, flags, irp));
    assertThat(length.get()).isZero();
    assertThat(flags.get()).isZero();
    client.succeed(irp -> ends.socket.receiveFrom(buffer, 0, null, length, null, null, irp));
    assertThat(length.get()).isZero();
    flags.set(5);
    client.succeed(irp -> ends.socket.receiveFrom(buffer, 0, null, length, null, flags, irp));
    assertThat(flags.get()).isZero();
    ends.close();
  }

  @EachTransport
  @Rule({"DGR-25", "DGR-28", "DGR-29", "DGR-51"})
  void shouldWriteTheOutputsBeforeItCompletes(Transport transport, TestScope scope)
      throws Exception {
    Ends ends = Ends.of(transport, scope);
    Out<SocketAddress> from = new Out<>();
    LongOut length = new LongOut();
    LongOut flags = new LongOut();
    length.set(64);
    flags.set(-1);
    Out<String> seen = new Out<>();
    Irp irp = ends.client().irp();
    ends.client()
        .onCompletion(irp, done -> seen.set(from.get() + " " + length.get() + " " + flags.get()));
    NtStatus returned =
        ends.socket.receiveFrom(WskBuf.of(new byte[4]), 0, from, length, new Out<>(), flags, irp);
    ends.come((byte) 1);
    assertThat(ends.client().result(returned, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(seen.get()).isEqualTo(ends.peer.address() + " 0 0");
    ends.close();
  }

  @EachTransport
  @Rule({"DGR-01", "DGR-31", "DGR-32", "DGB-35"})
  void shouldRefuseBadArguments(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    TestClient client = ends.client();
    WskDatagramSocket unbound = ends.udp.socket();
    WskBuf one = WskBuf.of(new byte[1]);
    client.result(irp -> unbound.sendTo(one, 0, ends.peer.address(), null, irp));
    assertThat(client.result(irp -> unbound.receiveFrom(one, 0, null, null, null, null, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(client.result(irp -> ends.socket.receiveFrom(one, 1, null, null, null, null, irp)))
        .isEqualTo(BAD);
    assertThat(client.result(irp -> ends.socket.receiveFrom(null, 0, null, null, null, null, irp)))
        .isEqualTo(BAD);
    assertThat(ends.socket.receiveFrom(one, 0, null, null, null, null, null)).isEqualTo(BAD);
    client.close(ends.socket, unbound);
  }

  @EachTransport
  @Rule({"DGR-33"})
  void shouldLoseNothingByACancellation(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    byte[] memory = new byte[8];
    Irp first = ends.pend(memory);
    Irp second = ends.pend(memory);
    ends.client().drain();
    first.cancel();
    assertThat(ends.client().result(NtStatus.PENDING, first)).isEqualTo(NtStatus.CANCELLED);
    ends.come((byte) 4);
    assertThat(ends.client().result(NtStatus.PENDING, second)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory[0]).isEqualTo((byte) 4);
    ends.close();
  }

  @EachTransport
  @Rule({"DGR-40", "OPT-28", "OPT-29"})
  void shouldDropWhatFindsNoRoom(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    long before = ends.client().provider().statistics().traffic().drops();
    setReceiveBuffer(ends, 1000);
    for (byte i = 1; i <= 5; i++) {
      byte[] datagram = new byte[400];
      datagram[0] = i;
      ends.come(datagram);
    }
    assertThat(ends.client().provider().statistics().traffic().drops()).isEqualTo(before + 2);
    for (byte i = 1; i <= 3; i++) {
      assertThat(ends.udp.receive(ends.socket)[0]).isEqualTo(i);
    }
    setReceiveBuffer(ends, 0);
    ends.come((byte) 6);
    byte[] memory = new byte[1];
    Irp waiting = ends.pend(memory);
    ends.client().drain();
    assertThat(waiting.isCompleted()).isFalse();
    ends.come((byte) 7);
    assertThat(ends.client().result(NtStatus.PENDING, waiting)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory[0]).isEqualTo((byte) 7);
    assertThat(ends.client().provider().statistics().traffic().drops()).isEqualTo(before + 3);
    ends.close();
  }

  private static void setReceiveBuffer(Ends ends, int bytes) throws InterruptedException {
    assertThat(ends.udp.set(ends.socket, WskControlSocketType.SET_OPTION, WskOptions.RCVBUF, bytes))
        .isEqualTo(NtStatus.SUCCESS);
  }

  @EachTransport
  void shouldBoundDatagramsWithoutDataToo(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    setReceiveBuffer(ends, 2);
    InetSocketAddress to = ends.udp.local(ends.socket);
    for (int i = 0; i < 4; i++) {
      ends.peer.send(to);
    }
    ends.client().drain();
    assertThat(ends.udp.receive(ends.socket)).isEmpty();
    assertThat(ends.udp.receive(ends.socket)).isEmpty();
    byte[] memory = new byte[1];
    Irp none = ends.pend(memory);
    ends.client().drain();
    assertThat(none.isCompleted()).isFalse();
    ends.close();
  }
}
