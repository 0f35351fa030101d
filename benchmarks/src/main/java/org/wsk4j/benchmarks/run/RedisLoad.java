package org.wsk4j.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The generator of another project: {@code redis-benchmark}, where it is installed. It is given a
 * count of requests rather than a time; with one thread it is often busier than the server, so it
 * is the server's CPU time that tells.
 */
final class RedisLoad {
  private static final Pattern RESULT = Pattern.compile("\"PING_MBULK\",\"([0-9.]+)\".*");
  private static final double NANOS_PER_MICRO = 1e3;

  /** How many requests fit a second, at most, for each request in a pipeline. */
  private static final double PER_SECOND = 80_000;

  private RedisLoad() {}

  /** {@return whether it can be started} */
  static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("redis-benchmark", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  static Map<Metric, Double> measure(Work work, Setup setup, ServerProcess server)
      throws IOException, InterruptedException {
    String connections = work.load().get(1);
    String pipeline = work.load().get(2);
    long requests =
        (long) (setup.times().seconds() * PER_SECOND * Math.min(Integer.parseInt(pipeline), 40));
    List<String> command =
        List.of(
            "redis-benchmark",
            "-p",
            Integer.toString(server.port()),
            "-c",
            connections,
            "-P",
            pipeline,
            "-n",
            Long.toString(requests),
            "-t",
            "ping_mbulk",
            "--csv");
    long before = server.cpuNanos();
    Process process =
        new ProcessBuilder(setup.pinning().loadCommand(command, work))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    double rate = rate(process);
    double cpu = server.cpuNanos() - before;
    process.waitFor();
    Map<Metric, Double> figures = new LinkedHashMap<>();
    figures.put(Metric.RATE, rate);
    figures.put(Metric.CPU, cpu / requests / NANOS_PER_MICRO);
    return figures;
  }

  private static double rate(Process process) throws IOException {
    try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher result = RESULT.matcher(line);
        if (result.matches()) {
          return Double.parseDouble(result.group(1));
        }
      }
    }
    throw new IOException("redis-benchmark gave no result");
  }
}
