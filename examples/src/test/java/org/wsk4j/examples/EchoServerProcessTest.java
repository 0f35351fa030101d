package org.wsk4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server as a process of its own, ended by a signal. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EchoServerProcessTest {
  private static final Pattern LISTENING = Pattern.compile("Listening at 127.0.0.1:(\\d+), .*");

  @ParameterizedTest
  @EnumSource
  void shouldDrainAndExitWithZeroWhenItIsAskedToEnd(EchoServer.Mode mode) throws Exception {
    Process process = start("--bind", "127.0.0.1", "--port", "0", "--mode", mode.toString());
    try (BufferedReader out = process.inputReader(UTF_8)) {
      Matcher listening = LISTENING.matcher(String.valueOf(out.readLine()));
      assertThat(listening.matches()).isTrue();
      try (Socket peer = new Socket("127.0.0.1", Integer.parseInt(listening.group(1)))) {
        peer.getOutputStream().write("hello".getBytes(UTF_8));
        assertThat(peer.getInputStream().readNBytes(5)).isEqualTo("hello".getBytes(UTF_8));
        process.toHandle().destroy(); // Process.destroy would close its output too
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(out.lines())
          .containsExactly(
              "",
              "Stopping: no new connections; 1 to drain.",
              "Connections served: 1. Bytes echoed: 5.",
              "Sockets open: 0. IRPs in flight: 0. Deregistered: nothing is outstanding.");
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(String... options) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1");
    builder.command().add("-Dlogback.configurationFile=logback.xml"); // not that of the tests
    builder.command().addAll(List.of("-cp", System.getProperty("java.class.path")));
    builder.command().addAll(List.of(Main.class.getName(), "echo-server"));
    builder.command().addAll(List.of(options));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
