package org.wsk4j.examples;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The tool {@code udp-echo-server}. */
@Command(
    name = "udp-echo-server",
    description = "Sends each datagram back to its sender, until Ctrl-C or SIGTERM ends it.")
final class UdpEchoServerCommand extends DatagramServerCommand {
  @Option(
      names = "--port",
      description = "Where to serve; 0 lets the system choose (default: ${DEFAULT-VALUE}).")
  private int port = 7007;

  @Override
  int port() {
    return port;
  }

  @Override
  DatagramServer make(WskProgram program) {
    return new UdpEchoServer(program);
  }
}
