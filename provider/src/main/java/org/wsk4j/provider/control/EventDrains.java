package org.wsk4j.provider.control;

import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.SubmissionQueue;
import org.wsk4j.provider.core.EventGate;

/**
 * Requests to disable an event that wait until its callback has returned.
 *
 * <p>Threads: any.
 */
public final class EventDrains {
  private final EventGate gate;
  private final SubmissionQueue waiting = new SubmissionQueue();

  /**
   * Makes an empty set.
   *
   * @param gate the gate of the events
   */
  public EventDrains(EventGate gate) {
    this.gate = gate;
  }

  /**
   * Adds a request.
   *
   * @param irp the request, marked pending
   * @return whether {@link #complete} has to be called, where callbacks run
   */
  public boolean add(Irp irp) {
    return waiting.submit(irp);
  }

  /** Completes all of them together, before the next callback; no callback is running. */
  public void complete() {
    for (Irp irp = waiting.takeAll(); irp != null; ) {
      Irp newer = irp.context().next;
      irp.complete(NtStatus.SUCCESS);
      irp = newer;
    }
    gate.drained();
  }
}
