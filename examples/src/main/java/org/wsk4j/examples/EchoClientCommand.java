package org.wsk4j.examples;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskConnectionSocket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The tool {@code echo-client}. */
@Command(
    name = "echo-client",
    description = {
      "Sends standard input and prints what comes back.",
      "With --bytes, sends a known pattern instead and measures."
    })
final class EchoClientCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  @Parameters(
      paramLabel = "HOST:PORT",
      description = "The server, such as localhost:7007 or [::1]:7007.",
      converter = HostPort.Converter.class)
  private HostPort target = new HostPort("localhost", 7007);

  @Option(
      names = "--bytes",
      paramLabel = "N",
      converter = ByteCount.class,
      description = "How many bytes to send; k, m and g are powers of 1024.")
  private @Nullable Long bytes;

  @Option(names = "--verify", description = "Compare every byte that comes back.")
  private boolean verify;

  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ToolException, InterruptedException, IOException {
    if (verify && bytes == null) {
      throw new ParameterException(spec.commandLine(), "--verify needs --bytes");
    }
    try (WskProgram program = common.start()) {
      WskConnectionSocket socket = connect(program, target);
      try {
        if (bytes == null) {
          copyStandardStreams(program, socket);
        } else {
          transfer(program, socket, bytes);
        }
      } finally {
        program.close(socket);
      }
    }
    return 0;
  }

  /** Tries the addresses of the host one after the other. */
  static WskConnectionSocket connect(WskProgram program, HostPort target)
      throws ToolException, InterruptedException {
    ToolException last = null;
    for (InetSocketAddress address : target.resolve()) {
      try {
        return program.connect(address);
      } catch (ToolException failed) {
        last = failed;
      }
    }
    throw last != null ? last : new ToolException(target.host() + " has no address.");
  }

  private static void copyStandardStreams(WskProgram program, WskConnectionSocket socket)
      throws ToolException, InterruptedException, IOException {
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      new StreamCopy(program, socket, System.in, out).run();
    }
  }

  private void transfer(WskProgram program, WskConnectionSocket socket, long total)
      throws ToolException, InterruptedException {
    VerifiedTransfer transfer = new VerifiedTransfer(program, socket, total, verify);
    long start = System.nanoTime();
    try (ProgressLine progress = new ProgressLine(System.err, ProgressLine.isTerminal(), total)) {
      transfer.start();
      while (!transfer.await(LOOK_EVERY)) {
        progress.show(transfer.received());
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String failure = transfer.failure();
    if (failure != null) {
      throw new ToolException(failure);
    }
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%d bytes in %.3f s, %.1f MB/s, %s%n",
            total,
            seconds,
            total / 1e6 / seconds,
            verify ? "verified" : "not verified");
  }
}
