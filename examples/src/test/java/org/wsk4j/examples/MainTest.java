package org.wsk4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  @Test
  void shouldListTheToolsIfNoneIsNamed() {
    assertThat(run()).isZero();
    assertThat(out.toString())
        .contains("echo-server", "echo-client", "connection-storm", "dns-forwarder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-such-tool",
        "echo-server --port",
        "echo-server --port 65536",
        "echo-server --drain -1",
        "echo-server --mode neither",
        "echo-client",
        "echo-client localhost",
        "echo-client localhost:7007 --verify",
        "echo-client localhost:7007 --bytes lots",
        "connection-storm localhost:7007 --connections 0",
        "connection-storm localhost:7007 --parallel some",
        "udp-echo-server --port -1",
        "udp-echo-server --drain -1",
        "dns-forwarder",
        "dns-forwarder --server localhost",
        "dns-forwarder --server localhost:53 --most 0",
        "dns-forwarder --server localhost:53 --timeout 0",
      })
  void shouldAnswerArgumentsThatItDoesNotUnderstandWithTwoAndOneLine(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("wsk4j").contains(". Try: ./wsk4j");
  }

  @Test
  void shouldSayThatThePortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(other.getLocalPort());

      assertThat(run("echo-server", "--bind", "127.0.0.1", "--port", port)).isEqualTo(1);

      assertThat(err.toString().lines()).hasSize(1);
      assertThat(err.toString())
          .contains("127.0.0.1:" + port, "STATUS_ADDRESS_ALREADY_EXISTS", "--port");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp-echo-server", "dns-forwarder --server 127.0.0.1:53"})
  void shouldSayThatThePortIsTakenForDatagrams(String tool) throws Exception {
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      assertThat(run((tool + " --port " + other.getLocalPort()).split(" "))).isEqualTo(1);

      assertThat(err.toString().lines()).hasSize(1);
      assertThat(err.toString())
          .contains("127.0.0.1:" + other.getLocalPort(), "STATUS_ADDRESS_ALREADY_EXISTS");
    }
  }

  @Test
  void shouldSayThatTheAddressIsNotLocal() {
    assertThat(run("echo-server", "--bind", "192.0.2.1", "--port", "0")).isEqualTo(1);
    assertThat(err.toString())
        .contains("192.0.2.1:0", "STATUS_INVALID_ADDRESS_COMPONENT", "--bind");
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo-client", "connection-storm"})
  void shouldSayThatNothingListens(String tool) throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = gone.getLocalPort();
    }
    assertThat(run(tool, "127.0.0.1:" + port)).isEqualTo(1);
    assertThat(out.toString() + err).contains("STATUS_CONNECTION_REFUSED");
  }

  @Test
  void shouldSayThatANameIsNotKnown() {
    assertThat(run("echo-client", "no-such-host.invalid:7007")).isEqualTo(1);
    assertThat(err.toString()).contains("no-such-host.invalid");
  }

  @Test
  void shouldVerifyAndPrintWhatItMeasured() throws Exception {
    try (PlainServer server =
        new PlainServer(peer -> peer.getInputStream().transferTo(peer.getOutputStream()))) {
      String target = Advice.show(server.address());

      assertThat(run("echo-client", target, "--bytes", "3m", "--verify")).isZero();

      assertThat(out.toString())
          .matches("3145728 bytes in \\d+\\.\\d{3} s, \\d+\\.\\d MB/s, verified\\R");
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  void shouldFailIfTheEchoIsWrong() throws Exception {
    try (PlainServer server =
        new PlainServer(
            peer -> {
              peer.getOutputStream().write(new byte[100]);
              peer.getInputStream().transferTo(OutputStream.nullOutputStream());
            })) {
      String target = Advice.show(server.address());

      assertThat(run("echo-client", target, "--bytes", "3m", "--verify")).isEqualTo(1);

      assertThat(err.toString()).startsWith("echo-client: The byte at offset 0 came back as 0x00");
    }
  }

  @Test
  void shouldFailAStormIfOneConnectionFails() throws Exception {
    try (PlainServer server =
        new PlainServer(peer -> peer.getInputStream().transferTo(peer.getOutputStream()))) {
      String target = Advice.show(server.address());

      int code = run("connection-storm", target, "--connections", "2", "--timeout", "1");

      assertThat(code).isEqualTo(1);
      assertThat(out.toString()).startsWith("1 of 2 connections succeeded");
    }
  }
}
