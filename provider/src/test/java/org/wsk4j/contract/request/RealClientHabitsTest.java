package org.wsk4j.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.IoCompletionRoutine;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/**
 * What published WSK clients do with their requests, and so lean on: C1 to C6, C8 to C10, C19, C20,
 * C22, C23, X2, X6 and X8 of the habits that were found in them.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RealClientHabitsTest {
  private static final NtStatus MORE = NtStatus.MORE_PROCESSING_REQUIRED;

  @EachTransport
  @Rule({"IRP-01", "IRP-06", "IRP-10"})
  void shouldServeAClientThatIgnoresWhatIsReturnedC1C2(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    SocketAddress to = client.local(listener);
    WskConnectionSocket socket = client.connection(AddressFamily.INET, null, null);
    SocketAddress any = TestClient.any(AddressFamily.INET, 0);
    byte[] memory = new byte[1];
    List<Call> calls =
        List.of(
            irp -> socket.connect(to, 0, irp),
            irp -> socket.bind(any, 0, irp),
            irp -> socket.connect(to, 0, irp),
            irp -> socket.connect(to, 0, irp),
            irp -> socket.getRemoteAddress(new Out<>(), irp),
            irp -> socket.send(WskBuf.of(memory), 0, irp),
            irp -> socket.send(null, 0, irp),
            irp -> socket.disconnect(null, 0, irp),
            socket::closeSocket);
    for (Call call : calls) {
      Routine routine = new Routine();
      Irp irp = routine.on(client.irp());
      NtStatus returned = call.with(irp);
      Routine.Call completed = routine.next();
      assertThat(completed.pendingReturned()).isEqualTo(returned == NtStatus.PENDING);
      assertThat(completed.status()).isNotEqualTo(NtStatus.PENDING).isEqualTo(irp.status());
      if (returned != NtStatus.PENDING) {
        assertThat(completed.status()).isEqualTo(returned);
      }
      client.drain();
      assertThat(routine.calls()).hasSize(1);
    }
    client.close(listener);
  }

  @EachTransport
  @Rule({"IRP-10", "IRP-53", "SND-08"})
  void shouldSayPendingBeforeItCompletesC2C22(Transport on, TestScope scope) throws Exception {
    int count = 2000;
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Map<Irp, Boolean> seen = new ConcurrentHashMap<>();
    CountDownLatch all = new CountDownLatch(count);
    IoCompletionRoutine routine =
        (irp, context) -> {
          seen.put(irp, irp.pendingReturned() && irp.information() == 10);
          all.countDown();
          return MORE;
        };
    byte[] stream = Bytes.pattern(1, count * 10);
    for (int i = 0; i < count; i++) {
      byte[] part = Arrays.copyOfRange(stream, i * 10, i * 10 + 10);
      Irp irp = client.irp().setCompletionRoutine(routine, null);
      assertThat(pair.socket().send(WskBuf.of(part), 0, irp)).isEqualTo(NtStatus.PENDING);
    }
    assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).hasSize(count).doesNotContainValue(false);
    assertThat(pair.peer().read(stream.length)).isEqualTo(stream);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"IRP-32", "IRP-35", "IRP-22"})
  void shouldLeaveTheIrpToItsRoutineC3C4C5(Transport on, TestScope scope) throws Exception {
    int rounds = 500;
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    IoCompletionRoutine next =
        new IoCompletionRoutine() {
          private int count;

          @Override
          public NtStatus complete(Irp irp, @Nullable Object context) {
            if (irp.status() != NtStatus.SUCCESS || irp.information() != (count == 0 ? 0 : 1)) {
              closed.complete(-count);
              return MORE;
            }
            irp.reuse(NtStatus.UNSUCCESSFUL);
            if (count == rounds) {
              irp.setCompletionRoutine((one, c) -> end(one), null);
              pair.socket().closeSocket(irp);
            } else {
              irp.setCompletionRoutine(this, null);
              pair.socket().send(WskBuf.of(new byte[] {(byte) count++}), 0, irp);
            }
            return MORE;
          }

          private NtStatus end(Irp irp) {
            closed.complete(irp.status() == NtStatus.SUCCESS ? count : -1);
            return MORE;
          }
        };
    // The first request completes inside its call, the others on an event loop.
    pair.socket().getLocalAddress(new Out<>(), client.irp().setCompletionRoutine(next, null));
    assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(rounds);
    assertThat(pair.peer().isReset()).isTrue();
  }

  @EachTransport
  @Rule({"IRP-32", "IRP-33", "IRP-35"})
  void shouldRememberNothingOfAnIrpC4(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    WskListeningSocket listener = client.listening();
    Irp irp = client.irp();
    for (int i = 0; i < 50; i++) {
      assertThat(listener.accept(0, null, null, null, null, irp)).isEqualTo(NtStatus.PENDING);
      irp.cancel();
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.CANCELLED);
      irp.reuse(NtStatus.SUCCESS);
      assertThat(pair.socket().receive(WskBuf.of(new byte[4]), 0, irp)).isEqualTo(NtStatus.PENDING);
      pair.peer().send((byte) 1);
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
      assertThat(irp.information()).isEqualTo(1);
      irp.reuse(NtStatus.SUCCESS);
      assertThat(pair.socket().send(null, 0, irp)).isEqualTo(NtStatus.INVALID_PARAMETER);
      irp.reuse(NtStatus.SUCCESS);
    }
    client.close(pair.socket(), listener);
  }

  @EachTransport
  @Rule({"IRP-22", "IRP-23", "IRP-24"})
  void shouldEndAtTheRoutineWhateverItAnswersC5(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    for (NtStatus answer : List.of(MORE, NtStatus.SUCCESS, NtStatus.UNSUCCESSFUL)) {
      Routine routine = new Routine((irp, context) -> answer);
      pair.socket().send(WskBuf.of(new byte[] {1}), 0, routine.on(client.irp()));
      assertThat(routine.next().status()).isEqualTo(NtStatus.SUCCESS);
      assertThat(pair.peer().read(1)).containsExactly(1);
      client.drain();
      assertThat(routine.calls()).hasSize(1);
    }
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("IRP-63")
  void shouldCopyTheDescriptionOfABufferC6(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] memory = new byte[4];
    WskBuf onTheStack = WskBuf.of(memory);
    Irp received = client.pend(irp -> pair.socket().receive(onTheStack, 0, irp));
    onTheStack.set(null, 77, 99);
    pair.peer().send((byte) 1, (byte) 2);
    assertThat(client.result(NtStatus.PENDING, received)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory).containsExactly(1, 2, 0, 0);

    WskBuf again = WskBuf.of(new byte[] {5, 6});
    Irp sent = client.pend(irp -> pair.socket().send(again, 0, irp));
    again.set(null, 0, 0);
    assertThat(client.result(NtStatus.PENDING, sent)).isEqualTo(NtStatus.SUCCESS);
    assertThat(sent.information()).isEqualTo(2);
    assertThat(pair.peer().read(2)).containsExactly(5, 6);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"IRP-62", "IRP-59", "CLI-08"})
  void shouldTakeNoIrpWhereNoneIsNeededC8X6(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    assertThat(client.statics(WskEventCallbackControl.DISCONNECT)).isEqualTo(NtStatus.SUCCESS);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(AddressFamily.INET, null, recorder.dispatch());
    assertThat(client.control(pair.socket(), WskEventCallbackControl.RECEIVE))
        .isEqualTo(NtStatus.SUCCESS);
    WskProviderDispatch functions = client.functions();
    assertThat(functions.getAddressInfo(null, null, null, 0, null, null, null, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    // One client closes without an IRP: that is refused, and the socket is untouched.
    assertThat(pair.socket().closeSocket(null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    pair.peer().send((byte) 1);
    assertThat(recorder.bytes(1)).containsExactly(1);
    client.send(pair.socket(), (byte) 2);
    assertThat(pair.peer().read(1)).containsExactly(2);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("SOC-22")
  void shouldTreatEverySocketAsABasicOneC9(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    for (WskSocket socket : List.of(listener, client.bound(), client.pair().socket())) {
      Out<Integer> value = new Out<>();
      client.succeed(
          irp ->
              socket.controlSocket(
                  WskControlSocketType.SET_OPTION, WskOptions.KEEPALIVE, 1, 0, null, null, irp));
      client.succeed(
          irp ->
              socket.controlSocket(
                  WskControlSocketType.GET_OPTION,
                  WskOptions.KEEPALIVE,
                  null,
                  4,
                  value,
                  null,
                  irp));
      assertThat(value.get()).isEqualTo(1);
      client.close(socket);
    }
  }

  @EachTransport
  @Rule({"SOC-06", "SOC-79", "IRP-38"})
  void shouldNeverWaitInACallC10(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    InetSocketAddress to = client.local(listener);
    WskConnectionSocket bound = client.bound();
    InetSocketAddress busy = Peer.busy(TestClient.loopback(AddressFamily.INET, 0), scope);
    Irp made = client.irp();
    Irp stuck = client.irp();
    Irp connect = client.irp();
    Irp accept = client.irp();
    // Every wait of this project refuses to wait on such a thread.
    DispatchLevel.current().raise();
    try {
      client.socketConnect(busy, null, null, stuck);
      client.socketConnect(to, null, null, made);
      bound.connect(to, 0, connect);
      listener.accept(0, null, null, null, null, accept);
      stuck.cancel();
    } finally {
      DispatchLevel.current().lower();
    }
    assertThat(client.result(NtStatus.PENDING, stuck)).isEqualTo(NtStatus.CANCELLED);
    assertThat(client.result(NtStatus.PENDING, connect)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.PENDING, accept)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.PENDING, made)).isEqualTo(NtStatus.SUCCESS);
    client.close(
        made.object(WskConnectionSocket.class),
        accept.object(WskConnectionSocket.class),
        client.accept(listener, null, null),
        bound,
        listener);
  }

  @EachTransport
  @Rule({"IRP-47", "IRP-41", "IRP-42"})
  void shouldCancelExactlyOneRequestC19(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[][] memory = new byte[3][1];
    Irp[] receives = new Irp[3];
    for (int i = 0; i < 3; i++) {
      WskBuf buffer = WskBuf.of(memory[i]);
      receives[i] = client.pend(irp -> pair.socket().receive(buffer, 0, irp));
    }
    receives[1].cancel();
    assertThat(client.result(NtStatus.PENDING, receives[1])).isEqualTo(NtStatus.CANCELLED);
    assertThat(receives[0].isCompleted()).isFalse();
    assertThat(receives[2].isCompleted()).isFalse();
    pair.peer().send((byte) 1, (byte) 2);
    assertThat(client.result(NtStatus.PENDING, receives[0])).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.PENDING, receives[2])).isEqualTo(NtStatus.SUCCESS);
    assertThat(new int[] {memory[0][0], memory[1][0], memory[2][0]}).containsExactly(1, 0, 2);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"REG-55", "REG-56", "REG-64", "REG-65"})
  void shouldLetSocketsOutliveTheCaptureC20(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskRegistration leaver = new WskRegistration(client.provider().registrar());
    assertThat(leaver.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0))))
        .isEqualTo(NtStatus.SUCCESS);
    Out<WskProviderNpi> npi = new Out<>();
    assertThat(leaver.captureProviderNpi(WskRegistration.NO_WAIT, npi)).isEqualTo(NtStatus.SUCCESS);
    WskListeningSocket listener = listener(client, npi.require());
    leaver.releaseProviderNpi();
    Pair pair = client.acceptedPair(listener);
    Thread leaving = new Thread(leaver::deregister, "leaving");
    leaving.start();
    client.send(pair.socket(), (byte) 1);
    assertThat(pair.peer().read(1)).containsExactly(1);
    client.close(listener);
    client.drain();
    assertThat(leaving.isAlive()).isTrue();
    client.close(pair.socket());
    leaving.join(10_000);
    assertThat(leaving.isAlive()).isFalse();
  }

  private static WskListeningSocket listener(TestClient client, WskProviderNpi npi)
      throws InterruptedException {
    Irp made =
        client.succeed(
            irp ->
                npi.dispatch()
                    .socket(
                        npi.client(),
                        AddressFamily.INET,
                        SocketType.STREAM,
                        Protocol.TCP,
                        WskFlags.LISTEN_SOCKET,
                        null,
                        null,
                        null,
                        null,
                        null,
                        irp));
    WskListeningSocket listener = client.watch(made.object(WskListeningSocket.class));
    client.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    return listener;
  }

  @EachTransport
  @Rule({"RCV-15", "RCV-16"})
  void shouldShowTheEndToEveryReceiveC23(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Irp first = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp));
    Irp second = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp));
    pair.peer().endOutput();
    assertThat(client.result(NtStatus.PENDING, first)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.PENDING, second)).isEqualTo(NtStatus.SUCCESS);
    assertThat(first.information() + second.information()).isZero();
    assertThat(client.receive(pair.socket(), 1)).isEmpty();
    client.send(pair.socket(), (byte) 1);
    assertThat(pair.peer().read(1)).containsExactly(1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("ACC-07")
  void shouldTakeAnyFlagsOfAnAcceptX8(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    Irp accept = client.pend(irp -> listener.accept(2, null, null, null, null, irp));
    client.peer(listener);
    assertThat(client.result(NtStatus.PENDING, accept)).isEqualTo(NtStatus.SUCCESS);
    client.close(accept.object(WskConnectionSocket.class), listener);
  }

  @EachTransport
  @Rule("CTL-04")
  void shouldIgnoreTheLevelOfAnIoctlX2(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    int code = WskIoctls.QUERY_IDEAL_SEND_BACKLOG.code();
    Set<Long> answers = new HashSet<>();
    for (int level : new int[] {0, 0xFFFF, 6, 12345}) {
      ByteBuffer answer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      Irp irp =
          client.succeed(
              one ->
                  pair.socket()
                      .controlSocket(
                          WskControlSocketType.IOCTL,
                          WskControlKey.raw(level, code),
                          null,
                          8,
                          new Out<>(answer),
                          null,
                          one));
      assertThat(irp.information()).isEqualTo(8);
      answers.add(answer.getLong(0));
    }
    assertThat(answers).hasSize(1).doesNotContain(0L);
    client.close(pair.socket());
  }
}
