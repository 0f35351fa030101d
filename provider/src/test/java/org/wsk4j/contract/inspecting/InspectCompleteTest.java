package org.wsk4j.contract.inspecting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.listen.WskInspectAction.ACCEPT;
import static org.wsk4j.listen.WskInspectAction.PEND;
import static org.wsk4j.listen.WskInspectAction.REJECT;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.Doorkeeper;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** Deciding about a pended connection. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class InspectCompleteTest {
  private static final int ACCEPT_EVENT = WskEventCallbackControl.ACCEPT;

  @EachTransport
  @Rule({"INS-33", "INS-38"})
  void shouldDeliverWhatIsAcceptedLater(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    Irp accept = client.pend(irp -> listener.accept(0, null, null, null, null, irp));
    Peer first = client.peer(listener);
    Doorkeeper.Call one = keeper.next();
    Peer second = client.peer(listener);
    Doorkeeper.Call two = keeper.next();
    first.send((byte) 1, (byte) 2);
    client.drain();
    assertThat(accept.isCompleted()).isFalse();
    Irp decision = client.irp();
    NtStatus answer = listener.inspectComplete(one.copy(), ACCEPT, decision);
    assertThat(answer).isIn(NtStatus.SUCCESS, NtStatus.PENDING);
    assertThat(client.result(answer, decision)).isEqualTo(NtStatus.SUCCESS);
    assertThat(decision.information()).isZero();
    assertThat(client.result(NtStatus.PENDING, accept)).isEqualTo(NtStatus.SUCCESS);
    WskConnectionSocket socket = accept.object(WskConnectionSocket.class);
    assertThat(client.remote(socket)).isEqualTo(first.localAddress());
    assertThat(client.receiveAll(socket, 2)).containsExactly(1, 2);
    client.control(listener, ACCEPT_EVENT);
    client.drain();
    assertThat(keeper.acceptor().count()).isZero();
    client.succeed(irp -> listener.inspectComplete(two.copy(), ACCEPT, irp));
    Acceptor.Call call = keeper.acceptor().next();
    assertThat(call.remote()).isEqualTo(second.localAddress());
    client.send(call.require(), (byte) 3);
    assertThat(second.read(1)).containsExactly(3);
    client.close(socket, call.require(), listener);
  }

  @EachTransport
  @Rule({"INS-39", "INS-40"})
  void shouldDropWhatIsRejectedLater(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    client.control(listener, ACCEPT_EVENT);
    Peer peer = client.peer(listener);
    Doorkeeper.Call call = keeper.next();
    client.succeed(irp -> listener.inspectComplete(call.copy(), REJECT, irp));
    assertThat(peer.isReset()).isTrue();
    client.drain();
    assertThat(keeper.acceptor().count()).isZero();
    assertThat(keeper.aborts()).isEmpty();
    client.close(listener);
  }

  @EachTransport
  @Rule({"INS-42", "INS-43", "INS-47"})
  void shouldJudgeTheRequest(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    Peer peer = client.peer(listener);
    WskInspectId id = keeper.next().copy();
    for (WskInspectAction wrong : new WskInspectAction[] {PEND, null}) {
      Irp irp = client.irp();
      assertThat(listener.inspectComplete(id, wrong, irp)).isEqualTo(NtStatus.INVALID_PARAMETER);
      assertThat(irp.isCompleted()).isTrue();
      assertThat(irp.status()).isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    Irp noId = client.irp();
    assertThat(listener.inspectComplete(null, ACCEPT, noId)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(noId.status()).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(listener.inspectComplete(id, ACCEPT, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    client.drain();
    client.succeed(irp -> listener.inspectComplete(id, ACCEPT, irp));
    WskConnectionSocket socket = client.accept(listener, null, null);
    assertThat(client.remote(socket)).isEqualTo(peer.localAddress());
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"INS-44", "INS-47"})
  void shouldNeedAListenerThatInspects(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskInspectId id = new WskInspectId(1, 1);
    WskListeningSocket plain = client.listening(AddressFamily.INET, null, keeper.dispatch());
    Irp refused = client.irp();
    assertThat(plain.inspectComplete(id, ACCEPT, refused))
        .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    assertThat(refused.status()).isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    WskListeningSocket unbound = client.listener(AddressFamily.INET, null, keeper.dispatch());
    client.succeed(irp -> Doorkeeper.set(unbound, 1, irp));
    assertThat(client.result(irp -> unbound.inspectComplete(id, ACCEPT, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    client.close(plain, unbound);
    assertThat(client.result(irp -> unbound.inspectComplete(id, ACCEPT, irp)))
        .isEqualTo(NtStatus.INVALID_HANDLE);
  }

  @EachTransport
  @Rule({"INS-45", "INS-46"})
  void shouldKnowOnlyWhatIsPended(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(ACCEPT);
    WskListeningSocket listener = keeper.listening(client);
    client.peer(listener);
    WskInspectId accepted = keeper.next().copy();
    keeper.then(REJECT);
    client.peer(listener);
    WskInspectId rejected = keeper.next().copy();
    keeper.then(PEND);
    client.peer(listener);
    WskInspectId done = keeper.next().copy();
    client.succeed(irp -> listener.inspectComplete(done, REJECT, irp));
    Peer gone = client.peer(listener);
    WskInspectId aborted = keeper.next().copy();
    gone.reset();
    assertThat(keeper.aborted()).isEqualTo(aborted);
    WskConnectionSocket socket = client.accept(listener, null, null);
    client.control(listener, ACCEPT_EVENT);
    Irp accept = client.pend(irp -> listener.accept(0, null, null, null, null, irp));
    WskInspectId never = new WskInspectId(done.key(), done.serialNumber() + 1000);
    for (WskInspectId id : new WskInspectId[] {accepted, rejected, done, aborted, never}) {
      for (WskInspectAction action : new WskInspectAction[] {ACCEPT, REJECT}) {
        assertThat(client.result(irp -> listener.inspectComplete(id, action, irp)))
            .isEqualTo(NtStatus.NOT_FOUND);
      }
    }
    client.drain();
    assertThat(accept.isCompleted()).isFalse();
    assertThat(keeper.acceptor().count()).isZero();
    assertThat(keeper.aborts()).containsExactly(aborted);
    client.close(socket, listener);
  }

  @EachTransport
  @Rule("INS-49")
  void shouldTakeADecisionWhileTheEventStillRuns(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ExecutorService elsewhere = scope.thread("decides");
    AtomicReference<WskListeningSocket> place = new AtomicReference<>();
    Irp inside = client.irp();
    Irp outside = client.irp();
    Doorkeeper keeper =
        new Doorkeeper(
            call -> {
              WskListeningSocket listener = place.get();
              assertThat(listener.inspectComplete(call.id(), ACCEPT, inside))
                  .isEqualTo(NtStatus.PENDING);
              assertThat(inside.isCompleted()).isFalse();
              return PEND;
            });
    WskListeningSocket listener = keeper.listening(client);
    place.set(listener);
    Peer first = client.peer(listener);
    keeper.next();
    assertThat(client.result(NtStatus.PENDING, inside)).isEqualTo(NtStatus.SUCCESS);
    WskConnectionSocket socket = client.accept(listener, null, null);
    assertThat(client.remote(socket)).isEqualTo(first.localAddress());

    keeper.then(
        call -> {
          NtStatus answer =
              elsewhere
                  .submit(() -> listener.inspectComplete(call.id(), REJECT, outside))
                  .get(10, TimeUnit.SECONDS);
          assertThat(answer).isEqualTo(NtStatus.PENDING);
          return PEND;
        });
    Peer second = client.peer(listener);
    keeper.next();
    assertThat(client.result(NtStatus.PENDING, outside)).isEqualTo(NtStatus.SUCCESS);
    assertThat(second.isReset()).isTrue();
    assertThat(keeper.aborts()).isEmpty();
    client.close(socket, listener);
  }

  @EachTransport
  @Rule("INS-45")
  void shouldLetTheEventHaveTheLastWord(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicReference<WskListeningSocket> place = new AtomicReference<>();
    Irp early = client.irp();
    Doorkeeper keeper =
        new Doorkeeper(
            call -> {
              place.get().inspectComplete(call.id(), ACCEPT, early);
              return REJECT;
            });
    WskListeningSocket listener = keeper.listening(client);
    place.set(listener);
    Irp accept = client.pend(irp -> listener.accept(0, null, null, null, null, irp));
    assertThat(client.peer(listener).isReset()).isTrue();
    keeper.next();
    assertThat(client.result(NtStatus.PENDING, early)).isEqualTo(NtStatus.NOT_FOUND);
    client.drain();
    assertThat(accept.isCompleted()).isFalse();
    client.close(listener);
  }
}
