package org.wsk4j.benchmarks.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the benchmarks. */
@Command(
    name = "wsk4j bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs servers side by side in interleaved rounds, and compares them with Netty and with C.")
public final class BenchCommand implements Callable<Integer> {
  static final List<String> SERVER_OPTIONS =
      List.of(
          "-Xms256m",
          "-Xmx256m",
          "-Xmn128m",
          "-XX:+UseParallelGC",
          "-XX:-UseAdaptiveSizePolicy",
          "-Dio.netty.leakDetection.level=disabled",
          "--enable-native-access=ALL-UNNAMED");
  private static final int NEW_MEMORY_ACCESS = 24;

  @Option(
      names = "--works",
      split = ",",
      paramLabel = "WORK",
      description =
          "What to measure, by name or by how the name begins (default: all): see --list.")
  private List<String> works = List.of();

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "SERVER",
      description = "Which servers, by name or family (default: all): see --list.")
  private List<String> servers = List.of();

  @Option(
      names = "--transports",
      split = ",",
      paramLabel = "TRANSPORT",
      description = "The transports of wsk4j and Netty (default: io_uring,epoll,nio).")
  private List<String> transports = List.of("io_uring", "epoll", "nio");

  @Option(names = "--rounds", description = "How often (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(
      names = "--seconds",
      description = "How long each server is measured in a round (default: ${DEFAULT-VALUE}).")
  private double seconds = 2;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Load before that, 4 times as long in round 1 (default: ${DEFAULT-VALUE}).")
  private double warmSeconds = 0.5;

  @Option(
      names = "--idle-connections",
      paramLabel = "COUNT",
      description = "The connections of the work idle (default: ${DEFAULT-VALUE}).")
  private int idleConnections = 5000;

  @Option(
      names = "--output",
      paramLabel = "DIRECTORY",
      description = "Where figures, charts and logs go (default: ${DEFAULT-VALUE}).")
  private Path output = Path.of("benchmarks", "target", "bench");

  @Option(
      names = "--server-cores",
      description = "The cores of the servers, as taskset takes them (default: 0).")
  private String serverCores = "";

  @Option(names = "--load-cores", description = "Those of the load generator (default: 1).")
  private String loadCores = "";

  @Option(
      names = "--java",
      paramLabel = "PROGRAM",
      description = "The java that runs the servers (default: the one that runs this).")
  private String java = ProcessHandle.current().info().command().orElse("java");

  @Option(names = "--quick", description = "One short round of everything: does it work at all?")
  private boolean quick;

  @Option(names = "--list", description = "Names works and servers, and ends.")
  private boolean list;

  @Spec private @Nullable CommandSpec spec;

  private BenchCommand() {}

  /**
   * Runs the benchmarks and ends the process.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new BenchCommand())
        .setExecutionExceptionHandler(
            (failure, command, arguments) -> {
              if (failure instanceof BenchException) {
                command.getErr().println("wsk4j bench: " + failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
              }
              throw failure;
            });
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandLine line = commandSpec().commandLine();
    List<ServerKind> chosen =
        choose(ServerKind.all(transports), servers, ServerKind::isMeantBy, ServerKind::name);
    List<Work> wanted = choose(Work.all(), works, Work::isMeantBy, Work::name);
    PrintWriter out = line.getOut();
    if (list) {
      out.println("works: " + String.join(" ", wanted.stream().map(Work::name).toList()));
      out.println("servers: " + String.join(" ", chosen.stream().map(ServerKind::name).toList()));
      out.flush();
      return CommandLine.ExitCode.OK;
    }
    List<Result> results = run(setup(), withoutMissing(wanted, out), chosen, out);
    boolean complete = results.stream().noneMatch(result -> result.rounds().isEmpty());
    return complete ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private List<Result> run(Setup setup, List<Work> wanted, List<ServerKind> chosen, PrintWriter out)
      throws IOException, InterruptedException {
    Machine.describe().forEach((name, value) -> out.printf("%s: %s%n", name, value));
    out.printf("pinning: %s%n", setup.pinning());
    Rounds measuring = new Rounds(setup, commandSpec().commandLine().getErr());
    Charts charts = new Charts(output.resolve("charts"));
    List<Result> results = new ArrayList<>();
    for (Work work : wanted) {
      Result result = measuring.run(work, chosen);
      results.add(result);
      TextReport.print(result, out);
      charts.draw(result);
      new JsonReport()
          .write(
              output.resolve("figures.json"),
              commandSpec().commandLine().getParseResult().originalArgs(),
              setup,
              results);
    }
    out.printf("%nFigures: %s%n", output.resolve("figures.json"));
    out.flush();
    return results;
  }

  private Setup setup() throws IOException, InterruptedException {
    if (rounds < 1 || seconds <= 0 || warmSeconds < 0 || idleConnections < 1) {
      throw new ParameterException(commandSpec().commandLine(), "counts and times are above 0");
    }
    Files.createDirectories(output);
    return new Setup(
        java,
        serverOptions(),
        NativePrograms.compile(output.resolve("native")),
        Pinning.find(serverCores, loadCores),
        quick ? new Setup.Times(1, 0.1, 0.1) : new Setup.Times(rounds, seconds, warmSeconds),
        quick ? 100 : idleConnections,
        output);
  }

  private List<String> serverOptions() throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(SERVER_OPTIONS);
    if (JavaVersion.of(java) >= NEW_MEMORY_ACCESS) {
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    return options;
  }

  private static List<Work> withoutMissing(List<Work> wanted, PrintWriter out)
      throws InterruptedException {
    if (RedisLoad.isInstalled()) {
      return wanted;
    }
    List<Work> left = wanted.stream().filter(work -> !work.generator().equals(Work.REDIS)).toList();
    if (left.size() < wanted.size()) {
      out.println("redis-benchmark is not installed: its works are left out.");
    }
    return left;
  }

  private <T> List<T> choose(
      List<T> all, List<String> names, BiPredicate<T, String> isMeant, Function<T, String> name) {
    for (String each : names) {
      if (all.stream().noneMatch(one -> isMeant.test(one, each))) {
        throw new ParameterException(
            commandSpec().commandLine(),
            "There is no "
                + each
                + ". There are: "
                + String.join(", ", all.stream().map(name).toList()));
      }
    }
    return all.stream()
        .filter(one -> names.isEmpty() || names.stream().anyMatch(each -> isMeant.test(one, each)))
        .toList();
  }

  private CommandSpec commandSpec() {
    CommandSpec own = spec;
    if (own == null) {
      throw new IllegalStateException("not run by a command line");
    }
    return own;
  }
}
