package org.wsk4j.examples;

import java.security.SecureRandom;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The tool {@code dns-forwarder}. */
@Command(
    name = "dns-forwarder",
    description =
        "Passes DNS queries that come by UDP on to a server, and its answers back, until Ctrl-C or"
            + " SIGTERM ends it.")
final class DnsForwarderCommand extends DatagramServerCommand {
  @Option(
      names = "--port",
      description = "Where to serve; 0 lets the system choose (default: ${DEFAULT-VALUE}).")
  private int port = 5300;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      required = true,
      converter = HostPort.Converter.class,
      description = "The server that queries are passed on to; by UDP.")
  private HostPort server;

  @Option(
      names = "--timeout",
      paramLabel = "MILLISECONDS",
      description = "How long it may take to answer (default: ${DEFAULT-VALUE}).")
  private int timeoutMillis = 2000;

  @Option(
      names = "--most",
      paramLabel = "COUNT",
      description = "How many queries may wait at a time (default: ${DEFAULT-VALUE}).")
  private int most = 1000;

  @Override
  int port() {
    if (timeoutMillis < 1 || most < 1 || most > DnsQueries.MOST) {
      throw refuse("--timeout takes 1 or more, --most 1 to " + DnsQueries.MOST);
    }
    return port;
  }

  @Override
  DatagramServer make(WskProgram program) throws ToolException {
    DnsQueries queries =
        new DnsQueries(
            most, Duration.ofMillis(timeoutMillis), System::nanoTime, new SecureRandom()::nextInt);
    return new DnsForwarder(program, server.resolve().get(0), queries);
  }
}
