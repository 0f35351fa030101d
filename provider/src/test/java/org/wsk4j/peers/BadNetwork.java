package org.wsk4j.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.provider.testing.ChildCases;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/**
 * Runs in one of two network namespaces between which packets are treated badly: exchanges with
 * programs in the other one.
 */
final class BadNetwork {
  static final String HERE = "10.79.0.1";
  static final String THERE = "10.79.0.2";

  /** In place of an impairment by the kernel. */
  static final String BY_TUNNEL = "by tunnel";

  static final String ACCEPTS = "accepts";
  static final String CONNECTS = "connects";
  static final String RELAYS = "relays";
  static final String MISBEHAVED = "the network has misbehaved";

  private static final long BYTES = 300_001;
  private static final int PORT = 7007;

  private final String elsewhere;
  private final String here;
  private final String there;

  private BadNetwork(String elsewhere, String here, String there) {
    this.elsewhere = elsewhere;
    this.here = here;
    this.there = there;
  }

  public static void main(String[] arguments) throws Exception {
    if (!arguments[1].equals(BY_TUNNEL)) {
      new BadNetwork(arguments[0], HERE, THERE).run();
      System.out.println(MISBEHAVED);
      return;
    }
    TestScope.during(
        scope -> {
          BadTunnel tunnel = BadTunnel.open(HERE, THERE, arguments[0], scope);
          new BadNetwork(arguments[0], BadTunnel.HERE, BadTunnel.THERE).run();
          System.out.println(tunnel);
          System.out.println(tunnel.hasMisbehaved() ? MISBEHAVED : "all went well");
        });
  }

  private void run() {
    Map<String, ChildCases.Case> cases = new LinkedHashMap<>();
    cases.put(ACCEPTS, this::accept);
    cases.put(CONNECTS, this::connect);
    cases.put(RELAYS, this::relay);
    ChildCases.run(cases);
  }

  private void accept(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listener(AddressFamily.INET, null, null);
    client.succeed(irp -> listener.bind(TestClient.any(AddressFamily.INET, 0), 0, irp));
    ForeignProgram peer = socat(scope, "TCP:" + here + ":" + client.local(listener).getPort());
    exchange(client, scope, client.accept(listener, null, null), peer);
    client.close(listener);
  }

  private void connect(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ForeignProgram peer = listening(scope);
    exchange(client, scope, client.connected(address(), null, null), peer);
  }

  /** The connection of the relay goes over the bad network, that to the relay does not. */
  private void relay(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ForeignProgram server = listening(scope);
    Relay relay = Relay.at(TestClient.any(AddressFamily.INET, 0), address(), client);
    WskConnectionSocket socket = client.connected(loopback(relay), null, null);
    exchange(client, scope, socket, server);
    assertThat(relay.awaitEnd()).isEmpty();
  }

  private static InetSocketAddress loopback(Relay relay) throws InterruptedException {
    return TestClient.loopback(AddressFamily.INET, relay.address().getPort());
  }

  private InetSocketAddress address() throws Exception {
    return new InetSocketAddress(InetAddress.getByName(there), PORT);
  }

  private ForeignProgram listening(TestScope scope) throws Exception {
    ForeignProgram peer = socat(scope, "TCP4-LISTEN:" + PORT + ",reuseaddr");
    await().until(() -> peer.complaints().contains("listening on"));
    return peer;
  }

  private ForeignProgram socat(TestScope scope, String address) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", elsewhere));
    command.addAll(List.of("socat", "-d", "-d", "-t", "20", "-", address));
    return ForeignProgram.start(scope, command);
  }

  private static void exchange(
      TestClient client, TestScope scope, WskConnectionSocket socket, ForeignProgram peer)
      throws Exception {
    new Exchange(client, scope, 3, BYTES).run(socket, peer.input(), peer.output());
    peer.succeed();
  }
}
