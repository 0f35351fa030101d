package org.wsk4j.provider.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wsk4j.socket.WskSocketCategory;

@Timeout(20)
class ProviderStatisticsTest {
  private final ProviderStatistics statistics = new ProviderStatistics();

  @Test
  void shouldBeginWithNothing() {
    StatisticsSnapshot snapshot = statistics.snapshot();

    assertThat(snapshot.traffic()).isEqualTo(Traffic.NONE);
    assertThat(snapshot.openSockets()).containsOnlyKeys(WskSocketCategory.values());
    assertThat(snapshot.openSockets().values()).containsOnly(0L);
    assertThat(snapshot.clientFaults()).isZero();
    assertThat(snapshot.nothingOutstanding()).isTrue();
  }

  @Test
  void shouldSumWhatTheLoopsCount() {
    LoopCounters one = statistics.newLoop();
    LoopCounters other = statistics.newLoop();
    one.accepted();
    one.accepted();
    one.connected();
    one.sent(100);
    one.received(7);
    other.accepted();
    other.sent(11);
    other.sent(0);
    other.received(5);
    other.dropped();

    assertThat(statistics.snapshot().traffic())
        .isEqualTo(new Traffic(3, 1, new Flow(3, 111), new Flow(2, 12), 1));
    assertThat(statistics.snapshot().nothingOutstanding()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(WskSocketCategory.class)
  void shouldCountOpenSocketsByCategory(WskSocketCategory category) {
    statistics.socketOpened(category);
    statistics.socketOpened(category);
    statistics.socketClosed(category);

    StatisticsSnapshot snapshot = statistics.snapshot();

    assertThat(snapshot.openSockets()).containsEntry(category, 1L);
    assertThat(snapshot.openSockets().values().stream().mapToLong(count -> count).sum()).isOne();
    assertThat(snapshot.nothingOutstanding()).isFalse();
    statistics.socketClosed(category);
    assertThat(statistics.snapshot().nothingOutstanding()).isTrue();
  }

  @Test
  void shouldCountRequestsInFlight() {
    statistics.requestBegun();
    statistics.requestBegun();
    statistics.requestCompleted();

    assertThat(statistics.snapshot().requestsInFlight()).isOne();
    assertThat(statistics.snapshot().nothingOutstanding()).isFalse();
    statistics.requestCompleted();
    assertThat(statistics.snapshot().nothingOutstanding()).isTrue();
  }

  @Test
  void shouldCountBytesThatClientsKeep() {
    statistics.retained(100);
    statistics.released(99);

    assertThat(statistics.snapshot().retainedBytes()).isOne();
    assertThat(statistics.snapshot().nothingOutstanding()).isFalse();
    statistics.released(1);
    assertThat(statistics.snapshot().nothingOutstanding()).isTrue();
  }

  @Test
  void shouldCountFaultsAndNotTakeThemForOutstanding() {
    statistics.clientFault();

    assertThat(statistics.snapshot().clientFaults()).isOne();
    assertThat(statistics.snapshot().nothingOutstanding()).isTrue();
  }

  @Test
  void shouldLoseNothingWhenManyThreadsCount() throws Exception {
    int each = 100_000;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      LoopCounters own = statistics.newLoop();
      threads.add(new Thread(() -> countMany(own, each)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(15));
    }

    StatisticsSnapshot snapshot = statistics.snapshot();

    assertThat(snapshot.traffic().sent()).isEqualTo(new Flow(4L * each, 12L * each));
    assertThat(snapshot.requestsInFlight()).isZero();
    assertThat(snapshot.retainedBytes()).isEqualTo(4L * each);
  }

  private void countMany(LoopCounters own, int times) {
    for (int i = 0; i < times; i++) {
      own.sent(3);
      statistics.requestBegun();
      statistics.retained(2);
      statistics.released(1);
      statistics.requestCompleted();
    }
  }

  @Test
  void shouldGiveSnapshotsThatNobodyCanChange() {
    StatisticsSnapshot snapshot = statistics.snapshot();
    statistics.socketOpened(WskSocketCategory.BASIC);

    assertThat(snapshot.openSockets()).containsEntry(WskSocketCategory.BASIC, 0L);
    assertThatThrownBy(() -> snapshot.openSockets().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
