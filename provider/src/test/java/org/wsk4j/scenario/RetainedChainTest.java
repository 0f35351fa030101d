package org.wsk4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.Death;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/**
 * A program that forwards the requests of a device over TCP (A14): it keeps what was indicated in
 * one chain of its own, gives back the front of that chain when it is used up, switches events off,
 * and sends from many threads in one order.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RetainedChainTest {
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int DISABLE = WskEventCallbackControl.DISABLE;
  private static final int HEADER = 48;

  /** What the program keeps: elements of many callbacks in one list, the first partly used. */
  private static final class Chain {
    private @Nullable WskDataIndication head;
    private @Nullable WskDataIndication tail;
    private int callbacks;

    synchronized NtStatus append(WskDataIndication list) {
      if (tail == null) {
        head = list;
      } else {
        tail.setNext(list);
      }
      WskDataIndication last = list;
      for (WskDataIndication next = last.next(); next != null; next = last.next()) {
        last = next;
      }
      tail = last;
      callbacks++;
      notifyAll();
      return NtStatus.PENDING;
    }

    synchronized void await(int bytes) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (Bytes.of(head).length < bytes) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        assertThat(left).as("time left for %s bytes", bytes).isPositive();
        wait(left);
      }
    }

    /** Cuts off the elements that lie within so many bytes; {@return how many bytes they hold} */
    synchronized long release(WskConnectionSocket socket, long used) {
      long gone = 0;
      WskDataIndication last = null;
      WskDataIndication rest = head;
      while (rest != null && gone + rest.buffer().length() <= used) {
        gone += rest.buffer().length();
        last = rest;
        rest = rest.next();
      }
      if (last != null) {
        last.setNext(null);
        assertThat(socket.release(head)).isEqualTo(NtStatus.SUCCESS);
        head = rest;
        tail = rest == null ? null : tail;
      }
      return gone;
    }

    synchronized byte[] bytes() {
      return Bytes.of(head);
    }
  }

  private static Pair pair(Scenario scenario, Recorder recorder) throws Exception {
    Pair pair = scenario.client().pair(recorder);
    scenario.watch(pair.socket());
    return pair;
  }

  /** What a callback of the program does, as part of the scenario. */
  private static Recorder recorder(Scenario scenario, Recorder.Action action) {
    return new Recorder(data -> scenario.inside(() -> action.on(data)));
  }

  @EachTransport
  void shouldKeepOneChainAcrossCallbacks(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Chain chain = new Chain();
    Pair pair = pair(scenario, recorder(scenario, data -> chain.append(data.list())));
    byte[] stream = {};
    for (int i = 0; i < 10; i++) {
      byte[] message = Bytes.join(Bytes.pattern(i, HEADER), Bytes.pattern(100 + i, 500 * i));
      stream = Bytes.join(stream, message);
      pair.peer().send(message);
      chain.await(stream.length);
    }
    assertThat(chain.callbacks).isGreaterThanOrEqualTo(10);
    assertThat(chain.bytes()).isEqualTo(stream);

    // Messages are used one by one; whole elements go back, the others keep an offset.
    long used = 0;
    long released = 0;
    for (int i = 0; i < 10; i++) {
      used += HEADER + 500 * i;
      released += chain.release(pair.socket(), used - released);
      assertThat(chain.bytes())
          .isEqualTo(Arrays.copyOfRange(stream, (int) released, stream.length));
    }
    assertThat(chain.head).isNull();
    // Not one element too few was given back, and there is none twice.
    pair.peer().send((byte) 1);
    chain.await(1);
    WskDataIndication last = chain.head;
    assertThat(chain.release(pair.socket(), 1)).isEqualTo(1);
    assertThat(pair.socket().release(last)).isEqualTo(NtStatus.INVALID_PARAMETER);
    scenario.close(pair.socket());
  }

  @EachTransport
  void shouldReleaseThePrefixOfManyCallbacksAtOnce(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Chain chain = new Chain();
    Pair pair = pair(scenario, recorder(scenario, data -> chain.append(data.list())));
    for (int i = 0; i < 4; i++) {
      pair.peer().send(Bytes.pattern(i, 100));
      chain.await(100 * i + 100);
    }
    assertThat(chain.release(pair.socket(), 250)).isEqualTo(200);
    assertThat(chain.bytes()).isEqualTo(Bytes.join(Bytes.pattern(2, 100), Bytes.pattern(3, 100)));
    // The device is unplugged while the rest is still in use.
    pair.peer().reset();
    scenario.client().drain();
    assertThat(chain.bytes()).isEqualTo(Bytes.join(Bytes.pattern(2, 100), Bytes.pattern(3, 100)));
    assertThat(chain.release(pair.socket(), 200)).isEqualTo(200);
    scenario.close(pair.socket());
  }

  @EachTransport
  void shouldKeepWhatItHasWhenTheSocketDies(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Chain chain = new Chain();
    Recorder recorder = recorder(scenario, data -> chain.append(data.list()));
    Pair pair = pair(scenario, recorder);
    pair.peer().send(Bytes.pattern(1, 100));
    chain.await(100);
    Death.DECLARED.of(pair.socket(), scenario.client().provider());
    recorder.death();
    assertThat(chain.bytes()).isEqualTo(Bytes.pattern(1, 100));
    assertThat(chain.release(pair.socket(), 100)).isEqualTo(100);
    Memory memory = Memory.of(new byte[] {1});
    scenario
        .call(irp -> pair.socket().send(memory.buffer(), 0, irp), memory)
        .expect(NtStatus.FILE_FORCED_CLOSED);
    scenario.close(pair.socket());
    assertThat(recorder.deaths()).hasSize(1);
  }

  @EachTransport
  void shouldResumeWithTheSameBytes(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    byte[] stream = Bytes.pattern(1, 300);
    for (boolean partly : new boolean[] {false, true}) {
      int taken = partly ? 40 : 0;
      Recorder recorder =
          recorder(
              scenario,
              data -> {
                data.accepted().set(partly ? taken : 7);
                return partly ? NtStatus.SUCCESS : NtStatus.DATA_NOT_ACCEPTED;
              });
      Pair pair = pair(scenario, recorder);
      pair.peer().send(Arrays.copyOf(stream, 100));
      assertThat(recorder.next().copy()).hasSizeGreaterThan(taken).startsWith(stream[0]);
      pair.peer().send(Arrays.copyOfRange(stream, 100, 300));
      scenario.client().drain();
      assertThat(recorder.count()).isEqualTo(1);

      recorder.then(data -> scenario.inside(() -> NtStatus.SUCCESS));
      Turn resume = scenario.receive(pair.socket(), 0, Memory.of(new byte[0])).await();
      assertThat(resume.expect(NtStatus.SUCCESS).information()).isZero();
      assertThat(recorder.bytes(300 - taken)).isEqualTo(Arrays.copyOfRange(stream, taken, 300));
      scenario.close(pair.socket());
    }
  }

  @EachTransport
  void shouldSwitchAnEventOff(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    TestClient client = scenario.client();
    Semaphore inside = new Semaphore(0);
    Semaphore goOn = new Semaphore(0);
    Recorder recorder =
        recorder(
            scenario,
            data -> {
              inside.release();
              assertThat(goOn.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
              return NtStatus.SUCCESS;
            });
    Pair pair = pair(scenario, recorder);
    WskConnectionSocket socket = pair.socket();
    // One event in each call; two are too many.
    assertThat(client.control(socket, RECEIVE | WskEventCallbackControl.DISCONNECT | DISABLE))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    scenario
        .call(irp -> client.control(socket, RECEIVE | 0x80 | DISABLE, irp))
        .expect(NtStatus.INVALID_PARAMETER);

    // No callback runs: at once, with an IRP and without.
    assertThat(client.control(socket, RECEIVE | DISABLE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(socket, RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    Turn atOnce = scenario.succeed(irp -> client.control(socket, RECEIVE | DISABLE, irp));
    assertThat(atOnce.returned()).isEqualTo(NtStatus.SUCCESS);
    pair.peer().send((byte) 1);
    client.drain();
    assertThat(recorder.count()).isZero();

    // A callback runs: with an IRP it is waited for.
    assertThat(client.control(socket, RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(inside.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    AtomicBoolean returned = new AtomicBoolean();
    Request off = scenario.request().then(turn -> assertThat(returned).isTrue());
    Turn pending = off.submit(irp -> client.control(socket, RECEIVE | DISABLE, irp));
    assertThat(pending.returned()).isEqualTo(NtStatus.PENDING);
    assertThat(off.isPending()).isTrue();
    returned.set(true);
    goOn.release();
    off.await().expect(NtStatus.SUCCESS);
    pair.peer().send((byte) 2);
    client.drain();
    assertThat(recorder.count()).isEqualTo(1);

    // Without one the answer says that it is still running.
    assertThat(client.control(socket, RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(inside.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    assertThat(client.control(socket, RECEIVE | DISABLE)).isEqualTo(NtStatus.EVENT_PENDING);
    goOn.release();
    pair.peer().send((byte) 3);
    client.drain();
    assertThat(recorder.count()).isEqualTo(2);
    scenario.close(socket);
  }

  @EachTransport
  void shouldSwitchAnEventOffInsideIt(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = pair(scenario, recorder);
    AtomicBoolean inside = new AtomicBoolean();
    Request off = scenario.request().then(turn -> assertThat(inside).isFalse());
    recorder.then(
        data ->
            scenario.inside(
                () -> {
                  inside.set(true);
                  Turn turn =
                      off.submit(
                          irp -> scenario.client().control(pair.socket(), RECEIVE | DISABLE, irp));
                  assertThat(turn.returned()).isEqualTo(NtStatus.PENDING);
                  inside.set(false);
                  return NtStatus.SUCCESS;
                }));
    pair.peer().send((byte) 1);
    off.await().expect(NtStatus.SUCCESS);
    pair.peer().send((byte) 2);
    scenario.client().drain();
    assertThat(recorder.count()).isEqualTo(1);
    scenario.close(pair.socket());
  }

  @EachTransport
  void shouldKeepAnIdleConnectionAlive(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    WskConnectionSocket socket = scenario.watch(scenario.client().pair().socket());
    scenario.set(socket, WskOptions.KEEPALIVE, 1);
    scenario.set(socket, TcpOptions.KEEPIDLE, 30);
    scenario.set(socket, TcpOptions.KEEPCNT, 9);
    scenario.set(socket, TcpOptions.KEEPINTVL, 10);
    assertThat(scenario.get(socket, WskOptions.KEEPALIVE, 4)).isEqualTo(1);
    // A number has four bytes, also that of a switch.
    Out<Integer> small = new Out<>();
    scenario
        .call(
            irp ->
                socket.controlSocket(
                    WskControlSocketType.GET_OPTION,
                    WskOptions.KEEPALIVE,
                    null,
                    1,
                    small,
                    null,
                    irp))
        .expect(NtStatus.INVALID_PARAMETER);
    assertThat(small.get()).isNull();
    assertThat(scenario.get(socket, TcpOptions.KEEPIDLE, 4)).isEqualTo(30);
    assertThat(scenario.get(socket, TcpOptions.KEEPCNT, 4)).isEqualTo(9);
    assertThat(scenario.get(socket, TcpOptions.KEEPINTVL, 4)).isEqualTo(10);
    scenario.close(socket);
  }

  @EachTransport
  void shouldSendInOneOrderFromManyThreads(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair pair = scenario.client().pair();
    WskConnectionSocket socket = scenario.watch(pair.socket());
    int threads = 8;
    int each = 50;
    ConcurrentLinkedQueue<Integer> work = new ConcurrentLinkedQueue<>();
    AtomicBoolean draining = new AtomicBoolean();
    AtomicInteger number = new AtomicInteger();
    CountDownLatch sent = new CountDownLatch(threads * each);
    Runnable drainer =
        () -> {
          while (!work.isEmpty() && draining.compareAndSet(false, true)) {
            for (Integer seed = work.poll(); seed != null; seed = work.poll()) {
              byte[] header = ByteBuffer.allocate(HEADER).putInt(number.getAndIncrement()).array();
              Memory memory = Memory.of(header, Bytes.pattern(seed, 100), Bytes.pattern(seed, 1));
              scenario
                  .request()
                  .then(turn -> sent.countDown())
                  .submit(irp -> socket.send(memory.buffer(), WskFlags.NODELAY, irp), memory);
            }
            draining.set(false);
          }
        };
    List<Future<?>> pushing = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int first = thread * each;
      pushing.add(
          scenario
              .thread("pusher-" + thread)
              .submit(
                  () -> {
                    for (int i = 0; i < each; i++) {
                      work.add(first + i);
                      drainer.run();
                    }
                  }));
    }
    for (int i = 0; i < threads * each; i++) {
      byte[] message = pair.peer().read(HEADER + 101);
      assertThat(ByteBuffer.wrap(message).getInt()).isEqualTo(i);
    }
    for (Future<?> one : pushing) {
      one.get(10, TimeUnit.SECONDS);
    }
    assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
    scenario.close(socket);
  }

  @EachTransport
  void shouldReadHeadersAsAWhole(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair between = scenario.client().pair();
    WskConnectionSocket socket = scenario.watch(between.socket());
    Request header = scenario.receive(socket, WskFlags.WAITALL, Memory.room(HEADER));
    between.peer().send(Bytes.pattern(1, 20));
    scenario.client().drain();
    assertThat(header.isPending()).isTrue();
    between.peer().send(Arrays.copyOfRange(Bytes.pattern(1, 100), 20, 100));
    assertThat(header.await().data()).isEqualTo(Arrays.copyOf(Bytes.pattern(1, 100), 48));
    Request payload = scenario.receive(socket, WskFlags.WAITALL, Memory.room(30, 22));
    assertThat(payload.await().data())
        .isEqualTo(Arrays.copyOfRange(Bytes.pattern(1, 100), 48, 100));
    // The end between two messages, and in the middle of one.
    between.peer().endOutput();
    Turn end = scenario.receive(socket, WskFlags.WAITALL, Memory.room(HEADER)).await();
    assertThat(end.expect(NtStatus.SUCCESS).information()).isZero();
    scenario.close(socket);

    Pair within = scenario.client().pair();
    scenario.watch(within.socket());
    Request cut = scenario.receive(within.socket(), WskFlags.WAITALL, Memory.room(HEADER));
    within.peer().send(Bytes.pattern(2, 20));
    within.peer().endOutput();
    Turn half = cut.await().expect(NtStatus.SUCCESS);
    assertThat(half.data()).isEqualTo(Bytes.pattern(2, 20));
    scenario.close(within.socket());
  }

  @EachTransport
  void shouldAnswerCallsThatComeTooLate(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Pair pair = scenario.client().pair();
    WskConnectionSocket socket = scenario.watch(pair.socket());
    scenario.close(socket);
    for (TestClient.Call late :
        List.<TestClient.Call>of(
            irp -> socket.send(Memory.of(new byte[1]).buffer(), 0, irp),
            irp -> socket.receive(Memory.room(1).buffer(), 0, irp),
            irp -> socket.disconnect(null, 0, irp),
            irp -> socket.getLocalAddress(new Out<>(), irp),
            irp -> socket.bind(TestClient.any(2, 0), 0, irp),
            irp -> socket.connect(pair.peer().localAddress(), 0, irp),
            irp -> scenario.client().control(socket, RECEIVE, irp),
            irp ->
                socket.controlSocket(
                    WskControlSocketType.SET_OPTION, WskOptions.KEEPALIVE, 1, 0, null, null, irp),
            socket::closeSocket)) {
      scenario.call(late).expect(NtStatus.INVALID_HANDLE);
    }
    assertThat(scenario.client().control(socket, RECEIVE)).isEqualTo(NtStatus.INVALID_HANDLE);
  }
}
