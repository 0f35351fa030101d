package org.wsk4j.provider.model;

/**
 * A sequence of operations on sockets of its own, from nothing to nothing.
 *
 * <p>Threads: the driving one.
 */
interface Episode {
  /** What episodes need. */
  record Setting(
      org.wsk4j.provider.testing.TestClient client,
      java.util.concurrent.ExecutorService elsewhere,
      java.util.concurrent.atomic.AtomicLong operations) {}

  /** {@return the number that all its decisions come from} */
  long seed();

  /** {@return what has happened in it} */
  Journal journal();

  /** Does the next thing; {@return whether there is more to do at once} */
  boolean step();

  /** {@return whether it is over, and everything has come back} */
  boolean isOver();

  /** Gives up in the middle. */
  void abandon();
}
