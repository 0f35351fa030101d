package org.wsk4j.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Drives one server for one round with the generator in C, which also takes the server's CPU time
 * at the moments at which it begins and ends to count.
 */
final class Load {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int MOST_SECONDS = 60;
  private static final int DIGITS = 3;
  private static final int FIRST_CONNECTIONS = 100;

  private final Work work;
  private final Setup setup;

  Load(Work work, Setup setup) {
    this.work = work;
    this.setup = setup;
  }

  /**
   * Measures a server once.
   *
   * @param server the server, which listens
   * @param warmSeconds how long to load it before it counts
   * @return what was measured
   * @throws IOException if the server or the generator breaks off
   */
  Map<Metric, Double> measure(ServerProcess server, double warmSeconds)
      throws IOException, InterruptedException {
    return switch (work.generator()) {
      case Work.IDLE -> idle(server);
      case Work.REDIS -> RedisLoad.measure(work, setup, server);
      default -> counted(server, warmSeconds);
    };
  }

  private Map<Metric, Double> counted(ServerProcess server, double warmSeconds)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(Double.toString(warmSeconds));
    arguments.add(Double.toString(setup.times().seconds()));
    arguments.addAll(work.load().subList(1, work.load().size()));
    long before = server.allocated();
    Process generator = start(server, arguments);
    try (BufferedReader lines = generator.inputReader(StandardCharsets.US_ASCII)) {
      String[] end = line(lines);
      long allocated = server.allocated() - before;
      Map<Metric, Double> figures = figures(end, lines, generator);
      if (server.kind().isJava()) {
        figures.put(Metric.ALLOCATED, allocated / Double.parseDouble(end[5]));
      }
      return figures;
    } finally {
      end(generator);
    }
  }

  private Map<Metric, Double> figures(String[] end, BufferedReader lines, Process generator)
      throws IOException {
    double operations = Double.parseDouble(end[1]);
    check(end);
    Map<Metric, Double> figures = new LinkedHashMap<>();
    figures.put(Metric.RATE, operations * NANOS_PER_SECOND / Double.parseDouble(end[2]));
    figures.put(Metric.CPU, Double.parseDouble(end[3]) / operations / NANOS_PER_MICRO);
    if (work.generator().equals("rtt")) {
      generator.outputWriter().close();
      addRoundTrips(figures, lines);
    }
    return figures;
  }

  /** Lost datagrams show in the throughput; everything else has to be right. */
  private void check(String[] end) throws IOException {
    if (Double.parseDouble(end[1]) <= 0) {
      throw new IOException("nothing was answered");
    }
    if (!end[4].equals("0") && !work.generator().equals("udp")) {
      throw new IOException(end[4] + " answers were wrong or missing");
    }
  }

  private static void addRoundTrips(Map<Metric, Double> figures, BufferedReader lines)
      throws IOException {
    Histogram times = new Histogram(DIGITS);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      times.recordValue(Long.parseLong(line));
    }
    figures.put(Metric.P50, times.getValueAtPercentile(50) / NANOS_PER_MICRO);
    figures.put(Metric.P99, times.getValueAtPercentile(99) / NANOS_PER_MICRO);
    figures.put(Metric.P999, times.getValueAtPercentile(99.9) / NANOS_PER_MICRO);
  }

  /** What a connection costs that has echoed one byte and is silent then. */
  private Map<Metric, Double> idle(ServerProcess server) throws IOException, InterruptedException {
    int connections = setup.idleConnections();
    end(start(server, List.of(Integer.toString(FIRST_CONNECTIONS)))); // what is loaded once
    ServerProcess.Memory before = server.memory();
    Process generator = start(server, List.of(Integer.toString(connections)));
    try (BufferedReader lines = generator.inputReader(StandardCharsets.US_ASCII)) {
      check(line(lines));
      ServerProcess.Memory with = server.memory();
      Map<Metric, Double> figures = new LinkedHashMap<>();
      if (server.kind().isJava()) {
        figures.put(Metric.HEAP, (with.heap() - before.heap()) / (double) connections);
        figures.put(Metric.DIRECT, (with.direct() - before.direct()) / (double) connections);
      }
      figures.put(Metric.RESIDENT, (with.resident() - before.resident()) / (double) connections);
      return figures;
    } finally {
      end(generator);
    }
  }

  private Process start(ServerProcess server, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(setup.programs().load().toString());
    command.addAll(
        List.of(
            work.generator(), Integer.toString(server.port()), Long.toString(server.processId())));
    command.addAll(arguments);
    return new ProcessBuilder(setup.pinning().loadCommand(command, work))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private String[] line(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    if (line == null || !line.startsWith("end ")) {
      throw new IOException(
          String.format(Locale.ROOT, "the load %s broke off: %s", work.name(), line));
    }
    return line.split(" ");
  }

  private static void end(Process generator) throws IOException, InterruptedException {
    generator.outputWriter().close();
    if (!generator.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      generator.destroyForcibly();
    }
  }
}
