package org.wsk4j.provider.transport;

/** Somebody who lives on an event loop, and has to know when the loop ends. */
public interface LoopResident {
  /**
   * The loop is about to end: called once, on the loop, while channels can still be closed and
   * tasks still run.
   */
  void loopEnding();

  /**
   * The loop has ended: no task of it runs any more, and no channel of it reports anything. Called
   * once, on the thread that stands in for the loop ({@link LoopTask}).
   */
  void loopEnded();
}
