package org.wsk4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

/** The end of a program in a test. */
final class Programs {
  private Programs() {}

  /**
   * Deregisters a program that has nothing left. Deregistering would wait for what is left, so a
   * test that leaves something fails here instead.
   */
  static void end(WskProgram program) {
    assertThat(program.outstanding().sockets()).as("sockets left").isZero();
    assertThat(program.outstanding().requests()).as("requests left").isZero();
    program.close();
  }
}
