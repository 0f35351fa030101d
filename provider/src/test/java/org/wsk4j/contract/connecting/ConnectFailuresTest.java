package org.wsk4j.contract.connecting;

import static org.wsk4j.provider.testing.ChildCases.assertPassed;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.NetworkNamespace;
import org.wsk4j.provider.transport.Transport;

/** The status of each way in which a connect fails, in a network that is made for it. */
@Timeout(60)
class ConnectFailuresTest {
  private static List<String> lines = List.of();

  @BeforeAll
  static void runInANamespace() throws Exception {
    try (NetworkNamespace here = NetworkNamespace.create();
        NetworkNamespace elsewhere = NetworkNamespace.create()) {
      NetworkNamespace.join(here, elsewhere);
      here.address("203.0.113.1/24");
      here.address("2001:db8:1::1/64");
      elsewhere.address("203.0.113.2/24");
      elsewhere.address("2001:db8:1::2/64");
      here.ip("route", "add", "unreachable", "198.51.100.0/24");
      here.ip("route", "add", "unreachable", "2001:db8:2::/48");
      here.ip("route", "add", "prohibit", "198.18.0.0/24");
      here.ip("route", "add", "prohibit", "2001:db8:3::/48");
      // Packets to these get as far as the link, and nobody there takes them.
      for (String nobody : List.of("203.0.113.9", "2001:db8:1::9")) {
        here.ip("neigh", "add", nobody, "lladdr", "02:00:00:00:00:09", "dev", "wsk0");
      }
      String ports = "echo 40000 40001 > /proc/sys/net/ipv4/ip_local_port_range";
      lines = ChildJvm.run(here.enter(), ports, ConnectFailures.class, Duration.ofSeconds(50));
    }
  }

  @EachTransport
  @Rule({"CON-19", "CON-21", "CON-22"})
  void shouldTellThatNobodyIsReached(Transport transport) {
    assertPassed(lines, transport, ConnectFailures.Way.NO_ROUTE.name());
    assertPassed(lines, transport, ConnectFailures.Way.UNREACHABLE.name());
    assertPassed(lines, transport, ConnectFailures.Way.PROHIBITED.name());
    assertPassed(lines, transport, ConnectFailures.Way.NO_ANSWER.name());
  }

  @EachTransport
  @Rule({"CON-18", "CON-21", "CON-22"})
  void shouldTellThatNobodyListens(Transport transport) {
    assertPassed(lines, transport, ConnectFailures.Way.NO_LISTENER.name());
  }

  @EachTransport
  void shouldTellThatAllPortsAreInUse(Transport transport) {
    assertPassed(lines, transport, ConnectFailures.OUT_OF_PORTS);
  }
}
