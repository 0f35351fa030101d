package org.wsk4j.contract.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.DatagramRecorder;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DatagramReleaseTest {
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;

  /** A socket whose client keeps every datagram, cut into single elements. */
  private static final class Keeper {
    final DatagramClient udp;
    final DatagramRecorder recorder = new DatagramRecorder(this::keep);
    final LinkedBlockingQueue<WskDatagramIndication> kept = new LinkedBlockingQueue<>();
    final WskDatagramSocket socket;
    private final DatagramPeer peer;

    Keeper(Transport on, TestScope scope) throws Exception {
      udp = new DatagramClient(TestClient.on(on, scope), AddressFamily.INET);
      socket = udp.listening(recorder);
      peer = DatagramPeer.on(AddressFamily.INET, scope);
    }

    private NtStatus keep(DatagramRecorder.Call call) {
      for (WskDatagramIndication each = call.list(); each != null; ) {
        WskDatagramIndication next = each.next();
        each.setNext(null);
        kept.add(each);
        each = next;
      }
      return NtStatus.PENDING;
    }

    /** So many datagrams come and are kept, each with its number. */
    List<WskDatagramIndication> keep(int count) throws Exception {
      InetSocketAddress to = udp.local(socket);
      List<WskDatagramIndication> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        peer.send(to, (byte) i);
        WskDatagramIndication one = kept.poll(10, TimeUnit.SECONDS);
        assertThat(one).isNotNull();
        all.add(one);
      }
      udp.client().drain();
      return all;
    }
  }

  @EachTransport
  @Rule({"DGX-01", "DGX-02", "DGX-04", "DGX-05", "DGX-06"})
  void shouldReleaseElementsAndListsInAnyOrder(Transport transport, TestScope scope)
      throws Exception {
    Keeper keeper = new Keeper(transport, scope);
    List<WskDatagramIndication> all = keeper.keep(6);
    assertThat(keeper.socket.release(all.get(3))).isEqualTo(NtStatus.SUCCESS);
    all.get(5).setNext(all.get(0));
    all.get(0).setNext(all.get(2));
    assertThat(all.get(0).buffer().toByteArray()).containsExactly(0);
    assertThat(keeper.socket.release(all.get(5))).isEqualTo(NtStatus.SUCCESS);
    for (int gone : new int[] {0, 2, 3, 5}) {
      assertThat(keeper.socket.release(all.get(gone))).isEqualTo(BAD);
    }
    for (int left : new int[] {4, 1}) {
      assertThat(all.get(left).buffer().toByteArray()).containsExactly(left);
      assertThat(keeper.socket.release(all.get(left))).isEqualTo(NtStatus.SUCCESS);
    }
    keeper.udp.client().close(keeper.socket);
  }

  @EachTransport
  @Rule({"DGX-03", "DGX-10", "DGX-11", "DGX-15"})
  void shouldReleaseAllOrNothing(Transport transport, TestScope scope) throws Exception {
    Keeper keeper = new Keeper(transport, scope);
    List<WskDatagramIndication> all = keeper.keep(3);
    assertThat(keeper.socket.release(null)).isEqualTo(BAD);
    assertThat(keeper.socket.release(all.get(2))).isEqualTo(NtStatus.SUCCESS);
    assertThatThrownBy(() -> all.get(2).buffer()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> all.get(2).remoteAddress()).isInstanceOf(IllegalStateException.class);
    assertThat(keeper.socket.release(all.get(2))).isEqualTo(BAD);
    all.get(0).setNext(all.get(1));
    all.get(1).setNext(all.get(2));
    assertThat(keeper.socket.release(all.get(0))).isEqualTo(BAD);
    assertThat(all.get(0).buffer().toByteArray()).containsExactly(0);
    all.get(1).setNext(null);
    assertThat(keeper.socket.release(all.get(0))).isEqualTo(NtStatus.SUCCESS);
    keeper.udp.client().close(keeper.socket);
  }

  @EachTransport
  @Rule({"DGX-12", "DGX-13", "DGX-14", "DGR-74"})
  void shouldReleaseOnlyWhatIsKeptOfThisSocket(Transport transport, TestScope scope)
      throws Exception {
    Keeper keeper = new Keeper(transport, scope);
    Keeper other = new Keeper(transport, scope);
    WskDatagramIndication kept = keeper.keep(1).get(0);
    assertThat(other.socket.release(kept)).isEqualTo(BAD);
    assertThat(keeper.socket.release(new Foreign())).isEqualTo(BAD);
    assertThat(keeper.socket.release(kept)).isEqualTo(NtStatus.SUCCESS);
    for (NtStatus answer : new NtStatus[] {NtStatus.SUCCESS, NtStatus.DATA_NOT_ACCEPTED}) {
      other.recorder.then(call -> answer);
      other.peer.send(other.udp.local(other.socket), (byte) 1);
      WskDatagramIndication gone = other.recorder.next().list();
      other.udp.client().drain();
      assertThat(other.socket.release(gone)).isEqualTo(BAD);
    }
    keeper.udp.client().close(keeper.socket);
    other.udp.client().close(other.socket);
  }

  private static final class Foreign extends WskDatagramIndication {
    @Override
    public WskBuf buffer() {
      return new WskBuf();
    }

    @Override
    public @Nullable ControlInfo controlInfo() {
      return null;
    }

    @Override
    public SocketAddress remoteAddress() {
      return new InetSocketAddress(0);
    }
  }

  @EachTransport
  @Rule({"DGX-07", "DGX-08", "DGX-09"})
  void shouldReleaseWhileTheCallbackRuns(Transport transport, TestScope scope) throws Exception {
    Keeper keeper = new Keeper(transport, scope);
    List<NtStatus> answers = new ArrayList<>();
    CountDownLatch returned = new CountDownLatch(1);
    keeper.recorder.then(
        call -> {
          WskDatagramIndication list = call.list();
          Thread elsewhere = new Thread(() -> answers.add(keeper.socket.release(list)));
          elsewhere.start();
          elsewhere.join();
          returned.countDown();
          return NtStatus.PENDING;
        });
    keeper.peer.send(keeper.udp.local(keeper.socket), (byte) 1);
    assertThat(returned.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(keeper.recorder.nextDatagram()).containsExactly(1);
    keeper.recorder.then(
        call -> {
          answers.add(keeper.socket.release(call.list()));
          return NtStatus.PENDING;
        });
    keeper.peer.send(keeper.udp.local(keeper.socket), (byte) 2);
    assertThat(keeper.recorder.nextDatagram()).containsExactly(2);
    assertThat(answers).containsExactly(NtStatus.SUCCESS, NtStatus.SUCCESS);
    keeper.udp.client().close(keeper.socket);
  }

  @EachTransport
  @Rule({"DGX-17", "DGX-18"})
  void shouldNotCountWhatIsKeptAsQueued(Transport transport, TestScope scope) throws Exception {
    Keeper keeper = new Keeper(transport, scope);
    keeper.udp.set(keeper.socket, WskControlSocketType.SET_OPTION, WskOptions.RCVBUF, 2);
    List<WskDatagramIndication> all = keeper.keep(10);
    assertThat(keeper.udp.disable(keeper.socket)).isEqualTo(NtStatus.SUCCESS);
    keeper.peer.send(keeper.udp.local(keeper.socket), (byte) 11);
    keeper.udp.client().drain();
    assertThat(keeper.udp.receive(keeper.socket)).containsExactly(11);
    all.forEach(one -> assertThat(keeper.socket.release(one)).isEqualTo(NtStatus.SUCCESS));
    keeper.udp.client().close(keeper.socket);
  }

  @EachTransport
  @Rule({"DGX-19", "DGX-20"})
  void shouldReleaseAfterTheClose(Transport transport, TestScope scope) throws Exception {
    Keeper keeper = new Keeper(transport, scope);
    List<WskDatagramIndication> all = keeper.keep(2);
    long kept = keeper.udp.client().provider().statistics().retainedBytes();
    keeper.udp.client().close(keeper.socket);
    assertThat(all.get(1).buffer().toByteArray()).containsExactly(1);
    all.get(0).setNext(all.get(1));
    assertThat(keeper.socket.release(all.get(0))).isEqualTo(NtStatus.SUCCESS);
    assertThat(keeper.socket.release(all.get(1))).isEqualTo(BAD);
    assertThat(keeper.udp.client().provider().statistics().retainedBytes()).isEqualTo(kept - 2);
  }

  @Test
  @Rule({"DGX-22"})
  void shouldBeOfAnotherKindThanWhatAConnectionReceives() throws Exception {
    assertThat(WskDatagramSocket.class.getMethod("release", WskDatagramIndication.class))
        .isNotNull();
    assertThat(WskConnectionSocket.class.getMethod("release", WskDataIndication.class)).isNotNull();
    assertThat(WskDatagramIndication.class.isAssignableFrom(WskDataIndication.class)).isFalse();
    assertThat(WskDataIndication.class.isAssignableFrom(WskDatagramIndication.class)).isFalse();
  }

  @EachTransportAndFamily
  @Rule({"DGR-63"})
  void shouldBeReadThroughTheChainFromItsOffset(
      Transport transport, StandardProtocolFamily family, TestScope scope) throws Exception {
    DatagramClient udp =
        new DatagramClient(TestClient.on(transport, scope), TestClient.family(family));
    byte[] sent = Bytes.pattern(7, 9_000);
    ByteArrayOutputStream walked = new ByteArrayOutputStream();
    DatagramRecorder recorder =
        new DatagramRecorder(
            call -> {
              WskDatagramIndication first = call.list();
              assertThat(first).isNotNull();
              long left = first.buffer().length();
              int from = (int) first.buffer().offset();
              for (Mdl mdl = first.buffer().mdl(); left > 0; mdl = mdl.next()) {
                int count = (int) Math.min(left, mdl.byteCount() - from);
                byte[] part = new byte[count];
                mdl.buffer().get(from, part);
                walked.write(part);
                left -= count;
                from = 0;
              }
              return NtStatus.SUCCESS;
            });
    WskDatagramSocket socket = udp.listening(recorder);
    DatagramPeer.on(udp.family(), scope).send(udp.local(socket), sent);
    recorder.next();
    assertThat(walked.toByteArray()).isEqualTo(sent);
    udp.client().close(socket);
  }
}
