package org.wsk4j.contract.inspecting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.listen.WskInspectAction.ACCEPT;
import static org.wsk4j.listen.WskInspectAction.PEND;
import static org.wsk4j.listen.WskInspectAction.REJECT;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.Doorkeeper;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** What the inspect event is told, and what its answers do. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class InspectEventTest {
  private static final int ACCEPT_EVENT = WskEventCallbackControl.ACCEPT;

  @EachTransport
  @Rule({"INS-17", "INS-19", "INS-27", "INS-30"})
  void shouldInspectBeforeEitherDelivery(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Irp irp = client.irp();
    List<String> order = new ArrayList<>();
    Doorkeeper keeper =
        new Doorkeeper(
            call -> {
              order.add("inspect " + (irp.isCompleted() ? "late" : "first"));
              return ACCEPT;
            });
    WskListeningSocket listener = keeper.listening(client);
    keeper
        .acceptor()
        .then(
            call -> {
              order.add("accept");
              return NtStatus.SUCCESS;
            });
    assertThat(client.control(listener, ACCEPT_EVENT)).isEqualTo(NtStatus.SUCCESS);
    client.onCompletion(irp, done -> order.add("request"));
    assertThat(listener.accept(0, null, null, null, null, irp)).isEqualTo(NtStatus.PENDING);
    client.drain();
    Peer first = client.peer(listener);
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    Peer second = client.peer(listener);
    Acceptor.Call call = keeper.acceptor().next();
    client.drain();
    assertThat(order).startsWith("inspect first", "request").endsWith("accept").hasSize(4);
    assertThat(keeper.count()).isEqualTo(2);
    assertThat(keeper.next().remote()).isEqualTo(first.localAddress());
    assertThat(keeper.next().remote()).isEqualTo(second.localAddress());
    WskConnectionSocket requested = irp.object(WskConnectionSocket.class);
    assertThat(client.remote(requested)).isEqualTo(first.localAddress());
    assertThat(call.remote()).isEqualTo(second.localAddress());
    client.send(requested, (byte) 1);
    assertThat(first.read(1)).containsExactly(1);
    second.send((byte) 2);
    assertThat(client.receive(call.require(), 1)).containsExactly(2);
    client.close(requested, call.require());
    client.drain();
    assertThat(keeper.aborts()).isEmpty();
    client.close(listener);
  }

  @EachTransport
  @Rule({"INS-18", "INS-28"})
  void shouldKeepWhatMayPassUntilSomebodyAccepts(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(ACCEPT);
    WskListeningSocket listener = keeper.listening(client);
    Peer first = client.peer(listener);
    Peer second = client.peer(listener);
    keeper.next();
    keeper.next();
    client.drain();
    assertThat(keeper.acceptor().count()).isZero();
    WskConnectionSocket socket = client.accept(listener, null, null);
    assertThat(client.remote(socket)).isEqualTo(first.localAddress());
    assertThat(client.control(listener, ACCEPT_EVENT)).isEqualTo(NtStatus.SUCCESS);
    Acceptor.Call call = keeper.acceptor().next();
    assertThat(call.remote()).isEqualTo(second.localAddress());
    client.close(socket, call.require(), listener);
  }

  @EachTransportAndFamily
  @Rule({"ACC-36", "INS-20", "INS-21", "INS-23"})
  void shouldTellTheAddresses(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    int number = TestClient.family(family);
    Object context = new Object();
    Doorkeeper keeper = new Doorkeeper(ACCEPT);
    WskListeningSocket listener = client.listener(number, context, keeper.dispatch());
    client.succeed(irp -> Doorkeeper.set(listener, 1, irp));
    client.succeed(irp -> listener.bind(TestClient.any(number, 0), 0, irp));
    client.control(listener, ACCEPT_EVENT);
    int port = client.local(listener).getPort();
    List<Doorkeeper.Call> calls = new ArrayList<>();
    List<InetSocketAddress> peers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      peers.add(Peer.connect(TestClient.loopback(number, port), scope).localAddress());
      calls.add(keeper.next());
    }
    // Values that never change may be kept; they still say the same when all is over.
    for (int i = 0; i < 3; i++) {
      Acceptor.Call accepted = keeper.acceptor().next();
      client.close(accepted.require());
      Doorkeeper.Call call = calls.get(i);
      assertThat(call.context()).isSameAs(context);
      assertThat(call.local()).isEqualTo(TestClient.loopback(number, port));
      assertThat(call.remote()).isEqualTo(peers.get(i));
      assertThat(SocketAddresses.family((InetSocketAddress) call.remote())).isEqualTo(number);
      assertThat(call.id()).isEqualTo(call.copy());
      assertThat(accepted.local()).isEqualTo(TestClient.loopback(number, port));
      assertThat(accepted.remote()).isEqualTo(peers.get(i));
    }
    client.close(listener);
  }

  @EachTransportAndFamily
  @Rule({"INS-31", "INS-32"})
  void shouldResetWhatItRejects(Transport on, StandardProtocolFamily family, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(REJECT);
    WskListeningSocket listener = keeper.listening(client, TestClient.family(family), null);
    client.control(listener, ACCEPT_EVENT);
    Irp irp = client.pend(one -> listener.accept(0, null, null, null, null, one));
    for (int i = 0; i < 3; i++) {
      Peer peer = client.peer(listener);
      keeper.next();
      assertThat(peer.isReset()).isTrue();
    }
    client.drain();
    assertThat(irp.isCompleted()).isFalse();
    assertThat(keeper.acceptor().count()).isZero();
    assertThat(keeper.aborts()).isEmpty();
    assertThat(keeper.count()).isEqualTo(3);
    client.close(listener);
  }

  @EachTransport
  @Rule("INS-36")
  void shouldRejectWhatItHasNoAnswerFor(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper =
        new Doorkeeper(
            call -> {
              throw new IllegalStateException("thrown by the test");
            });
    WskListeningSocket listener = keeper.listening(client);
    assertThat(client.peer(listener).isReset()).isTrue();
    keeper.then(call -> null);
    assertThat(client.peer(listener).isReset()).isTrue();
    keeper.then(ACCEPT);
    Peer good = client.peer(listener);
    WskConnectionSocket socket = client.accept(listener, null, null);
    assertThat(client.remote(socket)).isEqualTo(good.localAddress());
    assertThat(keeper.aborts()).isEmpty();
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"INS-33", "INS-34", "INS-35"})
  void shouldLetOthersPassWhileOneIsPended(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    client.control(listener, ACCEPT_EVENT);
    Peer pended = client.peer(listener);
    Doorkeeper.Call call = keeper.next();
    keeper.then(ACCEPT);
    for (int i = 0; i < 3; i++) {
      Peer other = client.peer(listener);
      Acceptor.Call accepted = keeper.acceptor().next();
      assertThat(accepted.remote()).isEqualTo(other.localAddress());
      client.close(accepted.require());
    }
    client.drain();
    assertThat(keeper.acceptor().count()).isEqualTo(3);
    assertThat(keeper.aborts()).isEmpty();
    client.succeed(irp -> listener.inspectComplete(call.copy(), ACCEPT, irp));
    Acceptor.Call last = keeper.acceptor().next();
    assertThat(last.remote()).isEqualTo(pended.localAddress());
    client.close(last.require(), listener);
  }

  @EachTransport
  @Rule({"INS-22", "INS-24", "INS-25"})
  void shouldIdentifyEachConnection(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket one = keeper.listening(client);
    WskListeningSocket other = keeper.listening(client);
    List<Peer> peers = new ArrayList<>();
    List<Doorkeeper.Call> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      peers.add(client.peer(i % 2 == 0 ? one : other));
      calls.add(keeper.next());
    }
    assertThat(calls.stream().map(Doorkeeper.Call::id)).doesNotHaveDuplicates();
    // Each identifier still means its connection when the others have been decided about.
    for (int i = 9; i >= 0; i--) {
      WskListeningSocket listener = i % 2 == 0 ? one : other;
      WskListeningSocket wrong = i % 2 == 0 ? other : one;
      Doorkeeper.Call call = calls.get(i);
      assertThat(client.result(irp -> wrong.inspectComplete(call.copy(), ACCEPT, irp)))
          .isEqualTo(NtStatus.NOT_FOUND);
      client.succeed(irp -> listener.inspectComplete(call.copy(), ACCEPT, irp));
      WskConnectionSocket socket = client.accept(listener, null, null);
      assertThat(client.remote(socket)).isEqualTo(peers.get(i).localAddress());
      client.close(socket);
    }
    client.close(one, other);
  }

  @EachTransport
  @Rule("INS-56")
  void shouldLetTheEventMakeRequests(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    Irp irp = client.irp();
    Irp decision = client.irp();
    Peer first = client.peer(listener);
    Doorkeeper.Call pended = keeper.next();
    keeper.then(
        call -> {
          listener.inspectComplete(pended.copy(), ACCEPT, decision);
          listener.accept(0, null, null, null, null, irp);
          client.control(listener, ACCEPT_EVENT);
          return ACCEPT;
        });
    Peer second = client.peer(listener);
    Acceptor.Call call = keeper.acceptor().next();
    assertThat(client.result(irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(decision)).isEqualTo(NtStatus.SUCCESS);
    WskConnectionSocket socket = irp.object(WskConnectionSocket.class);
    assertThat(client.remote(socket)).isEqualTo(first.localAddress());
    assertThat(call.remote()).isEqualTo(second.localAddress());
    client.close(socket, call.require(), listener);
  }

  @EachTransport
  @Rule("INS-62")
  void shouldDropAllWhenTheListenerCloses(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    Peer pended = client.peer(listener);
    keeper.next();
    keeper.then(ACCEPT);
    Peer accepted = client.peer(listener);
    keeper.next();
    Irp irp = client.irp();
    keeper.then(
        call -> {
          listener.closeSocket(irp);
          return PEND;
        });
    Peer last = client.peer(listener);
    keeper.next();
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(pended.isReset()).isTrue();
    assertThat(accepted.isReset()).isTrue();
    assertThat(last.isReset()).isTrue();
    client.drain();
    assertThat(keeper.count()).isEqualTo(3);
    assertThat(keeper.aborts()).isEmpty();
    assertThat(keeper.acceptor().count()).isZero();
    assertThat(client.openSockets()).isZero();
  }
}
