package org.wsk4j.examples;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The tool {@code echo-server}. */
@Command(
    name = "echo-server",
    description = "Sends back what it receives, until Ctrl-C or SIGTERM ends it.")
final class EchoServerCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      description = "Where to listen; 0 lets the system choose (default: ${DEFAULT-VALUE}).")
  private int port = 7007;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "The local address to listen at; :: for all of IPv6 (default: all of IPv4).")
  private String address = "0.0.0.0";

  @Option(
      names = "--mode",
      description = "Serve by ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private EchoServer.Mode mode = EchoServer.Mode.EVENTS;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      description = "At the end, how long peers have to end too (default: ${DEFAULT-VALUE}).")
  private int drainSeconds = 5;

  @ArgGroup(exclusive = false)
  private @Nullable TlsOptions tls;

  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ToolException, InterruptedException {
    if (port < 0 || port > 65_535 || drainSeconds < 0) {
      throw new ParameterException(
          spec.commandLine(), "--port takes 0 to 65535, --drain 0 or more seconds");
    }
    InetSocketAddress where = HostPort.listenAddress(address, port);
    TlsSettings settings = tls != null ? tls.read() : null;
    WskProgram program = common.start();
    EchoServer server = EchoServer.of(mode, program, settings);
    InetSocketAddress local;
    try {
      local = server.start(where);
    } catch (ToolException failed) {
      program.close();
      throw failed;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(program, server), "shutdown"));
    PrintWriter out = spec.commandLine().getOut();
    String how = settings != null ? "TLS, mode" : "mode";
    out.printf("Listening at %s, %s %s. Ctrl-C ends.%n", Advice.show(local), how, mode);
    out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  /**
   * Runs when the process is asked to end. A JVM that was ended by a signal would report the signal
   * as its exit code; an orderly end is 0, so this says so itself.
   */
  private void end(WskProgram program, EchoServer server) {
    PrintWriter out = spec.commandLine().getOut();
    boolean clean = false;
    try {
      out.printf("%nStopping: no new connections; %d to drain.%n", server.snapshot().size());
      out.flush();
      EchoServer.Report report = server.stop(Duration.ofSeconds(drainSeconds));
      clean = report.isClean();
      if (clean) {
        program.close();
      }
      print(out, report);
    } catch (InterruptedException interrupted) {
      out.println("Interrupted while stopping.");
    } finally {
      out.flush();
      Runtime.getRuntime().halt(clean ? 0 : 1);
    }
  }

  /** Says what was done and what is left. */
  static void print(PrintWriter out, EchoServer.Report report) {
    out.printf("Connections served: %d. Bytes echoed: %d.%n", report.served(), report.echoed());
    if (report.brokenOff() > 0) {
      out.printf("Connections broken off at the deadline: %d.%n", report.brokenOff());
    }
    out.printf(
        "Sockets open: %d. IRPs in flight: %d.%s%n",
        report.sockets(),
        report.requests(),
        report.isClean() ? " Deregistered: nothing is outstanding." : "");
  }
}
