package org.wsk4j.provider.core;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.core.Inspection.Phase;

/**
 * Conditional accept: shows each connection to the inspect event before the accept queue gets it,
 * keeps those that are pended, and tells of those that went away.
 *
 * <p>{@link #pump} alone calls the client, one callback after the other, those of the accept queue
 * among them; it goes on while it makes progress, and never nests. A connection that waits, pended
 * or accepted, is watched; when its peer goes away it is aborted, unless it has become a socket
 * before. Both are decided here, so for one connection only one of them happens.
 *
 * <p>Connections that wait are bounded in number; beyond it they wait in the system.
 *
 * <p>Threads: owned by the event loop of the listener.
 */
public final class InspectQueue extends PumpedQueue {
  private final EventGate gate;
  private final Inspector client;
  private final AcceptQueue accepts;
  private final LongSupplier keys;
  private final int most;

  private final ArrayDeque<Inspection> arrived = new ArrayDeque<>();
  private final Map<WskInspectId, Inspection> pended = new HashMap<>();
  private final ArrayDeque<Inspection> accepted = new ArrayDeque<>();
  private final ArrayDeque<WskInspectId> aborts = new ArrayDeque<>();
  private @Nullable Inspection asked;
  private int serialNumber;
  private boolean closed;
  private boolean deathDue;

  /**
   * Makes an empty queue.
   *
   * @param gate whether callbacks may be called at all; the events of conditional accept have no
   *     switch of their own (EVT-55)
   * @param client calls the events
   * @param accepts takes what the client lets pass
   * @param keys gives a new number for each connection
   * @param most how many connections may wait, pended or accepted
   * @param pumpLater has {@link #pump} called on the event loop, when what runs now has returned
   */
  public InspectQueue(
      EventGate gate,
      Inspector client,
      AcceptQueue accepts,
      LongSupplier keys,
      int most,
      Runnable pumpLater) {
    super(pumpLater);
    this.gate = gate;
    this.client = client;
    this.accepts = accepts;
    this.keys = keys;
    this.most = most;
  }

  /** {@return whether more connections should be taken from the system now} */
  public boolean wantsArrivals() {
    return accepts.wantsArrivals() && arrived.size() + pended.size() + accepts.waiting() < most;
  }

  /**
   * Takes a connection that is to be inspected; {@link #pump} has to follow.
   *
   * @param arrival the connection
   */
  public void arrived(WatchableArrival arrival) {
    serialNumber++;
    arrived.add(new Inspection(arrival, new WskInspectId(keys.getAsLong(), serialNumber), this));
  }

  // ---- Decisions of the client

  /**
   * Takes a decision made on the loop.
   *
   * @param irp the request, with its {@link InspectDecision} as the target, not marked pending
   * @return what the call has to return
   */
  public NtStatus completeInline(Irp irp) {
    NtStatus status = decide(irp);
    if (status == NtStatus.PENDING) {
      irp.markPending();
      return status;
    }
    NtStatus answer = Completions.finish(irp, status);
    pumpLater();
    return answer;
  }

  /**
   * Takes a decision that came from another thread; {@link #pump} has to follow.
   *
   * @param irp the request, with its {@link InspectDecision} as the target, marked pending
   */
  public void complete(Irp irp) {
    NtStatus status = decide(irp);
    if (status != NtStatus.PENDING) {
      irp.complete(status);
    }
  }

  /** PENDING means that the inspect event still runs, whose answer says whether this counts. */
  private NtStatus decide(Irp irp) {
    InspectDecision decision =
        (InspectDecision) Objects.requireNonNull(irp.context().target, "decision");
    Inspection now = asked;
    if (now != null && now.inspectId().equals(decision.id()) && !now.isDecided()) {
      now.decideEarly(decision, irp);
      return NtStatus.PENDING;
    }
    Inspection found = pended.remove(decision.id());
    if (found == null) {
      return NtStatus.NOT_FOUND;
    }
    settle(found, decision.action());
    return NtStatus.SUCCESS;
  }

  private void settle(Inspection inspection, WskInspectAction action) {
    switch (action) {
      case ACCEPT -> {
        inspection.phase = Phase.ACCEPTED;
        accepts.arrived(inspection);
        accepted.add(inspection);
      }
      case PEND -> {
        inspection.phase = Phase.PENDED;
        pended.put(inspection.inspectId(), inspection);
        inspection.watch();
      }
      case REJECT -> inspection.drop();
    }
  }

  // ---- What happens to connections

  /** The connection is gone: the peer has left, or no socket could be made of it. */
  void dropped(Inspection inspection) {
    switch (inspection.phase) {
      case PENDED -> pended.remove(inspection.inspectId());
      case ACCEPTED -> accepts.remove(inspection);
      default -> {
        return;
      }
    }
    inspection.drop();
    if (!closed) {
      aborts.add(inspection.inspectId());
      pumpLater();
    }
  }

  /**
   * Drops all connections, without a word, and ends the requests to accept.
   *
   * @param status what these requests are answered
   */
  public void close(NtStatus status) {
    closed = true;
    aborts.clear();
    arrived.forEach(Inspection::drop);
    arrived.clear();
    pended.values().forEach(Inspection::drop);
    pended.clear();
    accepted.clear();
    accepts.close(status);
  }

  /**
   * Notes that the listener no longer functions: connections are dropped without a word, requests
   * end, and the client is told; {@link #pump} has to follow.
   *
   * @param inspects whether the client inspects connections, and is told through that event too
   */
  public void die(boolean inspects) {
    close(NtStatus.FILE_FORCED_CLOSED);
    accepts.die();
    deathDue = inspects;
  }

  // ---- Calling the client

  @Override
  boolean step() {
    while (tellDeath() || abortOldest() || inspectOldest()) {
      continue;
    }
    accepts.pump();
    watchLeftOver();
    return !aborts.isEmpty() || !arrived.isEmpty();
  }

  /** Once, and nothing else any more (INS-37). */
  private boolean tellDeath() {
    boolean due = deathDue && !gate.isShut();
    deathDue = false;
    if (due) {
      client.inspectDead();
    }
    return due;
  }

  private boolean abortOldest() {
    WskInspectId id = aborts.poll();
    if (id != null && !gate.isShut()) {
      client.aborted(id);
    }
    return id != null;
  }

  private boolean inspectOldest() {
    Inspection next = arrived.poll();
    if (next == null) {
      return false;
    }
    if (gate.isShut()) {
      next.drop();
    } else {
      inspect(next);
    }
    return true;
  }

  private void inspect(Inspection next) {
    next.phase = Phase.ASKED;
    asked = next;
    WskInspectAction answer = client.inspect(next, next.inspectId());
    asked = null;
    boolean pends = answer == WskInspectAction.PEND;
    settle(next, pends ? next.pended() : answer);
    Irp early = next.earlyRequest();
    if (early != null) {
      early.complete(pends ? NtStatus.SUCCESS : NtStatus.NOT_FOUND);
    }
  }

  /** What is taken at once need not be watched. */
  private void watchLeftOver() {
    for (Inspection next = accepted.poll(); next != null; next = accepted.poll()) {
      if (next.phase == Phase.ACCEPTED) {
        next.watch();
      }
    }
  }
}
