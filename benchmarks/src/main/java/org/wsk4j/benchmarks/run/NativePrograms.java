package org.wsk4j.benchmarks.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The programs in C, compiled for this machine.
 *
 * @param load the load generator
 * @param server the server
 */
record NativePrograms(Path load, Path server) {
  /**
   * Compiles them with {@code cc}.
   *
   * @param directory where to
   * @throws BenchException if there is no compiler, or if it fails
   */
  static NativePrograms compile(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    return new NativePrograms(compile(directory, "load"), compile(directory, "server"));
  }

  private static Path compile(Path directory, String name)
      throws IOException, InterruptedException {
    Path source = directory.resolve(name + ".c");
    Path program = directory.resolve(name).toAbsolutePath();
    Files.write(source, source(name));
    Process compiler;
    try {
      compiler =
          new ProcessBuilder("cc", "-O2", "-o", program.toString(), source.toString())
              .inheritIO()
              .start();
    } catch (IOException missing) {
      throw new BenchException("The load generator is C: a compiler named cc is needed.", missing);
    }
    if (compiler.waitFor() != 0) {
      throw new BenchException("cc did not compile " + source + ", see above.");
    }
    return program;
  }

  private static byte[] source(String name) {
    String resource = "/org/wsk4j/benchmarks/natives/" + name + ".c";
    try (InputStream in = NativePrograms.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not packaged: " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
