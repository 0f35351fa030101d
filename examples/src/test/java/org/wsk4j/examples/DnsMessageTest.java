package org.wsk4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How queries and responses are told from what is neither. */
class DnsMessageTest {
  private static final int FLAGS = 2;

  @Test
  void shouldTellQueriesAndResponsesApart() {
    byte[] query = DnsMessages.query(7, "one.example", 1);
    assertThat(DnsMessage.isQuery(query)).isTrue();
    assertThat(DnsMessage.isResponse(query)).isFalse();
    byte[] response = DnsMessages.response(query);
    assertThat(DnsMessage.isQuery(response)).isFalse();
    assertThat(DnsMessage.isResponse(response)).isTrue();
    query[FLAGS] |= 0x10; // the operation is a status request
    assertThat(DnsMessage.isQuery(query)).isFalse();
  }

  @Test
  void shouldTakeNoMessageThatEndsBeforeItsQuestion() {
    byte[] query = DnsMessages.query(7, "one.example", 1);
    for (int length = 0; length < query.length; length++) {
      assertThat(DnsMessage.isQuery(Arrays.copyOf(query, length))).as("%d bytes", length).isFalse();
    }
    assertThat(DnsMessage.isQuery(Arrays.copyOf(query, DnsMessage.LONGEST_QUERY))).isTrue();
    assertThat(DnsMessage.isQuery(Arrays.copyOf(query, DnsMessage.LONGEST_QUERY + 1))).isFalse();
  }

  @Test
  void shouldTakeNoMessageWithoutOneQuestionThatIsSpeltOut() {
    byte[] pointer = DnsMessages.query(7, "one.example", 1);
    pointer[12] = (byte) 0xC0;
    byte[] none = DnsMessages.query(7, "one.example", 1);
    none[5] = 0;
    byte[] two = DnsMessages.query(7, "one.example", 1);
    two[5] = 2;
    assertThat(DnsMessage.isQuery(pointer)).isFalse();
    assertThat(DnsMessage.isQuery(none)).isFalse();
    assertThat(DnsMessage.isQuery(two)).isFalse();
  }

  @Test
  void shouldCompareQuestionsToTheLetter() {
    byte[] query = DnsMessages.query(7, "one.example", 1);
    assertThat(DnsMessage.sameQuestion(query, DnsMessages.query(9, "one.example", 1))).isTrue();
    assertThat(DnsMessage.sameQuestion(query, DnsMessages.query(7, "one.Example", 1))).isFalse();
    assertThat(DnsMessage.sameQuestion(query, DnsMessages.query(7, "one.example", 28))).isFalse();
  }

  @Test
  void shouldFailWithTheQuestionAlone() {
    byte[] query = DnsMessages.query(0xABCD, "one.example", 1);
    byte[] withMore = Arrays.copyOf(query, query.length + 11);
    withMore[11] = 1; // an additional record, as EDNS has it

    byte[] failure = DnsMessage.serverFailure(withMore);

    query[FLAGS] = (byte) 0x81;
    query[FLAGS + 1] = (byte) 0x82;
    assertThat(failure).isEqualTo(query);
  }
}
