package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;

/**
 * An inspect queue between a network and a client that tests play. Connections have names; what
 * becomes of them is written down, in one log with what the accept queue does.
 */
final class InspectingClient implements Inspector {
  final AcceptingClient accepting;
  final InspectQueue queue;
  final Map<String, WskInspectId> ids = new HashMap<>();
  private final AtomicLong keys = new AtomicLong();
  private final Map<String, AcceptingClient.Named> network = new HashMap<>();
  private boolean running;

  Function<String, WskInspectAction> onInspect = name -> WskInspectAction.PEND;
  Runnable onAbort = () -> {};

  InspectingClient(int mostWaiting, int most) {
    accepting = new AcceptingClient(mostWaiting);
    queue =
        new InspectQueue(
            accepting.gate,
            this,
            accepting.queue,
            keys::incrementAndGet,
            most,
            accepting::pumpLater);
    accepting.pump = queue::pump;
  }

  // ---- The client

  @Override
  public WskInspectAction inspect(Arrival arrival, WskInspectId id) {
    String name = arrival.toString();
    assertThat(arrival.inspectId()).isEqualTo(id);
    assertThat(arrival.localAddress()).hasToString(network(name).localAddress().toString());
    assertThat(arrival.remoteAddress()).hasToString(network(name).remoteAddress().toString());
    assertThat(ids.put(name, id)).as("inspected before").isNull();
    accepting.log.add("inspect " + name);
    return called(() -> onInspect.apply(name));
  }

  @Override
  public void inspectDead() {
    accepting.log.add("inspect dead");
  }

  @Override
  public void aborted(WskInspectId id) {
    accepting.log.add("abort " + name(id));
    called(
        () -> {
          onAbort.run();
          return id;
        });
  }

  private <T> T called(Supplier<T> callback) {
    assertThat(running).as("a callback runs").isFalse();
    running = true;
    DispatchLevel.current().raise();
    try {
      return callback.get();
    } finally {
      DispatchLevel.current().lower();
      running = false;
    }
  }

  private String name(WskInspectId id) {
    return ids.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** A copy, as a client keeps it. */
  WskInspectId id(String name) {
    WskInspectId id = ids.get(name);
    return id == null ? new WskInspectId(-1, 0) : new WskInspectId(id.key(), id.serialNumber());
  }

  /** Decides on the loop. */
  Decision decide(String name, WskInspectAction action) {
    Decision decision = new Decision(name, action);
    decision.answer = queue.completeInline(decision.irp);
    return decision;
  }

  /** Decides on another thread. */
  Decision decideElsewhere(String name, WskInspectAction action) {
    Decision decision = new Decision(name, action);
    decision.irp.markPending();
    queue.complete(decision.irp);
    queue.pump();
    return decision;
  }

  /** A request to decide. */
  final class Decision {
    final Irp irp = Irp.allocate();
    @Nullable NtStatus answer;
    int completions;
    boolean pendingReturned;

    private Decision(String name, WskInspectAction action) {
      irp.setCompletionRoutine(
          (done, context) -> {
            completions++;
            pendingReturned = irp.pendingReturned();
            accepting.log.add(action + " " + name + " " + irp.status().name());
            return NtStatus.MORE_PROCESSING_REQUIRED;
          },
          null);
      irp.begin(null);
      irp.context().target = new InspectDecision(id(name), action);
    }
  }

  // ---- The network

  InspectingClient arrive(String... names) {
    arriveUnseen(names);
    queue.pump();
    return this;
  }

  /** Connections that the loop has not come to yet. */
  void arriveUnseen(String... names) {
    for (String name : names) {
      AcceptingClient.Named arrival = accepting.named(name);
      network.put(name, arrival);
      queue.arrived(arrival);
    }
  }

  private AcceptingClient.Named network(String name) {
    return Objects.requireNonNull(network.get(name), name);
  }

  boolean isWatched(String name) {
    return whenGone(name) != null;
  }

  /** The peer goes away; it must have been watched. */
  void leave(String name) {
    goUnseen(name);
    accepting.runLater();
  }

  /** The peer goes away; who is to be told is not told yet. */
  void goUnseen(String name) {
    Runnable gone = whenGone(name);
    assertThat(gone).as("what watches " + name).isNotNull();
    if (gone != null) {
      gone.run();
    }
  }

  private @Nullable Runnable whenGone(String name) {
    AcceptingClient.Named arrival = network.get(name);
    return arrival == null ? null : arrival.whenGone;
  }

  // ---- What happened

  List<String> happened() {
    accepting.runLater();
    return accepting.happened();
  }
}
