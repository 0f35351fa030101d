package org.wsk4j.benchmarks.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which cores servers and generators run on, where the system has {@code taskset} and more than one
 * core.
 *
 * @param server the cores of the servers, as taskset wants them
 * @param load the cores of the generator
 * @param possible whether there is anything to choose
 */
record Pinning(String server, String load, boolean possible) {
  /**
   * Looks what there is.
   *
   * @param server the cores that a person has chosen for the servers, or an empty string
   * @param load the cores that a person has chosen for the generator, or an empty string
   */
  static Pinning find(String server, String load) throws InterruptedException {
    boolean possible = Runtime.getRuntime().availableProcessors() > 1 && hasTaskset();
    return new Pinning(server.isEmpty() ? "0" : server, load.isEmpty() ? "1" : load, possible);
  }

  private static boolean hasTaskset() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("taskset", "-p", Long.toString(ProcessHandle.current().pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  List<String> serverCommand(List<String> command, Work work) {
    return pinned(command, server, work);
  }

  List<String> loadCommand(List<String> command, Work work) {
    return pinned(command, load, work);
  }

  private List<String> pinned(List<String> command, String cores, Work work) {
    if (!possible || !work.isPinned()) {
      return command;
    }
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cores));
    pinned.addAll(command);
    return pinned;
  }

  /** {@return a sentence} */
  @Override
  public String toString() {
    return possible
        ? String.format(Locale.ROOT, "servers on core %s, generator on core %s", server, load)
        : "no cores chosen";
  }
}
