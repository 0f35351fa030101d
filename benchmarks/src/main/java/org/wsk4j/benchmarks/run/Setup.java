package org.wsk4j.benchmarks.run;

import java.nio.file.Path;
import java.util.List;

/**
 * How a run is set up.
 *
 * @param java the program that runs the servers in Java
 * @param serverOptions the options of their JVMs
 * @param programs the programs in C
 * @param pinning who runs on which cores
 * @param times how long
 * @param idleConnections how many connections the work "idle" opens
 * @param output where the reports and logs go
 */
record Setup(
    String java,
    List<String> serverOptions,
    NativePrograms programs,
    Pinning pinning,
    Times times,
    int idleConnections,
    Path output) {
  /**
   * How long a run measures.
   *
   * @param rounds how often each server is measured
   * @param seconds how long each time
   * @param warmSeconds how long the load runs before that; longer in the first round
   */
  record Times(int rounds, double seconds, double warmSeconds) {}
}
