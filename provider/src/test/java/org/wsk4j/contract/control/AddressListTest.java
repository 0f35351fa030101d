package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** The local addresses of a socket's family, and waiting for their change. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AddressListTest {
  private static final WskControlKey<Void, List<SocketAddress>> QUERY =
      WskIoctls.ADDRESS_LIST_QUERY;
  private static final WskControlKey<ByteBuffer, ByteBuffer> RAW =
      WskControlKey.raw(0, QUERY.code());
  private static final int V4 = AddressFamily.INET;

  @EachTransportAndFamily
  @Rule({"IOC-35", "IOC-36", "IOC-37", "IOC-40", "CTL-49"})
  void shouldListTheAddressesOfTheFamily(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    Controls calls = new Controls(TestClient.on(on, scope));
    WskSocket socket = calls.basic(TestClient.family(family), true);
    Out<List<SocketAddress>> place = new Out<>();
    LongOut size = new LongOut();
    calls
        .client()
        .provider()
        .onSomeLoop(
            () ->
                assertThat(calls.query(socket, QUERY, 1 << 16, place, size, null))
                    .isEqualTo(NtStatus.SUCCESS));
    List<SocketAddress> list = place.require();
    assertThat(size.get()).isEqualTo(NativeLayouts.SOCKET_ADDRESS_LIST.sizeOf(list));
    assertThat(list)
        .contains(TestClient.loopback(TestClient.family(family), 0))
        .allMatch(one -> SocketAddresses.family(one) == TestClient.family(family))
        .allMatch(one -> ((InetSocketAddress) one).getPort() == 0);
    List<SocketAddress> expected =
        NetworkInterface.networkInterfaces()
            .filter(AddressListTest::isUp)
            .flatMap(NetworkInterface::inetAddresses)
            .filter(one -> one instanceof Inet6Address == (family == StandardProtocolFamily.INET6))
            .<SocketAddress>map(one -> new InetSocketAddress(one, 0))
            .toList();
    assertThat(list).containsExactlyInAnyOrderElementsOf(expected);
    calls.client().close(socket);
  }

  private static boolean isUp(NetworkInterface one) {
    try {
      return one.isUp();
    } catch (java.net.SocketException e) {
      return false;
    }
  }

  @EachTransport
  @Rule({"IOC-38", "IOC-39", "CTL-17", "CTL-34", "CTL-36"})
  void shouldTellTheSizeThatIsNeeded(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket socket = client.listening();
    LongOut size = new LongOut();
    assertThat(calls.query(socket, QUERY, 0, null, size, null)).isEqualTo(NtStatus.BUFFER_OVERFLOW);
    long needed = size.get();
    assertThat(needed).isGreaterThanOrEqualTo(8 + 16 + 16);
    assertThat(calls.query(socket, QUERY, needed, new Out<>(), null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    size.set(0);
    ByteBuffer small = Controls.bytes((int) needed - 1);
    assertThat(calls.query(socket, RAW, needed - 1, new Out<>(small), size, null))
        .isEqualTo(NtStatus.BUFFER_OVERFLOW);
    assertThat(size.get()).isEqualTo(needed);
    assertThat(small.position()).isZero();

    ByteBuffer bytes = Controls.bytes((int) needed);
    assertThat(calls.query(socket, RAW, needed, new Out<>(bytes), size, null))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(size.get()).isEqualTo(needed);
    assertThat(NativeLayouts.SOCKET_ADDRESS_LIST.decode(bytes.flip()))
        .contains(TestClient.loopback(V4, 0));
    client.close(socket);
  }

  @EachTransport
  @Rule({"CTL-28", "CTL-31", "CTL-35", "CTL-38"})
  void shouldAlsoTakeARequest(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket socket = calls.basic(V4, true);
    LongOut size = new LongOut(77);
    Out<List<SocketAddress>> place = new Out<>();
    Irp irp = client.irp();
    client.onCompletion(irp, done -> assertThat(place.get()).isNotEmpty());
    assertThat(client.result(calls.query(socket, QUERY, 1 << 16, place, size, irp), irp))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.information())
        .isEqualTo(NativeLayouts.SOCKET_ADDRESS_LIST.sizeOf(place.require()));
    assertThat(client.result(one -> calls.query(socket, QUERY, 9, new Out<>(), size, one)))
        .isEqualTo(NtStatus.BUFFER_OVERFLOW);
    assertThat(size.get()).isEqualTo(77);
    client.close(socket);
  }

  @EachTransport
  @Rule({"IOC-41", "CTL-46", "IOC-43"})
  void shouldWaitUntilItIsCancelled(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (WskSocket socket : List.of(calls.basic(V4, false), client.listening())) {
      assertThat(calls.ioctl(socket, WskIoctls.ADDRESS_LIST_CHANGE, null, null))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
      Irp one = client.pend(irp -> calls.ioctl(socket, WskIoctls.ADDRESS_LIST_CHANGE, null, irp));
      Irp two = client.pend(irp -> calls.ioctl(socket, WskIoctls.ADDRESS_LIST_CHANGE, null, irp));
      client.drain();
      assertThat(one.cancel()).isTrue();
      assertThat(client.result(one)).isEqualTo(NtStatus.CANCELLED);
      assertThat(two.isCompleted()).isFalse();
      // The same request can wait again.
      assertThat(
              calls.ioctl(socket, WskIoctls.ADDRESS_LIST_CHANGE, null, one.reuse(NtStatus.SUCCESS)))
          .isEqualTo(NtStatus.PENDING);
      one.cancel();
      two.cancel();
      assertThat(client.result(one)).isEqualTo(NtStatus.CANCELLED);
      assertThat(client.result(two)).isEqualTo(NtStatus.CANCELLED);
      Irp before = client.irp();
      before.cancel();
      assertThat(
              client.result(
                  calls.ioctl(socket, WskIoctls.ADDRESS_LIST_CHANGE, null, before), before))
          .isEqualTo(NtStatus.CANCELLED);
      client.close(socket);
    }
  }
}
