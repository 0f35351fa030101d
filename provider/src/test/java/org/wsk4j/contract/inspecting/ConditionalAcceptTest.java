package org.wsk4j.contract.inspecting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.InspectLimits;
import org.wsk4j.provider.channel.ListenerLimits;
import org.wsk4j.provider.testing.Doorkeeper;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** How conditional accept is switched, and what it means for the two events. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ConditionalAcceptTest {
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;

  @EachTransport
  @Rule({"INS-01", "INS-02", "INS-03", "INS-05", "INS-06"})
  void shouldBeSwitchedOnAndOff(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = listener(client, new Doorkeeper(WskInspectAction.PEND));
    assertThat(get(client, listener)).isZero();
    for (int value : new int[] {1, 0, 1}) {
      assertThat(client.succeed(irp -> Doorkeeper.set(listener, value, irp)).information())
          .isZero();
      assertThat(get(client, listener)).isEqualTo(value);
    }
    client.close(listener);
  }

  @EachTransport
  @Rule({"INS-04", "INS-09", "INS-10"})
  void shouldJudgeTheRequest(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = listener(client, new Doorkeeper(WskInspectAction.PEND));
    assertThat(Doorkeeper.set(listener, 1, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(get(listener, new Out<>(), null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> Doorkeeper.set(listener, null, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    for (int size : new int[] {0, 1, 3, 5, 8}) {
      ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(client.result(irp -> setRaw(listener, bytes, irp)))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    assertThat(get(client, listener)).isZero();
    client.succeed(irp -> Doorkeeper.set(listener, -7, irp));
    assertThat(get(client, listener)).isEqualTo(1);
    client.close(listener);
  }

  @EachTransport
  @Rule({"INS-07", "INS-15", "OPT-09", "OPT-10"})
  void shouldStayAsItWasAtBind(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(WskInspectAction.REJECT);
    WskListeningSocket inspecting = keeper.listening(client);
    assertThat(client.result(irp -> Doorkeeper.set(inspecting, 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(get(client, inspecting)).isEqualTo(1);
    client.peer(inspecting);
    keeper.next();
    Doorkeeper idle = new Doorkeeper(WskInspectAction.REJECT);
    WskListeningSocket plain = client.listening(AddressFamily.INET, null, idle.dispatch());
    assertThat(client.result(irp -> Doorkeeper.set(plain, 1, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(get(client, plain)).isZero();
    Pair pair = client.acceptedPair(plain);
    assertThat(idle.count()).isZero();
    client.close(pair.socket(), inspecting, plain);
  }

  @EachTransport
  @Rule("INS-08")
  void shouldApplyToListenersOnly(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskSocket basic =
        client
            .succeed(
                irp ->
                    client
                        .functions()
                        .socket(
                            client.client(),
                            AddressFamily.INET,
                            SocketType.STREAM,
                            Protocol.TCP,
                            WskFlags.BASIC_SOCKET,
                            null,
                            null,
                            null,
                            null,
                            null,
                            irp))
            .object(WskSocket.class);
    WskConnectionSocket connection = client.connection(AddressFamily.INET, null, null);
    for (WskSocket socket : new WskSocket[] {basic, connection}) {
      assertThat(client.result(irp -> Doorkeeper.set(socket, 1, irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
      assertThat(client.result(irp -> get(socket, new Out<>(), irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    }
    client.close(basic, connection);
  }

  @EachTransport
  @Rule({"INS-11", "INS-63"})
  void shouldNeedBothCallbacks(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskClientListenDispatch all = new Doorkeeper(WskInspectAction.PEND).dispatch();
    WskClientListenDispatch[] lacking = {
      null,
      new WskClientListenDispatch(all.acceptEvent(), null, null),
      new WskClientListenDispatch(all.acceptEvent(), all.inspectEvent(), null),
      new WskClientListenDispatch(all.acceptEvent(), null, all.abortEvent())
    };
    for (WskClientListenDispatch table : lacking) {
      WskListeningSocket listener = client.listener(AddressFamily.INET, null, table);
      assertThat(client.result(irp -> Doorkeeper.set(listener, 1, irp)))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
      assertThat(get(client, listener)).isZero();
      client.succeed(irp -> Doorkeeper.set(listener, 0, irp));
      client.close(listener);
    }
    WskListeningSocket enough =
        client.listener(
            AddressFamily.INET,
            null,
            new WskClientListenDispatch(null, all.inspectEvent(), all.abortEvent()));
    client.succeed(irp -> Doorkeeper.set(enough, 1, irp));
    client.close(enough);
  }

  @EachTransport
  @Rule({"INS-12", "OPT-12"})
  void shouldBeRefusedWhereItIsNotOffered(Transport on, TestScope scope) throws Exception {
    ListenerLimits bounds = new ListenerLimits(16, 16, new InspectLimits(false, 16, true));
    TestClient client = TestClient.on(RunningProvider.of(on, bounds, scope), scope);
    Doorkeeper keeper = new Doorkeeper(WskInspectAction.REJECT);
    WskListeningSocket listener = listener(client, keeper);
    assertThat(client.result(irp -> Doorkeeper.set(listener, 1, irp)))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(get(client, listener)).isZero();
    client.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    Pair pair = client.acceptedPair(listener);
    assertThat(keeper.count()).isZero();
    client.close(pair.socket(), listener);
  }

  @EachTransport
  @Rule({"EVT-55", "INS-13", "INS-14", "INS-16", "OPT-11"})
  void shouldHaveNoOtherSwitchForItsEvents(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(WskInspectAction.PEND);
    WskListeningSocket listener = keeper.listening(client);
    int known =
        ACCEPT
            | WskEventCallbackControl.RECEIVE
            | WskEventCallbackControl.RECEIVE_FROM
            | WskEventCallbackControl.DISCONNECT
            | WskEventCallbackControl.SEND_BACKLOG
            | WskEventCallbackControl.DISABLE;
    for (int bit = 1; bit != 0; bit <<= 1) {
      if ((bit & known) == 0) {
        assertThat(client.control(listener, bit)).isEqualTo(NtStatus.INVALID_PARAMETER);
        assertThat(client.control(listener, bit | WskEventCallbackControl.DISABLE))
            .isEqualTo(NtStatus.INVALID_PARAMETER);
      }
    }
    client.control(listener, ACCEPT);
    client.control(listener, ACCEPT | WskEventCallbackControl.DISABLE);
    Peer gone = client.peer(listener);
    Doorkeeper.Call call = keeper.next();
    gone.reset();
    assertThat(keeper.aborted()).isEqualTo(call.id());

    Doorkeeper idle = new Doorkeeper(WskInspectAction.REJECT);
    WskListeningSocket plain = client.listening(AddressFamily.INET, null, idle.dispatch());
    client.peer(plain).reset();
    Pair pair = client.acceptedPair(plain);
    client.drain();
    assertThat(idle.count()).isZero();
    assertThat(idle.aborts()).isEmpty();
    client.close(listener, pair.socket(), plain);
  }

  private static WskListeningSocket listener(TestClient client, Doorkeeper keeper)
      throws InterruptedException {
    return client.listener(AddressFamily.INET, null, keeper.dispatch());
  }

  private static int get(TestClient client, WskSocket socket) throws InterruptedException {
    Out<Integer> value = new Out<>();
    assertThat(client.succeed(irp -> get(socket, value, irp)).information()).isEqualTo(4);
    return value.require();
  }

  private static NtStatus get(WskSocket socket, Out<Integer> place, @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.GET_OPTION, WskOptions.CONDITIONAL_ACCEPT, null, 4, place, null, irp);
  }

  private static NtStatus setRaw(WskSocket socket, ByteBuffer bytes, Irp irp) {
    WskControlKey<ByteBuffer, ByteBuffer> key =
        WskControlKey.raw(
            WskOptions.CONDITIONAL_ACCEPT.level(), WskOptions.CONDITIONAL_ACCEPT.code());
    return socket.controlSocket(WskControlSocketType.SET_OPTION, key, bytes, 0, null, null, irp);
  }
}
