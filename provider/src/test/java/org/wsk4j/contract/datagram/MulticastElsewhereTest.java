package org.wsk4j.contract.datagram;

import static org.wsk4j.provider.testing.ChildCases.assertPassed;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.testing.NetworkNamespace;
import org.wsk4j.provider.transport.Transport;

/** Multicast over a link with two ends: with foreign programs, and with IPv6. */
@Timeout(60)
class MulticastElsewhereTest {
  private static List<String> lines = List.of();

  @BeforeAll
  static void runInANamespace() throws Exception {
    ForeignProgram.assumeInstalled("socat", "socat");
    try (NetworkNamespace here = NetworkNamespace.create();
        NetworkNamespace elsewhere = NetworkNamespace.create()) {
      NetworkNamespace.join(here, elsewhere);
      here.address(MulticastElsewhere.HERE + "/24");
      here.address(MulticastElsewhere.HERE6 + "/64");
      here.ip("route", "add", "239.0.0.0/8", "dev", NetworkNamespace.LINK);
      elsewhere.address(MulticastElsewhere.THERE + "/24");
      elsewhere.address(MulticastElsewhere.THERE6 + "/64");
      lines =
          ChildJvm.run(
              here.enter(), "", MulticastElsewhere.class, Duration.ofSeconds(50), elsewhere.name());
    }
  }

  @EachTransport
  @Rule({"OPT-85", "OPT-89", "OPT-91"})
  void shouldHearGroupsOfOthers(Transport transport) {
    assertPassed(lines, transport, "hears IPv4");
    assertPassed(lines, transport, "hears IPv6");
  }

  @EachTransport
  @Rule({"OPT-86", "OPT-87"})
  void shouldBeHeardByOthers(Transport transport) {
    assertPassed(lines, transport, "is heard on IPv4");
    assertPassed(lines, transport, "is heard on IPv6");
  }

  @EachTransport
  @Rule({"OPT-89", "OPT-93"})
  void shouldJoinOnTheUsualInterface(Transport transport) {
    assertPassed(lines, transport, "usual interface");
  }

  @EachTransport
  @Rule("OPT-90")
  void shouldHearChosenSenders(Transport transport) {
    assertPassed(lines, transport, "chosen senders");
  }

  @EachTransport
  @Rule("OPT-82")
  void shouldRefuseWhatCannotStayWhole(Transport transport) {
    assertPassed(lines, transport, "whole IPv4");
    assertPassed(lines, transport, "whole IPv6");
  }
}
