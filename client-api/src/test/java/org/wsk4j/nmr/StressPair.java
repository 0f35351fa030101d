package org.wsk4j.nmr;

import java.util.concurrent.atomic.AtomicInteger;

/** What happened to one binding, by the notes of both sides; it is the binding context of both. */
final class StressPair {
  final Stress stress;
  final NmrBindingHandle binding;
  final StressModule client;
  final StressModule provider;
  volatile boolean accepted;
  volatile boolean attached;

  /** The client's attach callback has returned. */
  volatile boolean decided;

  final Half clientHalf = new Half();
  final Half providerHalf = new Half();

  StressPair(NmrBindingHandle binding, StressModule client, StressModule provider) {
    this.stress = client.stress;
    this.binding = binding;
    this.client = client;
    this.provider = provider;
  }

  /** One side of the pair. */
  static final class Half {
    final AtomicInteger detached = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    final AtomicInteger cleaned = new AtomicInteger();

    boolean hasCounts(int expected) {
      return detached.get() == expected && done.get() == expected && cleaned.get() == expected;
    }

    @Override
    public String toString() {
      return "detached " + detached + ", done " + done + ", cleaned " + cleaned;
    }
  }

  Half half(StressModule module) {
    return module.isClient() ? clientHalf : providerHalf;
  }

  boolean involves(StressModule module) {
    return client == module || provider == module;
  }

  void noteDetach(StressModule module) {
    if (half(module).detached.incrementAndGet() != 1 || !accepted || !decided) {
      stress.fault("detached at a wrong time", this);
    }
  }

  void noteDone(StressModule module) {
    half(module).done.incrementAndGet();
  }

  void noteCleanup(StressModule module) {
    boolean clientDone = clientHalf.done.get() == (attached ? 1 : 0);
    boolean bothDone = clientDone && providerHalf.done.get() == 1;
    if (half(module).cleaned.incrementAndGet() != 1 || !bothDone) {
      stress.fault("cleaned up at a wrong time", this);
    }
  }

  /** Every attachment has its detachment and exactly one cleanup, on each side that attached. */
  void requireOver() {
    if (!clientHalf.hasCounts(attached ? 1 : 0) || !providerHalf.hasCounts(accepted ? 1 : 0)) {
      stress.fault("not over", this);
    }
  }

  @Override
  public String toString() {
    return "pair[accepted "
        + accepted
        + ", attached "
        + attached
        + ", client "
        + clientHalf
        + ", provider "
        + providerHalf
        + "]";
  }
}
