package org.wsk4j.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whether figures come out; none of them is judged. */
@Timeout(120)
class BenchCommandTest {
  @TempDir private Path output;

  private final StringWriter said = new StringWriter();

  /** The thread that Java2D keeps for ever belongs to no test. */
  @BeforeAll
  static void startDrawing() {
    new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().dispose();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldMeasureServersSideBySide() throws IOException {
    int code = run("--works", "ping-16,rtt", "--servers", "c,netty,wsk4j", "--transports", "nio");
    assertThat(code).as(said.toString()).isZero();
    JsonNode works =
        new ObjectMapper().readTree(output.resolve("figures.json").toFile()).get("works");
    assertThat(works.findValuesAsText("server")).contains("c", "netty-nio", "wsk4j-nio");
    assertThat(works.findValues("figures").get(0)).isNotEmpty();
    for (JsonNode figures : works.findValues("figures")) {
      figures.findValues("median").forEach(median -> assertThat(median.asDouble()).isPositive());
    }
    assertThat(output.resolve("charts/ping-16.throughput.svg")).content().contains("<svg");
    assertThat(output.resolve("charts/rtt.p99-9.svg")).isNotEmptyFile();
    assertThat(said.toString()).contains("### ping-16").contains("server CPU per operation");
  }

  @Test
  void shouldNameWhatThereIsWhenAskedForSomethingElse() {
    assertThat(run("--works", "flying")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString()).contains("There is no flying. There are: ping-1,");
  }

  @Test
  void shouldListWorksByHowTheirNamesBegin() {
    assertThat(run("--list", "--works", "ping,udp", "--servers", "wsk4j,c")).isZero();
    assertThat(said.toString())
        .contains("works: ping-1 ping-16 ping-64 udp-64 udp-1200")
        .contains("servers: wsk4j-io_uring wsk4j-epoll wsk4j-nio c");
  }

  private int run(String... arguments) {
    CommandLine command = BenchCommand.commandLine();
    command.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
    String[] all = new String[arguments.length + 3];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--quick";
    all[arguments.length + 1] = "--output";
    all[arguments.length + 2] = output.toString();
    return command.execute(all);
  }
}
