package org.wsk4j.contract.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ReceiveTest {
  @EachTransport
  @Rule({"RCV-01", "RCV-03", "RCV-04", "RCV-06"})
  void shouldGiveWhatIsBufferedAndNotMore(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] sent = Bytes.pattern(1, 100);
    pair.peer().send(sent);
    byte[] first = new byte[70];
    Irp irp =
        client.succeed(one -> pair.socket().receive(new WskBuf(Mdl.of(first), 5, 40), 0, one));
    assertThat(irp.information()).isEqualTo(40);
    assertThat(Arrays.copyOfRange(first, 5, 45)).isEqualTo(Arrays.copyOf(sent, 40));
    assertThat(Arrays.copyOf(first, 5)).containsOnly(0);
    assertThat(Arrays.copyOfRange(first, 45, 70)).containsOnly(0);
    byte[] rest = client.receive(pair.socket(), 1000);
    assertThat(rest).isEqualTo(Arrays.copyOfRange(sent, 40, 100));
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-02", "RCV-03", "IRP-53"})
  void shouldWaitForTheFirstByte(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] memory = new byte[10];
    Irp irp = client.pend(one -> pair.socket().receive(WskBuf.of(memory), 0, one));
    client.drain();
    assertThat(irp.isCompleted()).isFalse();
    pair.peer().send((byte) 7);
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.information()).isEqualTo(1);
    assertThat(memory[0]).isEqualTo((byte) 7);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-05", "RCV-07"})
  void shouldFillAChainOfSegments(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] sent = Bytes.pattern(2, 60);
    for (int i = 0; i < 6; i++) {
      pair.peer().send(Arrays.copyOfRange(sent, 10 * i, 10 * i + 10));
    }
    Mdl first = Mdl.of(new byte[20]);
    Mdl second = Mdl.allocateDirect(15);
    Mdl third = Mdl.of(new byte[50]);
    first.setNext(second.setNext(third));
    Irp irp =
        client.succeed(
            one -> pair.socket().receive(new WskBuf(first, 3, 60), WskFlags.WAITALL, one));
    assertThat(irp.information()).isEqualTo(60);
    assertThat(new WskBuf(first, 3, 60).toByteArray()).isEqualTo(sent);
    assertThat(first.buffer().slice(0, 3)).isEqualTo(java.nio.ByteBuffer.allocate(3));
    assertThat(third.buffer().slice(28, 22)).isEqualTo(java.nio.ByteBuffer.allocate(22));
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-08", "IRP-38"})
  void shouldFillQueuedRequestsInTheOrderOfTheCalls(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] one = new byte[3];
    byte[] two = new byte[4];
    byte[] three = new byte[5];
    Irp first = client.pend(irp -> pair.socket().receive(WskBuf.of(one), 0, irp));
    Irp second = client.pend(irp -> pair.socket().receive(WskBuf.of(two), 0, irp));
    Irp third = client.pend(irp -> pair.socket().receive(WskBuf.of(three), 0, irp));
    byte[] sent = Bytes.pattern(3, 12);
    pair.peer().send(sent);
    for (Irp irp : new Irp[] {first, second, third}) {
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    }
    assertThat(Bytes.join(one, two, three)).isEqualTo(sent);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-10", "RCV-11", "RCV-13"})
  void shouldRefuseBadRegions(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    pair.peer().send((byte) 1);
    Mdl memory = Mdl.of(new byte[10]);
    WskBuf[] bad = {
      null,
      new WskBuf(memory, 10, 1),
      new WskBuf(memory, 11, 0),
      new WskBuf(memory, -1, 1),
      new WskBuf(memory, 5, 6),
      new WskBuf(memory, 0, -1),
      new WskBuf(null, 0, 1)
    };
    for (WskBuf buffer : bad) {
      assertThat(client.result(irp -> pair.socket().receive(buffer, 0, irp)))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    assertThat(client.receive(pair.socket(), 10)).containsExactly(1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-12", "RCV-13"})
  void shouldRefuseToReceiveUnconnected(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    var socket = client.bound();
    assertThat(client.result(irp -> socket.receive(WskBuf.of(new byte[1]), 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    SocketAddress busy = Peer.busy(TestClient.loopback(AddressFamily.INET, 0), scope);
    Irp connect = client.pend(irp -> socket.connect(busy, 0, irp));
    assertThat(client.result(irp -> socket.receive(WskBuf.of(new byte[1]), 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    connect.cancel();
    assertThat(client.result(NtStatus.PENDING, connect)).isEqualTo(NtStatus.CANCELLED);
    client.close(socket);
  }

  @EachTransport
  @Rule({"RCV-15", "RCV-16", "RCV-17"})
  void shouldReportTheEndOfTheStreamBehindItsData(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] memory = new byte[10];
    Irp first = client.pend(irp -> pair.socket().receive(WskBuf.of(memory), 0, irp));
    Irp second = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[10]), 0, irp));
    Irp third = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[10]), 0, irp));
    pair.peer().send((byte) 1, (byte) 2);
    pair.peer().endOutput();
    for (Irp irp : new Irp[] {first, second, third}) {
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    }
    assertThat(first.information()).isEqualTo(2);
    assertThat(second.information()).isZero();
    assertThat(third.information()).isZero();
    assertThat(client.receive(pair.socket(), 10)).isEmpty();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-18", "IRP-56"})
  void shouldFailWhenThePeerResets(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Irp pending = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp));
    pair.peer().reset();
    assertThat(client.result(NtStatus.PENDING, pending)).isEqualTo(NtStatus.CONNECTION_RESET);
    assertThat(client.result(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_RESET);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-19", "RCV-20"})
  void shouldReceiveAfterAGracefulDisconnectAndNotAfterAnAbortiveOne(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    client.succeed(irp -> pair.socket().disconnect(null, 0, irp));
    pair.peer().send((byte) 9);
    assertThat(client.receive(pair.socket(), 10)).containsExactly(9);
    Irp pending = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp));
    client.succeed(irp -> pair.socket().disconnect(null, WskFlags.ABORTIVE, irp));
    assertThat(client.result(NtStatus.PENDING, pending)).isEqualTo(NtStatus.CONNECTION_ABORTED);
    assertThat(client.result(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_ABORTED);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-21", "IRP-47"})
  void shouldLoseNothingWhenOneRequestIsCancelled(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] memory = new byte[2];
    Irp first = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[2]), 0, irp));
    Irp second = client.pend(irp -> pair.socket().receive(WskBuf.of(memory), 0, irp));
    assertThat(first.cancel()).isTrue();
    assertThat(client.result(NtStatus.PENDING, first)).isEqualTo(NtStatus.CANCELLED);
    client.drain();
    assertThat(second.isCompleted()).isFalse();
    pair.peer().send((byte) 1, (byte) 2);
    assertThat(client.result(NtStatus.PENDING, second)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory).containsExactly(1, 2);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-22", "IRP-48", "IRP-49", "IRP-50"})
  void shouldCancelAllRequestsBeforeTheCloseCompletes(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Irp[] pending = new Irp[5];
    for (int i = 0; i < pending.length; i++) {
      pending[i] = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp));
    }
    boolean[] before = new boolean[pending.length];
    Irp close = client.irp();
    client.onCompletion(
        close,
        irp -> {
          for (int i = 0; i < pending.length; i++) {
            before[i] = pending[i].isCompleted();
          }
        });
    assertThat(client.result(pair.socket().closeSocket(close), close)).isEqualTo(NtStatus.SUCCESS);
    assertThat(before).containsOnly(true);
    for (Irp irp : pending) {
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.CANCELLED);
      assertThat(irp.information()).isZero();
    }
  }

  @EachTransport
  @Rule({"IRP-63", "IRP-64", "RCV-09"})
  void shouldWriteIntoMemoryUntilCompletionAndNotLater(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] memory = new byte[8];
    WskBuf buffer = WskBuf.of(memory);
    Irp first = client.pend(irp -> pair.socket().receive(buffer, 0, irp));
    // The region is the caller's again at once, the memory is not.
    buffer.set(null, 0, 0);
    pair.peer().send((byte) 1, (byte) 2);
    assertThat(client.result(NtStatus.PENDING, first)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory).containsExactly(1, 2, 0, 0, 0, 0, 0, 0);
    pair.peer().send((byte) 3, (byte) 4);
    assertThat(client.receive(pair.socket(), 2)).containsExactly(3, 4);
    assertThat(memory).containsExactly(1, 2, 0, 0, 0, 0, 0, 0);
    client.close(pair.socket());
  }
}
