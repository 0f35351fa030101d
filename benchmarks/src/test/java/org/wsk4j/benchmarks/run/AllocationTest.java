package org.wsk4j.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a warm server allocates for a message: one read, one callback or completion, one send. All
 * threads of its process count.
 *
 * <p>The limits are what is reached on a machine that is busy with other things, where code is
 * compiled late; setting up the connections counts too. The goal is 0. Limits only ever go down.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class AllocationTest {
  private static final int ATTEMPTS = 5;

  @TempDir private Path output;

  @ParameterizedTest
  @CsvSource({
    "ping-1, nio, 450",
    "ping-1, epoll, 450",
    "ping-1, io_uring, 450",
    "ping-posted-1, nio, 250",
    "ping-posted-1, epoll, 250",
    "ping-posted-1, io_uring, 250"
  })
  void shouldAllocateNoMoreForAMessageThanItDid(String name, String transport, double limit)
      throws IOException, InterruptedException {
    Work work = work(name);
    Setup setup = setup();
    try (ServerProcess server =
        ServerProcess.start(ServerKind.all(List.of(transport)).get(0), work, setup)) {
      Load load = new Load(work, setup);
      load.measure(server, 3);
      double least = Double.MAX_VALUE;
      for (int attempt = 0; attempt < ATTEMPTS && least > limit; attempt++) {
        Map<Metric, Double> figures = load.measure(server, 0.2);
        System.out.printf("%s on %s: %s%n", name, transport, figures);
        least = Math.min(least, figures.getOrDefault(Metric.ALLOCATED, Double.MAX_VALUE));
      }
      assertThat(least).isLessThanOrEqualTo(limit);
    }
  }

  private static Work work(String name) {
    return Work.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private Setup setup() throws IOException, InterruptedException {
    return new Setup(
        ProcessHandle.current().info().command().orElseThrow(),
        BenchCommand.SERVER_OPTIONS,
        NativePrograms.compile(output),
        new Pinning("", "", false),
        new Setup.Times(1, 1, 0),
        1,
        output);
  }
}
