package org.wsk4j.contract.inspecting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.listen.WskInspectAction.ACCEPT;
import static org.wsk4j.listen.WskInspectAction.PEND;
import static org.wsk4j.listen.WskInspectAction.REJECT;

import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.channel.InspectLimits;
import org.wsk4j.provider.channel.ListenerLimits;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.Doorkeeper;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** Peers that go away before they are accepted. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AbortEventTest {
  private static final int ACCEPT_EVENT = WskEventCallbackControl.ACCEPT;

  /** More than the system holds between two sockets. */
  private static final int MORE_THAN_FITS = 24 * 1024 * 1024;

  @EachTransportAndFamily
  @Rule({"INS-22", "INS-50", "INS-53", "INS-54"})
  void shouldTellThatAPendedPeerHasReset(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client, TestClient.family(family), null);
    List<WskInspectId> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Peer peer = client.peer(listener);
      if (i == 1) {
        peer.send((byte) 1);
      }
      ids.add(keeper.next().copy());
      peer.reset();
      assertThat(keeper.aborted()).isEqualTo(ids.get(i));
    }
    client.drain();
    assertThat(keeper.aborts()).isEqualTo(ids);
    client.close(listener);
  }

  @EachTransport
  @Rule({"INS-29", "INS-41"})
  void shouldTellThatAnAcceptedPeerHasResetBeforeItsDelivery(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(ACCEPT);
    WskListeningSocket listener = keeper.listening(client);
    Peer atOnce = client.peer(listener);
    WskInspectId first = keeper.next().copy();
    keeper.then(PEND);
    Peer later = client.peer(listener);
    WskInspectId second = keeper.next().copy();
    client.succeed(irp -> listener.inspectComplete(second, ACCEPT, irp));
    later.reset();
    assertThat(keeper.aborted()).isEqualTo(second);
    atOnce.reset();
    assertThat(keeper.aborted()).isEqualTo(first);
    client.control(listener, ACCEPT_EVENT);
    Irp accept = client.pend(irp -> listener.accept(0, null, null, null, null, irp));
    client.drain();
    assertThat(accept.isCompleted()).isFalse();
    assertThat(keeper.acceptor().count()).isZero();
    client.close(listener);
  }

  @EachTransport
  @Rule({"INS-30", "INS-51"})
  void shouldBeSilentAboutOthers(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(REJECT);
    WskListeningSocket listener = keeper.listening(client);
    client.peer(listener).close();
    keeper.next();
    keeper.then(PEND);
    Peer peer = client.peer(listener);
    WskInspectId id = keeper.next().copy();
    client.succeed(irp -> listener.inspectComplete(id, ACCEPT, irp));
    WskConnectionSocket socket = client.accept(listener, null, null);
    peer.reset();
    byte[] memory = new byte[1];
    assertThat(client.result(irp -> socket.receive(WskBuf.of(memory), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_RESET);
    keeper.acceptor().then(call -> NtStatus.REQUEST_NOT_ACCEPTED);
    client.control(listener, ACCEPT_EVENT);
    keeper.then(ACCEPT);
    assertThat(client.peer(listener).isReset()).isTrue();
    client.drain();
    assertThat(keeper.aborts()).isEmpty();
    client.close(socket, listener);
  }

  @EachTransport
  @Rule("INS-50")
  void shouldTakeAnEndBeforeAnyDataForAbsence(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    client.peer(listener).close();
    assertThat(keeper.aborted()).isEqualTo(keeper.next().id());
    Peer half = client.peer(listener);
    half.endOutput();
    assertThat(keeper.aborted()).isEqualTo(keeper.next().id());
    assertThat(half.isReset()).isTrue();
    client.close(listener);
  }

  @EachTransport
  void shouldKeepTheEndThatFollowsData(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    Peer peer = client.peer(listener);
    WskInspectId id = keeper.next().copy();
    peer.send((byte) 1, (byte) 2, (byte) 3);
    peer.endOutput();
    client.drain();
    client.succeed(irp -> listener.inspectComplete(id, ACCEPT, irp));
    WskConnectionSocket socket = client.accept(listener, null, null);
    assertThat(client.receiveAll(socket, 10)).containsExactly(1, 2, 3);
    client.send(socket, (byte) 4);
    assertThat(peer.read(1)).containsExactly(4);
    assertThat(keeper.aborts()).isEmpty();
    client.close(socket, listener);
  }

  @EachTransport
  void shouldKeepAnEndWithoutDataWhereThatIsWanted(Transport on, TestScope scope) throws Exception {
    ListenerLimits bounds = new ListenerLimits(16, 16, new InspectLimits(true, 16, false));
    TestClient client = TestClient.on(RunningProvider.of(on, bounds, scope), scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    Peer peer = client.peer(listener);
    WskInspectId id = keeper.next().copy();
    peer.endOutput();
    client.drain();
    client.succeed(irp -> listener.inspectComplete(id, ACCEPT, irp));
    WskConnectionSocket socket = client.accept(listener, null, null);
    assertThat(client.receive(socket, 10)).isEmpty();
    client.send(socket, (byte) 4);
    assertThat(peer.read(1)).containsExactly(4);
    assertThat(keeper.aborts()).isEmpty();
    client.close(socket, listener);
  }

  @EachTransport
  void shouldKeepMoreDataThanIsReadAhead(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    Peer peer = client.peer(listener);
    WskInspectId id = keeper.next().copy();
    byte[] data = new byte[20_000];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i * 31 >> 3);
    }
    peer.send(data);
    peer.endOutput();
    client.drain();
    client.succeed(irp -> listener.inspectComplete(id, ACCEPT, irp));
    WskConnectionSocket socket = client.accept(listener, null, null);
    assertThat(client.receiveAll(socket, data.length + 1)).isEqualTo(data);
    client.close(socket, listener);
  }

  @EachTransport
  void shouldReadLittleOfWhatNobodyHasAccepted(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(PEND);
    WskListeningSocket listener = keeper.listening(client);
    Peer peer = client.peer(listener);
    WskInspectId id = keeper.next().copy();
    byte[] data = Bytes.pattern(1, MORE_THAN_FITS);
    Future<?> sent =
        scope
            .thread("peer")
            .submit(
                () -> {
                  peer.send(data);
                  return null;
                });
    // Time enough for the loops to read all of it, if they did.
    for (int i = 0; i < 200; i++) {
      client.drain();
      assertThat(sent.isDone()).isFalse();
    }
    client.succeed(irp -> listener.inspectComplete(id, ACCEPT, irp));
    WskConnectionSocket socket = client.accept(listener, null, null);
    assertThat(client.receiveAll(socket, data.length)).isEqualTo(data);
    sent.get(10, TimeUnit.SECONDS);
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"INS-52", "INS-55", "INS-56"})
  void shouldFollowTheInspectEventAndMayMakeRequests(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicBoolean inspecting = new AtomicBoolean();
    AtomicBoolean overlap = new AtomicBoolean();
    List<Peer> peers = new ArrayList<>();
    Doorkeeper keeper =
        new Doorkeeper(
            call -> {
              inspecting.set(true);
              synchronized (peers) {
                peers.get(peers.size() - 1).reset();
              }
              client.provider().drainOthers();
              inspecting.set(false);
              return PEND;
            });
    WskListeningSocket listener = keeper.listening(client);
    for (int i = 0; i < 3; i++) {
      synchronized (peers) {
        peers.add(client.peer(listener));
      }
      assertThat(keeper.aborted()).isEqualTo(keeper.next().id());
    }
    keeper.then(PEND);
    Peer waiting = client.peer(listener);
    WskInspectId id = keeper.next().copy();
    client.control(listener, ACCEPT_EVENT);
    Irp decision = client.irp();
    keeper.atAbort(
        NtStatus.REQUEST_NOT_ACCEPTED,
        any -> {
          overlap.compareAndSet(false, inspecting.get());
          listener.inspectComplete(id, ACCEPT, decision);
          throw new IllegalStateException("thrown by the test");
        });
    Peer gone = client.peer(listener);
    Doorkeeper.Call last = keeper.next();
    gone.reset();
    assertThat(keeper.aborted()).isEqualTo(last.id());
    Acceptor.Call call = keeper.acceptor().next();
    assertThat(client.result(decision)).isEqualTo(NtStatus.SUCCESS);
    assertThat(call.remote()).isEqualTo(waiting.localAddress());
    assertThat(overlap).isFalse();
    client.drain();
    assertThat(keeper.aborts()).hasSize(4).doesNotHaveDuplicates();
    client.close(call.require(), listener);
  }
}
