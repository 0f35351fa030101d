package org.wsk4j.contract.disconnecting;

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

/** Silent mode where it is possible: the peer is on another host, or in another namespace. */
@Timeout(60)
class SilentConnectionsTest {
  private static List<String> lines = List.of();

  @BeforeAll
  static void runInANamespace() throws Exception {
    ForeignProgram.assumeInstalled("socat", "socat");
    try (NetworkNamespace here = NetworkNamespace.create();
        NetworkNamespace elsewhere = NetworkNamespace.create()) {
      NetworkNamespace.join(here, elsewhere);
      here.address(SilentConnections.IPV4 + "/24");
      here.address(SilentConnections.OTHER_IPV4 + "/24");
      here.address(SilentConnections.IPV6 + "/64");
      elsewhere.address("10.77.0.2/24");
      elsewhere.address("fd77::2/64");
      lines =
          ChildJvm.run(
              here.enter(), "", SilentConnections.class, Duration.ofSeconds(50), elsewhere.name());
    }
  }

  @EachTransport
  @Rule({"DSC-51", "IOC-34"})
  void shouldDiscardWhatArrives(Transport transport) {
    assertPassed(lines, transport, "discards IPv4");
    assertPassed(lines, transport, "discards IPv6");
    assertPassed(lines, transport, "begins to read");
    assertPassed(lines, transport, "fails receives");
    assertPassed(lines, transport, "inside a callback");
  }

  @EachTransport
  @Rule({"DSC-50", "DSC-52", "DSC-53", "IOC-34"})
  void shouldOnlyBeClosed(Transport transport) {
    assertPassed(lines, transport, "only closes");
  }

  @EachTransport
  @Rule({"DSC-49", "IOC-33"})
  void shouldBeRefusedWhileThisSideSpeaks(Transport transport) {
    assertPassed(lines, transport, "minds sends");
    assertPassed(lines, transport, "minds disconnects");
    assertPassed(lines, transport, "follows our end");
  }

  @EachTransport
  @Rule({"DSC-47", "DSC-48"})
  void shouldBeRefusedBetweenAddressesOfThisHost(Transport transport) {
    assertPassed(lines, transport, "own addresses");
  }
}
