package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.wsk4j.provider.transport.RoutingErrors.Case.DATAGRAM_PROHIBITED;
import static org.wsk4j.provider.transport.RoutingErrors.Case.DATAGRAM_TO_UNREACHABLE;
import static org.wsk4j.provider.transport.RoutingErrors.Case.DATAGRAM_WITHOUT_ROUTE;
import static org.wsk4j.provider.transport.RoutingErrors.Case.NO_ROUTE;
import static org.wsk4j.provider.transport.RoutingErrors.Case.PROHIBITED;
import static org.wsk4j.provider.transport.RoutingErrors.Case.SILENT_UNTIL_NETTY_GIVES_UP;
import static org.wsk4j.provider.transport.RoutingErrors.Case.SILENT_UNTIL_THE_SYSTEM_GIVES_UP;
import static org.wsk4j.provider.transport.RoutingErrors.Case.UNREACHABLE;
import static org.wsk4j.provider.transport.RoutingErrors.line;

import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.EachTransportAndFamily;

/**
 * The errors that need routes of their own: seen in a network namespace, in one child process.
 * Skipped where the system lets nobody make one.
 */
@Timeout(60)
class RoutingErrorsTest {
  private static final Duration LIMIT = Duration.ofSeconds(50);

  private static List<String> lines = List.of();

  @BeforeAll
  static void runInANamespace() throws Exception {
    assumeTrue(canMakeANamespace(), "this system does not let the tests make network namespaces");
    lines =
        ChildJvm.run(List.of("unshare", "--net"), RoutingErrors.SETUP, RoutingErrors.class, LIMIT);
  }

  private static boolean canMakeANamespace() throws Exception {
    try {
      ChildJvm.run(List.of("unshare", "--net", "sh", "-ec", RoutingErrors.SETUP), LIMIT);
      return true;
    } catch (java.io.IOException | AssertionError impossible) {
      return false;
    }
  }

  @EachTransportAndFamily
  void shouldTellThatNoNetworkLeadsThere(Transport transport, StandardProtocolFamily family) {
    assertThat(lines)
        .contains(line(transport, family, NO_ROUTE, NtStatus.NETWORK_UNREACHABLE))
        .contains(line(transport, family, DATAGRAM_WITHOUT_ROUTE, NtStatus.NETWORK_UNREACHABLE));
  }

  @EachTransportAndFamily
  void shouldTellThatTheHostIsUnreachable(Transport transport, StandardProtocolFamily family) {
    assertThat(lines)
        .contains(line(transport, family, UNREACHABLE, NtStatus.HOST_UNREACHABLE))
        .contains(line(transport, family, DATAGRAM_TO_UNREACHABLE, NtStatus.HOST_UNREACHABLE));
  }

  @EachTransportAndFamily
  void shouldTellThatTheWayIsForbidden(Transport transport, StandardProtocolFamily family) {
    assertThat(lines)
        .contains(line(transport, family, PROHIBITED, NtStatus.ACCESS_DENIED))
        .contains(line(transport, family, DATAGRAM_PROHIBITED, NtStatus.ACCESS_DENIED));
  }

  @EachTransportAndFamily
  void shouldTellThatNobodyAnswers(Transport transport, StandardProtocolFamily family) {
    assertThat(lines)
        .contains(line(transport, family, SILENT_UNTIL_THE_SYSTEM_GIVES_UP, NtStatus.IO_TIMEOUT))
        .contains(line(transport, family, SILENT_UNTIL_NETTY_GIVES_UP, NtStatus.IO_TIMEOUT));
  }
}
