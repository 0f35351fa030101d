package org.wsk4j.examples;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The tool {@code echo-server}. */
@Command(
    name = "echo-server",
    mixinStandardHelpOptions = true,
    description = "Sends back what it receives, until Ctrl-C or SIGTERM ends it.")
final class EchoServerCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      description = "Where to listen; 0 lets the system choose" + " (default: ${DEFAULT-VALUE}).")
  private int port = 7007;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description =
          "The local address to listen at;"
              + " '::' for all of IPv6 (default: ${DEFAULT-VALUE}, all of IPv4).")
  private InetAddress address = InetAddress.getByName("0.0.0.0");

  @Option(
      names = "--mode",
      description =
          "Serve by event callbacks or by posted requests:"
              + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private EchoServer.Mode mode = EchoServer.Mode.EVENTS;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      description =
          "At the end, how long to wait"
              + " for peers to end their connections (default: ${DEFAULT-VALUE}).")
  private int drainSeconds = 5;

  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  EchoServerCommand() throws java.net.UnknownHostException {}

  @Override
  public Integer call() throws ToolException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    WskProgram program = common.start();
    EchoServer server = EchoServer.of(mode, program);
    InetSocketAddress local;
    try {
      local = server.start(new InetSocketAddress(address, port));
    } catch (ToolException failed) {
      program.close();
      throw failed;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(program, server), "shutdown"));
    out.printf("Listening at %s, mode %s. Ctrl-C ends.%n", Advice.show(local), mode());
    out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  private String mode() {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Runs when the process is asked to end. A JVM that was ended by a signal would report the signal
   * as its exit code; an orderly end is 0, so this says so itself.
   */
  private void end(WskProgram program, EchoServer server) {
    PrintWriter out = spec.commandLine().getOut();
    boolean clean = false;
    try {
      out.printf("%nStopping: no new connections; %d to drain.%n", server.connections());
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
