package org.wsk4j.contract.connecting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.ChildCases;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** Runs in a network namespace whose routes lead connects into every kind of failure. */
final class ConnectFailures {
  /** Where a connect goes, and how it ends there. */
  enum Way {
    NO_ROUTE(NtStatus.NETWORK_UNREACHABLE, "192.0.2.1", "2001:db8:9::1"),
    UNREACHABLE(NtStatus.HOST_UNREACHABLE, "198.51.100.1", "2001:db8:2::1"),
    PROHIBITED(NtStatus.ACCESS_DENIED, "198.18.0.1", "2001:db8:3::1"),
    NO_ANSWER(NtStatus.IO_TIMEOUT, "203.0.113.9", "2001:db8:1::9"),
    NO_LISTENER(NtStatus.CONNECTION_REFUSED, "203.0.113.2", "2001:db8:1::2");

    final NtStatus status;
    final List<String> hosts;

    Way(NtStatus status, String... hosts) {
      this.status = status;
      this.hosts = List.of(hosts);
    }
  }

  static final String OUT_OF_PORTS = "out of ports";

  private static final int PORT = 9;
  private static final String SOON = "200";

  private ConnectFailures() {}

  public static void main(String[] arguments) {
    System.setProperty("wsk4j.connect.timeout", SOON);
    Map<String, ChildCases.Case> cases = new LinkedHashMap<>();
    for (Way way : Way.values()) {
      cases.put(way.name(), (on, scope) -> fail(on, scope, way));
    }
    cases.put(OUT_OF_PORTS, ConnectFailures::runOutOfPorts);
    ChildCases.run(cases);
  }

  private static void fail(Transport on, TestScope scope, Way way) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (String host : way.hosts) {
      InetSocketAddress remote = new InetSocketAddress(InetAddress.getByName(host), PORT);
      Irp whole = client.irp();
      NtStatus returned = client.socketConnect(remote, null, null, whole);
      assertThat(client.result(returned, whole)).isEqualTo(way.status);
      client.drain();
      assertThat(client.openSockets()).isZero();
      leavesASocketThatCanBeClosed(client, remote, way.status);
    }
  }

  private static void leavesASocketThatCanBeClosed(
      TestClient client, InetSocketAddress remote, NtStatus status) throws Exception {
    int family = SocketAddresses.family(remote);
    WskConnectionSocket socket = client.connection(family, null, null);
    client.succeed(irp -> socket.bind(TestClient.any(family, 0), 0, irp));
    assertThat(client.result(irp -> socket.connect(remote, 0, irp))).isEqualTo(status);
    WskBuf data = WskBuf.of(new byte[1]);
    Out<SocketAddress> place = new Out<>();
    List<TestClient.Call> calls =
        List.of(
            irp -> socket.send(data, 0, irp),
            irp -> socket.receive(data, 0, irp),
            irp -> socket.getRemoteAddress(place, irp));
    for (TestClient.Call call : calls) {
      assertThat(client.result(call)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    }
    client.close(socket);
  }

  /** The system has two ports to choose from here. */
  private static void runOutOfPorts(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    client.bound();
    client.bound();
    WskConnectionSocket third = client.connection(AddressFamily.INET, null, null);
    InetSocketAddress any = TestClient.loopback(AddressFamily.INET, 0);
    assertThat(client.result(irp -> third.bind(any, 0, irp)))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    client.closeAll();
  }
}
