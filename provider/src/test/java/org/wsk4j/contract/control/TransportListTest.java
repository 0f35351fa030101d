package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskClientControlKey;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.net.WskTransport;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Which sockets can be made: the list, and the request that waits for its change. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TransportListTest {
  private static final WskClientControlKey<Void, List<WskTransport>> QUERY =
      WskClientControls.TRANSPORT_LIST_QUERY;
  private static final WskClientControlKey<Void, Void> CHANGE =
      WskClientControls.TRANSPORT_LIST_CHANGE;
  private static final WskClientControlKey<ByteBuffer, ByteBuffer> RAW =
      WskClientControlKey.raw(QUERY.code());

  private static List<WskTransport> list(Controls calls) {
    Out<List<WskTransport>> place = new Out<>();
    LongOut size = new LongOut();
    assertThat(calls.control(QUERY, null, 1 << 16, place, size, null)).isEqualTo(NtStatus.SUCCESS);
    assertThat(size.get()).isEqualTo(place.require().size() * (long) WskTransport.NATIVE_SIZE);
    return place.require();
  }

  @EachTransport
  @Rule({"CLI-21", "CLI-22", "CLI-27", "CLI-31", "CLI-33"})
  void shouldListWhatSocketsCanBeMadeOf(Transport on, TestScope scope) throws Exception {
    Controls calls = new Controls(TestClient.on(on, scope));
    List<WskTransport> list = list(calls);
    assertThat(list)
        .anyMatch(one -> is(one, AddressFamily.INET, SocketType.STREAM, Protocol.TCP))
        .anyMatch(one -> is(one, AddressFamily.INET6, SocketType.STREAM, Protocol.TCP));
    for (int family : new int[] {AddressFamily.INET, AddressFamily.INET6}) {
      assertThat(list.stream().anyMatch(one -> is(one, family, SocketType.RAW, Protocol.RAW)))
          .isEqualTo(canMakeRaw(calls.client(), family));
    }
    assertThat(list).extracting(WskTransport::providerId).doesNotContainNull();
    assertThat(list.stream().map(WskTransport::providerId).distinct()).hasSize(1);

    int size = NativeLayouts.TRANSPORT_LIST.sizeOf(list);
    ByteBuffer bytes = Controls.bytes(size + 100);
    LongOut used = new LongOut();
    assertThat(calls.control(RAW, null, size + 100, new Out<>(bytes), used, null))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(used.get()).isEqualTo(size);
    assertThat(bytes.position()).isEqualTo(size);
    assertThat(NativeLayouts.TRANSPORT_LIST.decode(bytes.flip())).isEqualTo(list);
  }

  private static boolean canMakeRaw(TestClient client, int family) throws InterruptedException {
    Irp irp = client.irp();
    NtStatus status =
        client.result(
            client
                .functions()
                .socket(
                    client.client(),
                    family,
                    SocketType.RAW,
                    Protocol.RAW,
                    0,
                    null,
                    null,
                    null,
                    null,
                    null,
                    irp),
            irp);
    if (status != NtStatus.SUCCESS) {
      return false;
    }
    client.close(irp.object(WskSocket.class));
    return true;
  }

  private static boolean is(WskTransport one, int family, int type, int protocol) {
    return one.addressFamily() == family && one.socketType() == type && one.protocol() == protocol;
  }

  @EachTransport
  @Rule({"CLI-32", "SOC-33", "CLI-34"})
  void shouldListWhatIsAccepted(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskTransport one : list(calls)) {
      assertThat(one.version()).isNotEqualTo(client.functions().version());
      Irp made =
          client.succeed(
              irp ->
                  client
                      .functions()
                      .socket(
                          client.client(),
                          one.addressFamily(),
                          one.socketType(),
                          one.protocol(),
                          0,
                          null,
                          null,
                          null,
                          null,
                          null,
                          irp));
      client.close(made.object(WskSocket.class));
    }
  }

  @EachTransport
  @Rule({"CLI-23", "CLI-24", "CLI-25", "CLI-26", "CLI-29"})
  void shouldTellTheSizeThatIsNeeded(Transport on, TestScope scope) {
    Controls calls = new Controls(TestClient.on(on, scope));
    LongOut size = new LongOut();
    assertThat(calls.control(QUERY, null, 0, null, size, null)).isEqualTo(NtStatus.BUFFER_OVERFLOW);
    long needed = size.get();
    assertThat(needed).isEqualTo(list(calls).size() * (long) WskTransport.NATIVE_SIZE);
    assertThat(calls.control(QUERY, null, 0, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(calls.control(QUERY, null, needed, null, size, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);

    for (long less : new long[] {1, WskTransport.NATIVE_SIZE - 1, needed - 1, needed - 28}) {
      size.set(0);
      Out<List<WskTransport>> place = new Out<>();
      assertThat(calls.control(QUERY, null, less, place, size, null))
          .isEqualTo(NtStatus.BUFFER_OVERFLOW);
      assertThat(place.get()).isNull();
      assertThat(size.get()).isEqualTo(needed);
      ByteBuffer bytes = Controls.bytes((int) less);
      assertThat(calls.control(RAW, null, less, new Out<>(bytes), size, null))
          .isEqualTo(NtStatus.BUFFER_OVERFLOW);
      assertThat(bytes.position()).isZero();
      assertThat(Controls.contents(bytes)).containsOnly(0);
      assertThat(size.get()).isEqualTo(needed);
    }
    Out<List<WskTransport>> exact = new Out<>();
    assertThat(calls.control(QUERY, null, needed, exact, size, null)).isEqualTo(NtStatus.SUCCESS);
    assertThat(exact.require()).isNotEmpty();
  }

  @EachTransport
  @Rule({"CLI-19", "CLI-20", "CLI-30"})
  void shouldTakeNoRequestAndIgnoreInput(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    Out<List<WskTransport>> place = new Out<>();
    LongOut size = new LongOut(7);
    assertThat(client.result(irp -> calls.control(QUERY, null, 1 << 16, place, size, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(place.get()).isNull();
    assertThat(size.get()).isEqualTo(7);
    ByteBuffer bytes = Controls.bytes(1 << 12);
    assertThat(calls.control(RAW, Controls.ulong(99), 1 << 12, new Out<>(bytes), size, null))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(bytes.position()).isEqualTo((int) size.get()).isPositive();
  }

  // ---- The request that waits

  @EachTransport
  @Rule({"CLI-35", "CLI-36", "CLI-39", "CLI-42", "CLI-45"})
  void shouldWaitUntilItIsCancelled(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    assertThat(calls.control(CHANGE, null, 0, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.functions().controlClient(null, CHANGE, null, 0, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    Irp untouched = client.irp();
    assertThat(client.functions().controlClient(null, CHANGE, null, 0, null, null, untouched))
        .isEqualTo(NtStatus.INVALID_HANDLE);

    Irp irp = client.pend(one -> calls.control(CHANGE, null, 0, null, null, one));
    LongOut size = new LongOut(7);
    Out<ByteBuffer> place = new Out<>(Controls.bytes(8));
    Irp raw =
        client.pend(
            one ->
                calls.control(
                    WskClientControlKey.raw(CHANGE.code()),
                    Controls.ulong(1),
                    8,
                    place,
                    size,
                    one));
    client.drain();
    assertThat(irp.isCompleted()).isFalse();
    assertThat(irp.cancel()).isTrue();
    assertThat(client.result(irp)).isEqualTo(NtStatus.CANCELLED);
    assertThat(raw.isCompleted()).isFalse();
    assertThat(raw.cancel()).isTrue();
    assertThat(client.result(raw)).isEqualTo(NtStatus.CANCELLED);
    assertThat(size.get()).isEqualTo(7);
    assertThat(place.require().position()).isZero();
  }

  @EachTransport
  @Rule("CLI-45")
  void shouldNotBeginWhenItWasCancelledBefore(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Irp irp = client.irp();
    irp.cancel();
    NtStatus status = new Controls(client).control(CHANGE, null, 0, null, null, irp);
    assertThat(client.result(status, irp)).isEqualTo(NtStatus.CANCELLED);
  }

  @EachTransport
  @Rule({"CLI-43", "CLI-44", "REG-69"})
  void shouldEndWithTheRegistrationAndNotWithACapture(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    Irp first = client.pend(one -> calls.control(CHANGE, null, 0, null, null, one));
    Irp second = client.pend(one -> calls.control(CHANGE, null, 0, null, null, one));
    client.registration().releaseProviderNpi();
    client.drain();
    assertThat(first.isCompleted()).isFalse();
    client.registration().deregister();
    client.left();
    for (Irp irp : List.of(first, second)) {
      assertThat(irp.isCompleted()).isTrue();
      assertThat(irp.status()).isEqualTo(NtStatus.CANCELLED);
      assertThat(irp.information()).isZero();
    }
  }
}
