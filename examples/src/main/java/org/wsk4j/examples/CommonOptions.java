package org.wsk4j.examples;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options that all tools have. */
final class CommonOptions {
  /** The names are those of the property, which is why they are written like that. */
  enum Transport {
    auto,
    epoll,
    io_uring,
    kqueue,
    nio
  }

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      description =
          "How the provider talks to the system: ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE}).")
  private Transport transport = Transport.auto;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show what the provider says.")
  private boolean verbose;

  /** Begins a program that is set up as the options say. */
  WskProgram start() throws ToolException {
    if (verbose && LoggerFactory.getLogger("org.wsk4j") instanceof Logger logger) {
      logger.setLevel(Level.INFO);
    }
    if (transport != Transport.auto) {
      System.setProperty("wsk4j.transport", transport.name());
    }
    return WskProgram.start();
  }
}
