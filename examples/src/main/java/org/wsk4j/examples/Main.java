package org.wsk4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The command line of the examples.
 *
 * <p>Exit codes: 0 if the tool did what it was asked to, 1 if it could not, 2 if it did not
 * understand its arguments.
 */
@Command(
    name = "wsk4j",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Tools written against Winsock Kernel sockets (WSK) for Java.",
    synopsisSubcommandLabel = "TOOL",
    footer = "%nEvery tool has --help.",
    subcommands = {
      EchoServerCommand.class,
      EchoClientCommand.class,
      ConnectionStormCommand.class,
      UdpEchoServerCommand.class,
      DnsForwarderCommand.class,
      PingCommand.class
    })
public final class Main implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  /**
   * Runs a tool and ends the process.
   *
   * @param args the name of the tool and its arguments
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** {@return the tools, ready to be executed} */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::misunderstood)
        .setExecutionExceptionHandler(Main::explain);
  }

  /** Without a tool there is nothing to do but to name them. */
  @Override
  public void run() {
    CommandSpec own = spec;
    if (own != null) {
      own.commandLine().usage(own.commandLine().getOut());
    }
  }

  private static int misunderstood(ParameterException failure, String[] args) {
    CommandLine tool = failure.getCommandLine();
    String name = tool.getCommandSpec().qualifiedName();
    tool.getErr().println(name + ": " + failure.getMessage() + ". Try: ./" + name + " --help");
    tool.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** Expected failures are sentences; the rest is a fault of a tool and shows where. */
  private static int explain(Exception failure, CommandLine tool, ParseResult arguments) {
    PrintWriter err = tool.getErr();
    if (failure instanceof ToolException) {
      err.println(tool.getCommandName() + ": " + failure.getMessage());
    } else if (failure instanceof IOException) {
      err.println(
          tool.getCommandName() + ": standard output or input failed: " + failure.getMessage());
    } else {
      failure.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Tells the version that stands in the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"wsk4j " + (version != null ? version : "(not packaged)")};
    }
  }
}
