package org.wsk4j.provider.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.provider.transport.TcpInfo;

class OutputEndTest {
  private static boolean acknowledged(int state) {
    return OutputEnd.isAcknowledged(new TcpInfo(state, 0, 0, 0, 0, 0, 0, 0));
  }

  /** FIN-WAIT-1, LAST-ACK, CLOSING: our end is on its way. */
  @ParameterizedTest
  @ValueSource(ints = {4, 9, 11})
  void shouldWaitWhileOurEndIsNotAcknowledged(int state) {
    assertThat(acknowledged(state)).isFalse();
  }

  /** FIN-WAIT-2, TIME-WAIT, CLOSE. */
  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7})
  void shouldBeOverWhenOurEndIsAcknowledgedOrTheConnectionGone(int state) {
    assertThat(acknowledged(state)).isTrue();
  }

  @Test
  void shouldNotWaitWhereTheSystemShowsNothing() {
    assertThat(OutputEnd.isAcknowledged(null)).isTrue();
  }
}
