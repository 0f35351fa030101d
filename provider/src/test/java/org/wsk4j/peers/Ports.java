package org.wsk4j.peers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.wsk4j.provider.testing.ForeignProgram;

/** Ports for programs that cannot say which one the system has chosen. */
final class Ports {
  private static final String LISTENING = " 0A ";

  private Ports() {}

  /** {@return a port that nobody uses now} */
  static int free() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  /** Waits until a program listens at a port. */
  static void awaitListening(int port, ForeignProgram program) {
    await()
        .alias("listening: " + program)
        .atMost(Duration.ofSeconds(10))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> isListening(port));
  }

  private static boolean isListening(int port) {
    String local = String.format(Locale.ROOT, ":%04X ", port);
    return Stream.of("tcp", "tcp6")
        .map(table -> Path.of("/proc/net", table))
        .flatMap(Ports::lines)
        .anyMatch(line -> line.contains(LISTENING) && line.contains(local));
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
