package org.wsk4j.contract.inspecting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.listen.WskInspectAction.ACCEPT;
import static org.wsk4j.listen.WskInspectAction.PEND;
import static org.wsk4j.listen.WskInspectAction.REJECT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.provider.channel.InspectLimits;
import org.wsk4j.provider.channel.ListenerLimits;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.Doorkeeper;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** Many connections that are pended at once, and more than may be. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ManyPendedTest {
  private static final int MANY = 2000;

  @EachTransport
  @Rule({"INS-24", "INS-34", "INS-35", "INS-53"})
  void shouldPendThousandsAndHurtNobody(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    client.control(listener, WskEventCallbackControl.ACCEPT);
    Map<WskInspectId, Peer> pended = new HashMap<>();
    for (int i = 0; i < MANY; i++) {
      Peer peer = client.peer(listener);
      Doorkeeper.Call call = keeper.next();
      assertThat(call.remote()).isEqualTo(peer.localAddress());
      assertThat(pended.put(call.copy(), peer)).isNull();
    }
    keeper.then(ACCEPT);
    Peer other = client.peer(listener);
    Acceptor.Call passed = keeper.acceptor().next();
    assertThat(passed.remote()).isEqualTo(other.localAddress());
    client.close(passed.require());
    assertThat(keeper.aborts()).isEmpty();

    // A third each: the peer goes away, or it is accepted, or rejected.
    int turn = 0;
    List<WskInspectId> gone = new ArrayList<>();
    for (Map.Entry<WskInspectId, Peer> one : pended.entrySet()) {
      WskInspectId id = one.getKey();
      if (turn % 3 == 0) {
        one.getValue().reset();
        gone.add(id);
      } else {
        WskInspectAction action = turn % 3 == 1 ? ACCEPT : REJECT;
        client.succeed(irp -> listener.inspectComplete(id, action, irp));
        if (action == ACCEPT) {
          Acceptor.Call call = keeper.acceptor().next();
          assertThat(call.remote()).isEqualTo(one.getValue().localAddress());
          client.close(call.require());
        }
      }
      turn++;
    }
    for (int i = 0; i < gone.size(); i++) {
      keeper.aborted();
    }
    client.drain();
    assertThat(keeper.aborts()).containsExactlyInAnyOrderElementsOf(gone);
    client.close(listener);
    assertThat(client.openSockets()).isZero();
  }

  @EachTransport
  @Rule("INS-62")
  void shouldDropManyWhenItCloses(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      keeper.then(i % 2 == 0 ? PEND : ACCEPT);
      peers.add(client.peer(listener));
      keeper.next();
    }
    client.close(listener);
    for (Peer peer : peers) {
      assertThat(peer.isReset()).isTrue();
    }
    assertThat(keeper.aborts()).isEmpty();
  }

  @EachTransport
  void shouldLeaveInTheSystemWhatIsTooMuch(Transport on, TestScope scope) throws Exception {
    ListenerLimits bounds = new ListenerLimits(64, 64, new InspectLimits(true, 3, true));
    TestClient client = TestClient.on(RunningProvider.of(on, bounds, scope), scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      peers.add(client.peer(listener));
    }
    List<Doorkeeper.Call> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(keeper.next());
    }
    client.drain();
    assertThat(keeper.count()).isEqualTo(3);
    // Each of the ways out makes room for one more, and none is lost.
    peers.get(0).reset();
    keeper.aborted();
    calls.add(keeper.next());
    client.succeed(irp -> listener.inspectComplete(calls.get(1).copy(), REJECT, irp));
    calls.add(keeper.next());
    client.succeed(irp -> listener.inspectComplete(calls.get(2).copy(), ACCEPT, irp));
    client.drain();
    assertThat(keeper.count()).as("accepted, not delivered").isEqualTo(5);
    WskConnectionSocket socket = client.accept(listener, null, null);
    assertThat(client.remote(socket)).isEqualTo(peers.get(2).localAddress());
    calls.add(keeper.next());
    keeper.then(ACCEPT);
    client.control(listener, WskEventCallbackControl.ACCEPT);
    for (int i = 3; i < 6; i++) {
      Doorkeeper.Call call = calls.get(i);
      client.succeed(irp -> listener.inspectComplete(call.copy(), ACCEPT, irp));
    }
    for (int i = 3; i < 10; i++) {
      client.close(keeper.acceptor().next().require());
    }
    client.close(socket);
    Peer last = client.peer(listener);
    Acceptor.Call call = keeper.acceptor().next();
    assertThat(call.remote()).isEqualTo(last.localAddress());
    client.close(call.require(), listener);
  }
}
