package org.wsk4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of queries that wait, with a clock and numbers of the test. */
class DnsQueriesTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 5);

  private long now = Long.MAX_VALUE - 5; // the clock may wrap around

  private DnsQueries queries(int most, Integer... numbers) {
    Iterator<Integer> next = List.of(numbers).iterator();
    return new DnsQueries(most, TIMEOUT, () -> now, next::next);
  }

  private static byte[] query(int id, String name) {
    return DnsMessages.query(id, name, 1);
  }

  private static byte[] response(int id, String name) {
    return DnsMessages.response(query(id, name));
  }

  @Test
  void shouldGiveEachQueryANumberThatNoOtherHas() {
    DnsQueries queries = queries(9, 0x50007, 7, 7, 8);
    assertThat(queries.add(query(1, "a"), CLIENT).number()).isEqualTo(7);
    assertThat(queries.add(query(1, "b"), CLIENT).number()).isEqualTo(8);
  }

  @Test
  void shouldTakeAnAnswerOnceAndForItsQuestionAlone() {
    DnsQueries queries = queries(9, 7);
    DnsQueries.Query query = queries.add(query(1, "a"), CLIENT);
    assertThat(queries.answered(response(8, "a"))).isNull();
    assertThat(queries.answered(response(7, "b"))).isNull();
    assertThat(queries.answered(response(7, "a"))).isSameAs(query);
    assertThat(queries.answered(response(7, "a"))).isNull();
    assertThat(queries.size()).isZero();
  }

  @Test
  void shouldHaveRoomForSoManyAndNoMore() {
    DnsQueries queries = queries(2, 1, 2, 3);
    queries.add(query(1, "a"), CLIENT);
    queries.add(query(1, "b"), CLIENT);
    assertThat(queries.add(query(1, "c"), CLIENT)).isNull();
    queries.answered(response(1, "a"));
    assertThat(queries.add(query(1, "c"), CLIENT)).isNotNull();
  }

  @Test
  void shouldLetThoseGoThatHaveWaitedLongEnough() {
    DnsQueries queries = queries(9, 1, 2, 3);
    DnsQueries.Query first = queries.add(query(1, "a"), CLIENT);
    now += TIMEOUT.toNanos() / 2;
    DnsQueries.Query second = queries.add(query(1, "b"), CLIENT);
    now += TIMEOUT.toNanos() / 2 - 1;
    assertThat(queries.expired()).isEmpty();
    now++;
    assertThat(queries.expired()).containsExactly(first);
    assertThat(queries.answered(response(1, "a"))).isNull();
    assertThat(queries.giveUp()).containsExactly(second);
    assertThat(queries.size()).isZero();
  }
}
