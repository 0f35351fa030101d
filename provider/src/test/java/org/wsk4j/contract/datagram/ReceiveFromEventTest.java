package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.DatagramRecorder;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ReceiveFromEventTest {
  /** A socket with a callback, and a foreign end of the same family. */
  private record Ends(
      DatagramClient udp, DatagramRecorder recorder, WskDatagramSocket socket, DatagramPeer peer) {
    static Ends of(Transport on, StandardProtocolFamily family, TestScope scope)
        throws InterruptedException, IOException {
      DatagramClient udp = new DatagramClient(TestClient.on(on, scope), TestClient.family(family));
      DatagramRecorder recorder = new DatagramRecorder();
      return new Ends(udp, recorder, udp.bound(recorder), DatagramPeer.on(udp.family(), scope));
    }

    static Ends of(Transport on, TestScope scope) throws InterruptedException, IOException {
      return of(on, StandardProtocolFamily.INET, scope);
    }

    TestClient client() {
      return udp.client();
    }

    Ends enabled() {
      assertThat(udp.enable(socket)).isEqualTo(NtStatus.SUCCESS);
      return this;
    }

    /** A datagram comes, and what it causes has happened. */
    void come(byte... bytes) throws Exception {
      client().deliver(peer, udp.local(socket), bytes);
    }

    /** So many datagrams come while the loop is busy, so that it finds them all at once. */
    void comeAtOnce(int count) throws Exception {
      InetSocketAddress to = udp.local(socket);
      CountDownLatch sent = new CountDownLatch(1);
      Thread sender =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < count; i++) {
                    peer.send(to, (byte) i);
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                } finally {
                  sent.countDown();
                }
              });
      RunningProvider.onLoopOf(
          socket,
          () -> {
            sender.start();
            return sent.await(10, TimeUnit.SECONDS);
          });
      client().drain();
    }

    void close() throws InterruptedException {
      client().close(socket);
    }
  }

  @EachTransportAndFamily
  @Rule({"DGR-54", "DGR-58", "DGR-59", "DGR-61", "DGB-06"})
  void shouldIndicateWhatComes(Transport transport, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    Ends ends = Ends.of(transport, family, scope).enabled();
    long faults = ends.client().provider().statistics().clientFaults();
    byte[] sent = Bytes.pattern(1, 300);
    DatagramRecorder.Action look =
        call -> {
          WskDatagramIndication first = call.list();
          assertThat(first).isNotNull();
          assertThat(first.controlInfo()).isNull();
          assertThat(first.buffer().length()).isEqualTo(300);
          return NtStatus.SUCCESS;
        };
    ends.recorder.then(look);
    ends.come(sent);
    DatagramRecorder.Call call = ends.recorder.next();
    assertThat(call.copies()).hasSize(1);
    assertThat(call.copies().get(0)).isEqualTo(sent);
    assertThat(call.senders()).containsExactly(ends.peer.address());
    assertThat(call.flags()).isEqualTo(WskFlags.AT_DISPATCH_LEVEL);
    assertThat(call.context()).isSameAs(ends.recorder);
    assertThat(ends.client().provider().statistics().clientFaults()).isEqualTo(faults);
    ends.close();
  }

  @EachTransportAndFamily
  @Rule({"DGR-57", "DGR-60", "DGR-65"})
  void shouldIndicateWhatIsThereAsOneList(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, family, scope).enabled();
    ends.comeAtOnce(5);
    DatagramRecorder.Call call = ends.recorder.next();
    assertThat(call.copies()).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(call.copies().get(i)).containsExactly(i);
    }
    ends.come((byte) 77);
    assertThat(ends.recorder.nextDatagram()).containsExactly(77);
    assertThat(ends.recorder.count()).isEqualTo(2);
    ends.close();
  }

  @EachTransportAndFamily
  @Rule({"DGR-64"})
  void shouldIndicateDatagramsWithoutData(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, family, scope).enabled();
    ends.come();
    ends.come((byte) 2);
    assertThat(ends.recorder.nextDatagram()).isEmpty();
    assertThat(ends.recorder.nextDatagram()).containsExactly(2);
    ends.close();
  }

  @EachTransport
  @Rule({"DGR-53", "DGR-55", "DGR-85", "DGR-86"})
  void shouldPreferRequestsAndKeepSilentWhenDisabled(Transport transport, TestScope scope)
      throws Exception {
    Ends ends = Ends.of(transport, scope);
    ends.come((byte) 1);
    assertThat(ends.recorder.count()).isZero();
    ends.enabled();
    assertThat(ends.recorder.nextDatagram()).containsExactly(1);
    byte[] memory = new byte[1];
    Irp irp = ends.client().pend(one -> DatagramClient.receive(ends.socket, memory, one));
    ends.come((byte) 2);
    assertThat(ends.client().result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory[0]).isEqualTo((byte) 2);
    assertThat(ends.udp.disable(ends.socket)).isEqualTo(NtStatus.SUCCESS);
    ends.come((byte) 3);
    assertThat(ends.recorder.count()).isOne();
    assertThat(ends.udp.receive(ends.socket)).containsExactly(3);
    ends.close();
  }

  @EachTransport
  @Rule({"DGR-68", "DGR-69", "DGR-70", "DGR-71"})
  void shouldKeepWhatIsRefused(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope).enabled();
    ends.recorder.then(call -> NtStatus.DATA_NOT_ACCEPTED);
    ends.comeAtOnce(3);
    assertThat(ends.recorder.next().copies()).hasSize(3);
    ends.come((byte) 9);
    assertThat(ends.recorder.count()).isOne();
    assertThat(ends.udp.receive(ends.socket)).containsExactly(0);
    ends.recorder.then(call -> NtStatus.SUCCESS);
    ends.enabled();
    for (int expected : new int[] {1, 2, 9}) {
      assertThat(ends.recorder.nextDatagram()).containsExactly(expected);
    }
    ends.come((byte) 10);
    assertThat(ends.recorder.nextDatagram()).containsExactly(10);
    ends.close();
  }

  @EachTransport
  @Rule({"DGR-72", "DGR-73", "DGB-38", "OPT-61"})
  void shouldDropWhatAStaticCallbackRefuses(Transport transport, TestScope scope) throws Exception {
    TestClient client = TestClient.on(transport, scope);
    assertThat(client.statics(WskEventCallbackControl.RECEIVE_FROM)).isEqualTo(NtStatus.SUCCESS);
    DatagramClient udp = new DatagramClient(client, AddressFamily.INET);
    DatagramRecorder recorder = new DatagramRecorder(call -> NtStatus.DATA_NOT_ACCEPTED);
    WskDatagramSocket socket = udp.bound(recorder);
    DatagramPeer peer = DatagramPeer.on(AddressFamily.INET, scope);
    peer.send(udp.local(socket), (byte) 1);
    assertThat(recorder.nextDatagram()).containsExactly(1);
    peer.send(udp.local(socket), (byte) 2);
    assertThat(recorder.nextDatagram()).containsExactly(2);
    byte[] memory = new byte[1];
    Irp none = client.pend(irp -> DatagramClient.receive(socket, memory, irp));
    client.drain();
    assertThat(none.isCompleted()).isFalse();
    assertThat(udp.disable(socket)).isEqualTo(NtStatus.NOT_SUPPORTED);
    client.close(socket);
    assertThat(client.result(none)).isEqualTo(NtStatus.CANCELLED);
  }

  @EachTransport
  @Rule({"DGR-75", "DGR-76"})
  void shouldTakeFailuresAndExceptionsAsRefusals(Transport transport, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(RunningProvider.alone(transport, scope), scope);
    DatagramClient udp = new DatagramClient(client, AddressFamily.INET);
    DatagramPeer peer = DatagramPeer.on(AddressFamily.INET, scope);
    DatagramRecorder recorder = new DatagramRecorder();
    WskDatagramSocket socket = udp.bound(recorder);
    InetSocketAddress to = udp.local(socket);
    List<DatagramRecorder.Action> refusals =
        List.of(
            call -> NtStatus.DEVICE_NOT_READY,
            call -> {
              throw new IllegalStateException("a fault of the client");
            });
    byte next = 1;
    for (DatagramRecorder.Action refusal : refusals) {
      recorder.then(refusal);
      assertThat(udp.enable(socket)).isEqualTo(NtStatus.SUCCESS);
      peer.send(to, next);
      assertThat(recorder.nextDatagram()).containsExactly(next);
      client.drain();
      assertThat(udp.receive(socket)).containsExactly(next);
      next++;
    }
    recorder.then(call -> NtStatus.EVENT_PENDING);
    assertThat(udp.enable(socket)).isEqualTo(NtStatus.SUCCESS);
    peer.send(to, next);
    assertThat(recorder.nextDatagram()).containsExactly(next);
    peer.send(to, (byte) 50);
    assertThat(recorder.nextDatagram()).containsExactly(50);
    assertThat(client.provider().statistics().clientFaults()).isOne();
    client.close(socket);
  }

  @EachTransport
  @Rule({"DGR-66", "DGR-67", "DGX-16", "DGR-80"})
  void shouldGoOnWhileDatagramsAreKept(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope).enabled();
    ends.recorder.then(
        call -> {
          for (WskDatagramIndication each = call.list(); each != null; ) {
            WskDatagramIndication next = each.next();
            each.setNext(null);
            each = next;
          }
          return NtStatus.PENDING;
        });
    ends.come((byte) 1);
    WskDatagramIndication first = ends.recorder.next().list();
    ends.come((byte) 2);
    WskDatagramIndication second = ends.recorder.next().list();
    ends.udp.send(ends.socket, ends.peer.address(), (byte) 3);
    assertThat(ends.peer.read()).containsExactly(3);
    assertThat(first.buffer().toByteArray()).containsExactly(1);
    assertThat(first.remoteAddress()).isEqualTo(ends.peer.address());
    assertThat(second.buffer().toByteArray()).containsExactly(2);
    assertThat(ends.socket.release(second)).isEqualTo(NtStatus.SUCCESS);
    assertThat(ends.socket.release(first)).isEqualTo(NtStatus.SUCCESS);
    ends.close();
  }

  @EachTransport
  @Rule({"DGR-81", "DGR-82", "DGR-83", "DGB-51", "DGR-79"})
  void shouldLetACallbackDoEverything(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope).enabled();
    long faults = ends.client().provider().statistics().clientFaults();
    Irp sent = ends.client().irp();
    Irp received = ends.client().irp();
    Irp closed = ends.client().irp();
    AtomicInteger before = new AtomicInteger();
    ends.recorder.then(
        call -> {
          ends.socket.sendTo(WskBuf.of(new byte[] {8}), 0, ends.peer.address(), null, sent);
          DatagramClient.receive(ends.socket, new byte[1], received);
          ends.udp.disable(ends.socket);
          assertThat(ends.socket.release(call.list())).isEqualTo(NtStatus.SUCCESS);
          ends.socket.closeSocket(closed);
          before.set(closed.isCompleted() ? 1 : 2);
          return NtStatus.PENDING;
        });
    ends.peer.send(ends.udp.local(ends.socket), (byte) 1);
    assertThat(ends.recorder.next().copies()).hasSize(1);
    assertThat(ends.client().result(closed)).isEqualTo(NtStatus.SUCCESS);
    assertThat(before.get()).isEqualTo(2);
    assertThat(ends.client().result(sent)).isIn(NtStatus.SUCCESS, NtStatus.CANCELLED);
    assertThat(ends.client().result(received)).isEqualTo(NtStatus.CANCELLED);
    assertThat(ends.recorder.count()).isOne();
    assertThat(ends.client().provider().statistics().clientFaults()).isEqualTo(faults);
  }

  @EachTransport
  @Rule({"DGB-04", "DGB-05", "OPT-32", "OPT-34", "OPT-40"})
  void shouldEnableOnlyWhatThereIs(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope);
    WskDatagramSocket plain = ends.udp.bound();
    assertThat(ends.udp.enable(plain)).isEqualTo(NtStatus.INVALID_PARAMETER);
    WskDatagramSocket empty = ends.udp.socket(null, new WskClientDatagramDispatch(null));
    assertThat(ends.udp.enable(empty)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    ends.client().succeed(irp -> empty.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    assertThat(ends.udp.enable(empty)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(ends.client().control(ends.socket, WskEventCallbackControl.RECEIVE))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    ends.udp.send(plain, ends.udp.local(empty), (byte) 4);
    assertThat(ends.udp.receive(empty)).containsExactly(4);
    ends.client().close(plain, empty, ends.socket);
  }

  @EachTransport
  @Rule({"DGR-84"})
  void shouldCallOneAfterTheOther(Transport transport, TestScope scope) throws Exception {
    Ends ends = Ends.of(transport, scope).enabled();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger came = new AtomicInteger();
    ends.recorder.then(
        call -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          came.addAndGet(call.copies().size());
          inside.decrementAndGet();
          return NtStatus.SUCCESS;
        });
    InetSocketAddress to = ends.udp.local(ends.socket);
    for (int i = 0; i < 100; i++) {
      ends.peer.send(to, (byte) i);
      ends.udp.enable(ends.socket);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(ends.recorder.nextDatagram()).containsExactly(i);
    }
    assertThat(most.get()).isOne();
    ends.close();
  }
}
