package org.wsk4j.provider.testing;

import java.net.StandardProtocolFamily;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.Transports;
import org.wsk4j.provider.transport.WskEventLoopGroup;

/**
 * The transports that tests run on: all that are available. System properties, each a list of names
 * with commas, change that:
 *
 * <ul>
 *   <li>{@value #ONLY}: tests run on these alone
 *   <li>{@value #EXCLUDED}: tests do not run on these, and nobody minds that they are missing
 *   <li>{@value #REQUIRED}: a test fails if one of these is not available
 * </ul>
 */
public final class TransportMatrix {
  /** Restricts the tests to these. */
  public static final String ONLY = "wsk4j.test.transports";

  /** Leaves these out. */
  public static final String EXCLUDED = "wsk4j.test.excludeTransports";

  /** These must be available. */
  public static final String REQUIRED = "wsk4j.test.requireTransports";

  static final List<String> PROPERTIES = List.of(ONLY, EXCLUDED, REQUIRED);

  private static final int LOOPS = 2;

  private static final Map<Transport, WskEventLoopGroup> LOOPS_OF = new ConcurrentHashMap<>();

  private TransportMatrix() {}

  /** {@return the transports to test} */
  public static List<Transport> transports() {
    Set<String> only = names(ONLY);
    Set<String> excluded = names(EXCLUDED);
    return Transports.available().stream()
        .filter(transport -> only.isEmpty() || only.contains(transport.name()))
        .filter(transport -> !excluded.contains(transport.name()))
        .toList();
  }

  /** {@return each transport with each family} */
  public static Stream<Arguments> transportsAndFamilies() {
    return transports().stream()
        .flatMap(
            transport ->
                Stream.of(StandardProtocolFamily.INET, StandardProtocolFamily.INET6)
                    .map(family -> Arguments.of(transport, family)));
  }

  /** {@return the names of the transports that must be there} */
  public static Set<String> required() {
    Set<String> required = names(REQUIRED);
    if (required.isEmpty() && System.getProperty("os.name").equals("Linux")) {
      required.add("epoll");
      required.removeAll(names(EXCLUDED));
    }
    return required;
  }

  /**
   * Gives event loops that all tests of this JVM share. They are never shut down.
   *
   * @param transport their transport
   * @return the loops
   */
  public static WskEventLoopGroup loops(Transport transport) {
    return LOOPS_OF.computeIfAbsent(transport, TransportMatrix::start);
  }

  /** The threads get names of their own, so that those of other loops show as left behind. */
  private static WskEventLoopGroup start(Transport transport) {
    WskEventLoopGroup loops = new WskEventLoopGroup(transport, LOOPS);
    for (int i = 1; i <= LOOPS; i++) {
      String name = SharedLoops.THREADS + transport.name() + "-" + i;
      loops.next().submit(() -> Thread.currentThread().setName(name)).syncUninterruptibly();
    }
    return loops;
  }

  private static Set<String> names(String property) {
    Set<String> known = Transports.all().stream().map(Transport::name).collect(Collectors.toSet());
    Set<String> names = new TreeSet<>();
    Arrays.stream(System.getProperty(property, "").split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    if (!known.containsAll(names)) {
      throw new IllegalArgumentException(
          property + "=" + names + " names a transport that is not one of " + known);
    }
    return names;
  }
}
