package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wsk4j.contract.Rule;

class SendBacklogEstimateTest {
  private static final long KIB = 1024;
  private static final long LEAST = SendBacklog.LEAST;

  @Test
  void shouldStartWithTheBufferButNotWithTooLittle() {
    assertThat(new SendBacklog(0).ideal()).isEqualTo(LEAST);
    assertThat(new SendBacklog(300 * KIB).ideal()).isEqualTo(300 * KIB);
  }

  @Test
  @Rule("SND-51")
  void shouldRecommendTwiceWhatThePathHoldsWithinItsBounds() {
    SendBacklog backlog = new SendBacklog(0);
    assertThat(backlog.look(100 * KIB, 4096 * KIB)).isTrue();
    assertThat(backlog.ideal()).isEqualTo(200 * KIB);
    assertThat(backlog.look(10_000 * KIB, 4096 * KIB)).isTrue();
    assertThat(backlog.ideal()).isEqualTo(4096 * KIB);
    assertThat(backlog.look(KIB, 4096 * KIB)).isTrue();
    assertThat(backlog.ideal()).isEqualTo(LEAST);
    assertThat(backlog.look(1000 * KIB, KIB)).isFalse();
    assertThat(backlog.ideal()).isEqualTo(LEAST);
  }

  @Test
  void shouldFollowTheBufferWhereTheSystemShowsNoWindow() {
    SendBacklog backlog = new SendBacklog(0);
    assertThat(backlog.look(0, 500 * KIB)).isTrue();
    assertThat(backlog.ideal()).isEqualTo(500 * KIB);
  }

  @Test
  @Rule("SND-53")
  void shouldNotMoveForLessThanAQuarter() {
    SendBacklog backlog = new SendBacklog(0);
    backlog.look(200 * KIB, 4096 * KIB);
    assertThat(backlog.look(249 * KIB, 4096 * KIB)).isFalse();
    assertThat(backlog.look(151 * KIB, 4096 * KIB)).isFalse();
    assertThat(backlog.ideal()).isEqualTo(400 * KIB);
    assertThat(backlog.look(250 * KIB, 4096 * KIB)).isTrue();
    assertThat(backlog.ideal()).isEqualTo(500 * KIB);
    assertThat(backlog.look(187 * KIB, 4096 * KIB)).isTrue();
    assertThat(backlog.ideal()).isEqualTo(374 * KIB);
  }

  @Test
  void shouldFollowABufferThatTheClientSetsToTheByte() {
    SendBacklog backlog = new SendBacklog(200 * KIB);
    assertThat(backlog.bufferSet(0, 200 * KIB)).isFalse();
    assertThat(backlog.bufferSet(0, 200 * KIB + 1)).isTrue();
    assertThat(backlog.ideal()).isEqualTo(200 * KIB + 1);
    assertThat(backlog.bufferSet(50 * KIB, 300 * KIB)).isTrue();
    assertThat(backlog.ideal()).isEqualTo(100 * KIB);
  }

  @Test
  void shouldLookAgainWhenAFewRoundTripsWorthOfDataWereSent() {
    SendBacklog backlog = new SendBacklog(0);
    assertThat(backlog.sent(2 * LEAST - 1)).isFalse();
    assertThat(backlog.sent(1)).isTrue();
    assertThat(backlog.sent(1)).isFalse();
    backlog.look(100 * KIB, 4096 * KIB);
    assertThat(backlog.sent(399 * KIB)).isFalse();
    assertThat(backlog.sent(KIB)).isTrue();
  }
}
