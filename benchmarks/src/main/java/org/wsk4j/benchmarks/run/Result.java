package org.wsk4j.benchmarks.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was measured of one work: for each server its rounds. */
final class Result {
  private final Work work;
  private final Map<ServerKind, List<Map<Metric, Double>>> rounds = new LinkedHashMap<>();
  private final Map<ServerKind, String> failures = new LinkedHashMap<>();

  Result(Work work) {
    this.work = work;
  }

  Work work() {
    return work;
  }

  void add(ServerKind server, Map<Metric, Double> figures) {
    rounds.computeIfAbsent(server, none -> new ArrayList<>()).add(figures);
  }

  /** What was measured of it does not count: rounds would no longer be pairs. */
  void failed(ServerKind server, String why) {
    rounds.remove(server);
    failures.put(server, why);
  }

  /** {@return the rounds of each server; the n-th of one and of another belong together} */
  Map<ServerKind, List<Map<Metric, Double>>> rounds() {
    return rounds;
  }

  Map<ServerKind, String> failures() {
    return failures;
  }
}
