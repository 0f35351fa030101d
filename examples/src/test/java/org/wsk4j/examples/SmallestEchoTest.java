package org.wsk4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SmallestEchoTest {

  @Test
  void shouldServeOnePeerAndEnd() throws Exception {
    InetSocketAddress address = freeAddress();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> served =
          thread.submit(
              () -> {
                SmallestEcho.serve(address);
                return null;
              });
      try (Socket peer = await().until(() -> connect(address), Socket::isConnected)) {
        peer.setSoTimeout(20_000);
        peer.getOutputStream().write("hello".getBytes(UTF_8));
        peer.shutdownOutput();
        assertThat(peer.getInputStream().readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
      }
      served.get();
    } finally {
      thread.shutdownNow();
    }
  }

  private static InetSocketAddress freeAddress() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
    }
  }

  /** {@return a socket, not connected if nobody listens yet} */
  private static Socket connect(InetSocketAddress address) throws IOException {
    Socket peer = new Socket();
    try {
      peer.connect(address);
      return peer;
    } catch (IOException notYet) {
      peer.close();
      return new Socket();
    }
  }

  @Test
  void shouldBeWhatTheReadmeQuotes() throws Exception {
    Path root = root();
    String source =
        Files.readString(
            root.resolve("examples/src/main/java/org/wsk4j/examples/SmallestEcho.java"));
    String quoted =
        source
            .substring(
                source.indexOf("// README: from here") + "// README: from here".length(),
                source.indexOf("  // README: to here"))
            .stripTrailing()
            .stripIndent()
            .strip();

    assertThat(Files.readString(root.resolve("README.md"))).contains("\n" + quoted + "\n");
  }

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("wsk4j"))) {
      directory = directory.getParent();
    }
    return directory;
  }
}
