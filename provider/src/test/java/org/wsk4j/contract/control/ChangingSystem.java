package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.WskTransport;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.ChildCases;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/**
 * What {@link ChangingSystemTest} runs inside a network namespace, where addresses may come and go.
 */
final class ChangingSystem {
  static final String ADDRESSES = "addresses";
  static final String TRANSPORTS = "transports";

  private static final int V4 = AddressFamily.INET;
  private static final int V6 = AddressFamily.INET6;
  private static final String ADDRESS = "10.9.8.7";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private ChangingSystem() {}

  /** Runs all cases. */
  public static void main(String[] arguments) {
    Map<String, ChildCases.Case> cases = new LinkedHashMap<>();
    cases.put(ADDRESSES, ChangingSystem::addresses);
    cases.put(TRANSPORTS, ChangingSystem::transports);
    ChildCases.run(cases);
  }

  private static void ip(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    ChildJvm.run(command, LIMIT);
  }

  // ---- Addresses

  private static void addresses(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskSocket basic = calls.basic(V4, true);
    List<WskSocket> all = List.of(basic, client.listening(), client.pair().socket());
    List<Irp> waiting = new ArrayList<>();
    for (WskSocket socket : all) {
      waiting.add(change(client, socket));
      waiting.add(change(client, socket));
    }
    WskSocket v6 = calls.basic(V6, true);
    Irp other = change(client, v6);
    assertThat(list(calls, basic)).doesNotContain(new InetSocketAddress(ADDRESS, 0));

    ip("addr", "add", ADDRESS + "/32", "dev", "lo");
    for (Irp irp : waiting) {
      assertThat(client.result(irp)).isEqualTo(NtStatus.SUCCESS);
      assertThat(irp.information()).isZero();
    }
    assertThat(list(calls, basic)).contains(new InetSocketAddress(ADDRESS, 0));

    Irp next = change(client, basic);
    ip("addr", "del", ADDRESS + "/32", "dev", "lo");
    assertThat(client.result(next)).isEqualTo(NtStatus.SUCCESS);
    assertThat(list(calls, basic)).doesNotContain(new InetSocketAddress(ADDRESS, 0));
    // The other family has not changed.
    assertThat(other.isCompleted()).isFalse();
    client.closeAll();
    assertThat(other.status()).isEqualTo(NtStatus.CANCELLED);
  }

  private static Irp change(TestClient client, WskSocket socket) {
    return client.pend(
        irp -> new Controls(client).ioctl(socket, WskIoctls.ADDRESS_LIST_CHANGE, null, irp));
  }

  private static List<SocketAddress> list(Controls calls, WskSocket socket) {
    Out<List<SocketAddress>> place = new Out<>();
    assertThat(
            calls.query(socket, WskIoctls.ADDRESS_LIST_QUERY, 1 << 16, place, new LongOut(), null))
        .isEqualTo(NtStatus.SUCCESS);
    return place.require();
  }

  // ---- Transports

  private static void transports(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    assertThat(families(calls)).contains(V4, V6);
    List<Irp> waiting = List.of(change(client), change(client), change(client));
    ip("-6", "addr", "flush", "dev", "lo");
    for (Irp irp : waiting) {
      assertThat(client.result(irp)).isEqualTo(NtStatus.SUCCESS);
      assertThat(irp.information()).isZero();
    }
    assertThat(families(calls)).containsOnly(V4);

    // What has changed before is nothing that a new request hears of.
    Irp next = change(client);
    client.drain();
    assertThat(next.isCompleted()).isFalse();
    ip("addr", "add", "::1/128", "dev", "lo");
    assertThat(client.result(next)).isEqualTo(NtStatus.SUCCESS);
    assertThat(next.information()).isZero();
    assertThat(families(calls)).contains(V4, V6);
  }

  private static Irp change(TestClient client) {
    return client.pend(
        irp ->
            new Controls(client)
                .control(WskClientControls.TRANSPORT_LIST_CHANGE, null, 0, null, null, irp));
  }

  private static List<Integer> families(Controls calls) {
    Out<List<WskTransport>> place = new Out<>();
    LongOut size = new LongOut();
    assertThat(
            calls.control(WskClientControls.TRANSPORT_LIST_QUERY, null, 1 << 16, place, size, null))
        .isEqualTo(NtStatus.SUCCESS);
    return place.require().stream().map(WskTransport::addressFamily).toList();
  }
}
