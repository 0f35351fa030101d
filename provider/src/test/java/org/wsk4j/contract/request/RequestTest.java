package org.wsk4j.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RequestTest {
  private static final int INET = AddressFamily.INET;
  private static final int MANY = 100_000;

  @EachTransport
  @Rule({"IRP-51", "IRP-53", "IRP-55", "IRP-65"})
  void shouldSayInItsInformationWhatItHasDone(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket socket = client.connection(INET, null, null);
    ServerSocket listener = Peer.listen(TestClient.loopback(INET, 0), scope);
    Irp irp = client.irp();
    result(client, socket.bind(TestClient.any(INET, 0), 0, irp), irp, 0);
    result(client, socket.connect(listener.getLocalSocketAddress(), 0, irp), irp, 0);
    Peer peer = Peer.accept(listener, scope);
    result(client, socket.send(WskBuf.of(new byte[7]), 0, irp), irp, 7);
    peer.send(new byte[5]);
    result(client, socket.receive(WskBuf.of(new byte[5]), 0, irp), irp, 5);
    Out<SocketAddress> place = new Out<>();
    result(client, socket.getLocalAddress(place, irp), irp, 0);
    result(client, socket.disconnect(null, 0, irp), irp, 0);
    result(client, socket.closeSocket(irp), irp, 0);
    // A socket that a request made is its object, and stands for the number.
    WskListeningSocket listening = client.listening();
    Irp accept = client.pend(one -> listening.accept(0, null, null, null, null, one));
    client.peer(listening);
    assertThat(client.result(NtStatus.PENDING, accept)).isEqualTo(NtStatus.SUCCESS);
    client.close(accept.object(WskConnectionSocket.class), listening);
  }

  /** The IRP is used again for the next request, as it is. */
  private static void result(TestClient client, NtStatus returned, Irp irp, long information)
      throws InterruptedException {
    assertThat(client.result(returned, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.information()).isEqualTo(information);
    assertThat(irp.object()).isNull();
  }

  @EachTransport
  @Rule("IRP-68")
  void shouldChainFailingCallsWithoutEnd(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskConnectionSocket socket = client.connection(INET, null, null);
    WskBuf region = WskBuf.of(new byte[1]);
    for (int kind = 0; kind < 3; kind++) {
      int what = kind;
      chain(
          client,
          irp -> {
            switch (what) {
              case 0 -> socket.send(region, 0, irp);
              case 1 -> socket.receive(null, 0, irp);
              default -> socket.getLocalAddress(null, irp);
            }
          });
    }
    client.close(socket);
  }

  /** Calls again from the routine, beginning on a thread with little stack. */
  private static void chain(TestClient client, java.util.function.Consumer<Irp> call)
      throws InterruptedException {
    AtomicInteger left = new AtomicInteger(MANY);
    Irp irp = client.irp();
    client.onCompletion(
        irp,
        one -> {
          if (left.decrementAndGet() > 0) {
            call.accept(one);
          }
        });
    Thread thread = new Thread(null, () -> call.accept(irp), "chain", 256 * 1024);
    thread.start();
    thread.join();
    assertThat(left).hasValue(0);
  }

  @EachTransport
  @Rule("IRP-68")
  void shouldChainClosesWithoutEnd(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    List<WskSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      Irp made =
          client.succeed(
              irp ->
                  client
                      .functions()
                      .socket(
                          client.client(),
                          INET,
                          SocketType.DGRAM,
                          Protocol.UDP,
                          0,
                          null,
                          null,
                          null,
                          null,
                          null,
                          irp));
      sockets.add(made.object(WskSocket.class));
    }
    AtomicInteger closed = new AtomicInteger();
    Irp irp = client.irp();
    client.onCompletion(
        irp,
        one -> {
          int next = closed.incrementAndGet();
          if (next < sockets.size()) {
            sockets.get(next).closeSocket(one);
          }
        });
    Thread thread = new Thread(null, () -> sockets.get(0).closeSocket(irp), "chain", 256 * 1024);
    thread.start();
    thread.join();
    assertThat(closed).hasValue(sockets.size());
  }

  @EachTransport
  @Rule("IRP-70")
  void shouldHoldTheClientWhileARequestIsPending(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    SocketAddress busy = Peer.busy(TestClient.loopback(INET, 0), scope);
    Irp connect = client.pend(irp -> client.socketConnect(busy, null, null, irp));
    client.registration().releaseProviderNpi();
    Thread leaving = new Thread(client.registration()::deregister, "leaving");
    leaving.start();
    client.drain();
    assertThat(leaving.isAlive()).isTrue();
    connect.cancel();
    client.result(NtStatus.PENDING, connect);
    leaving.join(10_000);
    assertThat(leaving.isAlive()).isFalse();
    client.left();
  }

  @EachTransport
  @Rule({"IRP-07", "IRP-32", "IRP-35", "IRP-22"})
  void shouldLetARoutineUseItsIrpForTheNextRequest(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Pair other = client.pair();
    byte[] memory = new byte[4];
    CountDownLatch sent = new CountDownLatch(1);
    Irp irp = client.irp();
    // What comes from one socket goes out on the other, with one IRP.
    irp.setCompletionRoutine(
        (one, context) -> {
          int count = (int) one.information();
          one.reuse(NtStatus.SUCCESS)
              .setCompletionRoutine(
                  (again, more) -> {
                    sent.countDown();
                    return NtStatus.MORE_PROCESSING_REQUIRED;
                  },
                  null);
          other.socket().send(new WskBuf(org.wsk4j.buffer.Mdl.of(memory), 0, count), 0, one);
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    pair.socket().receive(WskBuf.of(memory), 0, irp);
    pair.peer().send((byte) 1, (byte) 2);
    assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(other.peer().read(2)).containsExactly(1, 2);
    client.close(pair.socket(), other.socket());
  }
}
