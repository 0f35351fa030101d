package org.wsk4j.examples;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The tool {@code ping}. */
@Command(
    name = "ping",
    description = {
      "Asks a host whether it is there, by ICMP or ICMPv6, and tells how long the answer took.",
      "Exit code 0: it has answered; 1: it has not. Needs root, or the capability CAP_NET_RAW."
    })
final class PingCommand implements Callable<Integer> {
  private static final int MOST_DATA = 65_000;

  @Parameters(paramLabel = "ADDRESS", description = "The host: an address or a name.")
  private String host = "";

  @Option(names = "--count", description = "How many requests to send (default: ${DEFAULT-VALUE}).")
  private int count = 4;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "How much data a request has, at least 8 (default: ${DEFAULT-VALUE}).")
  private int size = 56;

  @Option(
      names = "--interval",
      paramLabel = "MILLISECONDS",
      description = "How long to wait between requests (default: ${DEFAULT-VALUE}).")
  private long interval = 1000;

  @Option(
      names = "--timeout",
      paramLabel = "MILLISECONDS",
      description = "How long to wait for a reply (default: ${DEFAULT-VALUE}).")
  private long timeout = 1000;

  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ToolException, InterruptedException {
    boolean sizeFits = size >= Long.BYTES && size <= MOST_DATA;
    if (count < 1 || !sizeFits || interval < 0 || timeout < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--count takes 1 or more, --size 8 to 65000, --interval 0 or more, --timeout 1 or more");
    }
    InetAddress peer = HostPort.listenAddress(host, 0).getAddress();
    try (WskProgram program = common.start()) {
      Ping ping = new Ping(program, peer, ThreadLocalRandom.current().nextInt(1 << 16));
      try {
        return run(ping, peer);
      } finally {
        ping.close();
      }
    }
  }

  private int run(Ping ping, InetAddress peer) throws ToolException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Ping.Summary summary =
        ping.run(new Ping.Plan(count, size, interval, timeout), reply -> print(out, peer, reply));
    print(out, summary);
    return summary.received() > 0 ? 0 : 1;
  }

  private void print(PrintWriter out, InetAddress peer, Ping.@Nullable Reply reply) {
    if (reply == null) {
      out.printf("%s: no reply within %d ms%n", peer.getHostAddress(), timeout);
    } else {
      out.printf(
          Locale.ROOT,
          "%s: %d bytes, reply %d after %.3f ms%n",
          peer.getHostAddress(),
          reply.bytes(),
          reply.request().sequence(),
          reply.millis());
    }
    out.flush();
  }

  private static void print(PrintWriter out, Ping.Summary summary) {
    out.printf("%d sent, %d received", summary.sent(), summary.received());
    if (summary.received() > 0) {
      out.printf(
          Locale.ROOT,
          "; %.3f / %.3f / %.3f ms (least / mean / most)",
          summary.least(),
          summary.sum() / summary.received(),
          summary.most());
    }
    out.println();
    out.flush();
  }
}
