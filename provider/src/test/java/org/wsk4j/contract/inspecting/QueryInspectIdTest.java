package org.wsk4j.contract.inspecting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.listen.WskInspectAction.ACCEPT;
import static org.wsk4j.listen.WskInspectAction.PEND;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.Doorkeeper;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Which connection a socket was when it was inspected. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class QueryInspectIdTest {
  private static final int SIZE = NativeLayouts.INSPECT_ID.size();

  @EachTransport
  @Rule({"INS-57", "INS-58", "INS-59", "IOC-27", "IOC-29"})
  void shouldTellTheIdentifierOfAnAcceptedSocket(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(ACCEPT);
    WskListeningSocket listener = keeper.listening(client);
    Pair requested = client.acceptedPair(listener);
    assertThat(id(requested.socket())).isEqualTo(keeper.next().id());

    AtomicReference<@Nullable WskInspectId> inside = new AtomicReference<>();
    keeper
        .acceptor()
        .then(
            call -> {
              inside.set(id(call.require()));
              return NtStatus.SUCCESS;
            });
    client.control(listener, WskEventCallbackControl.ACCEPT);
    keeper.then(PEND);
    client.peer(listener);
    Doorkeeper.Call pended = keeper.next();
    client.succeed(irp -> listener.inspectComplete(pended.copy(), ACCEPT, irp));
    Acceptor.Call told = keeper.acceptor().next();
    assertThat(inside).hasValue(pended.copy());
    assertThat(id(told.require())).isEqualTo(pended.id()).isNotEqualTo(id(requested.socket()));
    client.close(requested.socket(), told.require(), listener);
  }

  @EachTransport
  @Rule({"INS-60", "IOC-28"})
  void shouldKnowNoIdentifierOfOtherSockets(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket inspecting = new Doorkeeper(ACCEPT).listening(client);
    WskListeningSocket plain = client.listening();
    Pair accepted = client.acceptedPair(plain);
    Pair connected = client.pair();
    for (WskSocket socket :
        new WskSocket[] {inspecting, plain, accepted.socket(), connected.socket()}) {
      Out<WskInspectId> place = new Out<>();
      LongOut returned = new LongOut();
      assertThat(query(socket, SIZE, place, returned, null))
          .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
      assertThat(place.get()).isNull();
      assertThat(returned.get()).isZero();
    }
    client.close(inspecting, plain, accepted.socket(), connected.socket());
  }

  @EachTransport
  @Rule({"INS-61", "IOC-26"})
  void shouldTakeNoIrp(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Doorkeeper keeper = new Doorkeeper(ACCEPT);
    WskListeningSocket listener = keeper.listening(client);
    Pair pair = client.acceptedPair(listener);
    Out<WskInspectId> place = new Out<>();
    assertThat(client.result(irp -> query(pair.socket(), SIZE, place, new LongOut(), irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(place.get()).isNull();
    assertThat(query(pair.socket(), SIZE - 1, place, new LongOut(), null).isError()).isTrue();
    assertThat(place.get()).isNull();
    client.close(pair.socket(), listener);
  }

  private static WskInspectId id(WskConnectionSocket socket) {
    Out<WskInspectId> place = new Out<>();
    LongOut returned = new LongOut();
    assertThat(query(socket, SIZE, place, returned, null)).isEqualTo(NtStatus.SUCCESS);
    assertThat(returned.get()).isEqualTo(SIZE);
    return place.require();
  }

  private static NtStatus query(
      WskSocket socket, long room, Out<WskInspectId> place, LongOut returned, @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.IOCTL, WskIoctls.QUERY_INSPECT_ID, null, room, place, returned, irp);
  }
}
