package org.wsk4j.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/**
 * Tests that have to run in a process of their own, because of its network: the child runs every
 * case on every transport and writes a line for each; the parent looks for the lines.
 */
public final class ChildCases {
  /** One test. */
  @FunctionalInterface
  public interface Case {
    /** Runs it on a transport. */
    void run(Transport transport, TestScope scope) throws Exception;
  }

  private ChildCases() {}

  /** Runs cases on all transports, in the child. */
  public static void run(Map<String, Case> cases) {
    for (Transport transport : TransportMatrix.transports()) {
      cases.forEach((name, one) -> System.out.println(outcome(transport, name, one)));
    }
    System.out.flush();
  }

  private static String outcome(Transport transport, String name, Case one) {
    try {
      TestScope.during(scope -> one.run(transport, scope));
      return passed(transport, name);
    } catch (Exception | AssertionError e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return transport.name() + " " + name + " has failed: " + trace;
    }
  }

  private static String passed(Transport transport, String name) {
    return transport.name() + " " + name + " has passed";
  }

  /** Fails unless a case has passed in the child, whose output is given. */
  public static void assertPassed(List<String> lines, Transport transport, String name) {
    assertThat(lines)
        .withFailMessage(() -> "not passed: " + transport + " " + name + String.join("\n", lines))
        .contains(passed(transport, name));
  }
}
