package org.wsk4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.testing.TestScope;

@Timeout(60)
class PingTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void shouldPingThisHost(String host) {
    int code = run("ping", host, "--count", "3", "--interval", "1", "--size", "100");
    assumeTrue(
        Predicate.not((String said) -> said.contains("CAP_NET_RAW") || said.contains("needs Linux"))
            .test(err.toString()),
        () -> "needs the capability CAP_NET_RAW: " + err);
    assertThat(code).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(4);
    for (int i = 0; i < 3; i++) {
      assertThat(lines.get(i))
          .matches(".*: 108 bytes, reply " + (i + 1) + " after \\d+\\.\\d{3} ms");
    }
    assertThat(lines.get(3))
        .matches("3 sent, 3 received; \\S+ / \\S+ / \\S+ ms \\(least / mean / most\\)");
  }

  @Test
  void shouldSayWhichCapabilityIsMissing(TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("setpriv", "util-linux");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ForeignProgram ping =
        ForeignProgram.start(
            scope,
            "sh",
            "-c",
            "\"$@\"; echo exit code $?",
            "sh",
            "setpriv",
            "--bounding-set=-net_raw",
            "--inh-caps=-net_raw",
            java,
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "ping",
            "127.0.0.1");
    String said = new String(ping.output().readAllBytes(), UTF_8);
    assumeTrue(!ping.complaints().contains("setpriv:"), "setpriv is not permitted here");
    assertThat(said).isEqualTo("exit code 1\n");
    assertThat(ping.complaints())
        .contains("ping: Cannot open a raw socket", "STATUS_ACCESS_DENIED", "CAP_NET_RAW");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "ping h --count 0", "ping h --size 7", "ping h --timeout 0"})
  void shouldNotUnderstandOtherArguments(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void shouldCountWhatWasLost() {
    Ping.Summary summary = Ping.Summary.NOTHING.replied(2).lost().replied(1).replied(6);
    assertThat(summary).isEqualTo(new Ping.Summary(4, 3, 1, 9, 6));
  }

  @Test
  void shouldWriteAndReadMessages() {
    EchoRequest request = new EchoRequest(0xABCD, 7, 12345);
    byte[] message = request.encode(false, 9);
    assertThat(message).hasSize(17).startsWith(8, 0);
    assertThat(EchoRequest.sum(message)).isEqualTo(0xFFFF); // as the receiver checks it
    assertThat(request.encode(true, 9)).startsWith(128, 0, 0, 0);

    byte[] packet = new byte[24 + message.length];
    packet[0] = 0x46; // a header with options
    System.arraycopy(message, 0, packet, 24, message.length);
    assertThat(EchoRequest.ofReply(false, packet)).isNull();
    packet[24] = 0;
    assertThat(EchoRequest.ofReply(false, packet)).isEqualTo(request);
    assertThat(EchoRequest.ofReply(false, Arrays.copyOf(packet, 24 + 15))).isNull();
    assertThat(EchoRequest.ofReply(false, new byte[0])).isNull();
    byte[] reply = request.encode(true, 8);
    reply[0] = (byte) 129;
    assertThat(EchoRequest.ofReply(true, reply)).isEqualTo(request);
  }
}
