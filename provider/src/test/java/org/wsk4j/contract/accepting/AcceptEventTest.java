package org.wsk4j.contract.accepting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AcceptEventTest {
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  private static final int DISABLE = WskEventCallbackControl.DISABLE;

  @EachTransport
  @Rule({"ACC-28", "ACC-30", "ACC-59", "LSN-08", "LSN-51"})
  void shouldTellOfConnectionsWhileEnabledAndThenOfThoseThatWait(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Acceptor acceptor = new Acceptor();
    WskListeningSocket listener = client.listening(AddressFamily.INET, null, acceptor.dispatch());
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      peers.add(client.peer(listener));
    }
    client.drain();
    assertThat(acceptor.count()).isZero();
    assertThat(client.control(listener, ACCEPT)).isEqualTo(NtStatus.SUCCESS);
    peers.add(client.peer(listener));
    for (Peer peer : peers) {
      Acceptor.Call call = acceptor.next();
      assertThat(call.remote()).isEqualTo(peer.localAddress());
      client.close(call.require());
    }
    client.drain();
    assertThat(acceptor.count()).isEqualTo(peers.size());
    client.close(listener);
  }

  @EachTransport
  @Rule({"ACC-27", "ACC-35", "ACC-37", "ACC-41", "LSN-07"})
  void shouldDescribeTheConnection(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicInteger stale = new AtomicInteger();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              if (call.socketContext().get() != null || call.socketDispatch().get() != null) {
                stale.incrementAndGet();
              }
              call.socketContext().set(call);
              call.socketDispatch().set(new Recorder().dispatch());
              return NtStatus.SUCCESS;
            });
    Object context = new Object();
    WskListeningSocket listener =
        client.listening(AddressFamily.INET, context, acceptor.dispatch());
    client.control(listener, ACCEPT);
    for (int i = 0; i < 3; i++) {
      Peer peer = client.peer(listener);
      Acceptor.Call call = acceptor.next();
      assertThat(call.context()).isSameAs(context);
      assertThat(call.local()).isEqualTo(peer.remoteAddress()).isEqualTo(client.local(listener));
      assertThat(call.remote()).isEqualTo(peer.localAddress());
      assertThat(call.flags() & ~WskFlags.AT_DISPATCH_LEVEL).isZero();
      assertThat(client.local(call.require())).isEqualTo(call.local());
      assertThat(client.remote(call.require())).isEqualTo(call.remote());
      client.close(call.require());
    }
    assertThat(stale).hasValue(0);
    client.close(listener);
  }

  @EachTransport
  @Rule({"ACC-29", "ACC-31", "ACC-34"})
  void shouldServeRequestsFirst(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Acceptor acceptor = new Acceptor();
    WskListeningSocket listener = client.listening(acceptor);
    Irp irp = client.pend(one -> listener.accept(0, null, null, null, null, one));
    client.drain();
    Peer first = client.peer(listener);
    Peer second = client.peer(listener);
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    WskConnectionSocket requested = irp.object(WskConnectionSocket.class);
    assertThat(client.remote(requested)).isEqualTo(first.localAddress());
    Acceptor.Call call = acceptor.next();
    assertThat(call.remote()).isEqualTo(second.localAddress());
    client.drain();
    assertThat(acceptor.count()).isEqualTo(1);
    client.close(requested, call.require(), listener);
  }

  @EachTransport
  @Rule("ACC-32")
  void shouldDeliverEachConnectionOnceWhileRequestsAndEventsCompete(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    int connections = 60;
    CountDownLatch delivered = new CountDownLatch(connections);
    List<WskConnectionSocket> sockets = new CopyOnWriteArrayList<>();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              sockets.add(call.require());
              delivered.countDown();
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(acceptor);
    List<Irp> irps = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Peer peer = client.peer(listener);
      Irp irp = client.irp();
      client.onCompletion(
          irp,
          done -> {
            if (done.object() instanceof WskConnectionSocket socket) {
              sockets.add(socket);
              delivered.countDown();
            }
          });
      listener.accept(0, null, null, null, null, irp);
      irps.add(irp);
      assertThat(peer.localAddress()).isNotNull();
    }
    assertThat(delivered.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(sockets).hasSize(connections).doesNotHaveDuplicates();
    client.close(sockets.toArray(WskConnectionSocket[]::new));
    client.close(listener);
    assertThat(irps).allMatch(Irp::isCompleted);
  }

  @EachTransport
  @Rule({"ACC-33", "EVT-35"})
  void shouldNotCallWhenDisabled(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Acceptor acceptor = new Acceptor();
    WskListeningSocket listener = client.listening(acceptor);
    client.close(acceptedBy(client, acceptor, listener));
    client.drain();
    assertThat(client.control(listener, ACCEPT | DISABLE)).isEqualTo(NtStatus.SUCCESS);
    Peer peer = client.peer(listener);
    client.drain();
    assertThat(acceptor.count()).isEqualTo(1);
    WskConnectionSocket socket = client.accept(listener, null, null);
    assertThat(client.remote(socket)).isEqualTo(peer.localAddress());
    Peer later = client.peer(listener);
    client.drain();
    client.control(listener, ACCEPT);
    Acceptor.Call call = acceptor.next();
    assertThat(call.remote()).isEqualTo(later.localAddress());
    client.close(socket, call.require(), listener);
  }

  private static WskConnectionSocket acceptedBy(
      TestClient client, Acceptor acceptor, WskListeningSocket listener) throws Exception {
    client.peer(listener);
    return acceptor.next().require();
  }

  @EachTransport
  @Rule({"ACC-38", "ACC-39", "ACC-40", "ACC-42", "ACC-46"})
  void shouldUseWhatTheCallbackLeaves(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    AtomicReference<NtStatus> enabled = new AtomicReference<>();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              call.socketContext().set(recorder);
              call.socketDispatch().set(recorder.dispatch());
              enabled.set(client.control(call.require(), RECEIVE));
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(acceptor);
    Peer peer = client.peer(listener);
    peer.send((byte) 1);
    Recorder.Data data = recorder.next();
    assertThat(enabled).hasValue(NtStatus.SUCCESS);
    assertThat(data.context()).isSameAs(recorder);
    WskConnectionSocket first = acceptor.next().require();
    peer.endOutput();
    assertThat(client.receive(first, 1)).isEmpty();
    assertThat(recorder.ends()).isEmpty();

    // Without a table nothing can be enabled, and nothing is called.
    acceptor.then(call -> NtStatus.SUCCESS);
    Peer silent = client.peer(listener);
    WskConnectionSocket second = acceptor.next().require();
    client.drain();
    assertThat(client.control(second, RECEIVE)).isEqualTo(NtStatus.INVALID_PARAMETER);
    silent.send((byte) 2);
    assertThat(client.receive(second, 1)).containsExactly(2);
    client.close(first, second, listener);
  }

  @EachTransport
  @Rule({"ACC-43", "ACC-44"})
  void shouldJudgeAnEnableByTheTableThatIsThereAndTakeRequestsAtOnce(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicReference<NtStatus> enabled = new AtomicReference<>();
    byte[] memory = new byte[1];
    Irp receive = client.irp();
    Irp send = client.irp();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              enabled.set(client.control(call.require(), RECEIVE));
              call.require().receive(WskBuf.of(memory), 0, receive);
              call.require().send(WskBuf.of(new byte[] {1}), 0, send);
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(acceptor);
    Peer peer = client.peer(listener);
    assertThat(peer.read(1)).containsExactly(1);
    peer.send((byte) 2);
    WskConnectionSocket socket = acceptor.next().require();
    assertThat(enabled).hasValue(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(NtStatus.PENDING, receive)).isEqualTo(NtStatus.SUCCESS);
    assertThat(memory).containsExactly(2);
    assertThat(client.result(NtStatus.PENDING, send)).isEqualTo(NtStatus.SUCCESS);
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"ACC-45", "LSN-52", "LSN-55", "LSN-58"})
  void shouldCallBackOnlyWhenTheAcceptHasReturned(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Semaphore sent = new Semaphore(0);
    List<Integer> early = new CopyOnWriteArrayList<>();
    AtomicReference<Recorder> recorder = new AtomicReference<>();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              call.socketContext().set(call);
              call.socketDispatch().set(recorder.get().dispatch());
              assertThat(client.control(call.require(), RECEIVE)).isEqualTo(NtStatus.SUCCESS);
              sent.acquire();
              client.provider().drainOthers();
              early.add(recorder.get().count());
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(acceptor);
    assertThat(client.control(listener, RECEIVE | DISCONNECT)).isEqualTo(NtStatus.SUCCESS);
    // Sockets take the loops in turn: some live on the listener's, some on the other one.
    for (int i = 0; i < 4; i++) {
      recorder.set(new Recorder());
      Peer peer = client.peer(listener);
      peer.send((byte) 1);
      peer.endOutput();
      sent.release();
      Acceptor.Call call = acceptor.next();
      assertThat(recorder.get().next().context()).isSameAs(call);
      assertThat(recorder.get().end().context()).isSameAs(call);
      client.close(call.require());
    }
    assertThat(early).containsExactly(0, 0, 0, 0);
    client.close(listener);
  }

  @EachTransport
  @Rule({"LSN-55", "LSN-59"})
  void shouldLetTheAcceptEventDisableWhatIsInherited(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              call.socketDispatch().set(recorder.dispatch());
              return client.control(call.require(), DISABLE | DISCONNECT);
            });
    WskListeningSocket listener = client.listening(acceptor);
    assertThat(client.control(listener, RECEIVE | DISCONNECT)).isEqualTo(NtStatus.SUCCESS);
    Peer peer = client.peer(listener);
    peer.send((byte) 1);
    peer.endOutput();
    WskConnectionSocket socket = acceptor.next().require();
    assertThat(recorder.bytes(1)).containsExactly(1);
    assertThat(client.receive(socket, 1)).isEmpty();
    client.drain();
    assertThat(recorder.ends()).isEmpty();
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"ACC-47", "ACC-48", "ACC-51", "ACC-52", "EVT-48"})
  void shouldResetWhatIsNotAccepted(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Semaphore connected = new Semaphore(0);
    Acceptor acceptor =
        new Acceptor(
            call -> {
              connected.acquire();
              return NtStatus.REQUEST_NOT_ACCEPTED;
            });
    WskListeningSocket listener = client.listening(acceptor);
    for (int i = 0; i < 3; i++) {
      Peer rejected = client.peer(listener);
      connected.release();
      assertThat(rejected.isReset()).isTrue();
      acceptor.next();
    }
    Irp irp = client.pend(one -> listener.accept(0, null, null, null, null, one));
    client.drain();
    assertThat(irp.isCompleted()).isFalse();
    Peer peer = client.peer(listener);
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    WskConnectionSocket socket = irp.object(WskConnectionSocket.class);
    assertThat(client.remote(socket)).isEqualTo(peer.localAddress());
    client.close(socket, listener);
    // Rejected sockets need no close: the client can leave.
  }

  @EachTransport
  @Rule({"ACC-49", "ACC-50", "ACC-53"})
  void shouldEndAllOfASocketThatIsRejected(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Acceptor.Action[] rejections = {
      call -> NtStatus.REQUEST_NOT_ACCEPTED,
      call -> NtStatus.UNSUCCESSFUL,
      call -> NtStatus.PENDING,
      call -> {
        throw new IllegalStateException("a fault of the client, as part of a test");
      }
    };
    Acceptor acceptor = new Acceptor();
    WskListeningSocket listener = client.listening(acceptor);
    client.control(listener, RECEIVE | DISCONNECT);
    Semaphore sent = new Semaphore(0);
    for (Acceptor.Action rejection : rejections) {
      Irp receive = client.irp();
      acceptor.then(
          call -> {
            sent.acquire();
            call.socketDispatch().set(recorder.dispatch());
            call.require().receive(WskBuf.of(new byte[1]), 0, receive);
            return rejection.on(call);
          });
      Peer peer = client.peer(listener);
      peer.send((byte) 1, (byte) 2);
      sent.release();
      acceptor.next();
      assertThat(peer.isReset()).isTrue();
      // Data may have been there in time for the request.
      client.result(NtStatus.PENDING, receive);
      assertThat(receive.status()).isIn(NtStatus.CANCELLED, NtStatus.SUCCESS);
    }
    client.drain();
    assertThat(recorder.count()).isZero();
    assertThat(recorder.ends()).isEmpty();
    client.close(listener);
  }

  @EachTransport
  @Rule({"ACC-63", "ACC-64", "EVT-53"})
  void shouldRefuseToWaitInsideAndGoOnAfterwards(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicReference<Throwable> refused = new AtomicReference<>();
    Irp receive = client.irp();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              call.require().receive(WskBuf.of(new byte[1]), 0, receive);
              try {
                receive.await();
              } catch (IllegalStateException e) {
                refused.set(e);
              }
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(acceptor);
    Peer peer = client.peer(listener);
    WskConnectionSocket socket = acceptor.next().require();
    assertThat(refused.get()).isNotNull();
    peer.send((byte) 1);
    assertThat(client.result(NtStatus.PENDING, receive)).isEqualTo(NtStatus.SUCCESS);
    client.close(socket, listener);
  }

  @EachTransport
  @Rule("ACC-65")
  void shouldTakeARequestMadeInsideForTheNextConnection(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Irp inside = client.irp();
    AtomicReference<WskListeningSocket> listener = new AtomicReference<>();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              listener.get().accept(0, null, null, null, null, inside);
              return NtStatus.SUCCESS;
            });
    WskListeningSocket made = client.listening(AddressFamily.INET, null, acceptor.dispatch());
    listener.set(made);
    client.control(made, ACCEPT);
    Peer first = client.peer(made);
    Acceptor.Call call = acceptor.next();
    Peer second = client.peer(made);
    assertThat(client.result(NtStatus.PENDING, inside)).isEqualTo(NtStatus.SUCCESS);
    WskConnectionSocket socket = inside.object(WskConnectionSocket.class);
    assertThat(call.remote()).isEqualTo(first.localAddress());
    assertThat(client.remote(socket)).isEqualTo(second.localAddress());
    client.close(call.require(), socket, made);
  }

  @EachTransport
  @Rule({"ACC-43", "EVT-56", "IRP-60"})
  void shouldHoldBackAnEnableFromAnotherThread(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    CountDownLatch offered = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    AtomicReference<WskConnectionSocket> socket = new AtomicReference<>();
    Acceptor acceptor =
        new Acceptor(
            call -> {
              socket.set(call.require());
              offered.countDown();
              asked.await();
              call.socketContext().set(recorder);
              call.socketDispatch().set(recorder.dispatch());
              return NtStatus.SUCCESS;
            });
    WskListeningSocket listener = client.listening(acceptor);
    Peer peer = client.peer(listener);
    peer.send((byte) 1);
    assertThat(offered.await(10, TimeUnit.SECONDS)).isTrue();
    Irp enable = client.irp();
    NtStatus withoutIrp = client.control(socket.get(), RECEIVE);
    NtStatus withIrp = client.control(socket.get(), RECEIVE, enable);
    boolean early = enable.isCompleted();
    asked.countDown();
    acceptor.next();
    assertThat(withoutIrp).isEqualTo(NtStatus.REQUEST_NOT_ACCEPTED);
    assertThat(withIrp).isEqualTo(NtStatus.PENDING);
    assertThat(early).isFalse();
    assertThat(client.result(withIrp, enable)).isEqualTo(NtStatus.SUCCESS);
    assertThat(recorder.next().context()).isSameAs(recorder);
    client.close(socket.get(), listener);
  }
}
