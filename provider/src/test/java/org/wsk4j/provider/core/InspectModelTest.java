package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.nt.NtStatus;

/**
 * Random arrivals, decisions, departures and requests: each connection is inspected once, and then
 * comes to exactly one end, the one that its history allows.
 */
@Timeout(120)
class InspectModelTest {
  private static final int STEPS = 60;

  @Test
  @Rule({"INS-17", "INS-30", "INS-53"})
  void shouldBringEachConnectionToOneEnd() {
    ModelRun.run("inspections", random -> () -> episode(random));
  }

  private static int episode(Random random) {
    InspectingClient client = new InspectingClient(100, 100);
    WskInspectAction[] answers = WskInspectAction.values();
    client.onInspect = name -> answers[random.nextInt(answers.length)];
    List<String> names = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      String name = names.isEmpty() ? "none" : names.get(random.nextInt(names.size()));
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          names.add("<" + names.size() + ">");
          client.arrive(names.get(names.size() - 1));
        }
        case 2 -> client.decide(name, answers[random.nextInt(2)]);
        case 3 -> client.decideElsewhere(name, answers[random.nextInt(2)]);
        case 4 -> {
          if (client.isWatched(name)) {
            client.leave(name);
          }
        }
        default -> accept(client, random, step);
      }
      all.addAll(client.happened());
    }
    client.accepting.gate.shut();
    client.queue.close(NtStatus.CANCELLED);
    all.addAll(client.happened());
    names.forEach(name -> check(name, all));
    return STEPS;
  }

  private static void accept(InspectingClient client, Random random, int step) {
    switch (random.nextInt(3)) {
      case 0 -> client.accepting.accept("request" + step);
      case 1 -> client.accepting.enableAccept();
      default -> client.accepting.gate.disable(WskEventCallbackControl.ACCEPT, false);
    }
  }

  private static void check(String name, List<String> all) {
    List<String> history = all.stream().filter(line -> line.contains(name)).toList();
    assertThat(history.get(0)).isEqualTo("inspect " + name);
    long inspected = count(history, "inspect " + name);
    long opened = count(history, "opened " + name);
    long refused = count(history, "refused " + name);
    long aborted = count(history, "abort " + name);
    assertThat(inspected).as("%s", history).isEqualTo(1);
    assertThat(opened + refused).as("%s", history).isEqualTo(1);
    assertThat(aborted).as("%s", history).isLessThanOrEqualTo(refused);
    long decided =
        count(history, "ACCEPT " + name + " SUCCESS")
            + count(history, "REJECT " + name + " SUCCESS");
    assertThat(decided).as("%s", history).isLessThanOrEqualTo(1);
    if (history.contains("REJECT " + name + " SUCCESS")) {
      assertThat(opened + aborted).as("%s", history).isZero();
    }
  }

  private static long count(List<String> history, String line) {
    return history.stream().filter(line::equals).count();
  }
}
