package org.wsk4j.contract.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.IoCompletionRoutine;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** Requests made where others complete, and waits where there may be none. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NestedRequestTest {
  private static final int MANY = 100_000;

  @EachTransport
  @Rule("IRP-65")
  void shouldServeAProgramThatWaitsForEverything(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    ExecutorService server = scope.thread("server");
    CompletableFuture<byte[]> heard =
        CompletableFuture.supplyAsync(() -> serve(client, listener), server);
    WskConnectionSocket socket = client.connected(client.local(listener), null, null);
    client.send(socket, Bytes.pattern(1, 100_000));
    client.succeed(irp -> socket.disconnect(null, 0, irp));
    assertThat(client.receiveAll(socket, 100_000)).isEqualTo(Bytes.pattern(1, 100_000));
    assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(Bytes.pattern(1, 100_000));
    client.close(socket, listener);
  }

  private static byte[] serve(TestClient client, WskListeningSocket listener) {
    try {
      WskConnectionSocket socket = client.accept(listener, null, null);
      byte[] all = client.receiveAll(socket, 100_000);
      client.send(socket, all);
      assertThat(client.receive(socket, 1)).isEmpty();
      client.succeed(irp -> socket.disconnect(null, 0, irp));
      client.close(socket);
      return all;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @EachTransport
  @Rule("IRP-66")
  void shouldRefuseToWaitInsideARoutine(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Irp other = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp));
    long faults = client.provider().statistics().clientFaults();
    Routine routine =
        new Routine(
            (irp, context) -> {
              assertThatThrownBy(other::await).isInstanceOf(IllegalStateException.class);
              assertThatThrownBy(() -> client.registration().deregister())
                  .isInstanceOf(IllegalStateException.class);
              return NtStatus.MORE_PROCESSING_REQUIRED;
            });
    // Inline on this thread, and later on an event loop.
    pair.socket().getLocalAddress(new Out<>(), routine.on(client.irp()));
    routine.next();
    pair.socket().send(WskBuf.of(new byte[1]), 0, routine.on(client.irp()));
    routine.next();
    assertThat(client.provider().statistics().clientFaults()).isEqualTo(faults);
    pair.peer().send((byte) 1);
    assertThat(client.result(NtStatus.PENDING, other)).isEqualTo(NtStatus.SUCCESS);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("IRP-68")
  void shouldCompleteALongChainThatEndsInline(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Out<SocketAddress> place = new Out<>();
    WskConnectionSocket bound = client.bound();
    repeat(client, NtStatus.SUCCESS, irp -> pair.socket().getLocalAddress(place, irp));
    repeat(client, NtStatus.INVALID_PARAMETER, irp -> pair.socket().send(null, 0, irp));
    repeat(
        client,
        NtStatus.INVALID_DEVICE_STATE,
        irp -> bound.receive(WskBuf.of(new byte[1]), 0, irp));
    client.close(pair.socket(), bound);
  }

  @EachTransport
  @Rule("IRP-68")
  void shouldCompleteALongChainOnAnEventLoop(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    WskBuf nothing = WskBuf.of(new byte[0]);
    repeat(client, NtStatus.SUCCESS, irp -> pair.socket().send(nothing, 0, irp));
    repeat(client, NtStatus.SUCCESS, irp -> pair.socket().receive(nothing, 0, irp));
    client.send(pair.socket(), (byte) 1);
    assertThat(pair.peer().read(1)).containsExactly(1);
    client.close(pair.socket());
  }

  /** Each completion makes the next request, with the same IRP. */
  private static void repeat(TestClient client, NtStatus expected, Call call) throws Exception {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    IoCompletionRoutine again =
        new IoCompletionRoutine() {
          private int count;

          @Override
          public NtStatus complete(Irp irp, @Nullable Object context) {
            count++;
            if (irp.status() != expected || count == MANY) {
              end.complete(count);
            } else {
              call.with(irp.reuse(NtStatus.SUCCESS).setCompletionRoutine(this, null));
            }
            return NtStatus.MORE_PROCESSING_REQUIRED;
          }
        };
    call.with(client.irp().setCompletionRoutine(again, null));
    assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo(MANY);
  }

  @EachTransport
  @Rule("IRP-69")
  void shouldHoldNoLockWhileARoutineRuns(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    WskConnectionSocket socket = pair.socket();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Routine blocking =
        new Routine(
            (irp, context) -> {
              inside.countDown();
              try {
                assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return NtStatus.MORE_PROCESSING_REQUIRED;
            });
    socket.receive(WskBuf.of(new byte[1]), 0, blocking.on(client.irp()));
    pair.peer().send((byte) 1);
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    // These return although the routine has not; a lock would hold them up until the time limit.
    Irp sent = client.pend(irp -> socket.send(WskBuf.of(new byte[] {2}), 0, irp));
    Irp received = client.pend(irp -> socket.receive(WskBuf.of(new byte[1]), 0, irp));
    received.cancel();
    client.succeed(irp -> socket.getLocalAddress(new Out<>(), irp));
    assertThat(client.control(socket, WskEventCallbackControl.DISABLE | 0x40))
        .isEqualTo(NtStatus.SUCCESS);
    Irp closed = client.pend(socket::closeSocket);
    assertThat(blocking.calls()).hasSize(1);
    assertThat(closed.isCompleted()).isFalse();
    goOn.countDown();
    blocking.next();
    assertThat(client.result(NtStatus.PENDING, received)).isEqualTo(NtStatus.CANCELLED);
    assertThat(client.result(NtStatus.PENDING, sent)).isIn(NtStatus.SUCCESS, NtStatus.CANCELLED);
    assertThat(client.result(NtStatus.PENDING, closed)).isEqualTo(NtStatus.SUCCESS);
  }
}
