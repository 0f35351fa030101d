package org.wsk4j.contract.datagram;

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

/** What becomes of datagrams on routes and links that are made for it. */
@Timeout(90)
class DatagramRoutesTest {
  private static List<String> lines = List.of();

  @BeforeAll
  static void runInANamespace() throws Exception {
    try (NetworkNamespace here = NetworkNamespace.create();
        NetworkNamespace elsewhere = NetworkNamespace.create()) {
      NetworkNamespace.join(here, elsewhere);
      here.address("203.0.113.1/24");
      here.address("2001:db8:1::1/64");
      here.address("fe80::77/64");
      elsewhere.address("203.0.113.2/24");
      elsewhere.address("2001:db8:1::2/64");
      here.ip("route", "add", "unreachable", "198.51.100.0/24");
      here.ip("route", "add", "unreachable", "2001:db8:2::/48");
      here.ip("route", "add", "prohibit", "198.18.0.0/24");
      here.ip("route", "add", "prohibit", "2001:db8:3::/48");
      String queues = "echo 8000000 > /proc/sys/net/ipv4/neigh/wsk0/unres_qlen_bytes";
      lines = ChildJvm.run(here.enter(), queues, DatagramRoutes.class, Duration.ofSeconds(80));
    }
  }

  @EachTransport
  @Rule({"DGS-34", "DGS-35"})
  void shouldTellThatThereIsNoWay(Transport transport) {
    assertPassed(lines, transport, DatagramRoutes.REFUSED);
    assertPassed(lines, transport, DatagramRoutes.AMONG_MANY);
  }

  @EachTransport
  @Rule({"DGS-30", "OPT-82"})
  void shouldRefuseWhatIsTooLongToStayWhole(Transport transport) {
    assertPassed(lines, transport, DatagramRoutes.WHOLE);
  }

  @EachTransport
  @Rule({"DGS-58"})
  void shouldCutIntoDatagramsLongerThanTheLinkCarries(Transport transport) {
    assertPassed(lines, transport, DatagramRoutes.CUT);
  }

  @EachTransport
  @Rule({"DGB-34"})
  void shouldBindToTheInterfaceOfALinkLocalAddress(Transport transport) {
    assertPassed(lines, transport, DatagramRoutes.LINK_LOCAL);
  }

  @EachTransport
  @Rule({"DGR-27"})
  void shouldTellMulticastsOfIpv6(Transport transport) {
    assertPassed(lines, transport, DatagramRoutes.GROUP);
  }

  @EachTransport
  @Rule({"DGS-19", "DGS-37", "DGS-38"})
  void shouldLetDatagramsWithoutDataWaitForRoom(Transport transport) {
    assertPassed(lines, transport, DatagramRoutes.FULL);
  }
}
