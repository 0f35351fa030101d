package org.wsk4j.provider.core;

import org.wsk4j.provider.completion.Completions;

/**
 * The pump of a queue: it brings what has come to whoever is to have it, one step after the other,
 * until nothing more can be done.
 *
 * <p>A callback or completion routine that runs in a step may call back in here; the pump that is
 * at work then goes on with what that has brought. If too many completions are nested already, all
 * is done when they have returned.
 *
 * <p>Threads: owned by one event loop.
 */
public abstract class PumpedQueue {
  private final Runnable pumpLater;
  private boolean pumping;

  /**
   * Makes a pump at rest.
   *
   * @param pumpLater has {@link #pump} called on the event loop, when what runs now has returned
   */
  PumpedQueue(Runnable pumpLater) {
    this.pumpLater = pumpLater;
  }

  /** Does all that can be done. */
  public final void pump() {
    if (pumping) {
      return;
    }
    if (Completions.isTooDeep()) {
      pumpLater.run();
      return;
    }
    pumping = true;
    try {
      while (step()) {
        continue;
      }
    } finally {
      pumping = false;
    }
  }

  /** {@return whether a step is being done, so that some of what has come may not be here} */
  public final boolean isPumping() {
    return pumping;
  }

  /** Has all done that can be done when what runs now has returned. */
  final void pumpLater() {
    pumpLater.run();
  }

  /** Does the next thing; {@return whether there was one} */
  abstract boolean step();
}
