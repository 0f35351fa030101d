package org.wsk4j.contract.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SendTest {
  private static final int TOO_MUCH = TestClient.TOO_MUCH;

  @EachTransport
  @Rule({"SND-01", "SND-03", "SND-04", "SND-13", "SND-16"})
  void shouldSendExactlyTheRegion(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] data = Bytes.pattern(1, 10_000);
    Mdl small = Mdl.of(Arrays.copyOfRange(data, 0, 100));
    Mdl large = Mdl.of(Arrays.copyOfRange(data, 100, 9_000));
    Mdl direct = Mdl.allocateDirect(1_000);
    direct.buffer().put(data, 9_000, 1_000);
    small.setNext(large.setNext(direct));
    Irp irp = client.succeed(one -> pair.socket().send(new WskBuf(small, 30, 9_700), 0, one));
    assertThat(irp.information()).isEqualTo(9_700);
    pair.peer().send((byte) 1);
    assertThat(pair.peer().read(9_700)).isEqualTo(Arrays.copyOfRange(data, 30, 9_730));
    client.succeed(one -> pair.socket().disconnect(null, 0, one));
    assertThat(pair.peer().readAll()).isEmpty();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-05", "SND-06", "SND-07", "SND-10"})
  void shouldNotCompleteBeforeTheSystemHasTakenTheData(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    List<Integer> order = new CopyOnWriteArrayList<>();
    client.send(pair.socket(), (byte) 1);
    Irp large = send(client, pair, new byte[TOO_MUCH], 1, order);
    Irp second = send(client, pair, new byte[10], 2, order);
    Irp third = send(client, pair, new byte[0], 3, order);
    client.drain();
    client.drain();
    assertThat(order).isEmpty();
    assertThat(pair.peer().read(TOO_MUCH + 11)).hasSize(TOO_MUCH + 11);
    for (Irp irp : new Irp[] {large, second, third}) {
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    }
    assertThat(order).containsExactly(1, 2, 3);
    client.close(pair.socket());
  }

  private static Irp send(
      TestClient client, Pair pair, byte[] data, int number, List<Integer> order) {
    Irp irp = client.irp();
    client.onCompletion(
        irp,
        done -> {
          order.add(number);
        });
    assertThat(pair.socket().send(WskBuf.of(data), 0, irp)).isEqualTo(NtStatus.PENDING);
    return irp;
  }

  @EachTransport
  @Rule({"SND-08", "SND-12", "SND-25", "SND-23"})
  void shouldKeepTheOrderOfTheCalls(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    int[] sizes = {1, 5000, 0, 2048, 2049, 1, 70_000, 3, 300_000, 17};
    List<byte[]> parts = new ArrayList<>();
    List<Irp> irps = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      for (int size : sizes) {
        byte[] part = Bytes.pattern(parts.size(), size);
        ByteBuffer memory = ByteBuffer.wrap(part);
        int flags = size % 2 == 0 ? 0 : WskFlags.NODELAY;
        irps.add(client.pend(irp -> pair.socket().send(WskBuf.of(memory), flags, irp)));
        assertThat(memory.position()).isZero();
        assertThat(memory.limit()).isEqualTo(size);
        parts.add(part);
      }
    }
    byte[] all = Bytes.join(parts.toArray(byte[][]::new));
    assertThat(Arrays.equals(pair.peer().read(all.length), all)).isTrue();
    for (int i = 0; i < irps.size(); i++) {
      assertThat(client.result(NtStatus.PENDING, irps.get(i))).isEqualTo(NtStatus.SUCCESS);
      assertThat(irps.get(i).information()).isEqualTo(parts.get(i).length);
      assertThat(parts.get(i)).isEqualTo(Bytes.pattern(i, parts.get(i).length));
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("SND-09")
  void shouldKeepEachSendTogether(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      byte mark = (byte) i;
      Thread thread =
          new Thread(
              () -> {
                byte[] data = new byte[3000];
                Arrays.fill(data, mark);
                for (int round = 0; round < 25; round++) {
                  pair.socket().send(WskBuf.of(data), 0, client.irp());
                }
              });
      threads.add(thread);
      thread.start();
    }
    byte[] all = pair.peer().read(300_000);
    for (int at = 0; at < all.length; at += 3000) {
      byte[] expected = new byte[3000];
      Arrays.fill(expected, all[at]);
      assertThat(Arrays.copyOfRange(all, at, at + 3000)).isEqualTo(expected);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-11", "IRP-64"})
  void shouldGiveTheMemoryBackAtCompletion(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] memory = new byte[50_000];
    WskBuf region = WskBuf.of(memory);
    for (int i = 0; i < 10; i++) {
      Arrays.fill(memory, (byte) i);
      Irp irp = client.irp();
      NtStatus returned = pair.socket().send(region, 0, irp);
      client.result(returned, irp);
    }
    Arrays.fill(memory, (byte) 99);
    for (int i = 0; i < 10; i++) {
      assertThat(pair.peer().read(memory.length)).containsOnly(i);
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-14", "SND-15", "SND-18", "SND-21"})
  void shouldRefuseBadRegions(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Mdl memory = Mdl.of(new byte[10]).setNext(Mdl.of(new byte[10]));
    WskBuf[] bad = {
      null,
      new WskBuf(memory, 10, 1),
      new WskBuf(memory, -1, 1),
      new WskBuf(memory, 5, 16),
      new WskBuf(memory, 0, -1),
      new WskBuf(null, 0, 1)
    };
    for (WskBuf region : bad) {
      assertThat(client.result(irp -> pair.socket().send(region, 0, irp)))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    client.send(pair.socket(), (byte) 5);
    client.succeed(irp -> pair.socket().disconnect(null, 0, irp));
    assertThat(pair.peer().readAll()).containsExactly(5);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-17", "SND-26", "SND-27"})
  void shouldSendNothingForAnEmptyRegionOrAnUnknownFlag(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    WskBuf one = WskBuf.of(new byte[] {9});
    Irp empty = client.succeed(irp -> pair.socket().send(new WskBuf(), 0, irp));
    assertThat(empty.information()).isZero();
    assertThat(client.result(irp -> pair.socket().send(one, WskFlags.OOB, irp)))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    for (int bit : new int[] {0x4, 0x8, 0x100, 0x80000000}) {
      assertThat(client.result(irp -> pair.socket().send(one, bit, irp)))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    client.succeed(irp -> pair.socket().disconnect(null, 0, irp));
    assertThat(pair.peer().readAll()).isEmpty();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-19", "SND-20", "SND-21"})
  void shouldRefuseToSendUnconnected(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket fresh = client.connection(AddressFamily.INET, null, null);
    WskConnectionSocket socket = client.bound();
    WskBuf one = WskBuf.of(new byte[1]);
    for (WskConnectionSocket each : new WskConnectionSocket[] {fresh, socket}) {
      assertThat(client.result(irp -> each.send(one, 0, irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    }
    var busy = Peer.busy(TestClient.loopback(AddressFamily.INET, 0), scope);
    Irp connect = client.pend(irp -> socket.connect(busy, 0, irp));
    assertThat(client.result(irp -> socket.send(one, 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    client.close(fresh, socket);
    assertThat(client.result(NtStatus.PENDING, connect)).isEqualTo(NtStatus.CANCELLED);
  }

  @EachTransport
  @Rule({"SND-24", "SND-25"})
  void shouldSendWithAndWithoutDelay(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    WskBuf one = WskBuf.of(new byte[] {1});
    for (int flags : new int[] {0, WskFlags.NODELAY, 0}) {
      Irp irp = client.succeed(each -> pair.socket().send(one, flags, each));
      assertThat(irp.information()).isEqualTo(1);
      assertThat(pair.peer().read(1)).containsExactly(1);
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-28", "SND-34", "DSC-11", "DSC-19"})
  void shouldSendAllBeforeAGracefulDisconnectAndNothingBehindIt(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    List<Integer> order = new CopyOnWriteArrayList<>();
    Irp large = send(client, pair, new byte[TOO_MUCH], 1, order);
    Irp small = send(client, pair, new byte[100], 2, order);
    Irp disconnect = client.irp();
    client.onCompletion(
        disconnect,
        irp -> {
          order.add(3);
        });
    assertThat(pair.socket().disconnect(null, 0, disconnect)).isEqualTo(NtStatus.PENDING);
    assertThat(client.result(irp -> pair.socket().send(WskBuf.of(new byte[1]), 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    client.drain();
    assertThat(order).isEmpty();
    assertThat(pair.peer().readAll()).hasSize(TOO_MUCH + 100);
    for (Irp irp : new Irp[] {large, small, disconnect}) {
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    }
    assertThat(order).containsExactly(1, 2, 3);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-29", "SND-33", "SND-37", "DSC-25", "DSC-26"})
  void shouldFailAllSendsOfAnAbortedConnection(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    List<Integer> order = new CopyOnWriteArrayList<>();
    Irp large = send(client, pair, new byte[TOO_MUCH], 1, order);
    Irp small = send(client, pair, new byte[100], 2, order);
    client.drain();
    client.succeed(irp -> pair.socket().disconnect(null, WskFlags.ABORTIVE, irp));
    for (Irp irp : new Irp[] {large, small}) {
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.CONNECTION_ABORTED);
      assertThat(irp.information()).isZero();
    }
    assertThat(order).containsExactly(1, 2);
    assertThat(client.result(irp -> pair.socket().send(WskBuf.of(new byte[1]), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_ABORTED);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-30", "DSC-37"})
  void shouldSendOnAfterThePeerHasEndedItsSide(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    pair.peer().endOutput();
    assertThat(client.receive(pair.socket(), 1)).isEmpty();
    client.send(pair.socket(), Bytes.pattern(1, 5000));
    assertThat(pair.peer().read(5000)).isEqualTo(Bytes.pattern(1, 5000));
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-05", "SND-30"})
  void shouldWaitForRoomAfterThePeerHasEndedItsSide(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    pair.peer().endOutput();
    assertThat(client.receive(pair.socket(), 1)).isEmpty();
    client.drain();
    byte[] much = Bytes.pattern(2, TOO_MUCH);
    Irp send = client.pend(irp -> pair.socket().send(WskBuf.of(much), 0, irp));
    client.drain();
    assertThat(send.isCompleted()).isFalse();
    assertThat(pair.peer().read(TOO_MUCH)).isEqualTo(much);
    assertThat(client.result(send)).isEqualTo(NtStatus.SUCCESS);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-04", "SND-05", "SND-30"})
  void shouldWaitForRoomForManyPiecesAfterThePeerHasEndedItsSide(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    pair.peer().endOutput();
    assertThat(client.receive(pair.socket(), 1)).isEmpty();
    client.drain();
    byte[] much = Bytes.pattern(3, 8 * TOO_MUCH);
    Mdl first = null;
    for (int end = much.length; end > 0; end -= TOO_MUCH) {
      first = Mdl.of(Arrays.copyOfRange(much, end - TOO_MUCH, end)).setNext(first);
    }
    WskBuf pieces = new WskBuf(first, 0, much.length);
    Irp send = client.pend(irp -> pair.socket().send(pieces, 0, irp));
    client.drain();
    assertThat(send.isCompleted()).isFalse();
    assertThat(pair.peer().read(much.length)).isEqualTo(much);
    assertThat(client.result(send)).isEqualTo(NtStatus.SUCCESS);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-31", "SND-32", "DSC-38"})
  void shouldFailAllSendsOfAConnectionThatThePeerHasReset(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    List<Integer> order = new CopyOnWriteArrayList<>();
    Irp large = send(client, pair, new byte[TOO_MUCH], 1, order);
    Irp small = send(client, pair, new byte[100], 2, order);
    client.drain();
    pair.peer().reset();
    for (Irp irp : new Irp[] {large, small}) {
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.CONNECTION_RESET);
    }
    assertThat(order).containsExactly(1, 2);
    assertThat(client.result(irp -> pair.socket().send(WskBuf.of(new byte[1]), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_RESET);
    assertThat(client.result(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_RESET);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-35", "CLS-08", "CLS-26", "CLS-10"})
  void shouldCancelSendsWhenTheSocketCloses(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    List<Integer> order = new CopyOnWriteArrayList<>();
    Irp large = send(client, pair, new byte[TOO_MUCH], 1, order);
    Irp small = send(client, pair, new byte[100], 2, order);
    Irp disconnect = client.pend(irp -> pair.socket().disconnect(null, 0, irp));
    client.drain();
    client.close(pair.socket());
    for (Irp irp : new Irp[] {large, small, disconnect}) {
      assertThat(irp.isCompleted()).isTrue();
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.CANCELLED);
    }
    assertThat(order).containsExactly(1, 2);
    assertThat(pair.peer().isReset()).isTrue();
  }

  @EachTransport
  @Rule({"SND-36", "IRP-42", "IRP-43"})
  void shouldCancelASendThatHasNotBegun(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    byte[] data = new byte[TOO_MUCH];
    Irp begun = client.pend(irp -> pair.socket().send(WskBuf.of(data), 0, irp));
    Irp waiting = client.pend(irp -> pair.socket().send(WskBuf.of(new byte[] {1, 2}), 0, irp));
    Irp last = client.pend(irp -> pair.socket().send(WskBuf.of(new byte[] {3}), 0, irp));
    client.drain();
    waiting.cancel();
    assertThat(client.result(NtStatus.PENDING, waiting)).isEqualTo(NtStatus.CANCELLED);
    // Too late: bytes of it are on their way.
    begun.cancel();
    client.drain();
    assertThat(begun.isCompleted()).isFalse();
    byte[] received = pair.peer().read(TOO_MUCH + 1);
    assertThat(received[TOO_MUCH]).isEqualTo((byte) 3);
    assertThat(client.result(NtStatus.PENDING, begun)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.PENDING, last)).isEqualTo(NtStatus.SUCCESS);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-38", "SND-39"})
  void shouldSendFromCallbacksAndRoutinesWhileAReceiveWaits(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    WskConnectionSocket socket = pair.socket();
    Irp first = client.irp();
    Irp second = client.irp();
    client.onCompletion(
        first,
        irp -> {
          socket.send(WskBuf.of(new byte[] {2}), 0, second);
        });
    recorder.then(
        data -> {
          socket.send(WskBuf.of(new byte[] {1}), 0, first);
          return NtStatus.SUCCESS;
        });
    pair.peer().send((byte) 0);
    assertThat(pair.peer().read(2)).containsExactly(1, 2);
    Irp receive = client.pend(irp -> socket.receive(WskBuf.of(new byte[1]), 0, irp));
    client.send(socket, (byte) 3);
    assertThat(pair.peer().read(1)).containsExactly(3);
    assertThat(receive.isCompleted()).isFalse();
    client.close(socket);
    assertThat(receive.status()).isEqualTo(NtStatus.CANCELLED);
  }
}
