package org.wsk4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.testing.NameServer;
import org.wsk4j.testing.TestScope;

/** The tools that serve datagrams, as processes, against dig, socat and nc. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the programs are those of Linux")
class DatagramPeersTest {
  private static final Pattern SERVING =
      Pattern.compile("Serving at (.*):(\\d+)\\. Ctrl-C ends\\.");

  /** A tool that serves. */
  private static final class Tool implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final String port;

    Tool(String... arguments) throws IOException {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      List<String> command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1"));
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("-Dlogback.configurationFile=logback.xml"); // not that of the tests
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      command.addAll(List.of(arguments));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      out = process.inputReader(UTF_8);
      Matcher serving = SERVING.matcher(String.valueOf(out.readLine()));
      assertThat(serving.matches()).isTrue();
      port = serving.group(2);
    }

    /** Ends it by a signal; {@return what it says then, its exit code being 0} */
    List<String> end() throws Exception {
      process.toHandle().destroy(); // Process.destroy would close its output too
      List<String> lines = out.lines().toList();
      assertThat(process.waitFor()).isZero();
      return lines;
    }

    @Override
    public void close() throws IOException {
      process.destroyForcibly();
      out.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1,UDP4:127.0.0.1", "::1,UDP6:[::1]"})
  void shouldEchoToSocat(String at, String to, TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("socat", "socat");
    try (Tool echo = new Tool("udp-echo-server", "--bind", at, "--port", "0")) {
      ForeignProgram socat =
          ForeignProgram.start(scope, "socat", "-t", "0.5", "-", to + ":" + echo.port);
      echo(socat, "hello");
      echo(socat, "once more");
      socat.input().close();
      socat.succeed();
      assertEchoed(echo.end(), 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void shouldEchoToNetcat(String at, TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("nc", "netcat-openbsd");
    try (Tool echo = new Tool("udp-echo-server", "--bind", at, "--port", "0")) {
      ForeignProgram netcat = ForeignProgram.start(scope, "nc", "-u", "-w", "1", at, echo.port);
      echo(netcat, "hello");
      echo(netcat, "once more");
      netcat.input().close();
      netcat.succeed();
      assertEchoed(echo.end(), 2);
    }
  }

  private static void echo(ForeignProgram peer, String text) throws IOException {
    peer.input().write(text.getBytes(UTF_8));
    peer.input().flush();
    assertThat(peer.output().readNBytes(text.length())).isEqualTo(text.getBytes(UTF_8));
  }

  private static void assertEchoed(List<String> lines, int count) {
    assertThat(lines)
        .containsExactly(
            "",
            "Stopping.",
            "Datagrams received: " + count + ", sent: " + count + ", dropped: 0.",
            "Sockets open: 0. IRPs in flight: 0. Deregistered: nothing is outstanding.");
  }

  @Test
  void shouldAnswerDig(TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("dig", "bind9-dnsutils");
    NameServer server = NameServer.in(scope).says("A", "one.test", "192.0.2.1");
    server.says("AAAA", "one.test", "2001:db8::1").isSilent("A", "silent.test");
    try (Tool forwarder = forwarder(server.address())) {
      assertThat(dig(scope, forwarder, "+short", "one.test", "A")).isEqualTo("192.0.2.1\n");
      assertThat(dig(scope, forwarder, "+short", "one.test", "AAAA")).isEqualTo("2001:db8::1\n");
      assertThat(dig(scope, forwarder, "none.test", "A")).contains("status: NXDOMAIN");
      assertThat(dig(scope, forwarder, "silent.test", "A")).contains("status: SERVFAIL");
      assertThat(forwarder.end())
          .contains("Queries answered by the server: 3, with SERVFAIL: 1.")
          .endsWith("Sockets open: 0. IRPs in flight: 0. Deregistered: nothing is outstanding.");
    }
  }

  private static Tool forwarder(InetSocketAddress server) throws IOException {
    return new Tool(
        "dns-forwarder", "--port", "0", "--server", Advice.show(server), "--timeout", "500");
  }

  private static String dig(TestScope scope, Tool at, String... question) throws Exception {
    List<String> command = new ArrayList<>(List.of("dig", "@127.0.0.1", "-p", at.port));
    command.addAll(List.of("+tries=1", "+time=10", "+notcp", "+nocookie"));
    command.addAll(List.of(question));
    ForeignProgram dig = ForeignProgram.start(scope, command);
    String said = new String(dig.output().readAllBytes(), UTF_8);
    dig.succeed();
    return said;
  }

  @Test
  void shouldSayWhatIsLeftOfAForwarder(TestScope scope) throws Exception {
    NameServer server = NameServer.in(scope).says("A", "one.test", "192.0.2.1");
    try (Tool forwarder = forwarder(server.address())) {
      assertThat(forwarder.end())
          .containsExactly(
              "",
              "Stopping.",
              "Datagrams received: 0, sent: 0, dropped: 0.",
              "Queries answered by the server: 0, with SERVFAIL: 0.",
              "Sockets open: 0. IRPs in flight: 0. Deregistered: nothing is outstanding.");
    }
  }
}
