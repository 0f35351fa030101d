package org.wsk4j.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.IoCompletionRoutine;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Calls made on the event loop of their socket: what has nothing to wait for ends inside them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InlineOnLoopTest {
  private static final int MANY = 20_000;

  /** Makes a call on the loop of a socket and waits for its request; {@return what it answered} */
  private static NtStatus call(TestClient client, WskSocket socket, Irp irp, Call call)
      throws Exception {
    NtStatus returned =
        RunningProvider.onLoopOf(
            socket,
            () -> {
              NtStatus answer = call.with(irp);
              assertThat(answer == NtStatus.PENDING || irp.isCompleted()).isTrue();
              return answer;
            });
    assertThat(client.result(returned, irp).isError()).isEqualTo(returned.isError());
    return returned;
  }

  @EachTransportAndFamily
  @Rule({"LSN-13", "IRP-11"})
  void shouldBindInsideTheCall(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    InetSocketAddress any = TestClient.loopback(TestClient.family(family), 0);
    WskListeningSocket listener = client.listener(TestClient.family(family), null, null);
    assertThat(call(client, listener, client.irp(), irp -> listener.bind(any, 0, irp)))
        .isEqualTo(NtStatus.SUCCESS);
    WskConnectionSocket socket = client.connection(TestClient.family(family), null, null);
    assertThat(call(client, socket, client.irp(), irp -> socket.bind(any, 0, irp)))
        .isEqualTo(NtStatus.SUCCESS);
    InetSocketAddress there = client.local(listener);
    Irp connect = client.irp();
    RunningProvider.onLoopOf(socket, () -> socket.connect(there, 0, connect));
    assertThat(client.result(connect)).isEqualTo(NtStatus.SUCCESS);
    WskListeningSocket second = client.listener(TestClient.family(family), null, null);
    assertThat(call(client, second, client.irp(), irp -> second.bind(there, 0, irp)))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    client.close(socket, second, client.accept(listener, null, null), listener);
  }

  @EachTransport
  @Rule({"SND-02", "SND-03", "IRP-11"})
  void shouldSendInsideTheCallWhatTheSystemTakes(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    WskConnectionSocket socket = pair.socket();
    Irp sent = client.irp();
    WskBuf data = WskBuf.of(Bytes.pattern(1, 5_000));
    // With io_uring the system is asked when the loop turns, so no data is taken inside a call.
    assertThat(call(client, socket, sent, irp -> socket.send(data, 0, irp)))
        .isEqualTo(on.name().equals("io_uring") ? NtStatus.PENDING : NtStatus.SUCCESS);
    assertThat(sent.information()).isEqualTo(5_000);
    Irp empty = client.irp();
    assertThat(call(client, socket, empty, irp -> socket.send(new WskBuf(), 0, irp)))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(empty.information()).isZero();
    assertThat(pair.peer().read(5_000)).isEqualTo(Bytes.pattern(1, 5_000));
    Irp large = client.irp();
    WskBuf tooMuch = WskBuf.of(new byte[TestClient.TOO_MUCH]);
    assertThat(RunningProvider.onLoopOf(socket, () -> socket.send(tooMuch, 0, large)))
        .isEqualTo(NtStatus.PENDING);
    assertThat(RunningProvider.onLoopOf(socket, () -> socket.send(data, 0, sent)))
        .isEqualTo(NtStatus.PENDING);
    pair.peer().read(TestClient.TOO_MUCH + 5_000);
    assertThat(client.result(NtStatus.PENDING, large)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.PENDING, sent)).isEqualTo(NtStatus.SUCCESS);
    client.close(socket);
  }

  @EachTransport
  @Rule({"SND-03", "SND-38"})
  void shouldGatherWhatACallbackSends(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    List<Irp> sends = List.of(client.irp(), client.irp(), client.irp());
    List<NtStatus> answers = new ArrayList<>();
    recorder.then(
        data -> {
          sends.forEach(irp -> answers.add(pair.socket().send(WskBuf.of(new byte[] {7}), 0, irp)));
          return NtStatus.SUCCESS;
        });
    pair.peer().send((byte) 1);
    assertThat(pair.peer().read(3)).containsExactly(7, 7, 7);
    assertThat(answers).hasSize(3).containsOnly(NtStatus.PENDING);
    for (Irp irp : sends) {
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"DSC-03", "DSC-04"})
  void shouldDisconnectInsideTheCall(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair graceful = client.pair();
    WskConnectionSocket socket = graceful.socket();
    NtStatus first = call(client, socket, client.irp(), irp -> socket.disconnect(null, 0, irp));
    if (on.name().equals("nio")) {
      // Elsewhere the system tells whether the peer has acknowledged the end.
      assertThat(first).isEqualTo(NtStatus.SUCCESS);
    }
    assertThat(call(client, socket, client.irp(), irp -> socket.disconnect(null, 0, irp)))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(graceful.peer().readAll()).isEmpty();
    Pair aborted = client.pair();
    WskConnectionSocket other = aborted.socket();
    call(client, other, client.irp(), irp -> other.disconnect(null, WskFlags.ABORTIVE, irp));
    assertThat(call(client, other, client.irp(), irp -> other.disconnect(null, 1, irp)))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(aborted.peer().isReset()).isTrue();
    client.close(socket, other);
  }

  @EachTransport
  @Rule({"IRP-11", "IRP-68"})
  void shouldCompleteALongChainOfInlineRequests(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket taken = client.listening();
    InetSocketAddress there = client.local(taken);
    WskListeningSocket listener = client.listener(AddressFamily.INET, null, null);
    repeat(client, listener, NtStatus.ADDRESS_ALREADY_EXISTS, irp -> listener.bind(there, 0, irp));
    WskConnectionSocket socket = client.connection(AddressFamily.INET, null, null);
    repeat(client, socket, NtStatus.ADDRESS_ALREADY_EXISTS, irp -> socket.bind(there, 0, irp));
    Pair pair = client.pair();
    WskBuf one = WskBuf.of(new byte[] {1});
    CompletableFuture<byte[]> heard =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return pair.peer().read(MANY);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            },
            scope.thread("reader"));
    repeat(client, pair.socket(), NtStatus.SUCCESS, irp -> pair.socket().send(one, 0, irp));
    assertThat(heard.get(10, TimeUnit.SECONDS)).hasSize(MANY).containsOnly(1);
    client.succeed(irp -> pair.socket().disconnect(null, 0, irp));
    repeat(client, pair.socket(), NtStatus.SUCCESS, irp -> pair.socket().disconnect(null, 0, irp));
    client.close(pair.socket(), socket, listener, taken);
  }

  /** Each completion makes the next request, with the same IRP; the call's answer fits each. */
  private static void repeat(TestClient client, WskSocket socket, NtStatus expected, Call call)
      throws Exception {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    List<String> faults = new ArrayList<>();
    IoCompletionRoutine again =
        new IoCompletionRoutine() {
          private int count;
          private final boolean[] pended = new boolean[MANY];

          private void next(Irp irp) {
            int number = count;
            NtStatus answer = call.with(irp.setCompletionRoutine(this, null));
            boolean pending = answer == NtStatus.PENDING;
            if (count > number && pended[number] != pending) {
              faults.add(number + " answered " + answer);
            }
          }

          @Override
          public NtStatus complete(Irp irp, @Nullable Object context) {
            pended[count] = irp.pendingReturned();
            count++;
            if (irp.status() != expected || count == MANY) {
              end.complete(count);
            } else {
              next(irp.reuse(NtStatus.SUCCESS));
            }
            return NtStatus.MORE_PROCESSING_REQUIRED;
          }
        };
    Irp irp = client.irp();
    RunningProvider.onLoopOf(socket, () -> call.with(irp.setCompletionRoutine(again, null)));
    assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo(MANY);
    assertThat(faults).isEmpty();
  }
}
