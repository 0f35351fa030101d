package org.wsk4j.benchmarks.server;

/** A server that listens at 127.0.0.1 until its process ends. */
@FunctionalInterface
interface BenchmarkServer {
  /**
   * Begins to listen.
   *
   * @param work what to do with what arrives
   * @param loops how many event loops serve
   * @return the port
   */
  int start(ServerWork work, int loops) throws Exception;
}
