package org.wsk4j.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final List<ServerKind> SERVERS = ServerKind.all(List.of("nio"));

  @Test
  void shouldTakeRatiosWithinARound() {
    Result result = new Result(Work.all().get(0));
    rounds(result, "wsk4j-nio", 10, 40, 90);
    rounds(result, "netty-nio", 20, 40, 60);
    Comparison compared = Comparison.of(result).get(0);
    assertThat(compared.figures()).isEqualTo(new Spread(40, 10, 90));
    assertThat(compared.toNetty()).isEqualTo(new Spread(1, 0.5, 1.5));
    assertThat(compared.toC()).isNull();
  }

  @Test
  void shouldDropTheRoundsOfAServerThatFailed() {
    Result result = new Result(Work.all().get(0));
    rounds(result, "wsk4j-nio", 10, 40);
    rounds(result, "netty-nio", 20);
    result.failed(server("netty-nio"), "it broke off");
    assertThat(Comparison.of(result)).hasSize(1).first().extracting(Comparison::toNetty).isNull();
    assertThat(result.failures()).containsEntry(server("netty-nio"), "it broke off");
  }

  private static void rounds(Result result, String name, double... figures) {
    for (double figure : figures) {
      result.add(server(name), Map.of(Metric.RATE, figure));
    }
  }

  private static ServerKind server(String name) {
    return SERVERS.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }
}
