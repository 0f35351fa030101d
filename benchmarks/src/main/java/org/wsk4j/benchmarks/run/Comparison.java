package org.wsk4j.benchmarks.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One server in one work and one metric: its figures, and the ratios to those that it is compared
 * with, each taken within a round.
 *
 * @param server which
 * @param metric what was measured
 * @param figures the figures of its rounds
 * @param toNetty ratios to Netty with the same transport, or {@code null} if there is none
 * @param toC ratios to C, or {@code null} if there is none
 */
record Comparison(
    ServerKind server,
    Metric metric,
    Spread figures,
    @Nullable Spread toNetty,
    @Nullable Spread toC) {
  /** {@return all comparisons of a work, metric by metric} */
  static List<Comparison> of(Result result) {
    Set<Metric> metrics = new LinkedHashSet<>();
    result.rounds().values().forEach(rounds -> metrics.addAll(rounds.get(0).keySet()));
    List<Comparison> all = new ArrayList<>();
    for (Metric metric : metrics) {
      result.rounds().forEach((server, rounds) -> add(all, result, server, metric));
    }
    return all;
  }

  private static void add(List<Comparison> all, Result result, ServerKind server, Metric metric) {
    List<Double> own = figures(result, server.name(), metric);
    if (own.isEmpty()) {
      return;
    }
    all.add(
        new Comparison(
            server,
            metric,
            Spread.of(own),
            ratios(own, figures(result, server.plainNetty(), metric)),
            ratios(own, figures(result, ServerKind.C, metric))));
  }

  private static List<Double> figures(Result result, String server, Metric metric) {
    for (Map.Entry<ServerKind, List<Map<Metric, Double>>> each : result.rounds().entrySet()) {
      if (each.getKey().name().equals(server)
          && each.getValue().stream().allMatch(round -> round.containsKey(metric))) {
        return each.getValue().stream().map(round -> round.get(metric)).toList();
      }
    }
    return List.of();
  }

  /** A figure that is not above 0 is nobody's measure. */
  private static @Nullable Spread ratios(List<Double> own, List<Double> base) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < Math.min(own.size(), base.size()); round++) {
      if (base.get(round) > 0) {
        ratios.add(own.get(round) / base.get(round));
      }
    }
    return ratios.isEmpty() ? null : Spread.of(ratios);
  }
}
