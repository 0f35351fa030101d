package org.wsk4j.benchmarks.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes all figures of a run, each round by itself, with the ratios and where it was made. */
final class JsonReport {
  private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Writes a run.
   *
   * @param file where to
   * @param command the arguments of the run
   * @param setup how it was set up
   * @param results what was measured
   */
  void write(Path file, List<String> command, Setup setup, List<Result> results)
      throws IOException {
    ObjectNode root = mapper.createObjectNode();
    root.put("date", Instant.now().toString());
    root.set("command", mapper.valueToTree(command));
    root.set("machine", mapper.valueToTree(Machine.describe()));
    root.put("java", setup.java());
    root.put("pinning", setup.pinning().toString());
    root.put("rounds", setup.times().rounds());
    root.put("secondsPerRound", setup.times().seconds());
    ArrayNode works = root.putArray("works");
    results.forEach(result -> works.add(work(result)));
    mapper.writeValue(file.toFile(), root);
  }

  private ObjectNode work(Result result) {
    ObjectNode work = mapper.createObjectNode();
    work.put("name", result.work().name());
    ArrayNode figures = work.putArray("figures");
    for (Comparison each : Comparison.of(result)) {
      figures.add(figure(result, each));
    }
    ObjectNode failures = work.putObject("failures");
    result.failures().forEach((server, why) -> failures.put(server.name(), why));
    return work;
  }

  private ObjectNode figure(Result result, Comparison comparison) {
    ObjectNode figure = mapper.createObjectNode();
    figure.put("server", comparison.server().name());
    figure.put("metric", comparison.metric().name());
    figure.put("unit", comparison.metric().unit());
    put(figure, "figures", comparison.figures());
    put(figure, "toNetty", comparison.toNetty());
    put(figure, "toC", comparison.toC());
    ArrayNode rounds = figure.putArray("rounds");
    for (Map<Metric, Double> round : result.rounds().get(comparison.server())) {
      rounds.add(round.get(comparison.metric()));
    }
    return figure;
  }

  private static void put(ObjectNode target, String name, @Nullable Spread spread) {
    if (spread != null) {
      target
          .putObject(name)
          .put("median", spread.median())
          .put("min", spread.min())
          .put("max", spread.max());
    }
  }
}
