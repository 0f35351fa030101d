package org.wsk4j.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.wsk4j.testing.TestScope;

/**
 * A program of the system that a test talks to, with pipes to its input and output. It is ended
 * with the test.
 */
public final class ForeignProgram implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final Process process;
  private final Path complaints;

  private ForeignProgram(Process process, Path complaints) {
    this.process = process;
    this.complaints = complaints;
  }

  /**
   * Skips the test if a program is missing.
   *
   * @param program its name on the path
   * @param debianPackage the package that has it
   */
  public static void assumeInstalled(String program, String debianPackage) {
    boolean installed =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(
        installed,
        () -> "needs " + program + ", which is missing: apt-get install " + debianPackage);
  }

  /** Starts a program. */
  public static ForeignProgram start(TestScope scope, List<String> command) throws IOException {
    Path complaints = Files.createTempFile("foreign", ".txt");
    Process process = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
    ForeignProgram program = new ForeignProgram(process, complaints);
    scope.closing(program);
    return program;
  }

  /** Starts a program. */
  public static ForeignProgram start(TestScope scope, String... command) throws IOException {
    return start(scope, List.of(command));
  }

  /** {@return where its input is written; closing it ends the input} */
  public OutputStream input() {
    return process.getOutputStream();
  }

  /** {@return where its output is read} */
  public InputStream output() {
    return process.getInputStream();
  }

  /** {@return whether it has not ended} */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** {@return what it has written to its error output so far} */
  public String complaints() throws IOException {
    return Files.readString(complaints, StandardCharsets.UTF_8);
  }

  /** Waits for its end, which must be that of success. */
  public void succeed() throws Exception {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .withFailMessage(() -> this + " does not end")
        .isTrue();
    assertThat(process.exitValue()).withFailMessage(() -> this + " has failed").isZero();
  }

  /** Ends it, if it has not ended. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    process.getOutputStream().close();
    process.getInputStream().close();
    Files.deleteIfExists(complaints);
  }

  @Override
  public String toString() {
    try {
      return process.info().commandLine().orElse("the program") + ": " + complaints();
    } catch (IOException e) {
      return process.toString();
    }
  }
}
