package org.wsk4j.contract.connecting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** Connecting with data. */
class ConnectExTest {
  private static final int MOST = 65_535;

  @EachTransport
  @Rule({"CON-34", "CON-37", "CON-39"})
  void shouldSendTheDataAheadOfAllOther(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    var listener = client.listening();
    InetSocketAddress there = client.local(listener);
    var socket = client.bound();
    byte[] first = Bytes.pattern(1, MOST);
    byte[] expected = first.clone();

    Irp irp = client.succeed(one -> socket.connectEx(there, WskBuf.of(first), 0, one));
    assertThat(irp.information()).isEqualTo(MOST);
    Arrays.fill(first, (byte) -1);
    client.send(socket, new byte[] {42});

    var accepted = client.accept(listener, null, null);
    byte[] received = client.receiveAll(accepted, MOST + 1);
    assertThat(Arrays.copyOf(received, MOST)).isEqualTo(expected);
    assertThat(received[MOST]).isEqualTo((byte) 42);
    client.close(socket, accepted, listener);
  }

  /** Whether the data travels with the first segment is the system's affair. */
  @EachTransport
  @Rule({"CON-39", "CON-42"})
  void shouldSendTheDataWithAndWithoutFastOpen(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    var listener = client.listening();
    InetSocketAddress there = client.local(listener);
    for (int fastOpen = 0; fastOpen < 2; fastOpen++) {
      for (int length : new int[] {1, 1_000, MOST}) {
        var socket = client.bound();
        fastOpen(client, socket, fastOpen);
        byte[] memory = Bytes.pattern(length, length);
        Irp irp = client.succeed(one -> socket.connectEx(there, WskBuf.of(memory), 0, one));
        assertThat(irp.information()).isEqualTo(length);
        Arrays.fill(memory, (byte) -1);
        client.send(socket, new byte[] {42});
        var accepted = client.accept(listener, null, null);
        assertThat(client.receiveAll(accepted, length + 1))
            .isEqualTo(Bytes.join(Bytes.pattern(length, length), new byte[] {42}));
        client.close(socket, accepted);
      }
    }
    client.close(listener);
  }

  private static void fastOpen(TestClient client, WskConnectionSocket socket, int on)
      throws InterruptedException {
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.SET_OPTION, TcpOptions.FASTOPEN, on, 0, null, null, irp));
  }

  @EachTransport
  @Rule({"CON-33", "CON-38"})
  void shouldConnectWithoutData(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    var listener = client.listening();
    InetSocketAddress there = client.local(listener);
    for (WskBuf nothing : new WskBuf[] {null, new WskBuf()}) {
      var socket = client.bound();
      Irp irp = client.succeed(one -> socket.connectEx(there, nothing, 0, one));
      assertThat(irp.information()).isZero();
      var accepted = client.accept(listener, null, null);
      client.send(socket, new byte[] {7});
      assertThat(client.receive(accepted, 10)).containsExactly(7);
      client.close(socket, accepted);
    }
    client.close(listener);
  }

  @EachTransport
  @Rule({"CON-06", "CON-35", "CON-36"})
  void shouldRefuseWhatCannotBe(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    var listener = client.listening();
    InetSocketAddress there = client.local(listener);
    var socket = client.bound();
    var unbound = client.connection(AddressFamily.INET, null, null);
    WskBuf tooLong = WskBuf.of(new byte[MOST + 1]);

    assertThat(client.result(irp -> socket.connectEx(there, null, 1, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> socket.connectEx(there, tooLong, 0, irp)))
        .isEqualTo(NtStatus.BUFFER_OVERFLOW);
    assertThat(client.result(irp -> unbound.connectEx(there, null, 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    // Nothing was begun: the socket can still be connected.
    client.succeed(irp -> socket.connect(there, 0, irp));
    client.close(socket, unbound, client.accept(listener, null, null), listener);
  }

  @EachTransport
  @Rule("CON-41")
  void shouldDeliverNothingWhereNobodyListens(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    int free;
    try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = reserved.getLocalPort();
    }
    var socket = client.bound();
    InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), free);
    assertThat(client.result(irp -> socket.connectEx(nowhere, WskBuf.of(new byte[] {1}), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_REFUSED);
    client.close(socket);
  }
}
