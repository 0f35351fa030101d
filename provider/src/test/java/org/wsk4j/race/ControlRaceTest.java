package org.wsk4j.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Control calls of one thread against a close or a bind of another. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ControlRaceTest {
  private static final int ROUNDS = 300;

  @EachTransport
  @Rule("CLS-10")
  void shouldCloseWhenAControlCallOfAnotherThreadHasReturned(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (WskSocket socket :
        new WskSocket[] {basic(client), client.pair().socket(), bound(client)}) {
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      Irp control = client.irp();
      client.onCompletion(
          control,
          irp -> {
            inside.countDown();
            await(goOn);
          });
      Future<NtStatus> call =
          scope.thread("control").submit(() -> get(socket, WskOptions.TYPE, new Out<>(), control));
      await(inside);

      Irp close = client.irp();
      assertThat(socket.closeSocket(close)).isEqualTo(NtStatus.PENDING);
      client.drain();
      assertThat(close.isCompleted()).as("closed behind a call, %s", socket).isFalse();

      goOn.countDown();
      assertThat(client.result(call.get(), control)).isEqualTo(NtStatus.SUCCESS);
      assertThat(client.result(NtStatus.PENDING, close)).isEqualTo(NtStatus.SUCCESS);
    }
  }

  @EachTransport
  @Rule("CLS-10")
  void shouldCompleteNoControlCallBehindTheClose(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ExecutorService thread = scope.thread("control");
    AtomicInteger behind = new AtomicInteger();
    for (int round = 0; round < ROUNDS; round++) {
      WskSocket socket = round % 2 == 0 ? basic(client) : bound(client);
      CyclicBarrier together = new CyclicBarrier(2);
      AtomicBoolean closed = new AtomicBoolean();
      Irp control = client.irp();
      client.onCompletion(
          control,
          irp -> {
            if (irp.status() == NtStatus.SUCCESS && closed.get()) {
              behind.incrementAndGet();
            }
          });
      Future<NtStatus> call =
          thread.submit(
              () -> {
                together.await();
                return get(socket, WskOptions.TYPE, new Out<>(), control);
              });
      Irp close = client.irp();
      client.onCompletion(close, irp -> closed.set(true));
      together.await();
      NtStatus closing = socket.closeSocket(close);

      assertThat(client.result(closing, close)).isEqualTo(NtStatus.SUCCESS);
      assertThat(client.result(call.get(), control))
          .isIn(NtStatus.SUCCESS, NtStatus.FILE_FORCED_CLOSED, NtStatus.INVALID_HANDLE);
    }
    assertThat(behind).hasValue(0);
  }

  /** Two sockets that both want to share an address can; with one that does not they cannot. */
  @EachTransport
  @Rule("LSN-45")
  void shouldApplyAnOptionWholeOrRefuseItWhenABindComesTogether(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    ExecutorService thread = scope.thread("option");
    for (int round = 0; round < ROUNDS / 3; round++) {
      WskListeningSocket first = client.listener(AddressFamily.INET, null, null);
      CyclicBarrier together = new CyclicBarrier(2);
      Irp set = client.irp();
      Future<NtStatus> setting =
          thread.submit(
              () -> {
                together.await();
                return set(first, WskOptions.REUSEADDR, set);
              });
      together.await();
      client.succeed(irp -> first.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
      NtStatus answer = client.result(setting.get(), set);

      Out<Integer> value = new Out<>();
      client.succeed(irp -> get(first, WskOptions.REUSEADDR, value, irp));
      WskListeningSocket second = client.listener(AddressFamily.INET, null, null);
      InetSocketAddress local = client.local(first);
      client.succeed(irp -> set(second, WskOptions.REUSEADDR, irp));
      NtStatus shared = client.result(irp -> second.bind(local, 0, irp));
      if (answer == NtStatus.SUCCESS) {
        assertThat(value.require()).isEqualTo(1);
        assertThat(shared).as("round %d", round).isEqualTo(NtStatus.SUCCESS);
      } else {
        assertThat(answer).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
        assertThat(value.require()).isZero();
        assertThat(shared).as("round %d", round).isEqualTo(NtStatus.ACCESS_DENIED);
      }
      client.close(first, second);
    }
  }

  // ---- Helpers

  private static NtStatus get(
      WskSocket socket, WskControlKey<?, Integer> option, Out<Integer> place, Irp irp) {
    return socket.controlSocket(WskControlSocketType.GET_OPTION, option, null, 4, place, null, irp);
  }

  private static NtStatus set(WskSocket socket, WskControlKey<Integer, Integer> option, Irp irp) {
    return socket.controlSocket(WskControlSocketType.SET_OPTION, option, 1, 0, null, null, irp);
  }

  private static WskSocket bound(TestClient client) throws InterruptedException {
    return client.bound();
  }

  private static WskSocket basic(TestClient client) throws InterruptedException {
    Irp made =
        client.succeed(
            irp ->
                client
                    .functions()
                    .socket(
                        client.client(),
                        AddressFamily.INET,
                        SocketType.STREAM,
                        Protocol.TCP,
                        WskFlags.BASIC_SOCKET,
                        null,
                        null,
                        null,
                        null,
                        null,
                        irp));
    return client.watch(made.object(WskSocket.class));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
