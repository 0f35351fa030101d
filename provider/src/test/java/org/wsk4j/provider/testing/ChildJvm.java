package org.wsk4j.provider.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the main method of a class in a JVM of its own, for what would disturb other tests: limits,
 * network namespaces, flags.
 */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * Runs a class and waits for its end.
   *
   * @param around a command that takes the rest as its arguments, such as one that changes the
   *     namespace; may be empty
   * @param shell commands of the shell that run first, in the same process; each must succeed
   * @param type the class, which is on this JVM's class path
   * @param limit how long it may take; it is ended then
   * @param arguments what its main method gets
   * @return the lines that it wrote, errors among them
   * @throws AssertionError if it failed or took too long
   */
  public static List<String> run(
      List<String> around, String shell, Class<?> type, Duration limit, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(around);
    command.addAll(List.of("sh", "-ec", shell + "\nexec \"$@\"", "sh"));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path")));
    for (String property : TransportMatrix.PROPERTIES) {
      command.add("-D" + property + "=" + System.getProperty(property, ""));
    }
    command.add(type.getName());
    command.addAll(List.of(arguments));
    return run(command, limit);
  }

  /**
   * Runs a command and waits for its end.
   *
   * @param command the command
   * @param limit how long it may take; it is ended then
   * @return the lines that it wrote, errors among them
   * @throws AssertionError if it failed or took too long
   */
  public static List<String> run(List<String> command, Duration limit) throws Exception {
    Path output = Files.createTempFile("child", ".txt");
    try {
      Process child =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      child.getOutputStream().close();
      if (!child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        child.destroyForcibly().waitFor();
        throw new AssertionError("the child took longer than " + limit + ": " + text(output));
      }
      if (child.exitValue() != 0) {
        throw new AssertionError(
            "the child ended with exit code " + child.exitValue() + ": " + text(output));
      }
      return text(output).lines().toList();
    } finally {
      Files.delete(output);
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
