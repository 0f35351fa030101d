package org.wsk4j.examples;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.wsk4j.nt.NtStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The tool {@code connection-storm}. */
@Command(
    name = "connection-storm",
    description = {
      "Opens many connections at once, sends a line on each, reads it back and closes all.",
      "Exits with 0 only if every connection did all of it."
    })
final class ConnectionStormCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "HOST:PORT",
      description = "The echo server, such as localhost:7007 or [::1]:7007.",
      converter = HostPort.Converter.class)
  private HostPort target = new HostPort("localhost", 7007);

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "How many connections to open (default: ${DEFAULT-VALUE}).")
  private int connections = 1000;

  @Option(
      names = "--parallel",
      paramLabel = "N|all",
      converter = Parallel.class,
      description = "How many are open at the same time (default: all).")
  private int parallel = Integer.MAX_VALUE;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long each step may take (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds = 30;

  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  /** Reads a number, or {@code all}. */
  static final class Parallel implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.equalsIgnoreCase("all")) {
        return Integer.MAX_VALUE;
      }
      if (!text.matches("[1-9]\\d{0,8}")) {
        throw new TypeConversionException("'" + text + "' is neither a number nor 'all'");
      }
      return Integer.valueOf(text);
    }
  }

  @Override
  public Integer call() throws ToolException, InterruptedException {
    if (connections < 1 || timeoutSeconds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--connections and --timeout take numbers from 1");
    }
    ConnectionStorm.Result result;
    try (WskProgram program = common.start()) {
      ConnectionStorm storm =
          new ConnectionStorm(program, target.resolve().get(0), Duration.ofSeconds(timeoutSeconds));
      result = storm.run(connections, parallel);
    }
    print(spec.commandLine().getOut(), result);
    return result.succeeded() == connections ? 0 : 1;
  }

  private static void print(PrintWriter out, ConnectionStorm.Result result) {
    out.printf(
        Locale.ROOT,
        "%d of %d connections succeeded in %.3f s; at most %d were open at the same time%n",
        result.succeeded(),
        result.connections(),
        result.seconds(),
        result.mostOpen());
    print(out, "connect", result.connect());
    print(out, "echo of a line", result.echo());
    for (var failure : result.failures().entrySet()) {
      out.printf("failed: %d times %s%n", failure.getValue(), failure.getKey());
      if (failure.getKey().contains(NtStatus.TOO_MANY_OPENED_FILES.name())) {
        out.println("  raise the limit of open files (ulimit -n), here and for the server");
      }
    }
  }

  private static void print(PrintWriter out, String step, ConnectionStorm.Times times) {
    if (times.nanos().isEmpty()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "%s: median %.2f ms, 99%% within %.2f ms, longest %.2f ms%n",
        step,
        times.atQuantile(0.5),
        times.atQuantile(0.99),
        times.atQuantile(1));
  }
}
