package org.wsk4j.testing;

import java.util.List;

/**
 * One thing that must not survive a test. Implementations are found through {@link
 * java.util.ServiceLoader}; a module's test tree names its own in {@code
 * META-INF/services/org.wsk4j.testing.LeakCheck}. One object serves all tests, one after another.
 */
public interface LeakCheck {

  /**
   * Looks before a test begins.
   *
   * @return tells, after the test, what is left of it
   */
  Probe open();

  /**
   * {@return what the names of threads begin with that this module starts once and never stops,
   * such as event loops}
   */
  default List<String> lastingThreads() {
    return List.of();
  }

  /** Tells what a test has left behind so far. */
  @FunctionalInterface
  interface Probe {
    /**
     * Looks after a test. It is asked again until nothing is left or patience is at an end, so it
     * must be quick, and need not wait for what is about to go.
     *
     * @return a line for each thing that is left
     */
    List<String> survivors();
  }
}
