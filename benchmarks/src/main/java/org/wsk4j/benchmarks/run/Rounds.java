package org.wsk4j.benchmarks.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measures servers in interleaved rounds. Each round begins with another one of them. */
final class Rounds {
  /** In the first round code is compiled: that takes longer to be warm. */
  private static final double FIRST_WARM_FACTOR = 4;

  private final Setup setup;
  private final PrintWriter progress;

  Rounds(Setup setup, PrintWriter progress) {
    this.setup = setup;
    this.progress = progress;
  }

  /**
   * Measures one work.
   *
   * @param work what
   * @param servers by whom; those that cannot do it, or do not come up, are left out
   */
  Result run(Work work, List<ServerKind> servers) throws InterruptedException {
    Result result = new Result(work);
    List<ServerProcess> running = new ArrayList<>();
    try {
      for (ServerKind kind : servers) {
        if (kind.does(work)) {
          start(kind, work, running, result);
        }
      }
      for (int round = 0; round < setup.times().rounds(); round++) {
        say("%s: round %d of %d%n", work.name(), round + 1, setup.times().rounds());
        round(result, running, warmSeconds(round));
        Collections.rotate(running, 1);
      }
    } finally {
      running.forEach(ServerProcess::close);
    }
    return result;
  }

  private void start(ServerKind kind, Work work, List<ServerProcess> running, Result result) {
    try {
      running.add(ServerProcess.start(kind, work, setup));
    } catch (IOException failed) {
      note(result, kind, failed);
    }
  }

  private void round(Result result, List<ServerProcess> running, double warmSeconds)
      throws InterruptedException {
    Load load = new Load(result.work(), setup);
    for (ServerProcess server : List.copyOf(running)) {
      try {
        result.add(server.kind(), load.measure(server, warmSeconds));
      } catch (IOException failed) {
        note(result, server.kind(), failed);
        running.remove(server);
        server.close();
      }
    }
  }

  private void note(Result result, ServerKind kind, IOException failed) {
    say("%s: %s is left out: %s%n", result.work().name(), kind.name(), failed.getMessage());
    result.failed(kind, String.valueOf(failed.getMessage()));
  }

  private double warmSeconds(int round) {
    double warm = setup.times().warmSeconds();
    return round == 0 ? warm * FIRST_WARM_FACTOR : warm;
  }

  private void say(String format, Object... arguments) {
    progress.printf(format, arguments);
    progress.flush();
  }
}
