package org.wsk4j.examples;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options that all tools have. */
final class CommonOptions {
  /** What the provider may be asked to use. */
  enum Transport {
    /** The best that is available. */
    AUTO,
    /** Linux. */
    EPOLL,
    /** Linux. */
    IO_URING,
    /** macOS and BSD. */
    KQUEUE,
    /** Everywhere. */
    NIO;

    /** {@return the name on the command line and in the property} */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Transport transport = Transport.AUTO;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show what the provider says.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and end.")
  @SuppressWarnings("unused") // picocli looks at it
  private boolean help;

  /** Begins a program that is set up as the options say. */
  WskProgram start() throws ToolException {
    if (verbose && LoggerFactory.getLogger("org.wsk4j") instanceof Logger logger) {
      logger.setLevel(Level.INFO);
    }
    if (transport != Transport.AUTO) {
      System.setProperty("wsk4j.transport", transport.toString());
    }
    return WskProgram.start();
  }
}
