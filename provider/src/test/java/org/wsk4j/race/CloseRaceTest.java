package org.wsk4j.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CloseRaceTest {
  private static final int ALL_EVENTS =
      WskEventCallbackControl.RECEIVE | WskEventCallbackControl.DISCONNECT;
  private static final int THREADS = 3;
  private static final int CALLS = 40;

  /** Every call that threads may make on one socket while another one closes it. */
  private static NtStatus call(
      TestClient client, WskConnectionSocket socket, Random random, Irp irp) {
    byte[] memory = new byte[1 + random.nextInt(3000)];
    return switch (random.nextInt(10)) {
      case 0, 1 -> socket.receive(WskBuf.of(memory), 0, irp);
      case 2 -> socket.receive(WskBuf.of(memory), WskFlags.WAITALL, irp);
      case 3 -> socket.receive(new WskBuf(), 0, irp);
      case 4, 5 -> socket.send(WskBuf.of(memory), 0, irp);
      case 6 -> client.control(socket, ALL_EVENTS, irp);
      case 7 ->
          client.control(
              socket, WskEventCallbackControl.RECEIVE | WskEventCallbackControl.DISABLE, irp);
      case 8 -> socket.getLocalAddress(new Out<>(), irp);
      default ->
          random.nextInt(4) == 0
              ? socket.disconnect(null, random.nextInt(2), irp)
              : socket.getRemoteAddress(new Out<>(), irp);
    };
  }

  @EachTransport
  @Rule({"CLS-19", "CLS-07", "CLS-10", "CLS-12"})
  void shouldCloseWhileOthersCallAndThePeerDoesWhatItLikes(Transport on, TestScope scope)
      throws Exception {
    long seed = System.nanoTime();
    TestClient client = TestClient.on(on, scope);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2000);
    Random random = new Random(seed);
    int rounds = 0;
    while (System.nanoTime() < end) {
      round(client, random, seed);
      rounds++;
    }
    assertThat(rounds).as("seed " + seed).isPositive();
  }

  private static void round(TestClient client, Random random, long seed) throws Exception {
    Queue<WskDataIndication> kept = new ConcurrentLinkedQueue<>();
    AtomicInteger afterClose = new AtomicInteger();
    CountDownLatch closed = new CountDownLatch(1);
    Recorder recorder = recorder(random.nextLong(), kept, afterClose, closed);
    Pair pair = client.pair(recorder);
    List<Thread> threads = new ArrayList<>();
    Queue<Irp> irps = new ConcurrentLinkedQueue<>();
    Queue<NtStatus> answers = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < THREADS; i++) {
      Random own = new Random(random.nextLong());
      threads.add(
          new Thread(
              () -> {
                for (int n = 0; n < CALLS; n++) {
                  Irp irp = Irp.allocate();
                  answers.add(call(client, pair.socket(), own, irp));
                  irps.add(irp);
                  if (own.nextInt(8) == 0) {
                    irp.cancel();
                  }
                }
              }));
    }
    Random peers = new Random(random.nextLong());
    threads.add(new Thread(() -> disturb(pair.peer(), peers)));
    threads.forEach(Thread::start);
    for (int spin = random.nextInt(20_000); spin > 0; spin--) {
      Thread.onSpinWait();
    }
    Irp close = client.irp();
    assertThat(pair.socket().closeSocket(close)).as("seed " + seed).isEqualTo(NtStatus.PENDING);
    assertThat(client.result(NtStatus.PENDING, close)).isEqualTo(NtStatus.SUCCESS);
    closed.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    for (Irp irp : irps) {
      assertThat(irp.isCompleted()).as("%s, seed %s", irp, seed).isTrue();
    }
    kept.forEach(list -> assertThat(pair.socket().release(list)).isEqualTo(NtStatus.SUCCESS));
    assertThat(afterClose).as("seed " + seed).hasValue(0);
    assertThat(answers).hasSize(THREADS * CALLS);
  }

  private static Recorder recorder(
      long seed, Queue<WskDataIndication> kept, AtomicInteger afterClose, CountDownLatch closed) {
    Random random = new Random(seed);
    return new Recorder(
            data -> {
              if (closed.getCount() == 0) {
                afterClose.incrementAndGet();
              }
              switch (random.nextInt(4)) {
                case 0 -> {
                  kept.add(data.list());
                  return NtStatus.PENDING;
                }
                case 1 -> {
                  return NtStatus.DATA_NOT_ACCEPTED;
                }
                case 2 -> data.accepted().set(data.bytes() / 2);
                default -> {}
              }
              return NtStatus.SUCCESS;
            })
        .atEnd(
            last -> {
              if (closed.getCount() == 0) {
                afterClose.incrementAndGet();
              }
              return NtStatus.SUCCESS;
            });
  }

  private static void disturb(Peer peer, Random random) {
    try {
      for (int i = random.nextInt(20); i > 0; i--) {
        peer.send(new byte[1 + random.nextInt(5000)]);
      }
      switch (random.nextInt(4)) {
        case 0 -> peer.endOutput();
        case 1 -> peer.reset();
        default -> {}
      }
    } catch (IOException e) {
      // The other end has closed.
      assertThat(e).isNotNull();
    } finally {
      try {
        peer.close();
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
  }

  /** Requests and the event race for connections; each one goes to exactly one of them. */
  @EachTransport
  @Rule({"ACC-32", "ACC-09"})
  void shouldDeliverEachConnectionOfAStormOnce(Transport on, TestScope scope) throws Exception {
    int each = 40;
    TestClient client = TestClient.on(on, scope);
    Queue<WskConnectionSocket> taken = new ConcurrentLinkedQueue<>();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              taken.add(call.require());
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(acceptor);
    InetSocketAddress address = client.local(listener);
    Queue<Peer> peers = new ConcurrentLinkedQueue<>();
    List<Future<?>> storm = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      storm.add(
          scope
              .thread("storm-" + i)
              .submit(
                  () -> {
                    for (int n = 0; n < each; n++) {
                      peers.add(Peer.connect(address, scope));
                    }
                    return null;
                  }));
    }
    List<Irp> accepts = new ArrayList<>();
    for (int i = 0; i < THREADS * each / 2; i++) {
      Irp irp = client.irp();
      listener.accept(0, null, null, null, null, irp);
      accepts.add(irp);
    }
    for (Future<?> one : storm) {
      one.get(10, TimeUnit.SECONDS);
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (taken.size() + accepts.stream().filter(Irp::isCompleted).count()
        < (long) THREADS * each) {
      assertThat(System.nanoTime()).as("the time it takes").isLessThan(end);
      Thread.onSpinWait();
    }
    client.drain();
    List<WskConnectionSocket> all = new ArrayList<>(taken);
    for (Irp irp : accepts) {
      irp.cancel(); // if it came too late for all of them
      if (client.result(irp) == NtStatus.SUCCESS) {
        all.add(irp.object(WskConnectionSocket.class));
      }
    }
    List<SocketAddress> remotes = new ArrayList<>();
    for (WskConnectionSocket socket : all) {
      remotes.add(client.remote(socket));
    }
    assertThat(remotes)
        .containsExactlyInAnyOrderElementsOf(peers.stream().map(Peer::localAddress).toList());
    client.close(listener);
    client.close(all.toArray(WskConnectionSocket[]::new));
  }

  @EachTransport
  void shouldSurviveAStormOfConnectionsWhileListenersComeAndGo(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (int round = 0; round < 5; round++) {
      Queue<WskConnectionSocket> taken = new ConcurrentLinkedQueue<>();
      Acceptor acceptor =
          new Acceptor(
              call -> {
                taken.add(call.require());
                return NtStatus.SUCCESS;
              });
      WskListeningSocket listener = client.listening(acceptor);
      InetSocketAddress address = client.local(listener);
      List<Thread> storm = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Thread thread = new Thread(() -> storm(address, scope));
        storm.add(thread);
        thread.start();
      }
      List<Irp> accepts = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Irp irp = client.irp();
        listener.accept(0, null, null, null, null, irp);
        accepts.add(irp);
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (taken.size() < 20) {
        assertThat(System.nanoTime()).as("the time it takes").isLessThan(end);
        Thread.onSpinWait();
      }
      client.close(listener);
      for (Thread thread : storm) {
        thread.join();
      }
      for (Irp irp : accepts) {
        assertThat(irp.isCompleted()).isTrue();
        if (irp.object() instanceof WskConnectionSocket socket) {
          taken.add(socket);
        }
      }
      client.close(taken.toArray(WskConnectionSocket[]::new));
      assertThat(client.openSockets()).isZero();
    }
  }

  private static void storm(InetSocketAddress address, TestScope scope) {
    try {
      for (int i = 0; i < 40; i++) {
        try (Peer peer = Peer.connect(address, scope)) {
          peer.send((byte) i);
        }
      }
    } catch (IOException e) {
      // The listener has closed.
      assertThat(e).isNotNull();
    }
  }

  @EachTransport
  @Rule({"REG-60", "CLS-36"})
  void shouldOpenAndCloseAThousandConnectionsAtOnce(Transport on, TestScope scope)
      throws Exception {
    int many = 1000;
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    InetSocketAddress address = client.local(listener);
    List<Irp> accepts = new ArrayList<>();
    List<Irp> connects = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      accepts.add(client.pend(irp -> listener.accept(0, null, null, null, null, irp)));
    }
    for (int i = 0; i < many; i++) {
      connects.add(client.pend(irp -> client.socketConnect(address, null, null, irp)));
    }
    List<WskConnectionSocket> sockets = new ArrayList<>();
    for (List<Irp> all : List.of(connects, accepts)) {
      for (Irp irp : all) {
        assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
        sockets.add(irp.object(WskConnectionSocket.class));
      }
    }
    assertThat(client.openSockets()).isEqualTo(2L * many + 1);
    List<Irp> receives = new ArrayList<>();
    List<Irp> closes = new ArrayList<>();
    byte[] memory = new byte[1];
    for (WskConnectionSocket socket : sockets) {
      receives.add(client.pend(irp -> socket.receive(WskBuf.of(memory), 0, irp)));
    }
    for (WskConnectionSocket socket : sockets) {
      closes.add(client.pend(socket::closeSocket));
    }
    for (Irp irp : closes) {
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    }
    // One end may close first; the other one then sees a reset before its own close.
    assertThat(receives)
        .allMatch(Irp::isCompleted)
        .extracting(Irp::status)
        .isSubsetOf(NtStatus.CANCELLED, NtStatus.CONNECTION_RESET);
    client.close(listener);
    assertThat(client.openSockets()).isZero();
  }

  @EachTransport
  @Rule({"CON-24", "CON-25", "SOC-77"})
  void shouldCloseAndCancelWhileConnecting(Transport on, TestScope scope) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TestClient client = TestClient.on(on, scope);
    ServerSocket listener = Peer.listen(TestClient.loopback(AddressFamily.INET, 0), scope);
    for (int i = 0; i < 100; i++) {
      WskConnectionSocket socket = client.bound();
      Irp connect = client.pend(irp -> socket.connect(listener.getLocalSocketAddress(), 0, irp));
      for (int spin = random.nextInt(2000); spin > 0; spin--) {
        Thread.onSpinWait();
      }
      if (random.nextBoolean()) {
        connect.cancel();
      }
      client.close(socket);
      assertThat(connect.isCompleted()).as("seed " + seed).isTrue();
      assertThat(connect.status()).isIn(NtStatus.SUCCESS, NtStatus.CANCELLED);
      Irp once = client.irp();
      NtStatus returned = client.socketConnect(listener.getLocalSocketAddress(), null, null, once);
      for (int spin = random.nextInt(2000); spin > 0; spin--) {
        Thread.onSpinWait();
      }
      once.cancel();
      client.result(returned, once);
      if (once.object() instanceof WskConnectionSocket made) {
        client.close(made);
      }
    }
    // A socket that was never made goes right behind its request.
    client.drain();
    assertThat(client.openSockets()).as("seed " + seed).isZero();
  }
}
