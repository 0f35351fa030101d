package org.wsk4j.contract.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EventControlTest {
  private static final int INET = AddressFamily.INET;
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  private static final int DISABLE = WskEventCallbackControl.DISABLE;

  @EachTransport
  @Rule({"EVT-02", "EVT-03", "EVT-04", "EVT-05", "EVT-09"})
  void shouldEnableInlineAndAddUp(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(INET, null, recorder.dispatch());
    assertThat(client.control(pair.socket(), RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    Irp irp = client.irp();
    assertThat(client.control(pair.socket(), DISCONNECT, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.SUCCESS, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(pair.socket(), RECEIVE)).isEqualTo(NtStatus.SUCCESS);
    pair.peer().send((byte) 1);
    recorder.next();
    pair.peer().endOutput();
    recorder.end();
    Pair both = client.pair(recorder);
    both.peer().send((byte) 1);
    recorder.next();
    both.peer().endOutput();
    recorder.end();
    client.close(pair.socket(), both.socket());
  }

  @EachTransport
  @Rule({"EVT-06", "EVT-07", "EVT-08", "EVT-18", "EVT-19"})
  void shouldRefuseOddMasksAsAWhole(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(INET, null, recorder.dispatch());
    int[] odd = {
      0,
      DISABLE,
      RECEIVE | 1,
      RECEIVE | ACCEPT,
      RECEIVE | WskEventCallbackControl.RECEIVE_FROM,
      RECEIVE | DISCONNECT | DISABLE,
      0x20,
      0x40000000
    };
    for (int mask : odd) {
      assertThat(client.control(pair.socket(), mask)).isEqualTo(NtStatus.INVALID_PARAMETER);
      assertThat(client.result(irp -> client.control(pair.socket(), mask, irp)))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    NpiId foreign = NpiId.of("{00000000-0000-0000-0000-00000000ABCD}");
    assertThat(control(pair.socket(), new WskEventCallbackControl(foreign, RECEIVE)))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    pair.peer().send((byte) 1);
    client.drain();
    assertThat(recorder.count()).isZero();
    // Nothing was disabled by the odd requests either.
    client.control(pair.socket(), RECEIVE | DISCONNECT);
    recorder.next();
    client.drain();
    client.control(pair.socket(), RECEIVE | DISCONNECT | DISABLE);
    pair.peer().send((byte) 2);
    recorder.next();
    client.close(pair.socket());
  }

  private static NtStatus control(WskSocket socket, WskEventCallbackControl control) {
    return socket.controlSocket(
        WskControlSocketType.SET_OPTION, WskOptions.EVENT_CALLBACK, control, 0, null, null, null);
  }

  @EachTransport
  @Rule({"EVT-10", "EVT-11", "EVT-12"})
  void shouldRefuseOddCalls(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(INET, null, recorder.dispatch());
    assertThat(control(pair.socket(), null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(control(pair.socket(), new WskEventCallbackControl(null, RECEIVE)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(
            client
                .result(
                    irp ->
                        pair.socket()
                            .controlSocket(
                                WskControlSocketType.GET_OPTION,
                                WskOptions.EVENT_CALLBACK,
                                null,
                                20,
                                null,
                                null,
                                irp))
                .isError())
        .isTrue();
    Irp made =
        client.succeed(
            irp ->
                client
                    .functions()
                    .socket(
                        client.client(),
                        INET,
                        SocketType.STREAM,
                        Protocol.TCP,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        irp));
    WskSocket basic = client.watch(made.object(WskSocket.class));
    assertThat(client.control(basic, RECEIVE)).isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    assertThat(client.control(basic, RECEIVE | DISABLE)).isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    client.close(basic, pair.socket());
  }

  @EachTransport
  @Rule({"EVT-17", "EVT-20", "EVT-21", "EVT-32", "EVT-33"})
  void shouldDisableInlineWhileNothingRuns(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder();
    Pair pair = client.pair(recorder);
    assertThat(client.control(pair.socket(), RECEIVE | DISABLE)).isEqualTo(NtStatus.SUCCESS);
    Irp irp = client.irp();
    assertThat(client.control(pair.socket(), RECEIVE | DISABLE, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.result(NtStatus.SUCCESS, irp)).isEqualTo(NtStatus.SUCCESS);
    pair.peer().send((byte) 1);
    client.drain();
    assertThat(recorder.count()).isZero();
    client.control(pair.socket(), RECEIVE);
    assertThat(recorder.next().copy()).containsExactly(1);
    pair.peer().send((byte) 2);
    assertThat(recorder.next().copy()).containsExactly(2);
    client.close(pair.socket());
  }

  /** A receive callback that waits until it is told to go on. */
  private static final class Slow {
    final CountDownLatch inside = new CountDownLatch(1);
    final CountDownLatch leave = new CountDownLatch(1);
    final Recorder recorder =
        new Recorder(
            data -> {
              inside.countDown();
              leave.await();
              return NtStatus.SUCCESS;
            });
  }

  @EachTransport
  @Rule({"EVT-22", "EVT-28", "EVT-30", "EVT-26", "OPT-48"})
  void shouldCompleteADisableWhenTheCallbackHasReturned(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Slow slow = new Slow();
    Pair pair = client.pair(slow.recorder);
    pair.peer().send((byte) 1);
    assertThat(slow.inside.await(10, TimeUnit.SECONDS)).isTrue();
    Irp irp = client.irp();
    assertThat(client.control(pair.socket(), RECEIVE | DISABLE, irp)).isEqualTo(NtStatus.PENDING);
    pair.peer().send((byte) 2);
    assertThat(irp.isCompleted()).isFalse();
    slow.leave.countDown();
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    client.drain();
    assertThat(slow.recorder.count()).isEqualTo(1);
    assertThat(client.receive(pair.socket(), 1)).containsExactly(2);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"EVT-23", "EVT-24", "EVT-25", "IRP-61", "OPT-49"})
  void shouldSayEventPendingWithoutAnIrp(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Slow slow = new Slow();
    Pair pair = client.pair(slow.recorder);
    pair.peer().send((byte) 1);
    assertThat(slow.inside.await(10, TimeUnit.SECONDS)).isTrue();
    NtStatus status = client.control(pair.socket(), RECEIVE | DISABLE);
    assertThat(status).isEqualTo(NtStatus.EVENT_PENDING);
    assertThat(status.isSuccess()).isTrue();
    // Once it is disabled, and for every other request, there is nothing to wait for.
    assertThat(client.control(pair.socket(), DISCONNECT)).isEqualTo(NtStatus.SUCCESS);
    pair.peer().send((byte) 2);
    slow.leave.countDown();
    client.drain();
    assertThat(slow.recorder.count()).isEqualTo(1);
    assertThat(client.control(pair.socket(), RECEIVE | DISABLE)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.receive(pair.socket(), 1)).containsExactly(2);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"EVT-27", "EVT-52", "EVT-47", "OPT-51", "CTL-40"})
  void shouldCountItselfAsInProgress(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicReference<WskConnectionSocket> socket = new AtomicReference<>();
    AtomicReference<NtStatus> without = new AtomicReference<>();
    AtomicReference<NtStatus> with = new AtomicReference<>();
    Irp irp = client.irp();
    AtomicReference<Boolean> early = new AtomicReference<>();
    Recorder recorder =
        new Recorder(
            data -> {
              without.set(client.control(socket.get(), RECEIVE | DISABLE));
              client.control(socket.get(), RECEIVE);
              with.set(client.control(socket.get(), RECEIVE | DISABLE, irp));
              early.set(irp.isCompleted());
              return NtStatus.DATA_NOT_ACCEPTED;
            });
    Pair pair = client.pair(recorder);
    socket.set(pair.socket());
    pair.peer().send((byte) 1);
    recorder.next();
    assertThat(without).hasValue(NtStatus.EVENT_PENDING);
    assertThat(with).hasValue(NtStatus.PENDING);
    assertThat(early).hasValue(false);
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    // A refusal suspends the event, and it can be disabled and enabled meanwhile.
    assertThat(client.control(pair.socket(), RECEIVE | DISABLE)).isEqualTo(NtStatus.SUCCESS);
    recorder.then(data -> NtStatus.SUCCESS);
    assertThat(client.receive(pair.socket(), 1)).containsExactly(1);
    client.control(pair.socket(), RECEIVE);
    pair.peer().send((byte) 2);
    assertThat(recorder.next().copy()).containsExactly(2);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"EVT-29", "EVT-31", "OPT-54"})
  void shouldNotWaitForOtherCallbacks(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Slow slow = new Slow();
    Pair pair = client.pair(slow.recorder);
    pair.peer().send((byte) 1);
    assertThat(slow.inside.await(10, TimeUnit.SECONDS)).isTrue();
    NtStatus status = client.control(pair.socket(), DISCONNECT | DISABLE);
    slow.leave.countDown();
    assertThat(status).isEqualTo(NtStatus.SUCCESS);
    pair.peer().send((byte) 2);
    pair.peer().endOutput();
    slow.recorder.bytes(2);
    assertThat(client.receive(pair.socket(), 1)).isEmpty();
    client.drain();
    assertThat(slow.recorder.ends()).isEmpty();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"EVT-13", "EVT-50"})
  void shouldRunCallbacksOfDifferentSocketsSideBySide(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    CountDownLatch both = new CountDownLatch(2);
    Recorder.Action meet =
        data -> {
          both.countDown();
          return both.await(10, TimeUnit.SECONDS) ? NtStatus.SUCCESS : NtStatus.UNSUCCESSFUL;
        };
    Recorder one = new Recorder(meet);
    Recorder two = new Recorder(meet);
    // Sockets take the loops in turn, so these two live on different ones.
    Pair first = client.pair(one);
    Pair second = client.pair(two);
    assertThat(client.control(first.socket(), ACCEPT)).isEqualTo(NtStatus.INVALID_PARAMETER);
    first.peer().send((byte) 1);
    second.peer().send((byte) 2);
    one.next();
    two.next();
    assertThat(both.getCount()).isZero();
    client.close(first.socket(), second.socket());
  }
}
