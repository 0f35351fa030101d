package org.wsk4j.examples;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the tools that serve datagrams have in common: where they serve, and how they end. */
abstract class DatagramServerCommand implements Callable<Integer> {
  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "The local address to serve at; 0.0.0.0 for all of IPv4 (default: this host).")
  private String address = "127.0.0.1";

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      description = "At the end, how long work under way may take (default: ${DEFAULT-VALUE}).")
  private int drainSeconds = 5;

  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  /** {@return where to serve, as the option says} */
  abstract int port();

  /** {@return a server that does not serve yet} */
  abstract DatagramServer make(WskProgram program) throws ToolException;

  /** Refuses arguments. */
  final ParameterException refuse(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  @Override
  public final Integer call() throws ToolException, InterruptedException {
    if (port() < 0 || port() > 65_535 || drainSeconds < 0) {
      throw refuse("--port takes 0 to 65535, --drain 0 or more seconds");
    }
    InetSocketAddress where = HostPort.listenAddress(address, port());
    WskProgram program = common.start();
    DatagramServer server;
    InetSocketAddress local;
    try {
      server = make(program);
      local = server.start(where);
    } catch (ToolException failed) {
      program.close();
      throw failed;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(program, server), "shutdown"));
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Serving at %s. Ctrl-C ends.%n", Advice.show(local));
    out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  /**
   * Runs when the process is asked to end. A JVM that was ended by a signal would report the signal
   * as its exit code; an orderly end is 0, so this says so itself.
   */
  private void end(WskProgram program, DatagramServer server) {
    PrintWriter out = spec.commandLine().getOut();
    boolean clean = false;
    try {
      out.printf("%nStopping.%n");
      out.flush();
      DatagramServer.Report report = server.stop(Duration.ofSeconds(drainSeconds));
      clean = report.isClean();
      if (clean) {
        program.close();
      }
      print(out, report, server.summary());
    } catch (InterruptedException interrupted) {
      out.println("Interrupted while stopping.");
    } finally {
      out.flush();
      Runtime.getRuntime().halt(clean ? 0 : 1);
    }
  }

  /** Says what was done and what is left. */
  private static void print(PrintWriter out, DatagramServer.Report report, String summary) {
    out.printf(
        "Datagrams received: %d, sent: %d, dropped: %d.%n",
        report.received(), report.sent(), report.dropped());
    if (!summary.isEmpty()) {
      out.println(summary);
    }
    out.printf(
        "Sockets open: %d. IRPs in flight: %d.%s%n",
        report.sockets(),
        report.requests(),
        report.isClean() ? " Deregistered: nothing is outstanding." : "");
  }
}
