package org.wsk4j.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One server in a process of its own. It ends at the end of its standard input, or by force. */
final class ServerProcess implements AutoCloseable {
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final int KILOBYTE = 1024;
  private static final int END_SECONDS = 5;

  private final ServerKind kind;
  private final Process process;
  private final BufferedReader output;
  private final Writer input;
  private final int port;

  private ServerProcess(ServerKind kind, Process process) throws IOException {
    this.kind = kind;
    this.process = process;
    output = process.inputReader(StandardCharsets.US_ASCII);
    input = process.outputWriter(StandardCharsets.US_ASCII);
    port = Integer.parseInt(answer("port")[1]);
  }

  /**
   * Starts a server, and waits until it listens.
   *
   * @param kind which
   * @param work what it has to do
   * @param setup how this run is set up
   * @throws IOException if it does not come up; what it says then is in its log
   */
  static ServerProcess start(ServerKind kind, Work work, Setup setup) throws IOException {
    List<String> command =
        kind.isJava()
            ? java(kind, work, setup)
            : List.of(setup.programs().server().toString(), c(work));
    Path log = setup.output().resolve("log").resolve(work.name() + "." + kind.name() + ".log");
    Files.createDirectories(log.getParent());
    Process process =
        new ProcessBuilder(setup.pinning().serverCommand(command, work))
            .redirectError(log.toFile())
            .start();
    try {
      return new ServerProcess(kind, process);
    } catch (IOException failed) {
      process.destroyForcibly();
      throw failed;
    }
  }

  private static String c(Work work) {
    return switch (work.serverWork()) {
      case ECHO -> "echo";
      case UDP -> "udp";
      default -> "ping";
    };
  }

  private static List<String> java(ServerKind kind, Work work, Setup setup) {
    List<String> command = new ArrayList<>(List.of(setup.java()));
    command.addAll(setup.serverOptions());
    if (kind.family().equals(ServerKind.WSK)) {
      command.add("-Dwsk4j.transport=" + kind.transport());
      command.add("-Dwsk4j.loops=" + work.loops());
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            "org.wsk4j.benchmarks.server.ServerMain",
            kind.family(),
            work.serverWork().argument(),
            Integer.toString(work.loops()),
            kind.transport()));
    return command;
  }

  ServerKind kind() {
    return kind;
  }

  int port() {
    return port;
  }

  long processId() {
    return process.pid();
  }

  /** {@return the CPU time that the process has used, in user and system mode, in nanoseconds} */
  long cpuNanos() throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(behindName[11]) + Long.parseLong(behindName[12])) * NANOS_PER_TICK;
  }

  /** {@return what its threads have allocated on the Java heap so far, in bytes} */
  long allocated() throws IOException {
    if (!kind.isJava()) {
      return 0;
    }
    command("allocated");
    return Long.parseLong(answer("allocated")[1]);
  }

  private void command(String name) throws IOException {
    input.write(name + "\n");
    input.flush();
  }

  /**
   * What a server holds now.
   *
   * @param heap on the Java heap, in bytes
   * @param direct in buffers off the heap, in bytes
   * @param resident of the process, in bytes
   */
  record Memory(long heap, long direct, long resident) {}

  /** {@return what it holds after a garbage collection} */
  Memory memory() throws IOException {
    long heap = 0;
    long direct = 0;
    if (kind.isJava()) {
      command("memory");
      String[] answer = answer("memory");
      heap = Long.parseLong(answer[1]);
      direct = Long.parseLong(answer[2]);
    }
    return new Memory(heap, direct, resident());
  }

  private long resident() throws IOException {
    for (String line :
        Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * KILOBYTE;
      }
    }
    return 0;
  }

  /** Other lines than the one that begins so are not for us. */
  private String[] answer(String begin) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(begin + " ")) {
        return line.split(" ");
      }
    }
    throw new IOException(kind.name() + " has ended");
  }

  @Override
  public void close() {
    try {
      input.close();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException gone) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
