package org.wsk4j.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.wsk4j.benchmarks.server.ServerWork;

/**
 * What is measured: what the servers do, and what the load generator asks of them. An operation is
 * a PING, a round trip, a datagram, a connection, and for "echo" a block of 64 KiB.
 *
 * @param name how it is called on the command line and in the reports
 * @param serverWork what the servers do
 * @param load the generator and its arguments behind warm-up and duration
 * @param loops how many event loops serve
 */
record Work(String name, ServerWork serverWork, List<String> load, int loops) {
  private static final int CONNECTIONS = 50;
  private static final int BLOCK = 64 * 1024;
  private static final int WINDOW = 256 * 1024;

  /** The generators that are not of the kind that counts operations for some time. */
  static final String IDLE = "idle";

  static final String REDIS = "redis-benchmark";

  /** {@return all there are, in the order in which they are run} */
  static List<Work> all() {
    List<Work> all = new ArrayList<>();
    for (int pipeline : new int[] {1, 16, 64}) {
      all.add(ping("ping-" + pipeline, ServerWork.PING, pipeline, 1));
    }
    for (int pipeline : new int[] {1, 16, 64}) {
      all.add(ping("ping-each-" + pipeline, ServerWork.PING_EACH, pipeline, 1));
    }
    for (int pipeline : new int[] {1, 16, 64}) {
      all.add(ping("ping-posted-" + pipeline, ServerWork.PING_POSTED, pipeline, 1));
    }
    for (int pipeline : new int[] {1, 16, 64}) {
      all.add(of("redis-" + pipeline, ServerWork.PING, REDIS, CONNECTIONS, pipeline));
    }
    all.add(of("echo-1", ServerWork.ECHO, "echo", 1, BLOCK, WINDOW));
    all.add(of("echo-4", ServerWork.ECHO, "echo", 4, BLOCK, WINDOW));
    all.add(of("rtt", ServerWork.ECHO, "rtt", 64));
    all.add(of("udp-64", ServerWork.UDP, "udp", 64, 128));
    all.add(of("udp-1200", ServerWork.UDP, "udp", 1200, 128));
    all.add(of("accept", ServerWork.ECHO, "accept", 32));
    all.add(of(IDLE, ServerWork.ECHO, IDLE));
    all.add(ping("cross", ServerWork.PING_CROSS, 16, 1));
    all.add(ping("loops-1", ServerWork.PING, 16, 1));
    all.add(ping("loops-2", ServerWork.PING, 16, 2));
    return List.copyOf(all);
  }

  private static Work ping(String name, ServerWork serverWork, int pipeline, int loops) {
    return new Work(name, serverWork, List.of("ping", text(CONNECTIONS), text(pipeline)), loops);
  }

  private static Work of(String name, ServerWork serverWork, String generator, int... arguments) {
    List<String> load = new ArrayList<>(List.of(generator));
    for (int argument : arguments) {
      load.add(text(argument));
    }
    return new Work(name, serverWork, List.copyOf(load), 1);
  }

  private static String text(int number) {
    return Integer.toString(number);
  }

  String generator() {
    return load.get(0);
  }

  /** Loops can only be compared where each may have a core. */
  boolean isPinned() {
    return !name.startsWith("loops");
  }

  /** Whether a name of the command line means this one: the name itself, or how it begins. */
  boolean isMeantBy(String wanted) {
    String plain = wanted.toLowerCase(Locale.ROOT);
    return name.equals(plain) || name.matches(Pattern.quote(plain) + "-[0-9]+");
  }
}
