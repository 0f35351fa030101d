package org.wsk4j.contract.connecting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.ChildCases;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Runs in a network namespace whose system offers TCP Fast Open to both sides. */
final class FastOpens {
  private static final Path COUNTERS = Path.of("/proc/net/netstat");

  private FastOpens() {}

  public static void main(String[] arguments) {
    Map<String, ChildCases.Case> cases = new LinkedHashMap<>();
    cases.put("with and without a cookie", FastOpens::withAndWithoutCookie);
    cases.put("refused", FastOpens::refused);
    cases.put("cancelled", FastOpens::cancelled);
    ChildCases.run(cases);
  }

  /** How often data was sent with a first segment, or taken from one. */
  private static long counted(String name) throws IOException {
    List<String> lines =
        Files.readAllLines(COUNTERS).stream().filter(line -> line.startsWith("TcpExt")).toList();
    int at = Arrays.asList(lines.get(0).split(" ")).indexOf(name);
    return Long.parseLong(lines.get(1).split(" ")[at]);
  }

  private static void enable(TestClient client, WskSocket socket) throws InterruptedException {
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.SET_OPTION, TcpOptions.FASTOPEN, 1, 0, null, null, irp));
  }

  private static WskConnectionSocket socket(TestClient client, int family)
      throws InterruptedException {
    WskConnectionSocket socket = client.connection(family, null, null);
    enable(client, socket);
    client.succeed(irp -> socket.bind(TestClient.any(family, 0), 0, irp));
    return socket;
  }

  private static WskListeningSocket listener(TestClient client, int family)
      throws InterruptedException {
    WskListeningSocket listener = client.listener(family, null, null);
    enable(client, listener);
    client.succeed(irp -> listener.bind(TestClient.loopback(family, 0), 0, irp));
    return listener;
  }

  /** The first connection to an address brings a cookie, which the later ones show. */
  private static void withAndWithoutCookie(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    boolean able = on.can(TransportFeature.FAST_OPEN_CONNECT);
    for (int family : new int[] {AddressFamily.INET, AddressFamily.INET6}) {
      WskListeningSocket listener = listener(client, family);
      exchange(client, listener, family, 100);
      for (int length : new int[] {1, 100, 5_000, 65_535}) {
        long active = counted("TCPFastOpenActive");
        long passive = counted("TCPFastOpenPassive");
        exchange(client, listener, family, length);
        assertThat(counted("TCPFastOpenActive") - active).isEqualTo(able ? 1 : 0);
        assertThat(counted("TCPFastOpenPassive") - passive).isEqualTo(able ? 1 : 0);
      }
      client.close(listener);
    }
  }

  private static void exchange(
      TestClient client, WskListeningSocket listener, int family, int length) throws Exception {
    InetSocketAddress there = client.local(listener);
    WskConnectionSocket socket = socket(client, family);
    byte[] memory = Bytes.pattern(length, length);
    Irp irp = client.succeed(one -> socket.connectEx(there, WskBuf.of(memory), 0, one));
    assertThat(irp.information()).isEqualTo(length);
    Arrays.fill(memory, (byte) -1);
    client.send(socket, new byte[] {42});
    client.succeed(one -> socket.disconnect(null, 0, one));
    WskConnectionSocket accepted = client.accept(listener, null, null);
    assertThat(client.remote(socket)).isEqualTo(there);
    assertThat(client.local(socket)).isEqualTo(client.remote(accepted));
    assertThat(client.receiveAll(accepted, length + 2))
        .isEqualTo(Bytes.join(Bytes.pattern(length, length), new byte[] {42}));
    client.send(accepted, new byte[] {7});
    assertThat(client.receive(socket, 5)).containsExactly(7);
    client.close(socket, accepted);
  }

  /** With a cookie the system says that the connect has succeeded; there is nobody all the same. */
  private static void refused(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = listener(client, AddressFamily.INET);
    exchange(client, listener, AddressFamily.INET, 10);
    client.close(listener);
    int free;
    try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = reserved.getLocalPort();
    }
    InetSocketAddress nowhere = TestClient.loopback(AddressFamily.INET, free);
    for (int length : new int[] {10, 65_000}) {
      WskConnectionSocket socket = socket(client, AddressFamily.INET);
      WskBuf data = WskBuf.of(new byte[length]);
      assertThat(client.result(irp -> socket.connectEx(nowhere, data, 0, irp)))
          .isEqualTo(NtStatus.CONNECTION_REFUSED);
      assertThat(client.result(irp -> socket.send(data, 0, irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      client.close(socket);
    }
  }

  private static void cancelled(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = listener(client, AddressFamily.INET);
    exchange(client, listener, AddressFamily.INET, 10);
    client.close(listener);
    InetSocketAddress busy = Peer.busy(TestClient.loopback(AddressFamily.INET, 0), scope);
    for (int length : new int[] {10, 65_000}) {
      WskConnectionSocket socket = socket(client, AddressFamily.INET);
      WskConnectionSocket other = socket(client, AddressFamily.INET);
      WskBuf data = WskBuf.of(new byte[length]);
      Irp cancelled = client.pend(irp -> socket.connectEx(busy, data, 0, irp));
      Irp closed = client.pend(irp -> other.connectEx(busy, data, 0, irp));
      client.drain();
      assertThat(cancelled.isCompleted()).isFalse();
      assertThat(closed.isCompleted()).isFalse();
      cancelled.cancel();
      assertThat(client.result(NtStatus.PENDING, cancelled)).isEqualTo(NtStatus.CANCELLED);
      client.close(socket, other);
      assertThat(client.result(NtStatus.PENDING, closed)).isEqualTo(NtStatus.CANCELLED);
    }
  }
}
