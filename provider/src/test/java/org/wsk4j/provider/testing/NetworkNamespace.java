package org.wsk4j.provider.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace of Linux: interfaces, addresses and routes of its own, which a test may break
 * as it likes. It starts with a loopback interface that is up, and nothing else.
 *
 * <p>This JVM cannot enter it: what is to run inside is a child process, started behind {@link
 * #enter}. Processes inside have to end before it is closed; what was forgotten is removed when
 * this JVM ends.
 */
public final class NetworkNamespace implements AutoCloseable {
  /** The one interface that {@link #join} makes, in each of the two namespaces. */
  public static final String LINK = "wsk0";

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Set<NetworkNamespace> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> OPEN.forEach(NetworkNamespace::closeQuietly)));
  }

  private final String name =
      "wsk4j-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

  private NetworkNamespace() {}

  /** {@return a new namespace; the test is skipped where none can be made} */
  public static NetworkNamespace create() throws Exception {
    ForeignProgram.assumeInstalled("ip", "iproute2");
    NetworkNamespace made = new NetworkNamespace();
    String refusal = failure("ip", "netns", "add", made.name);
    assumeTrue(
        refusal == null,
        () -> "needs a network namespace, which takes root and CAP_SYS_ADMIN: " + refusal);
    OPEN.add(made);
    made.ip("link", "set", "lo", "up");
    return made;
  }

  /**
   * Joins two namespaces by a pair of interfaces, each called {@value #LINK}, which are up.
   *
   * @param one a namespace
   * @param other another one
   */
  public static void join(NetworkNamespace one, NetworkNamespace other) throws Exception {
    String refusal =
        failure(
            ("ip link add " + LINK + " netns " + one.name + " type veth peer name " + LINK)
                .concat(" netns " + other.name)
                .split(" "));
    assumeTrue(refusal == null, () -> "needs veth interfaces of the kernel: " + refusal);
    one.ip("link", "set", LINK, "up");
    other.ip("link", "set", LINK, "up");
  }

  /** {@return its name} */
  public String name() {
    return name;
  }

  /** {@return the command that runs the rest of a command line inside} */
  public List<String> enter() {
    return List.of("ip", "netns", "exec", name);
  }

  /**
   * Adds an address to {@value #LINK}; usable at once, also if it is one of IPv6.
   *
   * @param address the address with its prefix, as in "10.0.0.1/24"
   */
  public void address(String address) throws Exception {
    List<String> command = new ArrayList<>(List.of("addr", "add", address, "dev", LINK));
    if (address.contains(":")) {
      command.add("nodad");
    }
    ip(command.toArray(String[]::new));
  }

  /**
   * Runs {@code ip} for this namespace.
   *
   * @param arguments such as "route", "add", "unreachable", "203.0.113.0/24"
   * @return what it wrote
   */
  public List<String> ip(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip", "-n", name));
    command.addAll(List.of(arguments));
    return ChildJvm.run(command, LIMIT);
  }

  /**
   * Runs a command inside and waits for its end.
   *
   * @param command the command
   * @return what it wrote
   */
  public List<String> exec(String... command) throws Exception {
    List<String> inside = new ArrayList<>(enter());
    inside.addAll(List.of(command));
    return ChildJvm.run(inside, LIMIT);
  }

  /**
   * Impairs what leaves through {@value #LINK}, in place of what impaired it before.
   *
   * @param impairments words of {@code tc qdisc … netem}, such as "delay 5ms 2ms loss 1%"
   * @return whether it is impaired now; not where the kernel has no {@code sch_netem}
   */
  public boolean netem(String impairments) throws Exception {
    ForeignProgram.assumeInstalled("tc", "iproute2");
    List<String> command = new ArrayList<>(List.of("tc", "-n", name));
    command.addAll(List.of("qdisc", "replace", "dev", LINK, "root", "netem"));
    command.addAll(List.of(impairments.split(" ")));
    String refusal = failure(command.toArray(String[]::new));
    if (refusal != null && !refusal.contains("qdisc kind is unknown")) {
      throw new AssertionError(refusal);
    }
    return refusal == null;
  }

  /** Removes it with all its interfaces. */
  @Override
  public void close() throws IOException {
    if (OPEN.remove(this)) {
      Process removing = new ProcessBuilder("ip", "netns", "del", name).inheritIO().start();
      if (removing.onExit().join().exitValue() != 0) {
        throw new IOException("cannot remove " + this);
      }
    }
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }

  /** What a command has complained of, or {@code null} if it succeeded. */
  private static @Nullable String failure(String... command) throws Exception {
    try {
      ChildJvm.run(List.of(command), LIMIT);
      return null;
    } catch (AssertionError failed) {
      return String.join(" ", command) + ": " + failed.getMessage();
    }
  }

  @Override
  public String toString() {
    return "network namespace " + name;
  }
}
