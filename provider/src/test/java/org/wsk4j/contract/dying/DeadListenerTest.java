package org.wsk4j.contract.dying;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.Death;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.testing.TransportMatrix;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** Listening sockets whose transport fails under them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeadListenerTest {
  private static final NtStatus DEAD = NtStatus.FILE_FORCED_CLOSED;

  /** So many connections that some live on every loop. */
  private static final int PENDED = 8;

  static Stream<Arguments> deaths() {
    return TransportMatrix.transports().stream()
        .flatMap(
            transport ->
                Stream.of(Death.values())
                    .filter(death -> death.isNoticed(transport))
                    .map(death -> Arguments.of(transport, death)));
  }

  private static void assertDead(TestClient client, Call call) throws InterruptedException {
    Irp irp = client.irp();
    assertThat(call.with(irp)).isEqualTo(DEAD);
    assertThat(client.result(irp)).isEqualTo(DEAD);
    assertThat(irp.information()).isZero();
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"ACC-54", "ACC-55", "ACC-56", "ACC-57", "ACC-58"})
  void shouldEndAcceptsAndTellOnce(Transport on, Death death, TestScope scope) throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    Acceptor acceptor = new Acceptor(DeadListenerTest::tellNonsense);
    WskListeningSocket listener = client.listening(acceptor);
    Irp first = client.pend(irp -> listener.accept(0, null, null, null, null, irp));
    Irp second = client.pend(irp -> listener.accept(0, null, null, null, null, irp));
    client.drain();

    death.of(listener, provider);

    assertThat(client.result(NtStatus.PENDING, first)).isEqualTo(DEAD);
    assertThat(client.result(NtStatus.PENDING, second)).isEqualTo(DEAD);
    Acceptor.Call told = acceptor.next();
    assertThat(told.socket()).isNull();
    assertThat(told.local()).isNull();
    assertThat(told.remote()).isNull();
    assertThat(told.flags()).isEqualTo(WskFlags.AT_DISPATCH_LEVEL);
    assertDead(client, irp -> listener.accept(0, null, null, null, null, irp));
    assertDead(client, irp -> client.control(listener, WskEventCallbackControl.ACCEPT, irp));
    client.close(listener);
    assertThat(acceptor.count()).isOne();
  }

  private static NtStatus tellNonsense(Acceptor.Call call) {
    call.socketContext().set("not for any socket");
    return NtStatus.UNSUCCESSFUL;
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"ACC-08", "LSN-21", "LSN-29", "CLS-34", "LSN-66"})
  void shouldRefuseEverythingButTheClose(Transport on, Death death, TestScope scope)
      throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    WskListeningSocket listener = client.listening();
    InetSocketAddress address = client.local(listener);
    Irp accept = client.pend(irp -> listener.accept(0, null, null, null, null, irp));
    client.drain();

    death.of(listener, provider);

    assertThat(client.result(NtStatus.PENDING, accept)).isEqualTo(DEAD);
    assertDead(client, irp -> listener.bind(address, 0, irp));
    assertDead(client, irp -> listener.accept(0, null, null, null, null, irp));
    assertDead(client, irp -> listener.getLocalAddress(new Out<>(), irp));
    client.close(listener);
    if (death != Death.LOOPS_END) {
      // The address is free again.
      WskListeningSocket next = client.listener(AddressFamily.INET, null, null);
      client.succeed(irp -> next.bind(address, 0, irp));
      client.close(next);
    }
  }

  @EachTransport
  @Rule("LSN-66")
  void shouldFreeTheAddressWhenTheSystemHasLetGoOfIt(Transport on, TestScope scope)
      throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    WskListeningSocket listener = client.listening();
    InetSocketAddress address = client.local(listener);
    CompletableFuture<Boolean> free = new CompletableFuture<>();
    Irp closing = client.irp();
    client.onCompletion(closing, irp -> free.complete(isFree(address)));

    RunningProvider.onLoopOf(
        listener,
        () -> {
          Death.CLOSED.of(listener, provider);
          // Behind what the close of the channel has queued, and still in the same turn.
          RunningProvider.later(listener, () -> listener.closeSocket(closing));
          return true;
        });

    assertThat(free.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(client.result(closing)).isEqualTo(NtStatus.SUCCESS);
  }

  private static boolean isFree(InetSocketAddress address) {
    try (ServerSocket next = new ServerSocket()) {
      next.bind(address);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"INS-37", "INS-48", "ACC-55"})
  void shouldTellThroughTheInspectEventToo(Transport on, Death death, TestScope scope)
      throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    Inspections inspections = new Inspections();
    WskListeningSocket listener = client.listener(AddressFamily.INET, null, inspections.dispatch());
    client.succeed(irp -> conditional(listener, irp));
    client.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    Peer pended = client.peer(listener);
    WskInspectId id = inspections.next();
    client.drain();

    death.of(listener, provider);

    assertThat(inspections.deaths.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    assertThat(pended.isReset()).isTrue();
    assertDead(client, irp -> listener.inspectComplete(id, WskInspectAction.ACCEPT, irp));
    client.close(listener);
    assertThat(inspections.deaths.availablePermits()).isZero();
    // Where all loops end, that of the connection may be the first: then its end is told before.
    int mayBeAborted = death == Death.LOOPS_END ? 1 : 0;
    assertThat(inspections.aborts.get()).isBetween(0, mayBeAborted);
  }

  @EachTransport
  @Rule({"INS-37", "INS-51"})
  void shouldNotTellOfAbortsWhenTheLoopsEndOneAfterTheOther(Transport on, TestScope scope)
      throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    Inspections inspections = new Inspections();
    WskListeningSocket listener = client.listener(AddressFamily.INET, null, inspections.dispatch());
    client.succeed(irp -> conditional(listener, irp));
    client.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    for (int i = 0; i < PENDED; i++) {
      client.peer(listener);
      inspections.next();
    }
    client.drain();

    provider.endLoops(listener);

    assertThat(inspections.deaths.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    client.close(listener);
    assertThat(inspections.aborts.get()).isZero();
  }

  private static NtStatus conditional(WskListeningSocket listener, Irp irp) {
    return listener.controlSocket(
        WskControlSocketType.SET_OPTION, WskOptions.CONDITIONAL_ACCEPT, 1, 0, null, null, irp);
  }

  /** Pends everything. */
  private static final class Inspections {
    final Semaphore deaths = new Semaphore(0);
    final AtomicInteger aborts = new AtomicInteger();
    private final BlockingQueue<WskInspectId> asked = new LinkedBlockingQueue<>();

    WskClientListenDispatch dispatch() {
      return WskClientListenDispatch.builder()
          .onInspect(
              (context, local, remote, id) -> {
                if (id == null) {
                  deaths.release();
                } else {
                  asked.add(id);
                }
                return WskInspectAction.PEND;
              })
          .onAbort(
              (context, id) -> {
                aborts.incrementAndGet();
                return NtStatus.SUCCESS;
              })
          .build();
    }

    WskInspectId next() throws InterruptedException {
      WskInspectId id = asked.poll(10, TimeUnit.SECONDS);
      assertThat(id).isNotNull();
      return id;
    }
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"ACC-54", "ACC-55", "EVT-42", "CLS-29", "CLS-34"})
  void shouldTellThroughAStaticEventAndEndWhatWaits(Transport on, Death death, TestScope scope)
      throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    client.statics(WskEventCallbackControl.ACCEPT);
    Acceptor acceptor = new Acceptor();
    WskListeningSocket listener = client.listening(AddressFamily.INET, null, acceptor.dispatch());

    death.of(listener, provider);

    assertThat(acceptor.next().socket()).isNull();
    client.close(listener);
    assertThat(acceptor.count()).isOne();
  }

  @ParameterizedTest(name = "[{0}] {1}")
  @MethodSource("deaths")
  @Rule({"ACC-54", "LSN-65"})
  void shouldLeaveNoConnectionBehind(Transport on, Death death, TestScope scope) throws Exception {
    RunningProvider provider = RunningProvider.alone(on, scope);
    TestClient client = TestClient.on(provider, scope);
    WskListeningSocket listener = client.listening();
    TestClient.Pair accepted = client.acceptedPair(listener);
    Peer waiting = client.peer(listener);
    client.drain();

    death.of(listener, provider);

    if (death == Death.SHUT_DOWN) {
      // What listens looks again when it takes something, and may still hand over what came before.
      Irp accept = client.irp();
      if (client.result(listener.accept(0, null, null, null, null, accept), accept).isSuccess()) {
        client.watch(accept.object(WskConnectionSocket.class));
      }
    } else {
      assertThat(waiting.isReset()).isTrue();
    }
    if (death != Death.LOOPS_END) {
      accepted.peer().send((byte) 7);
      assertThat(client.receive(accepted.socket(), 1)).containsExactly(7);
    }
    client.closeAll();
  }
}
